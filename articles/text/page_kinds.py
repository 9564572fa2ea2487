"""What is known of the lines that pages print around stories: a TOML file for each language, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

LONGEST: Final = 500  # characters: no longer block is looked at

_FRAGMENTS: Final = {
    "<NAME>": r"(?-i:[A-Z][\w.'’-]*)(?: (?:(?:of|the|de|van|for|and|&) ){0,2}(?-i:[A-Z][\w.'’-]*)){0,4}",
    "<CLOCK>": r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)"
    "(?: ?(?-i:[A-Z]{2,4}))?",
    "<MONTH>": r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    "<SITES>": "(?:twitter|x|facebook|instagram|threads|bluesky|mastodon|linkedin|tik ?tok|youtube|telegram"
    "|whatsapp)",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of boilerplate: a block of at most ``words`` words that one phrase describes completely."""

    rule: str
    reason: str
    phrases: re.Pattern[str]
    words: int

    def describes(self, text: str) -> bool:
        return (
            len(text) <= LONGEST
            and len(text.split()) <= self.words
            and self.phrases.fullmatch(text) is not None
        )


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one language's pages: of controls, of prompts, and the kinds of lines known by phrase."""

    controls: frozenset[str]  # all words that a control can be made of
    hard: frozenset[str]  # … one of which it must have inside a story
    plain: frozenset[str]  # … but none of these
    strong: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    address: tuple[re.Pattern[str], ...]
    asks: re.Pattern[str]
    author: re.Pattern[str]
    kinds: tuple[Kind, ...]


def make_kind(rule: str, reason: str, *phrases: str, words: int = 30) -> Kind:
    return Kind(rule, reason, re.compile(rf"\W*(?:{'|'.join(phrases)})\W*", re.IGNORECASE), words)


@cache
def load_page_words(language: str = "en") -> PageWords:
    """What is known of the pages of ``language``. Raises FileNotFoundError for an unknown one."""
    file = files("articles.text.lexicon").joinpath("pages", f"{language}.toml")
    data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    controls, prompts = data["controls"], data["prompts"]
    return PageWords(
        controls=frozenset([*controls["hard"].split(), *controls["soft"].split()]),
        hard=frozenset(controls["hard"].split()),
        plain=frozenset(controls["plain"].split()),
        strong=_signs(prompts["strong"]),
        weak=_signs(prompts["weak"]),
        address=_signs(prompts["address"]),
        asks=re.compile(rf"(?:^|[.!?])\W*(?:{'|'.join(_phrases(prompts['asks']))})\b", re.IGNORECASE),
        author=re.compile(rf"\W*(?:{'|'.join(_phrases(data['author']['phrases']))})"),
        kinds=tuple(
            make_kind(kind["rule"], kind["reason"], *_phrases(kind["phrases"]), words=kind["words"])
            for kind in data["kinds"]
        ),
    )


def _phrases(text: str) -> list[str]:
    for name, fragment in _FRAGMENTS.items():
        text = text.replace(name, fragment)
    return text.split("\n")[:-1]


def _signs(phrases: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE) for phrase in _phrases(phrases))
