"""Numbers in requests: what a browser sends as one may be anything."""

from typing import Final

MOST_DIGITS: Final = 9  # more than that no record and no version has, and no column holds


def read_number(text: str | None) -> int | None:
    """The number of a record, or of a version, that a request names; None for what cannot be one."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None
