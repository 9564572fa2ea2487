"""What somebody saw on a page, as one word: a verb that is given it refuses when something changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.workflow.errors import WrongState


def stamp(*rows: Iterable[object]) -> str:
    """A short name for `rows`; equal rows in the same order have the same one."""
    return hashlib.sha256(repr([tuple(map(str, row)) for row in rows]).encode()).hexdigest()[:32]


def refuse_changed(seen: str, now: str) -> None:
    """Raise WrongState unless what was `seen` is what there is `now`."""
    if seen != now:
        raise WrongState(
            _("Something changed since this list was made, so nothing was done. Read it again, then confirm.")
        )
