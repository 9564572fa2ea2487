"""Bytes and pasted text: what is accepted, and a sentence for each thing that is not."""

import pytest

from articles.text.decode import UnreadableCopy, check_copy, decode_copy

TEXT = "Harbour wall falls\n\n\u201cWe were lucky,\u201d said Ruth Amadi.\n"

ACCEPTED = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16 with a byte order mark": TEXT.encode("utf-16"),
    "UTF-16, the other way round": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "UTF-32 with a byte order mark": TEXT.encode("utf-32"),
    "Windows line ends": TEXT.replace("\n", "\r\n").encode(),
    "old Mac line ends": TEXT.replace("\n", "\r").encode(),
    "Unicode line ends": TEXT.replace("\n", "\u2028").encode(),
}

REFUSED_FILES = {
    "empty": (b"", "no text in it"),
    "white space": (b" \n\t\n", "no text in it"),
    "NUL": (b"Harbour\nwall \0 falls", r"NUL character in line 2 \(character 14\)"),
    "control character": (b"Harbour \x1b[31mwall falls", r"control character \(U\+001B\) in line 1"),
    "not UTF-8": (b"Harbour\ncaf\xe9 wall", "not valid UTF-8: byte 12, in line 2"),
    "surrogate in UTF-8": (b"wall \xed\xa0\x80", "not valid UTF-8"),
    "half of UTF-16": (b"\xff\xfeH\x00a", "not text"),
    "program": (bytes(range(256)) * 8, "not text"),
    "zeros": (b"\0" * 4000, "not text"),
    "picture": (b"\x89PNG\r\n\x1a\n....", "a picture, not plain text"),
    "PDF": (b"%PDF-1.7 ...", "a PDF, not plain text"),
    "Word document": (b"PK\x03\x04....", "Word document"),
    "too long": (b"word\n" * 500_000, r"2\.5 MB long; at most 2\.0 MB"),
    "one line of 10 MB": (b"x" * 10_000_000, r"10\.0 MB long"),
    "one line of 1 MB": (b"x" * 1_000_000, "One line is 1,000,000 characters long"),
}

REFUSED_TEXT = {
    "lone surrogate": ("wall\nfalls \ud83d", r"half a character in line 2 \(character 12\)"),
    "NUL": ("wall \0", "NUL character in line 1"),
    "empty": ("", "no text in it"),
    "only marks": ("\ufeff\u200b\n", "no text in it"),
    "too long": ("x" * 2_000_001, "at most 2.0 MB"),
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_files_that_are_read(data: bytes) -> None:
    assert decode_copy(data) == TEXT


@pytest.mark.parametrize(("data", "sentence"), REFUSED_FILES.values(), ids=REFUSED_FILES)
def test_files_that_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableCopy, match=sentence) as refusal:
        decode_copy(data)
    assert_whole_sentences(str(refusal.value))


@pytest.mark.parametrize(("text", "sentence"), REFUSED_TEXT.values(), ids=REFUSED_TEXT)
def test_pasted_text_that_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableCopy, match=sentence) as refusal:
        check_copy(text)
    assert_whole_sentences(str(refusal.value))


def assert_whole_sentences(message: str) -> None:
    assert message[0].isupper()
    assert message.endswith(".")
    assert message.count(". ") >= 1  # what is wrong, and what to do next


def test_pasted_text_keeps_everything_but_its_line_ends() -> None:
    assert check_copy("  a\tb\r\nc\rd\u00a0e \n") == "  a\tb\nc\nd\u00a0e \n"


def test_a_limit_of_ones_own() -> None:
    with pytest.raises(UnreadableCopy, match="Split it"):
        decode_copy(b"too long", limit=5)
