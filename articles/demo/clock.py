"""The demo newsroom's past: its events happened over the last weeks, not all at the moment of loading."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def clock_at(moment: datetime.datetime) -> Iterator[None]:
    """Let `timezone.now()` be `moment` inside the block.

    The verbs take the time of what they do from the clock and from nowhere else, so this is the one way to a
    history that the verbs themselves have written. For the demo only: it stops the clock of the process.
    """
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
