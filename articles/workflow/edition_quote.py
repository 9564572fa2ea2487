"""A quote as an edition keeps it, and what of its source readers may know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.models import EditionQuote, Quotation, Quote, Source, Speaker, VerificationEntry
from articles.text.compare import compare
from articles.workflow.passage import ALLOWED_GRADES, Passage, house_policy
from articles.workflow.people import display_name

CONFIDENTIAL = {"confidential": True}
UNVERIFIED = Quote.Verification.UNVERIFIED
# Looked up here: Django makes such a table anew for each name that it is asked for.
VERIFICATIONS = dict(Quote.Verification.choices)
METHODS = dict(VerificationEntry.Method.choices)
KINDS = dict(Source.Kind.choices)
TERMS = dict(Source.Terms.choices)
DOUBTED = frozenset({Quote.Verification.DISPUTED, Quote.Verification.WITHDRAWN})


def is_hidden(source: Source | None) -> bool:
    """Whether readers may learn nothing about `source`: it is confidential, or not on the record."""
    return source is not None and (source.confidential or source.terms != Source.Terms.ON_THE_RECORD)


def quote_columns(quotation: Quotation, quote: Quote, passage: Passage | None) -> dict[str, Any]:
    """Columns of EditionQuote for one use of `quote`, without its position. No query.

    Of a hidden source nothing is kept, and neither are the occasion, place and day that would point to it.
    Of an unnamed speaker only the description and the reason are kept.
    """
    return {
        "quote_key": quote.key,
        "segments": list(quotation.segments),
        "words": quotation.words,
        "kind": quotation.kind,
        "language": quote.language,
        "original_words": quote.original_words,
        "original_language": quote.original_language,
        **_speaker_columns(quote),
        **source_columns(quote, passage),
        **verification_columns(quote),
    }


def verification_columns(quote: Quote) -> dict[str, Any]:
    """How `quote` stands now and how it came to. Reads the prefetched history."""
    hidden = is_hidden(quote.source)
    history = list(quote.history.all())
    voids = [number for number, entry in enumerate(history) if entry.verification == UNVERIFIED]
    standing = voids[-1] if voids else 0
    return {
        "verification": quote.verification,
        "verified_by_name": display_name(quote.verified_by) if quote.verified_by else "",
        "verified_at": quote.verified_at,
        "history": [
            _step(entry, hidden=hidden, settled=number < standing) for number, entry in enumerate(history)
        ],
    }


def source_columns(quote: Quote, passage: Passage | None) -> dict[str, Any]:
    """Where the words are from, as far as readers may know."""
    if is_hidden(quote.source):
        return hidden_source_columns()
    return {
        "occasion": quote.occasion,
        "place": quote.place,
        "said_on": quote.said_on,
        "source_key": quote.source.key if quote.source else "",
        "source": _source_json(quote, quote.source, passage) if quote.source else {},
    }


def hidden_source_columns() -> dict[str, Any]:
    """What is kept of a source that may not show: that there is one."""
    return {"occasion": "", "place": "", "said_on": None, "source_key": "", "source": dict(CONFIDENTIAL)}


def renewed_columns(
    row: EditionQuote, quote: Quote, shown: Source | None, merged_into: Speaker | None = None
) -> dict[str, Any]:
    """The columns of `row`, which shows the source `shown`, with the verification that `quote` has now.

    A speaker who was merged is called by the record `merged_into`. Who said it and where it is from stay as
    the gate passed them, unless the source may no longer show. A record that has got other words since, or
    was verified anew under another speaker, says nothing about what is printed here: then only a doubt
    reaches readers. A verification that became void, since somebody else said the words, does too.
    """
    kept = [field.name for field in EditionQuote._meta.concrete_fields if field.name not in ("id", "edition")]
    columns = {name: getattr(row, name) for name in kept}
    if merged_into is not None:
        columns |= _identity_columns(merged_into)
    slug = columns["speaker_slug"]
    holds = quote.verification in DOUBTED or _holds_for(row, quote, slug)
    renewed = verification_columns(quote) if holds else {}
    hidden = hidden_source_columns() if is_hidden(quote.source) or is_hidden(shown) else {}
    return {**columns, **renewed, **hidden}


def _holds_for(row: EditionQuote, quote: Quote, speaker_slug: str) -> bool:
    """Whether how `quote` stands is about what `row` prints: the words, and the speaker if it is signed."""
    same_speaker = quote.speaker is not None and quote.speaker.slug == speaker_slug
    grade = compare(row.segments, " ".join(quote.segments), policy=house_policy()).grade
    signed = quote.verification == Quote.Verification.VERIFIED
    return grade in ALLOWED_GRADES and (same_speaker or not signed)


def _speaker_columns(quote: Quote) -> dict[str, Any]:
    speaker, role = quote.speaker, quote.role
    if speaker is None:
        return {"speaker_slug": "", "speaker_name": "", "speaker": {}}
    shown = role if role and not speaker.unnamed else None
    return {
        **_identity_columns(speaker),
        "role_title": shown.title if shown else "",
        "role_organisation": shown.organisation if shown else "",
    }


def _identity_columns(speaker: Speaker) -> dict[str, Any]:
    return {
        "speaker_slug": speaker.slug,
        "speaker_name": speaker.name,
        "speaker": _speaker_json(speaker),
    }


def _speaker_json(speaker: Speaker) -> dict[str, Any]:
    known: Mapping[str, Any] = {
        "bio": speaker.bio,
        "external_ids": speaker.external_ids,
        "roles": [
            {
                "title": role.title,
                "organisation": role.organisation,
                "since": role.since.isoformat() if role.since else None,
                "until": role.until.isoformat() if role.until else None,
            }
            for role in speaker.roles.all()
        ],
    }
    unknown: Mapping[str, Any] = {"bio": "", "external_ids": {}, "roles": []}
    return {
        "kind": speaker.kind,
        "unnamed": speaker.unnamed,
        "unnamed_reason": speaker.unnamed_reason,
        **(unknown if speaker.unnamed else known),
    }


def _source_json(quote: Quote, source: Source, passage: Passage | None) -> dict[str, Any]:
    snapshot = passage.snapshot if passage else None
    return {
        "kind": source.kind,
        "kind_name": str(KINDS.get(source.kind, source.kind)),
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "date": source.published_on.isoformat() if source.published_on else None,
        "terms": source.terms,
        "terms_name": str(TERMS.get(source.terms, source.terms)),
        "place": quote.source_place,
        "sha256": snapshot.sha256 if snapshot else "",
        "captured_at": snapshot.captured_at.isoformat() if snapshot else None,
        "passage": passage.text if passage else "",
        "passage_spans": [[span.start, span.end] for span in passage.spans] if passage else [],
    }


def _step(entry: VerificationEntry, *, hidden: bool, settled: bool) -> dict[str, Any]:
    # A note may have been written about a source that the quote had before; only a snapshot says which. What
    # somebody wrote about a doubt was written for readers.
    unknown = entry.snapshot is None and settled and entry.verification not in DOUBTED
    secret = hidden or unknown or (entry.snapshot is not None and is_hidden(entry.snapshot.source))
    return {
        "at": entry.at.isoformat(),
        "verification": entry.verification,
        "label": str(VERIFICATIONS.get(entry.verification, entry.verification)),
        "by": display_name(entry.by),
        "method": str(METHODS.get(entry.method, entry.method)),
        "note": "" if secret else entry.note,
    }
