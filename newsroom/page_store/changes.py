"""What changed for readers since a page was made, as far as this process knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from articles.models.surrogate import EVERYTHING, PAPER

MOST = 50_000  # keys that are remembered; then everything counts as changed

Row = tuple[int, Collection[str]]  # the number of a change, and its keys


class Changes:
    """When each surrogate key was last changed, in turns: each time something new was seen is one turn.

    One thread notes, any number ask. Every kept page has one of the keys PAPER and EVERYTHING.
    """

    def __init__(self) -> None:
        self._touched: dict[str, int] = {}
        self._window: tuple[int, Mapping[int, Collection[str]], frozenset[int]] = (0, {}, frozenset())

    @property
    def turn(self) -> int:
        """The number of times that something new was seen."""
        return self._window[0]

    @property
    def seen(self) -> frozenset[int]:
        """The numbers of the last changes."""
        return self._window[2]

    def note(self, rows: Iterable[Row]) -> None:
        """Take in the last changes, as many as `SiteChange` keeps in its window.

        When nothing is known of what came before them, or when changes went away (the database was set back),
        everything counts as changed.
        """
        turn, before, _ = self._window
        last = dict(rows)
        new = [keys for number, keys in last.items() if number not in before]
        touched = {key for keys in new for key in keys or (PAPER,)}
        if not new or not (before.keys() & last.keys()) or len(self._touched) > MOST:
            touched.add(PAPER)
        marks = dict.fromkeys([*touched, EVERYTHING], turn + 1)
        # Where all has changed, what was touched before is of no interest any more.
        self._touched = marks if PAPER in touched else self._touched | marks
        # After the marks: nobody finds too little changed.
        self._window = (turn + 1, last, frozenset(last))

    def spared(self, keys: Collection[str], since: int) -> bool:
        """Whether nothing with these keys changed after the turn `since`."""
        touched = self._touched
        return all(touched.get(key, 0) <= since for key in keys)

    def spared_since(self, keys: Collection[str], seen: Collection[int]) -> tuple[int, frozenset[int]] | None:
        """The turn up to which a page is good that another process made when it had `seen` those changes.

        With the changes that it has seen then. None when something with one of the keys has changed since,
        or when too much has.
        """
        turn, last, numbers = self._window
        new = [changed for number, changed in last.items() if number not in seen]
        if not last or len(new) == len(last):
            return None
        dull = EVERYTHING in keys and bool(new)
        if dull or any(not changed or PAPER in changed or not keys_apart(changed, keys) for changed in new):
            return None
        return turn, numbers


def keys_apart(some: Collection[str], others: Collection[str]) -> bool:
    """Whether the two have no key in common."""
    return set(some).isdisjoint(others)
