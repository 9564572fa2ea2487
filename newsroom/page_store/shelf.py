"""Where kept pages stand: so many bytes and no more, and what nobody asked for the longest goes first."""

from collections import OrderedDict
from threading import Lock

from newsroom.page_store.entry import Entry
from newsroom.page_store.rules import Key


class Shelf:
    """Pages by key, bounded in bytes. Safe for threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._pages: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = Lock()
        self.size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Entry | None:
        """The page of that key, which now is the last to go."""
        with self._lock:
            entry = self._pages.get(key)
            if entry is not None:
                self._pages.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep the page in the place of the one before, unless it is larger than the shelf."""
        with self._lock:
            before = self._pages.pop(key, None)
            self.size -= before.size if before else 0
            if entry.size > self._room:
                return
            self._pages[key] = entry
            self.size += entry.size
            while self.size > self._room:
                _, oldest = self._pages.popitem(last=False)
                self.size -= oldest.size
