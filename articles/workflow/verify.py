"""Checking quotes: by the program against the source, by a second person, and the doubts that come later."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Claim, Quote, Snapshot, Source, VerificationEntry
from articles.text.compare import Grade
from articles.workflow.amend import Correcting, reissue_quote, reissue_quotes
from articles.workflow.errors import Invalid, NotAllowed, Refusal, WrongState
from articles.workflow.four_eyes import writers
from articles.workflow.lifecycle import needed
from articles.workflow.passage import Passage, house_policy, passage_in, source_passage
from articles.workflow.people import display_name, require
from articles.workflow.record import record_event

__all__ = [
    "check_in_source", "dispute_quote", "dispute_quotes", "house_policy", "passage_in", "refusal_to_sign",
    "source_passage", "unverify_quote", "verify_quote", "void_verification", "withdraw_quote",
]  # fmt: skip

State = Quote.Verification
Method = VerificationEntry.Method
# Ways of checking that do not need the words to stand in a snapshot.
WITHOUT_TEXT: Final = frozenset({Method.LISTENED, Method.CALLED_BACK, Method.WITNESSED})
CHECKED: Final = frozenset({State.IN_SOURCE, State.VERIFIED})


def check_in_source(quote: Quote, *, by: User | None = None) -> VerificationEntry | None:
    """Look the words up in the newest snapshot of the source: unverified becomes in source, or the reverse.

    Only the program's own findings change; what a person signed or doubted stays. Returns the new step of the
    verification, or None when nothing changed.
    """
    if quote.verification not in (State.UNVERIFIED, State.IN_SOURCE):
        return None
    usable = quote.source is not None and not quote.source.withdrawn_reason
    passage = source_passage(quote) if usable else None
    to = State.IN_SOURCE if passage is not None and passage.allowed else State.UNVERIFIED
    if to == quote.verification:
        return None
    note = "" if to == State.IN_SOURCE else _why_absent(passage)
    with transaction.atomic():
        entry = _step(quote, to, by=None, passage=passage, method=Method.MACHINE, note=note)
        record_event(
            action="quote.found" if to == State.IN_SOURCE else "quote.not_found",
            record=quote,
            by=by,
            after={"verification": to, "grade": entry.grade},
        )
    return entry


def verify_quote(
    quote: Quote, *, by: User, against: Snapshot | None, method: str, note: str = ""
) -> VerificationEntry:
    """Sign that these are the words of this speaker, and return the step of the verification.

    `against` is the snapshot that `by` looked at. Words that do not stand in it within the house's policy are
    refused, unless `by` listened to the recording, called the speaker back or was there: then a `note` says
    what was heard. A disputed quote may be verified again, with a note. Live editions are renewed.

    Raises NotAllowed for who counts as a writer of it (four eyes, see `four_eyes.writers`), Invalid, and
    WrongState for a quote without speaker or source, one that is verified or withdrawn, and one that changed
    since it was read.
    """
    require(by, "articles.verify_quote", _("You may not verify quotes. Ask an editor to check this one."))
    how = _read_method(method)
    _refuse_writer(by, writers([quote])[quote.pk])
    source = _refuse_incomplete(quote, by)
    passage = _look_up(quote, source, against, how, note)
    with transaction.atomic():
        entry = _step(quote, State.VERIFIED, by=by, passage=passage, method=how, note=note.strip())
        record_event(
            action="quote.verified",
            record=quote,
            by=by,
            reason=note.strip(),
            after={"method": how, "grade": entry.grade, "snapshot": against.sha256 if against else ""},
        )
        Claim.objects.on_quote(quote).delete()
        reissue_quote(quote, by=by, why=_("A quotation was verified."))
    return entry


def dispute_quote(
    quote: Quote, *, by: User, reason: str, correcting: Correcting | None = None
) -> VerificationEntry:
    """Note that somebody doubts the quote. Every live edition that prints it says so at once.

    With `correcting`, the chosen stories publish a note with it. Raises NotAllowed, WrongState (also
    when there is no `reason`).
    """
    require(by, "articles.dispute_quote", _("You may not dispute a quote. Tell an editor what is wrong."))
    why = needed(reason, _("Say who doubts the quote and why: readers are told. Then dispute it."))
    if quote.verification in (State.DISPUTED, State.WITHDRAWN):
        raise WrongState(_("This quote is disputed or withdrawn already. Its history says why."))
    (entry,) = _decide([quote], State.DISPUTED, by, why, "quote.disputed", correcting)
    return entry


def dispute_quotes(
    quotes: Sequence[Quote], *, by: User, reason: str, correcting: Correcting | None = None
) -> list[VerificationEntry]:
    """Doubt several quotes for one reason, each with its event; every edition is renewed once.

    Those that are disputed or withdrawn already stay as they are. Raises NotAllowed, WrongState.
    """
    require(by, "articles.dispute_quote", _("You may not dispute a quote. Tell an editor what is wrong."))
    why = needed(reason, _("Say who doubts the quotes and why: readers are told. Then dispute them."))
    standing = [quote for quote in quotes if quote.verification not in (State.DISPUTED, State.WITHDRAWN)]
    if not standing:
        raise WrongState(_("There is no quote left to dispute: all are disputed or withdrawn already."))
    return _decide(standing, State.DISPUTED, by, why, "quote.disputed", correcting)


def withdraw_quote(
    quote: Quote, *, by: User, reason: str, correcting: Correcting | None = None
) -> VerificationEntry:
    """Take the quote back for good: it was not said, or not so. Live editions that print it say so at once.

    With `correcting`, the chosen stories publish a note with it. Raises NotAllowed, WrongState (also
    when there is no `reason`).
    """
    require(by, "articles.withdraw_quote", _("Only a managing editor may withdraw a quote. Dispute it."))
    why = needed(reason, _("Say why the quote is withdrawn: readers are told. Then withdraw it."))
    if quote.verification == State.WITHDRAWN:
        raise WrongState(_("This quote is withdrawn already. Its history says why."))
    (entry,) = _decide([quote], State.WITHDRAWN, by, why, "quote.withdrawn", correcting)
    return entry


def unverify_quote(quote: Quote, *, by: User, reason: str = "") -> VerificationEntry:
    """Take back a verification, or a dispute that was settled. Who signed it needs no `reason`.

    Raises NotAllowed, WrongState (also when a `reason` is needed and missing).
    """
    require(by, "articles.verify_quote", _("You may not take back a verification. Ask an editor."))
    if quote.verification not in (State.VERIFIED, State.DISPUTED):
        raise WrongState(_("This quote is neither verified nor disputed: there is nothing to take back."))
    if quote.verified_by_id != by.pk:
        reason = needed(reason, _("Say why this is taken back, so that its signer understands."))
    with transaction.atomic():
        (entry,) = _decide([quote], State.UNVERIFIED, by, reason.strip(), "quote.unverified")
        check_in_source(quote, by=by)
    return entry


def void_verification(quote: Quote, *, by: User | None, note: str, again: bool = False) -> None:
    """Write that nobody has checked the quote as it now stands. For verbs that change it, in their event.

    A quote that is unverified gets no further step, unless `again` parts what comes from what was before.
    """
    if again or quote.verification != State.UNVERIFIED:
        _step(quote, State.UNVERIFIED, by=by, note=note)


def _decide(
    quotes: Sequence[Quote],
    to: State,
    by: User,
    reason: str,
    action: str,
    correcting: Correcting | None = None,
) -> list[VerificationEntry]:
    entries: list[VerificationEntry] = []
    with transaction.atomic():
        for quote in quotes:
            before = {"verification": quote.verification}
            entries.append(_step(quote, to, by=by, note=reason))
            record_event(
                action=action, record=quote, by=by, reason=reason, before=before, after={"verification": to}
            )
            Claim.objects.on_quote(quote).delete()
        reissue_quotes(quotes, by=by, why=_("The record of a quotation changed."), correcting=correcting)
    return entries


def _step(
    quote: Quote,
    to: State,
    *,
    by: User | None,
    note: str = "",
    passage: Passage | None = None,
    method: str = "",
) -> VerificationEntry:
    """Move `quote` to a state of verification, unless anybody changed it since it was read."""
    now = timezone.now()
    signer, signed_at = (by, now) if to == State.VERIFIED else (None, None)
    seen = Quote.objects.filter(
        pk=quote.pk,
        verification=quote.verification,
        words=quote.words,
        speaker=quote.speaker_id,
        source=quote.source_id,
    )
    if not seen.update(verification=to, verified_by=signer, verified_at=signed_at):
        raise WrongState(_("Somebody changed this quote after you opened it. Reload it and read it again."))
    quote.verification, quote.verified_by, quote.verified_at = to, signer, signed_at
    return VerificationEntry.objects.create(
        quote=quote,
        verification=to,
        by=by,
        at=now,
        snapshot=passage.snapshot if passage else None,
        method=method,
        grade=passage.comparison.grade if passage else "",
        note=note,
    )


def _read_method(method: str) -> Method:
    if method not in Method.values or method == Method.MACHINE:
        raise Invalid(
            {"method": [_("Say how you checked: read it, listened to it, called back, was there.")]}
        )
    return Method(method)


def refusal_to_sign(quote: Quote, *, by: User, people: Collection[int]) -> str:
    """Why `by` could not verify `quote` now, whatever the source says; empty when they could.

    `people` are those who count as its writers.
    """
    try:
        _refuse_writer(by, people)
        _refuse_incomplete(quote, by)
    except Refusal as refusal:
        return refusal.message
    return ""


def _refuse_writer(by: User, people: Collection[int]) -> None:
    if by.pk in people:
        raise NotAllowed(
            _(
                "You wrote these words into a story, or you answer for them there, so somebody else has to"
                " check them. Ask a colleague."
            )
        )


def _refuse_incomplete(quote: Quote, by: User) -> Source:
    """The source of a quote that is ready to be verified by `by`; raise the refusal for one that is not."""
    if quote.verification == State.VERIFIED:
        raise WrongState(
            _("%(name)s verified this quote already. There is nothing left to do.")
            % {"name": display_name(quote.verified_by)}
        )
    if quote.verification == State.WITHDRAWN:
        raise WrongState(_("This quote was withdrawn. Record the words anew if they were said after all."))
    if quote.speaker is None:
        raise WrongState(_("Nobody is named as the speaker. Attribute the quote first, then verify it."))
    if quote.source is None:
        raise WrongState(_("The quote has no source. Add where the words can be checked, then verify it."))
    if quote.source.withdrawn_reason:
        raise WrongState(_("The source of this quote was withdrawn. Give it another one, then verify it."))
    if not quote.source.is_visible_to(by):
        raise NotAllowed(_("The source is confidential. Only its owner or a managing editor can check it."))
    return quote.source


def _look_up(
    quote: Quote, source: Source, against: Snapshot | None, method: Method, note: str
) -> Passage | None:
    """The passage that a person signs; raise the refusal where the words are not there and must be."""
    if against is not None and against.source_id != source.pk:
        raise WrongState(_("This snapshot is of another source. Reload the page and choose again."))
    passage = passage_in(quote.segments, against) if against is not None else None
    if method in WITHOUT_TEXT:
        found = passage is not None and passage.allowed
        if not found and not note.strip():
            raise Invalid({"note": [_("Note what you heard, when and from whom: there is no text to show.")]})
        return passage
    if passage is None:
        raise WrongState(_("There is no copy of the source yet. Capture or paste it, then verify the quote."))
    if not passage.allowed:
        raise WrongState(
            _("%(difference)s Correct the words, choose the right source, or say that you heard them.")
            % {"difference": passage.comparison.sentence}
        )
    if quote.verification == State.DISPUTED:
        needed(note, _("The quote is disputed. Note how the dispute was settled, then verify it."))
    return passage


def _why_absent(passage: Passage | None) -> str:
    if passage is None:
        return _("There is no copy of a source to look the words up in.")
    absent = passage.comparison.grade == Grade.ABSENT
    return (
        _("The words are not in the newest snapshot of the source.")
        if absent
        else _("The newest snapshot of the source has other words.")
    )
