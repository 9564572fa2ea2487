"""How an address becomes a file: its name, its bytes beside the packed ones, never seen half written."""

from __future__ import annotations

import gzip
import os
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage

ENDINGS: Final = {
    "text/html": "html",
    "text/plain": "txt",
    "text/css": "css",
    "application/xml": "xml",
    "application/atom+xml": "atom",
    "application/rss+xml": "rss",
    "application/feed+json": "json",
    "application/manifest+json": "webmanifest",
    "image/png": "png",
}
GONE, LONG, PAGES = ".gone", ".long", ".pages"  # folders of the mirror itself; nobody may ask for them
LONGEST: Final = 240  # bytes of a part of a file's name, with room for an ending
SMALLEST: Final = 200  # bytes that are worth packing
PACKED: Final = (".html", ".txt", ".css", ".xml", ".atom", ".rss", ".json", ".webmanifest", ".js", ".svg")


class NoPlace(Exception):
    """There is no file for such an address. The message is a sentence for whoever bakes."""


def file_of(address: str, media_type: str, *, gone: bool = False) -> str:
    """The name of the file for an address, below the root. Raises NoPlace."""
    ending = ENDINGS.get(media_type)
    if ending is None:
        raise NoPlace(f"A mirror has no ending for files of the type “{media_type}”.")
    path, asked, query = address.partition("?")
    suffix = f"@{query}" if asked else ""
    if path.endswith("/"):
        folder = _folder(path)
        name = f"{folder}index{suffix}.{ending}"
    else:
        stem, dot, given = path.lstrip("/").rpartition(".")
        if dot + given != f".{ending}":
            raise NoPlace(f"The address does not end with “.{ending}”, as its type would have it.")
        name = f"{stem}{suffix}.{ending}"
    if len(os.fsencode(name.rpartition("/")[2])) > LONGEST:
        raise NoPlace("The address is too long for the name of a file.")
    return f"{GONE}/{name}" if gone else name


def _folder(path: str) -> str:
    if all(len(os.fsencode(part)) <= LONGEST for part in path.split("/")):
        return path.lstrip("/")
    return f"{LONG}/{blake2b(path.encode(), digest_size=12).hexdigest()}/"


class Folder:
    """The root of the mirror. Each file appears and changes at one moment, whole."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, body: bytes) -> None:
        """Write a file, and its packed form beside it when that is worth it."""
        packed = gzip.compress(body, 6, mtime=0) if name.endswith(PACKED) and len(body) >= SMALLEST else b""
        self._put(f"{name}.gz", packed) if packed else self._drop(f"{name}.gz")
        self._put(name, body)

    def remove(self, name: str) -> None:
        """Take a file away, and the folders that held nothing else."""
        self._drop(name)
        self._drop(f"{name}.gz")
        folder = (self.root / name).parent
        while folder != self.root:
            try:
                folder.rmdir()
            except OSError:  # something else is in it
                return
            folder = folder.parent

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return (self.root / name).is_file()

    def copy(self, address: str) -> bytes:
        """Bring a static file or a picture beside the pages; returns its bytes if it is a stylesheet.

        Raises OSError when there is none.
        """
        with _open_asset(address) as file:
            body = file.read()
        self.write(address.lstrip("/"), body)
        return body if address.endswith(".css") else b""

    def _put(self, name: str, body: bytes) -> None:
        path = self.root / name
        # In the same folder, so that the last step is one rename; the dot keeps it from readers.
        new = path.parent / f".{os.getpid()}.new"
        for last in (False, True):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                new.write_bytes(body)
                break
            except FileNotFoundError:  # another process took the empty folder away in this moment
                if last:
                    raise
        os.replace(new, path)

    def _drop(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)


def _open_asset(address: str) -> IO[Any]:
    if address.startswith(settings.MEDIA_URL):
        return default_storage.open(address.removeprefix(settings.MEDIA_URL))
    name = address.removeprefix(settings.STATIC_URL)
    collected = Path(settings.STATIC_ROOT) / name
    found = str(collected) if collected.is_file() else finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).open("rb")
