"""What the engine knows of reported speech in a language: which verbs report, and in which forms."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


class Use:
    """How a verb may report, as bits; the forms are those of ``lexicon/en.reports.toml``."""

    BARE = 1  # said (that) the pier would hold
    THAT = 2  # reiterated that …
    TELL = 4  # told the council (that) …
    ORDER = 8  # urged Holm to …
    TO = 16  # promised to …
    ING = 32  # denied having …
    ASK = 64  # asked whether …
    FINDING = 128  # the inquiry found that …
    THOUGHT = 256  # she believes that …


@dataclass(frozen=True, slots=True)
class Reporting:
    """The verbs, nouns and small words of reported speech, by their use."""

    verbs: dict[str, int] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, group: str, low: str) -> bool:
        """Whether the word belongs to a group such as "preposition" or "finite"."""
        return low in self.words[group]


_USES = {
    "bare": Use.BARE,
    "that": Use.THAT,
    "tell": Use.TELL,
    "order": Use.ORDER,
    "to": Use.TO,
    "ing": Use.ING,
    "ask": Use.ASK,
    "finding": Use.FINDING,
    "thought": Use.THOUGHT,
}
_GROUPS = {
    "verbs": ("not_before", "denied"),
    "nouns": ("view", "document", "adjective", "message", "gives", "empty"),
    "clause": ("question", "adverb", "preposition", "while", "finite"),
}


@cache
def load_reporting(language: str) -> Reporting:
    """The words of ``language`` (its two letters); nothing in them where there is no file for it."""
    path = files("articles.text.lexicon").joinpath(f"{language}.reports.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8")) if language.isalpha() and path.is_file() else {}
    verbs: dict[str, int] = {}
    for name, use in _USES.items():
        for word in data.get("verbs", {}).get(name, "").split():
            verbs[word] = verbs.get(word, 0) | use
    words = {
        name: frozenset(data.get(table, {}).get(name, "").split())
        for table, names in _GROUPS.items()
        for name in names
    }
    return Reporting(verbs, words)
