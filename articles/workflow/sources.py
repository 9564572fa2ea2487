"""Sources and their snapshots: what a quote can be checked against."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from typing import Final, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import archive
from articles.models import EditionQuote, Quote, Snapshot, Source, VerificationEntry
from articles.text.decode import UnreadableCopy, decode_copy
from articles.text.markup import plain_text
from articles.workflow.amend import Correcting, reissue_quotes
from articles.workflow.edition_quote import is_hidden
from articles.workflow.errors import Invalid, NotAllowed, Refusal, WrongState, check_record
from articles.workflow.lifecycle import needed
from articles.workflow.people import require
from articles.workflow.record import record_event
from articles.workflow.verify import CHECKED, check_in_source, dispute_quotes, void_verification

MAX_BYTES: Final = 25_000_000
MAX_TEXT: Final = 20_000_000
HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})


class SourceFacts(TypedDict, total=False):
    """What can be said about a source."""

    kind: str
    title: str
    publisher: str
    url: str
    published_on: datetime.date | None
    terms: str
    confidential: bool
    owner: User | None


def create_source(*, by: User, kind: str, title: str, **facts: Unpack[SourceFacts]) -> Source:  # type: ignore[misc]
    """File a new source, owned by `by` unless the facts name an owner. Raises NotAllowed, Invalid."""
    require(by, "articles.add_source", _("You may not file sources. Ask a reporter or an editor."))
    facts.setdefault("owner", by)
    source = Source(kind=kind, title=title.strip(), **facts)
    check_record(source)
    with transaction.atomic():
        source.save(force_insert=True)
        record_event(action="source.created", record=source, by=by, after={"kind": source.kind})
    return source


def save_source(source: Source, *, by: User, **facts: Unpack[SourceFacts]) -> Source:
    """Change what is said about a source; only the facts given are changed.

    One that may no longer show goes from live editions at once. Raises NotAllowed for who may not see a
    confidential source, Invalid.
    """
    require(by, "articles.change_source", _("You may not change sources. Ask a reporter or an editor."))
    with transaction.atomic():
        current = _locked(source, by)
        before = {name: getattr(current, name) for name in facts}
        was_shown = not is_hidden(current)
        for name, value in facts.items():
            setattr(current, name, value)
        changed = [name for name in facts if before[name] != getattr(current, name)]
        if not changed:
            return current
        check_record(current)
        # One that is or was confidential leaves no trace of what it is called.
        secret = current.confidential or bool(before.get("confidential"))
        current.save(update_fields=changed)
        record_event(
            action="source.saved",
            record=current,
            by=by,
            before={} if secret else {name: before[name] for name in changed},
            after={"changed": changed},
        )
        if was_shown and is_hidden(current):
            reissue_quotes(_shown_with(current), by=by, why=_("The record of a quotation changed."))
    return current


def add_snapshot(
    source: Source,
    *,
    by: User | None,
    data: bytes,
    media_type: str,
    text: str | None = None,
    captured_from: str = "",
    captured_at: datetime.datetime | None = None,
) -> Snapshot:
    """Keep the bytes of a source, and look the words of its quotes up in their text.

    `text` is what can be read or heard in bytes that are not text: a transcript. The same bytes are kept once
    for a source; the snapshot there is comes back. Raises NotAllowed, WrongState, Invalid.
    """
    if by is not None:
        require(by, "articles.add_snapshot", _("You may not add snapshots. Ask a reporter or an editor."))
    kind = media_type.strip() or "application/octet-stream"
    words = _read_text(data, kind) if text is None else _readable(text.encode("utf-8", "surrogatepass"))
    sha256 = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        current = _locked(source, by)
        if current.withdrawn_reason:
            raise WrongState(_("This source was withdrawn. File another one for what you have."))
        same: Snapshot | None = current.snapshots.filter(sha256=sha256).first()
        if same is not None:
            return same
        snapshot = keep_snapshot(
            current,
            by=by,
            data=data,
            media_type=kind,
            text=words,
            captured_from=captured_from,
            captured_at=captured_at,
        )
        record_event(action="source.captured", record=current, by=by, after={"sha256": sha256})
        for quote in current.quotes.needing_verification().select_related("source"):
            check_in_source(quote, by=by)
    return snapshot


def keep_snapshot(
    source: Source,
    *,
    by: User | None,
    data: bytes,
    media_type: str,
    text: str,
    captured_from: str = "",
    captured_at: datetime.datetime | None = None,
) -> Snapshot:
    """Store a snapshot and nothing else. For verbs that write their own event."""
    return Snapshot.objects.create(
        source=source,
        data=data,
        media_type=media_type[:120],
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        captured_at=captured_at or timezone.now(),
        captured_by=by,
        captured_from=captured_from[:1000],
    )


def capture_source(
    source: Source, *, by: User, fetch: Callable[[str], archive.Capture] = archive.capture
) -> Snapshot:
    """Fetch the address of a source and keep what is there. Raises Refusal when it cannot be had."""
    require(by, "articles.add_snapshot", _("You may not capture sources. Ask a reporter or an editor."))
    if not source.url:
        raise WrongState(_("The source has no address. Add one, or paste its text."))
    try:
        captured = fetch(source.url)
    except archive.CaptureError as error:
        raise Refusal(str(error)) from error
    return add_snapshot(
        source,
        by=by,
        data=captured.data,
        media_type=captured.media_type,
        captured_from=captured.url,
        captured_at=captured.captured_at,
    )


def withdraw_source(source: Source, *, by: User, reason: str, correcting: Correcting | None = None) -> Source:
    """Stop relying on a source: every quote that was checked in it is unverified again.

    Live editions that print a verified one are renewed, scheduled ones are dropped. With `correcting`, the
    chosen stories publish a note with it. Raises NotAllowed, WrongState (also without `reason`).
    """
    require(by, "articles.withdraw_source", _("Only a managing editor may withdraw a source. Ask one."))
    why = needed(reason, _("Say why the paper no longer relies on this source. Then withdraw it."))
    with transaction.atomic():
        current = _locked(source, by)
        if current.withdrawn_reason:
            raise WrongState(_("This source is withdrawn already."))
        Source.objects.filter(pk=current.pk).update(withdrawn_reason=why)
        current.withdrawn_reason = why
        record_event(action="source.withdrawn", record=current, by=by, reason=why)
        quotes = list(Quote.objects.filter(source=current).with_people().order_by("pk"))
        for quote in quotes:
            if quote.verification in CHECKED:
                void_verification(quote, by=by, note=_("The source was withdrawn."))
        reissue_quotes(
            quotes, by=by, why=_("The source of a quotation was withdrawn."), correcting=correcting
        )
    return current


def dispute_source(
    source: Source, *, by: User, reason: str, correcting: Correcting | None = None
) -> list[VerificationEntry]:
    """Doubt every quote from `source` that stands: what it says is contested, and nobody knows yet.

    The source itself may still be used. Raises what `dispute_quotes` raises.
    """
    with transaction.atomic():
        current = _locked(source, by)
        entries = dispute_quotes(
            list(Quote.objects.filter(source=current).with_people().order_by("pk")),
            by=by,
            reason=reason,
            correcting=correcting,
        )
        record_event(action="source.disputed", record=current, by=by, reason=reason.strip())
    return entries


def _shown_with(source: Source) -> list[Quote]:
    """The quotes from `source`, and those that an edition prints as from it, locked in order."""
    printed = EditionQuote.objects.filter(source_key=source.key).values("quote_key")
    quotes = Quote.objects.filter(Q(source=source) | Q(key__in=printed))
    return list(quotes.select_for_update(of=("self",)).with_people().order_by("pk"))


def _locked(source: Source, by: User | None) -> Source:
    """The source as it is stored, locked; refuse who may not know of it."""
    current = Source.objects.select_for_update().get(pk=source.pk)
    if by is not None and not Source.objects.visible_to(by).filter(pk=current.pk).exists():
        raise NotAllowed(_("This source is confidential. Only its owner or a managing editor can change it."))
    return current


def _read_text(data: bytes, media_type: str) -> str:
    """The words in `data`; none for bytes that are not text, such as a recording."""
    if len(data) > MAX_BYTES:
        raise Invalid(
            {"data": [_("The file is larger than 25 MB. Cut it to what matters, or paste its text.")]}
        )
    if not data:
        raise Invalid({"data": [_("There is nothing in it. Choose the file again, or paste the text.")]})
    kind = media_type.partition(";")[0].strip().lower()
    if kind in HTML_TYPES:
        return plain_text(_decode_page(data, media_type)).text
    return _readable(data) if kind.startswith("text/") else ""


def _decode_page(data: bytes, media_type: str) -> str:
    """A page in the character set that it names, in UTF-8 otherwise; what cannot be read is marked."""
    charset = media_type.partition("charset=")[2].strip("\"' ") or "utf-8"
    try:
        return data.decode(charset, errors="replace").replace("\0", "")
    except LookupError:
        return data.decode("utf-8", errors="replace").replace("\0", "")


def _readable(data: bytes) -> str:
    try:
        return decode_copy(data, limit=MAX_TEXT)
    except UnreadableCopy as error:
        raise Invalid({"text": [str(error)]}) from error
