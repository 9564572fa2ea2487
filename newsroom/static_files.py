"""Static files of a deployed site: hashed names, compressed, one stylesheet for what every page needs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<name>[^":]+)"\)(?: (?P<media>[a-z]+))?;')
BUNDLED = ("articles/site.css",)


class DeployedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts what the stylesheets in `BUNDLED` import in their place, then does what its parent does."""

    def post_process(
        self, paths: dict[str, tuple[StaticFilesStorage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Yield what was made of each collected file: its name, the new name, whether it is another."""
        if not dry_run:
            for name in BUNDLED:
                if name in paths:
                    path = Path(self.path(name))
                    path.write_text(bundle(path), encoding="utf-8")
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def bundle(stylesheet: Path) -> str:
    """The text of a stylesheet with what it imports in its place.

    Addresses in it must lead to the same place from both: what has some lies in the folder of the stylesheet.
    """

    def imported(match: re.Match[str]) -> str:
        text = (stylesheet.parent / match["name"]).read_text(encoding="utf-8")
        return f"@media {match['media']} {{\n{text}}}\n" if match["media"] else text

    return IMPORT.sub(imported, stylesheet.read_text(encoding="utf-8"))
