"""Beginning a process that reads: this module asks for no records, which are not there before `start`."""

import gc
from typing import Final

import django

OFTEN_ENOUGH: Final = 50_000  # objects made between two looks for what nobody uses any more


def start() -> None:
    """Set Django up in a new process."""
    django.setup()
    tidy_less()


def tidy_less() -> None:
    """Look for unused objects seldom, and never among those of the program itself.

    A long run makes many objects that go by themselves; looking at all of them again and again takes a tenth
    of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN_ENOUGH, 3, 3)
