"""Bytes and pasted text in, readable copy out, or a sentence that says what is wrong with it."""

from __future__ import annotations

import codecs
import re
from typing import Final

LIMIT: Final = 2_000_000
_LONGEST_LINE: Final = 500_000

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FILE_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word document or another zipped file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich-text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029\v\f]")


class UnreadableCopy(ValueError):
    """The copy cannot be read as text; the message says why, and what to do next."""


def decode_copy(data: bytes, *, limit: int = LIMIT) -> str:
    """The text of a file. UTF-8 with or without a byte order mark; UTF-16 and UTF-32 with one.

    ``limit`` is the largest size accepted, in bytes. Line ends come out as ``\\n``. Raises UnreadableCopy.
    """
    _check_size(len(data), limit)
    for start, kind in _FILE_KINDS:
        if data.startswith(start):
            raise UnreadableCopy(f"This is {kind}, not plain text. Open it and paste its text instead.")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return check_copy(_decode(data[len(mark) :], encoding), limit=limit)
    return check_copy(_decode(data, "utf-8"), limit=limit)


def check_copy(text: str, *, limit: int = LIMIT) -> str:
    """Pasted text, with its line ends made ``\\n`` and nothing else changed. Raises UnreadableCopy."""
    _check_size(len(text), limit)
    if found := _SURROGATE.search(text):
        raise UnreadableCopy(
            f"The text holds half a character {_place(text, found.start())}, which cannot be stored. "
            "Delete it there, or copy the text again from where it came from."
        )
    if len(controls := _CONTROL.findall(text)) > max(10, len(text) // 100):
        raise UnreadableCopy("This is not text. Choose a plain text file, saved as UTF-8.")
    if controls:
        found = _CONTROL.search(text)
        name = "a NUL character" if controls[0] == "\0" else f"a control character (U+{ord(controls[0]):04X})"
        raise UnreadableCopy(
            f"The text holds {name} {_place(text, found.start() if found else 0)}. "
            "Delete it there, or save the file again as plain text."
        )
    text = _LINE_END.sub("\n", text)
    if not text.strip("\ufeff \t\n\xa0\u200b"):
        raise UnreadableCopy("There is no text in it. Paste or choose the copy of a story.")
    _check_lines(text)
    return text


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if len(data) - len(data.translate(None, _CONTROL_BYTES)) > len(data) // 100:
            raise UnreadableCopy("This is not text. Choose a plain text file, saved as UTF-8.") from error
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableCopy(
            f"The file is not valid UTF-8: byte {error.start + 1:,}, in line {line:,}, is part of no "
            "character. Save it again with the encoding UTF-8."
        ) from error


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise UnreadableCopy(
            f"The copy is {size / 1_000_000:.1f} MB long; at most {limit / 1_000_000:.1f} MB can be read. "
            "Split it into its stories and bring them in one by one."
        )


def _check_lines(text: str) -> None:
    longest = max(len(line) for line in text.split("\n"))
    if longest > _LONGEST_LINE:
        raise UnreadableCopy(
            f"One line is {longest:,} characters long, so the paragraphs cannot be told apart. "
            "Put line ends between the paragraphs and try again."
        )


def _place(text: str, offset: int) -> str:
    line = len(_LINE_END.sub("\n", text[:offset]).split("\n"))
    return f"in line {line:,} (character {offset + 1:,})"
