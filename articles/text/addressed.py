"""Whom a remark addresses: names of log-ins after an @."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# The signs that Django allows in the name of a log-in. An @ inside a word is an address of mail.
_NAME: Final = re.compile(r"(?<![\w@.+-])@([\w.+-]+)")
_END: Final = ".+-"


def read_addressed(text: str) -> tuple[str, ...]:
    """The names after an @ in `text`, in order, each once; what ends a sentence is no part of a name."""
    return tuple(dict.fromkeys(name for _start, name in _found(text)))


def split_addressed(text: str) -> tuple[tuple[str, bool], ...]:
    """`text` in pieces, each with whether it is a name with its @. Joined again they are the text."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, name in _found(text):
        end = start + 1 + len(name)
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple((piece, is_name) for piece, is_name in [*pieces, (text[at:], False)] if piece)


def _found(text: str) -> Iterator[tuple[int, str]]:
    for found in _NAME.finditer(text):
        if name := found[1].rstrip(_END):
            yield found.start(), name
