"""Quotes for words that have a speaker and no record yet: of one story, or of many that come in at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.models import Quotation, Quote, Snapshot, Speaker
from articles.text.attribution import Attribution
from articles.text.compare import Grade
from articles.workflow.grading import State, grade_against
from articles.workflow.new_quotes import NewQuote, are_telling, new_quote, shared_by_print, store_quotes
from articles.workflow.propose import Proposal, propose_for_stories


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words of a story that wait for a record.

    `own` is how they stand against themselves and `in_copy` how they stand in the copy, where somebody found
    that out beforehand.
    """

    row: Quotation
    attribution: Attribution
    fingerprint: str
    own: tuple[State, str] | None = None
    in_copy: Grade | None = None


@dataclass(frozen=True, slots=True)
class NewRecords:
    """The words of one story that wait for a record, and the snapshot of the copy that it came in."""

    words: Sequence[NewWords]
    snapshot: Snapshot | None


def record_words(stories: Sequence[NewRecords], *, by: User | None, among: Iterable[Speaker] = ()) -> None:
    """Tie the words of each story to the quote of their speaker with the same words, else to a new one.

    As if one story came after the other. `among` are speakers that are quoted already. The rows of Quotation
    are not stored. The number of queries depends on nothing.
    """
    proposals = propose_for_stories(
        [[each.attribution for each in story.words] for story in stories], among=among
    )
    shared = shared_by_print(
        {each.fingerprint for story in stories for each in story.words if are_telling(each.row.segments)}
    )
    fresh: list[NewQuote] = []
    for story, proposed in zip(stories, proposals, strict=True):
        fresh += _tie(story, proposed, shared, by)
    store_quotes(fresh, by)
    for story in stories:
        for each in story.words:
            each.row.quote = each.row.quote  # takes over the number that the quote has now


def _tie(
    story: NewRecords,
    proposals: Sequence[Proposal | None],
    shared: dict[tuple[str, int], Quote],
    by: User | None,
) -> list[NewQuote]:
    """Tie the words of one story; returns the quotes made for it, which later stories may share."""
    made: dict[tuple[str, int], NewQuote] = {}
    for words, proposal in zip(story.words, proposals, strict=True):
        if proposal is None:
            continue
        row, key = words.row, (words.fingerprint, proposal.speaker.pk)
        quote = shared.get(key) or (made[key].quote if key in made else None)
        known = words.own
        if quote is None:
            quote = new_quote(
                row, by=by, speaker=proposal.speaker, role=proposal.role, fingerprint=words.fingerprint
            )
            made[key] = NewQuote(quote, story.snapshot, words.in_copy)
        elif quote.segments != row.segments:
            known = None
        row.quote = quote
        row.state, row.grade = known or grade_against(row.segments, quote.segments)
    for key, new in made.items():
        if are_telling(new.quote.segments) and new.quote.speaker and not new.quote.speaker.unnamed:
            shared.setdefault(key, new.quote)
    return list(made.values())
