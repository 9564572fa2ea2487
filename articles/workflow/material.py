"""Everything that the gate and an edition ask of a story, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from articles.models import Byline, Image, Quotation, Quote, Role, Snapshot, Story, VerificationEntry
from articles.text.elements import read_elements
from articles.text.find import Passage as SourceText
from articles.text.markup import PlainText, plain_text
from articles.text.quotations import FoundQuotation, find_quotations
from articles.workflow.passage import Passage, passage_in

# A story is opened, previewed and published in turn, and its text stays the same.
_find: Final = lru_cache(maxsize=8)(find_quotations)
# Ways of checking that need no snapshot: somebody heard the words, or asked who said them.
BY_EAR = frozenset(
    {
        VerificationEntry.Method.LISTENED,
        VerificationEntry.Method.CALLED_BACK,
        VerificationEntry.Method.WITNESSED,
    }
)


@dataclass(frozen=True, slots=True)
class Material:
    """A story with its people, quotations and evidence.

    `passages` has, for each quotation in the text (by primary key), the printed words looked up in the
    snapshot that stands as evidence; a quotation without such a snapshot is not in it.
    """

    story: Story
    plain: PlainText
    found: tuple[FoundQuotation, ...]
    quotations: tuple[Quotation, ...]
    passages: Mapping[int, Passage]
    pictures: Mapping[int, Image] = field(default_factory=dict)  # those in the body, by number

    @property
    def in_text(self) -> tuple[Quotation, ...]:
        """Quotations that stand in the body and count, in order."""
        states = Quotation.State.in_text()
        return tuple(each for each in self.quotations if each.state in states)

    @property
    def uses(self) -> tuple[tuple[Quotation, Quote], ...]:
        """The quotations in the text that have a record, with it, in order."""
        return tuple((each, each.quote) for each in self.in_text if each.quote is not None)


def gather(story: Story) -> Material:
    """Read the material of `story` as it is stored now; seven queries, however many quotations it has, and
    one more when there are pictures in its body."""
    return material_of(with_material().get(pk=story.pk))


def with_material() -> QuerySet[Story]:
    """Stories, each with the rows that `material_of` needs."""
    return Story.objects.select_related("section", "lead_image", "owner", "approved_by").prefetch_related(
        Prefetch("quotations", queryset=_quotations()),
        Prefetch("bylines", queryset=Byline.objects.select_related("author")),
        "topics",  # type: ignore[misc]  # the plugin does not know taggit's manager
    )


def material_of(loaded: Story) -> Material:
    """The material of a story that was read by `with_material` just now. Two queries, three with pictures."""
    plain = plain_text(loaded.body)
    found = _find(plain.text, doubled=True, labelled=True)  # as `sync_quotations` reads them
    quotations = tuple(loaded.quotations.all())
    return Material(loaded, plain, found, quotations, _passages(quotations), body_pictures(plain.html))


def body_pictures(html: str) -> dict[int, Image]:
    """The pictures that a cleaned body refers to and the library has, by number. One query, or none."""
    numbers = {int(each.ref) for each in read_elements(html) if each.kind == "picture"}
    return Image.objects.in_bulk(numbers) if numbers else {}


def signature(quote: Quote) -> VerificationEntry | None:
    """The entry by which `quote` is verified; None when it is not. Reads the prefetched history."""
    if quote.verification != Quote.Verification.VERIFIED:
        return None
    signed = [each for each in quote.history.all() if each.verification == Quote.Verification.VERIFIED]
    return signed[-1] if signed else None


def signed_by_ear(quote: Quote) -> bool:
    """Whether a second person verified `quote` without reading it in a snapshot."""
    entry = signature(quote)
    return entry is not None and entry.method in BY_EAR


def with_history(prefix: str = "") -> Prefetch[str]:
    """Prefetch the verification of quotes reached through `prefix`, and whose source each step looked at."""
    entries = VerificationEntry.objects.select_related("by", "snapshot__source").defer(
        "snapshot__data", "snapshot__text"
    )
    return Prefetch(f"{prefix}history", queryset=entries)


def _quotations() -> QuerySet[Quotation]:
    return Quotation.objects.with_quotes().prefetch_related(
        Prefetch("quote__speaker__roles", queryset=Role.objects.all()), with_history("quote__")
    )


def _passages(quotations: Iterable[Quotation]) -> dict[int, Passage]:
    uses = [(each, each.quote) for each in quotations if each.quote is not None and each.quote.source_id]
    uses = [(each, quote) for each, quote in uses if each.state != Quotation.State.MISSING]
    newest, signed = _snapshots(quote for _, quote in uses)
    passages: dict[int, Passage] = {}
    texts: dict[int, SourceText] = {}
    for quotation, quote in uses:
        entry = signature(quote)
        snapshot = signed.get(entry.snapshot_id or 0) if entry else None
        if snapshot is None or snapshot.source_id != quote.source_id:
            snapshot = newest.get(quote.source_id or 0)
        if snapshot is not None:
            text = texts.setdefault(snapshot.pk, SourceText(snapshot.text))
            passages[quotation.pk] = passage_in(quotation.segments, snapshot, text=text)
    return passages


def _snapshots(quotes: Iterable[Quote]) -> tuple[dict[int, Snapshot], dict[int, Snapshot]]:
    """The newest snapshot of each source, and those that a person signed against, by their own number."""
    quotes = list(quotes)
    sources = {quote.source_id for quote in quotes}
    signed = {entry.snapshot_id for quote in quotes if (entry := signature(quote))} - {None}
    latest = Snapshot.objects.filter(source_id=OuterRef("source_id")).order_by("-captured_at", "-pk")
    wanted = Q(pk__in=signed) | Q(source_id__in=sources, pk=Subquery(latest.values("pk")[:1]))
    rows = list(Snapshot.objects.filter(wanted).defer("data").order_by("captured_at", "pk"))
    return {row.source_id: row for row in rows}, {row.pk: row for row in rows}
