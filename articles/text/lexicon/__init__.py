"""What the engine knows of a language: one TOML file of words each, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


class Sort:
    """What a word can be, as bits, for it may be several things at once. Plain numbers: speed counts."""

    CUE = 1  # a verb that reports words: said, wrote
    NAMING = 2  # a verb that rules a fragment: called, described
    REPORT = 4  # a noun that can report: statement, letter
    BETWEEN = 8  # may stand between a subject and its verb
    PRONOUN = 16
    TITLE = 32  # stands before a name
    PERSON = 64  # the head of a description of one person
    PEOPLE = 128  # … of several
    BODY = 256  # … of an organisation or a document
    ORGANISATION = 512  # part of an organisation's name
    PLACE = 1024
    DETERMINER = 2048
    NOT_NAME = 4096  # capitalised only because the sentence begins
    PARTICLE = 8192
    SUFFIX = 16384
    MALE = 32768
    FEMALE = 65536
    GIVEN = 131072
    ABBREVIATED = 262144  # a full stop after it ends no sentence
    DAY = 524288
    INTRODUCES_TITLE = 1048576
    PREPOSITION = 2097152
    WORK = 8388608  # a noun that a work's name follows: film, book
    PERSONAL = 16777216  # says that somebody speaks of themselves or to somebody
    SMALL = 33554432  # stays small in a title
    COMMON_CUE = 67108864  # a verb of speech so frequent that the models know it by itself
    COURTESY = 4194304  # tells a sex and is no office: Mr, Ms
    GENERATION = 134217728  # part of a name: Jr, III
    NAMED_BODY = 536870912  # a noun that stands for a body with a name: the company
    SIGN = 17179869184  # what words are read on: placard, notice
    BEARS = 8589934592  # a verb by which somebody makes a sign's words their own: held up, wore
    SUNG = 4294967296  # a verb of singing: its words are a song's
    ANYBODY = 1073741824  # a noun for somebody who mostly has no name: heckler, witness
    KIN = 2147483648  # a noun for somebody that is no office: brother, woman
    NO_ROLE = 268435456  # before a name and its role, and no part of either: losing captain


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, each with what it can be."""

    language: str
    sorts: dict[str, int] = field(default_factory=dict)
    pronouns: dict[str, str] = field(default_factory=dict)
    same_given: dict[str, int] = field(default_factory=dict)  # Bob and Robert: the same number


_LISTS = {
    ("cues", "plain"): Sort.CUE,
    ("cues", "naming"): Sort.NAMING,
    ("cues", "before_name"): Sort.CUE,
    ("cues", "nouns"): Sort.REPORT,
    ("cues", "between"): Sort.BETWEEN,
    ("titles", "male"): Sort.TITLE | Sort.MALE,
    ("titles", "female"): Sort.TITLE | Sort.FEMALE,
    ("titles", "open"): Sort.TITLE,
    ("titles", "courtesy"): Sort.COURTESY,
    ("titles", "abbreviated"): Sort.ABBREVIATED,
    ("titles", "suffixes"): Sort.SUFFIX,
    ("titles", "generations"): Sort.SUFFIX | Sort.GENERATION,
    ("titles", "no_role"): Sort.NO_ROLE,
    ("titles", "particles"): Sort.PARTICLE,
    ("nouns", "person"): Sort.PERSON,
    ("nouns", "kin"): Sort.KIN,
    ("nouns", "anybody"): Sort.ANYBODY,
    ("nouns", "people"): Sort.PEOPLE,
    ("nouns", "body"): Sort.BODY,
    ("nouns", "named_body"): Sort.NAMED_BODY,
    ("nouns", "organisation"): Sort.ORGANISATION,
    ("nouns", "place"): Sort.PLACE,
    ("words", "determiners"): Sort.DETERMINER,
    ("words", "not_names"): Sort.NOT_NAME,
    ("words", "days"): Sort.DAY,
    ("words", "prepositions"): Sort.PREPOSITION,
    ("words", "introduces_title"): Sort.INTRODUCES_TITLE,
    ("words", "personal"): Sort.PERSONAL,
    ("words", "small"): Sort.SMALL,
    ("cues", "common"): Sort.COMMON_CUE,
    ("words", "works"): Sort.WORK,
    ("words", "signs"): Sort.SIGN,
    ("cues", "sung"): Sort.SUNG,
    ("cues", "bears"): Sort.BEARS,
    ("names", "male"): Sort.GIVEN | Sort.MALE,
    ("names", "female"): Sort.GIVEN | Sort.FEMALE,
}


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of ``language`` ("en", "en-GB"); an empty one where there is no file for it."""
    code = language.replace("_", "-").split("-")[0].lower()
    path = files(__package__).joinpath(f"{code}.toml")
    if not code.isalpha() or not path.is_file():
        return Lexicon(code)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sorts: dict[str, int] = {}
    for (table, name), sort in _LISTS.items():
        for word in data.get(table, {}).get(name, "").split():
            for part in word.split("_"):
                sorts[part] = sorts.get(part, 0) | sort
    for word in data.get("pronouns", {}):
        sorts[word] = sorts.get(word, 0) | Sort.PRONOUN
    lines = data.get("names", {}).get("same", "").strip().splitlines()
    same_given = {name: number for number, line in enumerate(lines) for name in line.split()}
    return Lexicon(code, sorts, dict(data.get("pronouns", {})), same_given)
