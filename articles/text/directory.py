"""Where a name stands in a list of names, as a printed index has it: under the surname, accents aside."""

from __future__ import annotations

import unicodedata

from articles.text.lexicon import Sort, load_lexicon

# What Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
)
_SILENT = frozenset("'’.·")
AFTER_Z = "zzzz"  # sorts behind every surname, for names in other alphabets


def directory_words(name: str) -> list[str]:
    """The words of `name` in small letters without accents or marks, as they are looked for."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    kept = "".join(
        c if c.isalnum() else " " for c in plain if c not in "'’.·" and not unicodedata.combining(c)
    )
    return kept.split()


def directory_key(name: str, *, organisation: bool = False, language: str = "en") -> str:
    """What a list of names is sorted by: “Ilse Marrow” under “marrow ilse”, “The Kelder Trust” under K.

    A surname is the last word but “Jr” and its like; whoever writes it first says so with a comma. Names that
    begin with no letter from a to z come last.
    """
    words = directory_words(name)
    if organisation:
        words = words[1:] if len(words) > 1 and words[0] == "the" else words
    elif "," not in name:
        words = _surname_first(words, language)
    key = " ".join(words)
    return key if "a" <= key[:1] <= "z" else f"{AFTER_Z} {key}".rstrip()


def _surname_first(words: list[str], language: str) -> list[str]:
    sorts = load_lexicon(language).sorts
    end = len(words)
    while end > 1 and sorts.get(words[end - 1], 0) & Sort.SUFFIX:
        end -= 1
    return [*words[end - 1 : end], *words[: end - 1], *words[end:]]
