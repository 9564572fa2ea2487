"""Quotations whose closing mark is missing: where the attribution shows that they end."""

from __future__ import annotations

import re
from dataclasses import replace

from articles.text.lexicon import Lexicon, Sort
from articles.text.marks import Run
from articles.text.spans import Span

_AFTER_A_STOP = re.compile(r"[,?!]\s+(\w+)(?:\s+(\w+))?(?:\s+(\w+))?")
_APPOSITION = re.compile(r"[,?!]\s+(\w+)(?:\s[^\W\d_A-Z]\w*){1,3},((?:\s\w+\.?){1,4}),\s(\w+)")


def end_unclosed(text: str, runs: tuple[Run, ...], lexicon: Lexicon) -> tuple[Run, ...]:
    """The runs; one that no mark closes ends where “, said X” or “, she said” stands in it."""
    if all(run.closed for run in runs):
        return runs
    result = []
    for number, run in enumerate(runs):
        goes_on = number + 1 < len(runs) and runs[number + 1].reopens
        result.append(run if run.closed or goes_on else _cut(text, run, lexicon))
    return tuple(result)


def _cut(text: str, run: Run, lexicon: Lexicon) -> Run:
    for match in _AFTER_A_STOP.finditer(text, run.start, run.end):
        if _is_attribution([word for word in match.groups() if word], lexicon) or _is_apposition(
            text, match.start(), run.end, lexicon
        ):
            end = match.start() + 1
            return replace(run, end=end, outer=Span(run.outer.start, end))
    return run


def _is_apposition(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """“…, the widow, Mrs Ana Pell, told the court.”"""
    match = _APPOSITION.match(text, start, end)
    if match is None:
        return False
    first, cue = (lexicon.sorts.get(match[number].lower(), 0) for number in (1, 3))
    named = all(word[0].isupper() for word in match[2].split())
    return named and match[1].islower() and bool(first & Sort.DETERMINER) and bool(cue & Sort.CUE)


def _is_attribution(words: list[str], lexicon: Lexicon) -> bool:
    sorts = [lexicon.sorts.get(word.lower(), 0) for word in words]
    if not words or len(words) < 2:
        return False
    if sorts[0] & Sort.CUE and words[0].islower():
        return words[1][0].isupper() or bool(sorts[1] & (Sort.PRONOUN | Sort.DETERMINER))
    if sorts[0] & Sort.DETERMINER and words[0].islower():
        return len(words) > 2 and bool(sorts[2] & Sort.CUE) and words[1].islower()
    named = words[0][0].isupper() and not sorts[0] & Sort.NOT_NAME
    if not (named or lexicon.pronouns.get(words[0]) in ("m", "f", "p")):
        return False
    return bool(sorts[1] & Sort.CUE) or (
        named and len(words) > 2 and words[1][0].isupper() and bool(sorts[2] & Sort.CUE)
    )
