"""Where kept pages stand: so many bytes and no more, and what nobody asked for goes first."""

from collections import OrderedDict
from threading import Lock

from newsroom.page_store.entry import Entry
from newsroom.page_store.rules import Key


class Shelf:
    """Pages by key, bounded in bytes. Safe for threads.

    Reading takes no lock: it leaves a mark on the page, and a page with a mark is passed over once when
    room is needed.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._pages: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()
        self.size = 0
        self.find = self._pages.get

    def __len__(self) -> int:
        return len(self._pages)

    def put(self, key: Key, entry: Entry) -> None:
        """Keep the page in the place of the one before, unless it is larger than the shelf."""
        with self._lock:
            before = self._pages.pop(key, None)
            self.size -= before.size if before else 0
            if entry.size <= self._room:
                self._pages[key] = entry
                self.size += entry.size
                self._make_room()

    def send_in(self, key: Key, entry: Entry, coding: str) -> None:
        """Let the page stand ready in one coding more, if it is here."""
        with self._lock:
            before = entry.size
            entry.make_ready(coding)
            if self._pages.get(key) is entry:
                self.size += entry.size - before
                self._make_room()

    def _make_room(self) -> None:
        while self.size > self._room:
            key, oldest = self._pages.popitem(last=False)
            if oldest.used:
                oldest.used = False
                self._pages[key] = oldest
            else:
                self.size -= oldest.size
