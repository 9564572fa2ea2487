"""Making one page of the mirror: asked for, looked at, written down."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import unquote

from django.conf import settings
from django.utils import timezone

from articles.models.surrogate import EVERYTHING, HEADER, PAPER, read_keys
from newsroom.mirror.addresses import links_in, local_path, name_of
from newsroom.mirror.ask import Asked, Site
from newsroom.mirror.files import Folder, NoPlace, file_of
from newsroom.mirror.ledger import Due, Made
from newsroom.page_store.rules import Answer

KEPT: Final = (200, 410)
MOVED: Final = (301, 302)
NEWS_LIFE: Final = timedelta(hours=1)  # the map for news holds the stories of the last two days


class PageMaker:
    """Makes pages, each process with one of its own. `cards` bakes the pictures for sharing too."""

    def __init__(self, folder: Folder, *, cards: bool = False, fresh_files: bool = False) -> None:
        self._site = Site()
        self._folder = folder
        self._cards = cards
        self._copied: set[str] = set()  # static files of this run
        self._fresh = fresh_files  # the release changed: static files may have, under the same name

    def make(self, due: Due) -> Made:
        """The page as it is now, in its file. What went wrong is in `error`; the file is then as it was."""
        try:
            asked = self._site.ask(due.address)
            return self._keep(due, asked)
        except (NoPlace, OSError) as error:
            return Made(due, error=str(error))
        except Exception as error:  # noqa: BLE001
            # Whatever one page does, the others are made.
            return Made(due, error=f"{type(error).__name__}: {error}")

    def _keep(self, due: Due, asked: Asked) -> Made:
        answer = asked.answer
        if answer.code in MOVED:
            goes = answer.header("location")
            made = self._drop(due, answer.code)
            return replace(made, goes=goes, keys=_keys(answer), links=_lead(goes), hash=_digest(answer))
        if answer.code == 404:
            return replace(self._drop(due, 404), keys=_keys(answer))
        if answer.code not in KEPT:
            return Made(due, error=f"The site answers {answer.status}.")
        if not asked.public:
            return Made(due, error="The answer is not for everybody: it was not written.")
        return self._write(due, asked)

    def _write(self, due: Due, asked: Asked) -> Made:
        answer = asked.answer
        media_type = answer.header("content-type").partition(";")[0].strip()
        name = file_of(due.address, media_type, gone=answer.code == 410)
        pages, files = links_in(answer.body, media_type, due.address, cards=self._cards)
        media = tuple(path for path in files if self._bring(path))
        digest = _digest(answer)
        wrote = digest != due.hash or name != due.file or not self._folder.has(name)
        if wrote:
            self._folder.write(name, answer.body)
        removed = bool(due.file) and due.file != name
        if removed:
            self._folder.remove(due.file)
        return Made(
            due, answer.code, name, digest, tag=answer.header("etag"), keys=_keys(answer),
            ends=_ends(due.address, asked), links=pages, media=media, wrote=wrote, removed=removed,
        )  # fmt: skip

    def _bring(self, address: str) -> bool:
        """Have a static file or a picture beside the pages; whether it is a picture, which may go again."""
        picture = not address.startswith(settings.STATIC_URL)
        if address not in self._copied and (self._fresh or not self._folder.has(address.lstrip("/"))):
            self._copied.add(address)
            try:
                stylesheet = self._folder.copy(address)
            except OSError:  # as for readers of the site: the page is there, the picture is not
                return False
            if stylesheet:
                for path in links_in(stylesheet, "text/css", address).files:
                    self._bring(path)
        return picture

    def _drop(self, due: Due, status: int) -> Made:
        if due.file:
            self._folder.remove(due.file)
        return Made(due, status, removed=bool(due.file))


def _keys(answer: Answer) -> tuple[str, ...] | None:
    told = read_keys(answer.header(HEADER.lower()))
    return None if EVERYTHING in told else tuple(told - {PAPER})  # the paper is what all depend on


def _digest(answer: Answer) -> bytes:
    return hashlib.blake2b(answer.header("location").encode() + answer.body, digest_size=16).digest()


def _lead(location: str) -> tuple[str, ...]:
    path = local_path(unquote(location.partition("?")[0]))
    return (path,) if path else ()


def _ends(address: str, asked: Asked) -> float | None:
    """When the page is to be made again though nothing changed: at midnight when it says what is of today."""
    now = asked.house.now if asked.house else timezone.now()
    name = name_of(address.partition("?")[0])
    if name == "articles:sitemap_news":
        return (now + NEWS_LIFE).timestamp()
    today = timezone.localdate(now)
    if name == "articles:transparency" or f'datetime="{today:%Y-%m-%d}'.encode() in asked.answer.body:
        return timezone.make_aware(datetime.combine(today + timedelta(days=1), time())).timestamp()
    return None
