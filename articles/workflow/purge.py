"""Telling the caches in front of the site (a CDN) what changed for readers, by its surrogate keys."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from articles import archive
from articles.models import SiteChange
from articles.models.surrogate import EVERYTHING, PAPER

logger = logging.getLogger("articles.purge")

SECONDS: Final = 5.0  # that a cache has for one request
AT_ONCE: Final = 100  # keys in one request

Purge = Callable[[list[str]], None]


def purge_when_committed(keys: Iterable[str]) -> None:
    """Tell the hook NEWSROOM_PURGE of a change, if there is one, once the change is stored.

    Nobody waits for it: it runs in a thread. What it raises is logged; `manage.py purge` tells it again.
    """
    if settings.NEWSROOM_PURGE:
        told = purged(keys)
        transaction.on_commit(lambda: Thread(target=_tell, args=(told,), name="newsroom-purge").start())


def what_changed(since: datetime.datetime) -> list[list[str]]:
    """The keys of each change since that moment; none where everything changed."""
    return list(SiteChange.objects.filter(at__gte=since).values_list("keys", flat=True))


def purge_since(moment: datetime.datetime) -> int:
    """Tell the hook again of all that changed since `moment`, and wait for it. Returns the number of changes.

    A cache that is told twice only asks once more. Raises what the hook raises.
    """
    changes = what_changed(moment)
    keys = sorted({key for change in changes for key in purged(change)})
    if keys:
        _hook()(keys)
    return len(changes)


def purged(keys: Iterable[str]) -> list[str]:
    """The keys of the pages that a change with these keys touches: all of them, when it has none."""
    changed = sorted(set(keys))
    return [*(changed or [PAPER]), EVERYTHING]


def purge_by_http(keys: list[str]) -> None:
    """The hook for caches that take keys in a header, as Fastly and Varnish do.

    It sends NEWSROOM_PURGE_METHOD to NEWSROOM_PURGE_URL with `Surrogate-Key`, and the header
    NEWSROOM_PURGE_HEADER (“Fastly-Key: …”). Raises OSError when the cache does not say yes.
    """
    name, _, value = settings.NEWSROOM_PURGE_HEADER.partition(":")
    own = {name.strip(): value.strip()} if name.strip() else {}
    for some in _parts(keys):
        headers = {"Surrogate-Key": " ".join(some), **own}
        status = archive.send(
            settings.NEWSROOM_PURGE_METHOD, settings.NEWSROOM_PURGE_URL, headers, seconds=SECONDS
        )
        if not 200 <= status < 300:
            raise OSError(f"the cache answered {status}")


def _parts(keys: list[str]) -> Iterator[list[str]]:
    yield from (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _hook() -> Purge:
    hook: Purge = import_string(settings.NEWSROOM_PURGE)
    return hook


def _tell(keys: list[str]) -> None:
    try:
        _hook()(keys)
    except Exception:
        logger.exception("The cache in front was not told of a change. Run “manage.py purge”.")
