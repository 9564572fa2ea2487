"""Names taken apart: given names, surname, suffix; and the keys under which a name is looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from articles.text.lexicon import Sort, load_lexicon

_SAME_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", ".": " "})
# What Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
_CYRILLIC_LETTERS = "абвгдезийклмнопрстуфхцыэюяіїєґжчшщъь"
_LATIN_LETTERS = "a b v g d e z i i k l m n o p r s t u f kh ts y e yu ya i i e g zh ch sh shch - -"
_CYRILLIC = dict(zip(_CYRILLIC_LETTERS, _LATIN_LETTERS.split(), strict=True))
_SPELLED_OUT = re.compile(r"(?<=[aou])e(?!$)|(?<=a)a")  # Mueller and Müller, Aasen and Åsen
_ENDING = re.compile(r"(?:iy|ij|yy|yi|ii|y|j)$")  # Zelenskyy, Zelensky, Zelenskij
_GENERATIONS = {"jr": "jr", "junior": "jr", "jnr": "jr", "sr": "sr", "senior": "sr", "snr": "sr",
                "ii": "ii", "iii": "iii", "iv": "iv"}  # fmt: skip
_LONGEST_INITIALS = 3
_LONGEST_KEY = 160


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name taken apart, each part folded: small letters without accents or marks."""

    given: tuple[str, ...]  # given and middle names; single letters are initials
    family: tuple[str, ...]  # the parts of the surname, particles left out
    joined: str = ""  # the surname with its particles, as one word
    suffix: str = ""  # jr, sr, ii, iii, iv

    @property
    def words(self) -> frozenset[str]:
        """All parts, whatever their order."""
        return frozenset((*self.given, *self.family))


def exact_key(name: str) -> str:
    """The name without what print varies: capitals, the kind of apostrophe or hyphen, full stops, spaces."""
    plain = unicodedata.normalize("NFC", name).casefold().translate(_SAME_MARKS)
    return " ".join(plain.split())[:_LONGEST_KEY]


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """A word of a name without accents and with one spelling for those that alphabets and countries vary."""
    letters = word.casefold().translate(_LETTERS)
    letters = "".join(_CYRILLIC.get(letter, letter) for letter in letters)
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if c.isalnum())
    if len(plain) < 3:
        return plain
    plain = "mac" + plain[2:] if plain.startswith("mc") else plain
    return _ENDING.sub("i", _SPELLED_OUT.sub("", plain))


@lru_cache(maxsize=4096)
def parse_name(name: str, language: str = "en") -> NameForm:
    """Take a person's name apart. Titles before it and letters after it are left out."""
    sorts = load_lexicon(language).sorts
    before, comma, after = name.partition(",")
    if comma and fold_word(after) not in _GENERATIONS and len(after.split()) < 3:
        name = f"{after} {before}"  # Amadi, Ruth
    words = [word for word in name.translate(_SAME_MARKS).replace(",", " ").split() if fold_word(word)]
    while len(words) > 1 and _is_title(sorts.get(words[0].lower(), 0)):
        del words[0]
    suffix = ""
    while len(words) > 1 and (_GENERATIONS.get(words[-1].lower()) or _is_suffix(words[-1], sorts)):
        suffix = _GENERATIONS.get(words.pop().lower(), suffix)
    first = next((n for n, word in enumerate(words) if n and _is_particle(word, sorts)), len(words) - 1)
    if len(words) > 1 and _is_particle(words[0], sorts):
        first = 0  # van der Berg
    family = [part for word in words[first:] for part in word.split("-")]
    kept = tuple(fold_word(part) for part in family if fold_word(part) and not _is_particle(part, sorts))
    given = tuple(part for word in words[:first] for part in _given_parts(word) if part)
    return NameForm(given, kept, fold_word("".join(family)), suffix)


def same_given_names(given: str, language: str = "en") -> frozenset[str]:
    """The forms of a given name that the lexicon knows, folded, itself among them: Liz, Elizabeth, Betty."""
    return _given_forms(language).get(given, frozenset()) | {given}


def near_keys(name: str, language: str = "en", *, organisation: bool = False) -> frozenset[str]:
    """Keys of which two forms of one name share one: for a person each part of the surname with an initial,
    or a name that stands alone; for a body the name without accents and article."""
    if organisation:
        words = " ".join(word for each in name.split() if (word := fold_word(each)) and word != "the")
        return frozenset({words[:_LONGEST_KEY]} - {""})
    form = parse_name(name, language)
    if not form.given:
        return frozenset(key[:_LONGEST_KEY] for key in (*form.family, form.joined) if key)
    forms = {*form.given[:2], *same_given_names(form.given[0], language)}
    parts = {*form.family, form.joined, *(form.given[-1:] if len(form.given) > 1 else ())}
    pairs = {f"{part} {given[0]}" for part in parts if len(part) > 1 for given in forms}
    in_any_order = " ".join(sorted(form.words))
    return frozenset(key[:_LONGEST_KEY] for key in (*pairs, in_any_order))


def part_keys(name: str, language: str = "en", *, organisation: bool = False) -> frozenset[str]:
    """Keys that are near keys of a shorter name: the surname, or the initials of a body's name."""
    if organisation:
        return frozenset({acronym(name)} - {""})
    form = parse_name(name, language)
    return frozenset(key[:_LONGEST_KEY] for key in (*form.family, form.joined) if key)


def name_keys(
    names: Iterable[str], language: str = "en", *, organisation: bool = False
) -> frozenset[tuple[str, str]]:
    """Every key of somebody who goes by `names`, with its sort: exact, near or part.

    A name that begins with a small letter (“the mayor”) is found only as it stands.
    """
    given = list(names)
    full = [name for name in given if not name[:1].islower()]
    keys = {("exact", exact_key(name)) for name in given}
    keys |= {("near", key) for name in full for key in near_keys(name, language, organisation=organisation)}
    keys |= {("part", key) for name in full for key in part_keys(name, language, organisation=organisation)}
    return frozenset((sort, key) for sort, key in keys if key)


def acronym(name: str) -> str:
    """The initials of the capitalised words of a name, as a body is called by them; "" below three."""
    letters = "".join(word[0] for word in name.split() if word[:1].isupper() and word.lower() != "the")
    return letters.casefold() if len(letters) > 2 else ""


def _is_title(sort: int) -> bool:
    return bool(sort & (Sort.TITLE | Sort.COURTESY)) and not sort & Sort.GIVEN


def _is_suffix(word: str, sorts: dict[str, int]) -> bool:
    return bool(sorts.get(word.lower(), 0) & Sort.SUFFIX) and word[:1].isupper()


def _is_particle(word: str, sorts: dict[str, int]) -> bool:
    return bool(sorts.get(word.lower(), 0) & Sort.PARTICLE)


def _given_parts(word: str) -> Iterable[str]:
    """The given names in a word: Jean-Pierre are two, and so are JP."""
    if word.isupper() and 1 < len(word) <= _LONGEST_INITIALS and "-" not in word:
        return [fold_word(letter) for letter in word]
    return [fold_word(part) for part in word.split("-")]


@cache
def _given_forms(language: str) -> dict[str, frozenset[str]]:
    same = load_lexicon(language).same_given
    groups: dict[int, set[str]] = {}
    for name, number in same.items():
        groups.setdefault(number, set()).add(fold_word(name))
    return {fold_word(name): frozenset(groups[number]) for name, number in same.items()}
