"""New quotes for words of a text: looked up among the old ones, and in the copy that they came in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Quotation, Quote, Snapshot, Speaker, Story, VerificationEntry
from articles.models.rows import take_numbers, write_records, write_rows
from articles.text.compare import Grade, fingerprint
from articles.text.find import Passage as SourceText
from articles.workflow.find import index_new
from articles.workflow.passage import ALLOWED_GRADES, grade_in

# Fewer words than this may be said twice by one person without being the same statement.
SHARED_WORDS: Final = 4
_KINDS: Final = frozenset(Quote.Kind.values)
# The first steps of a record, and how they were taken.
_NEW: Final = (Quote.Verification.UNVERIFIED.value, "")
_FOUND: Final = (Quote.Verification.IN_SOURCE.value, VerificationEntry.Method.MACHINE.value)


@dataclass(frozen=True, slots=True)
class NewQuote:
    """An unsaved quote, the snapshot of the copy it came in, and how its words stand there, if known."""

    quote: Quote
    snapshot: Snapshot | None
    in_copy: Grade | None = None


def house_language() -> str:
    """The language that the paper is written in, such as "en"."""
    return str(settings.LANGUAGE_CODE).partition("-")[0]


def find_shared(words: Sequence[str], speaker: Speaker) -> Quote | None:
    """The oldest quote of `speaker` with the same words, if they are enough to be the same statement."""
    return shared_quotes([words]).get((fingerprint(words), speaker.pk))


def new_quote(row: Quotation, *, by: User | None, **fields: Any) -> Quote:
    """An unsaved quote with the words of `row`."""
    if "fingerprint" not in fields:
        fields["fingerprint"] = fingerprint(row.segments)
    return Quote(
        segments=list(row.segments),
        words=row.words,
        kind=row.kind if row.kind in _KINDS else Quote.Kind.DIRECT,
        written_by=row.written_by or by,
        **{"language": house_language(), **fields},
    )


def are_telling(words: Sequence[str]) -> bool:
    """Whether words are enough to be the same statement when one person says them twice."""
    return len(" ".join(words).split()) >= SHARED_WORDS


def shared_quotes(words: Collection[Sequence[str]]) -> dict[tuple[str, int], Quote]:
    """Quotes with the same words, by fingerprint and speaker; one query."""
    return shared_by_print({fingerprint(each) for each in words if are_telling(each)})


def shared_by_print(prints: Collection[str]) -> dict[tuple[str, int], Quote]:
    """Quotes of named speakers with these fingerprints, by fingerprint and speaker; one query."""
    prints = set(prints) - {""}
    if not prints:
        return {}
    quotes = Quote.objects.filter(fingerprint__in=prints, speaker__unnamed=False).with_people()
    found: dict[tuple[str, int], Quote] = {}
    for quote in quotes.order_by("pk"):
        if quote.speaker is not None:
            found.setdefault((quote.fingerprint, quote.speaker.pk), quote)
    return found


def copy_snapshot(story: Story) -> Snapshot | None:
    """The snapshot of the copy that the story came from: their hashes are those of the same bytes."""
    if story.raw is None:
        return None
    found = Snapshot.objects.filter(sha256=story.raw.sha256, source__withdrawn_reason="")
    return found.select_related("source").defer("data").order_by("pk").first()


def create_quotes(quotes: Sequence[Quote], snapshot: Snapshot | None, by: User | None) -> None:
    """Store new quotes with the first steps of their verification; look their words up in `snapshot`."""
    store_quotes([NewQuote(quote, snapshot) for quote in quotes], by)


def store_quotes(made: Sequence[NewQuote], by: User | None) -> None:
    """The same for quotes that came in different copies. A fixed number of queries."""
    if not made:
        return
    entries: list[tuple[Any, ...]] = []
    now = timezone.now()
    texts: dict[int, SourceText] = {}
    for each, number in zip(made, take_numbers(Quote, len(made)), strict=True):
        each.quote.pk = number
        entries.append((number, *_NEW, now, by and by.pk, None, ""))
        snapshot, grade = each.snapshot, _grade(each, texts)
        if snapshot is None or grade not in ALLOWED_GRADES:
            continue
        each.quote.source = snapshot.source
        each.quote.verification = Quote.Verification.IN_SOURCE
        entries.append((number, *_FOUND, now, None, snapshot.pk, str(grade)))
    quotes = [each.quote for each in made]
    write_records(Quote, quotes)
    index_new(quotes)
    write_rows(
        VerificationEntry, ("quote", "verification", "method", "at", "by", "snapshot", "grade"), entries
    )


def _grade(made: NewQuote, texts: dict[int, SourceText]) -> Grade:
    """How the words stand in the snapshot; `texts` has those that were made ready before."""
    if made.snapshot is None or made.in_copy is not None:
        return made.in_copy or Grade.ABSENT
    if made.snapshot.pk not in texts:
        texts[made.snapshot.pk] = SourceText(made.snapshot.text)
    return grade_in(made.quote.segments, texts[made.snapshot.pk])
