"""Whether words that somebody pastes are on record here: exactly, altered, or not.

Only published quotes are looked at, so that nothing can be learned that readers cannot read. That words are
not on record proves nothing: this paper has not printed everything that was ever said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from django.conf import settings

from articles.models import Edition, EditionQuote, tag_of
from articles.search.found import ask, question
from articles.search.shelf import QUOTES
from articles.text.alike import Statement, likeness, shared_words
from articles.text.compare import Comparison, Grade, Policy, compare, fingerprint
from articles.text.terms import Terms

MOST_CHARACTERS: Final = 1500
FEWEST_WORDS: Final = 3
CLOSE: Final = 0.6  # of the pasted words must be a record's, or it is another quotation
MOST_COMPARED: Final = 50
MOST_MATCHES: Final = 5
MOST_SIMILAR: Final = 5
MOST_USES: Final = 100

_TELLING: Final = 8  # words by which records are looked for, the longest first: they are the rarest
_WORD: Final = re.compile(r"[^\W_]+")
_RUN: Final = re.compile('[“„«"]([^“”„«»"]+)[”“»"]?')
_MARKS: Final = "“”„«»\"‘’' \t\r\n"
_CLOSES_FIRST: Final = re.compile("[^“”„«»]*[”»]")  # of a quotation that was copied without its first mark


class Answer(StrEnum):
    """What is known about the words."""

    EXACT = "exact"  # on record; only how marks, dashes and spaces are set may differ
    PERMITTED = "permitted"  # on record, with edits such as an ellipsis that the paper's policy allows
    ALTERED = "altered"  # a record is close, and other words were printed
    ABSENT = "absent"  # not on record
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that holds the words, or nearly. `whole`: the words are all of it.

    `comparison` has the difference: “said” is what is on record, “printed” what was pasted.
    """

    quote: EditionQuote
    comparison: Comparison
    whole: bool
    stories: tuple[Edition, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """The answer, the records that it rests on (the best first), and others with similar words.

    `compared` has the segments that were looked up, if words that stand outside quotation marks were not.
    """

    answer: Answer
    matches: tuple[Match, ...] = ()
    similar: tuple[EditionQuote, ...] = ()
    compared: tuple[str, ...] = ()


_ANSWERS: Final = {
    Grade.IDENTICAL: Answer.EXACT,
    Grade.TYPOGRAPHIC: Answer.EXACT,
    Grade.PERMITTED: Answer.PERMITTED,
    Grade.ALTERED: Answer.ALTERED,
}


def check_quote(words: str, now: datetime) -> QuoteCheck:
    """Look `words` up in the quotes that readers can see at `now`.

    What stands between quotation marks counts as the quotation, if marks are among the words; else all of it.
    At most seven queries, and at most 50 records are compared, whatever is asked.
    """
    if len(words) > MOST_CHARACTERS:
        return QuoteCheck(Answer.TOO_LONG)
    segments = read_segments(words)
    if sum(len(_WORD.findall(segment)) for segment in segments) < FEWEST_WORDS:
        return QuoteCheck(Answer.TOO_SHORT)
    asked = Statement.of(" ".join(segments))
    quotes = _candidates(segments, asked, now)
    policy = _house_policy()
    mark = fingerprint(segments)
    statements = {quote: Statement.of(quote.words) for quote in quotes}
    near = [quote for quote, statement in statements.items() if _may_be_meant(asked, statement)]
    matches = [
        Match(quote, found, whole=fingerprint(quote.segments) == mark)
        for quote in near
        if _is_close(found := _compare(segments, quote, policy))
    ]
    matches.sort(key=lambda match: (match.comparison.grade.rank, not match.whole, -_equal(match.comparison)))
    equal = [match for match in matches if match.comparison.grade == matches[0].comparison.grade]
    best, keys = equal[:MOST_MATCHES], {match.quote.quote_key for match in equal}
    others = [quote for quote in quotes if quote.quote_key not in keys]
    similar = [quote for quote in others if shared_words(asked, statements[quote]) > 1]
    similar.sort(key=lambda quote: -likeness(asked, statements[quote]))
    return QuoteCheck(
        answer=_ANSWERS[best[0].comparison.grade] if best else Answer.ABSENT,
        matches=tuple(_with_stories(best, now)),
        similar=tuple(similar[:MOST_SIMILAR]),
        compared=() if _WORD.findall(words) == _WORD.findall(" ".join(segments)) else tuple(segments),
    )


def read_segments(words: str) -> list[str]:
    """The segments of a quotation as it was pasted, without the marks around them and what stands between."""
    opened = f"“{words}" if _CLOSES_FIRST.match(words) else words
    runs = [run.strip(_MARKS) for run in _RUN.findall(opened)]
    marked = [run for run in runs if _WORD.search(run)]
    return marked or [words.replace("\x00", " ").strip(_MARKS)]


def _may_be_meant(asked: Statement, known: Statement) -> bool:
    """Whether two statements share half of what the shorter one tells, so that comparing them is worth it."""
    return shared_words(asked, known) * 2 >= min(len(asked.telling), len(known.telling))


def _compare(segments: Sequence[str], quote: EditionQuote, policy: Policy) -> Comparison:
    """Hold the words against the record: as one stretch, and as it is printed where it stands in parts."""
    printed = dict.fromkeys([" ".join(quote.segments), " … ".join(quote.segments)])
    found = [compare(segments, passage, policy=policy) for passage in printed]
    return min(found, key=lambda comparison: comparison.grade.rank)


def _is_close(found: Comparison) -> bool:
    """Whether it is the record that was meant: its words, or most of what was pasted."""
    return found.grade in _ANSWERS and (found.grade != Grade.ALTERED or _equal(found) >= CLOSE)


def _equal(found: Comparison) -> float:
    """The share of the pasted words that are the record's."""
    equal = sum(len(part.printed.split()) for part in found.diff if part.op == "equal")
    return equal / max(1, sum(len(part.printed.split()) for part in found.diff))


def _candidates(segments: Sequence[str], asked: Statement, now: datetime) -> list[EditionQuote]:
    """Published quotes that may be meant, the likeliest first, each once. Both questions are bounded.

    The first finds the same words, however frequent they are, and what holds all the telling ones; the second
    what holds two of them, so that it is found when others were altered.
    """
    words = asked.telling[:_TELLING]
    phrase = Terms((" ".join(_WORD.findall(" ".join(segments))[:12]),))
    every = Terms(words) if len(words) > 1 else phrase
    same = question([every], now, any_tag=tag_of("words", fingerprint(segments)))
    pairs = [Terms(pair) for pair in pairwise(words)] or [every]
    hits = [*ask(QUOTES, same, MOST_COMPARED).rows, *ask(QUOTES, question(pairs, now), MOST_COMPARED).rows]
    numbers = list({hit.group: hit.record for hit in hits}.values())[:MOST_COMPARED]
    quotes = EditionQuote.objects.published(now).in_bulk(numbers) if numbers else {}
    return [quotes[number] for number in numbers if number in quotes]


def _with_stories(matches: Sequence[Match], now: datetime) -> list[Match]:
    """The same, each as the newest story that prints it has it, with all these stories. One query."""
    keys = {match.quote.quote_key for match in matches}
    if not keys:
        return []
    uses = EditionQuote.objects.published(now).filter(quote_key__in=keys).with_edition()
    stories: dict[str, list[Edition]] = {}
    for use in uses.order_by("-pk")[:MOST_USES]:
        stories.setdefault(use.quote_key, []).append(use.edition)
    return [
        Match(match.quote, match.comparison, match.whole, tuple(stories.get(match.quote.quote_key, ())))
        for match in matches
    ]


def _house_policy() -> Policy:
    """Which edits the house allows; punctuation as it is on record."""
    return Policy(**settings.NEWSROOM_QUOTE_POLICY)
