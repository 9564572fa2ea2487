"""New quotes for words of a text: looked up among the old ones, and in the copy that they came in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Quotation, Quote, Snapshot, Speaker, Story, VerificationEntry
from articles.text.compare import Grade, fingerprint
from articles.text.find import Passage as SourceText
from articles.workflow.find import index_records
from articles.workflow.passage import ALLOWED_GRADES, grade_in

# Fewer words than this may be said twice by one person without being the same statement.
SHARED_WORDS: Final = 4


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
        kind=row.kind if row.kind in Quote.Kind.values else Quote.Kind.DIRECT,
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
    entries: list[VerificationEntry] = []
    now = timezone.now()
    texts: dict[int, SourceText] = {}
    for each in made:
        quote, snapshot = each.quote, each.snapshot
        entries.append(
            VerificationEntry(quote=quote, verification=Quote.Verification.UNVERIFIED, by=by, at=now)
        )
        if snapshot is None:
            continue
        grade = each.in_copy
        if grade is None:
            text = texts.setdefault(snapshot.pk, SourceText(snapshot.text))
            grade = grade_in(quote.segments, text)
        if grade not in ALLOWED_GRADES:
            continue
        quote.source = snapshot.source
        quote.verification = Quote.Verification.IN_SOURCE
        entries.append(
            VerificationEntry(
                quote=quote,
                verification=Quote.Verification.IN_SOURCE,
                at=now,
                snapshot=snapshot,
                method=VerificationEntry.Method.MACHINE,
                grade=grade,
            )
        )
    quotes = [each.quote for each in made]
    Quote.objects.bulk_create(quotes)
    index_records(quotes)
    for entry in entries:
        entry.quote = entry.quote  # takes over the number that the quote has now
    VerificationEntry.objects.bulk_create(entries)
