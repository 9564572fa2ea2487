"""Who said it, as what and where: recording quotes, changing their records, speakers with their roles."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Quotation, Quote, Role, Source, Speaker, SpeakerName
from articles.workflow.amend import reissue_quote
from articles.workflow.errors import Invalid, NotAllowed, WrongState, check_record
from articles.workflow.grading import grade_against
from articles.workflow.new_quotes import create_quotes, find_shared, new_quote
from articles.workflow.people import may_edit, require, require_edit
from articles.workflow.propose import free_speaker_slugs
from articles.workflow.quotations import lock_quotation, set_state
from articles.workflow.record import change_record, record_event
from articles.workflow.verify import check_in_source, void_verification

# A change of one of these makes it another statement, which nobody has checked.
SUBSTANCE: Final = ("speaker", "source", "original_words", "original_language")
RULED_ON: Final = frozenset({Quote.Verification.VERIFIED, Quote.Verification.DISPUTED})


class QuoteFacts(TypedDict, total=False):
    """What a record says about words beside the words."""

    speaker: Speaker | None
    role: Role | None
    occasion: str
    place: str
    said_on: datetime.date | None
    source: Source | None
    source_place: str
    language: str
    original_words: str
    original_language: str


def record_quote(quotation: Quotation, *, by: User, **facts: Unpack[QuoteFacts]) -> Quote:
    """Give words without a record their quote, and return it.

    Where the same speaker's same words are on record already, that quote is used. The words are looked up in
    the source at once. Raises NotAllowed, Invalid, WrongState for words that have a record.
    """
    require_edit(by, quotation.story)
    require(by, "articles.add_quote", _("You may not record quotes. Ask a reporter or an editor."))
    with transaction.atomic():
        current = lock_quotation(quotation)
        if current.state == Quotation.State.DISMISSED:
            raise WrongState(_("These words were set aside. Let them count as a quotation first."))
        if current.quote is not None:
            raise WrongState(_("These words have a record already. Change that record instead."))
        quote = new_quote(current, by=by, **facts)
        _check_facts(quote, facts, by)
        same = find_shared(current.segments, quote.speaker) if quote.speaker is not None else None
        if same is not None and quote.source_id in (None, same.source_id):
            quote = same
            _answer_for(quote, by)
        else:
            create_quotes([quote], None, by)
        state, grade = grade_against(current.segments, quote.segments)
        set_state(current, state, quote=quote, grade=grade)
        record_event(
            action="quote.recorded",
            record=quote,
            story=current.story,
            by=by,
            after={"speaker": quote.speaker, "role": quote.role, "source": quote.source},
        )
        check_in_source(quote, by=by)
    quotation.refresh_from_db()
    return quote


def attribute_quote(quote: Quote, *, by: User, **facts: Unpack[QuoteFacts]) -> Quote:
    """Change what a record says: only the facts given. Returns the quote as it now stands.

    Another speaker, source or original wording is another statement: its verification is void, and the words
    are looked up in the source again. Live editions that print it as verified say so no longer. A role of the
    old speaker goes with that speaker.

    Raises NotAllowed (a reporter changes quotes of stories that she may edit, until somebody verified them),
    Invalid, and WrongState for a withdrawn quote.
    """
    require(by, "articles.change_quote", _("You may not change quotes. Ask a reporter or an editor."))
    with transaction.atomic():
        current = Quote.objects.select_for_update(of=("self",)).with_people().get(pk=quote.pk)
        _require_quote_edit(by, current)
        changes: dict[str, Any] = {
            name: value for name, value in facts.items() if getattr(current, name) != value
        }
        if current.role and "speaker" in changes and "role" not in facts:
            changes["role"] = None
        if not changes:
            return current
        before = {name: getattr(current, name) for name in changes}
        ruled_on = current.verification in RULED_ON
        substance = [name for name in SUBSTANCE if name in changes]
        if substance:
            _make_another(current, substance, by)
        for name, value in changes.items():
            setattr(current, name, value)
        _check_facts(current, facts, by)
        Quote.objects.filter(pk=current.pk).update(**changes)
        record_event(
            action="quote.attributed",
            record=current,
            by=by,
            before=before,
            after=changes,
        )
        if substance:
            check_in_source(current, by=by)
            if ruled_on:
                reissue_quote(current, by=by, why=_("The record of a quotation changed."))
    quote.refresh_from_db()
    return current


def dismiss_quotation(quotation: Quotation, *, by: User, reason: str = "") -> Quotation:
    """Say that words in quotation marks are nobody's statement. A record that they had stays, unused here.

    Raises NotAllowed, and WrongState for words that are gone from the text, that are set aside already, or
    whose record somebody has verified (only an editor sets those aside, with a `reason`).
    """
    require_edit(by, quotation.story)
    with transaction.atomic():
        current = lock_quotation(quotation)
        if current.state not in Quotation.State.in_text():
            raise WrongState(_("These words are not in the text as a quotation. Reload the page."))
        verified = current.quote is not None and current.quote.verification == Quote.Verification.VERIFIED
        if verified and not (by.has_perm("articles.verify_quote") and reason.strip()):
            raise WrongState(_("This quote is verified. Only an editor may set it aside, and with a reason."))
        before = {"state": current.state, "quote": current.quote.key if current.quote else ""}
        set_state(current, Quotation.State.DISMISSED, quote=None, grade="")
        record_event(
            action="quotation.dismissed",
            record=current,
            story=current.story,
            by=by,
            reason=reason.strip(),
            before=before,
        )
    quotation.refresh_from_db()
    return quotation


def reinstate_quotation(quotation: Quotation, *, by: User) -> Quotation:
    """Let words that were set aside count as a quotation again; they wait for a record.

    Raises NotAllowed, WrongState.
    """
    require_edit(by, quotation.story)
    with transaction.atomic():
        current = lock_quotation(quotation)
        if current.state != Quotation.State.DISMISSED:
            raise WrongState(_("These words were not set aside. Reload the page to see how they stand."))
        set_state(current, Quotation.State.UNATTRIBUTED, quote=None, grade="")
        record_event(action="quotation.reinstated", record=current, story=current.story, by=by)
    quotation.refresh_from_db()
    return quotation


def create_speaker(*, by: User, name: str, **facts: Any) -> Speaker:
    """File a speaker; the slug is made from the name. Raises NotAllowed, Invalid."""
    require(by, "articles.add_speaker", _("You may not file speakers. Ask a reporter or an editor."))
    name = " ".join(name.split())
    facts["slug"] = facts.get("slug") or free_speaker_slugs([name])[0]
    speaker = Speaker(name=name, **facts)
    check_record(speaker)
    with transaction.atomic():
        speaker.save(force_insert=True)
        SpeakerName.objects.renew([speaker])
        record_event(action="speaker.created", record=speaker, by=by, after={"name": name})
    return speaker


def save_speaker(speaker: Speaker, *, by: User, **facts: Any) -> Speaker:
    """Change what is on file about a speaker; only the facts given. Raises NotAllowed, Invalid."""
    require(by, "articles.change_speaker", _("You may not change speakers. Ask a reporter or an editor."))
    with transaction.atomic():
        current = change_record(
            speaker, by=by, action="speaker.saved", values=facts, refuse=_require_standing
        )
        SpeakerName.objects.renew([current])
    return current


def _require_standing(speaker: Speaker) -> None:
    if speaker.merged_into_id is not None:
        raise WrongState(_("This record was merged into another. Change that one instead."))


def add_role(
    speaker: Speaker,
    *,
    by: User,
    title: str,
    organisation: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Role:
    """Note a role that a speaker held, from one day until another. Raises NotAllowed, Invalid."""
    require(by, "articles.add_role", _("You may not add roles. Ask a reporter or an editor."))
    role = Role(
        speaker=speaker, title=title.strip(), organisation=organisation.strip(), since=since, until=until
    )
    check_record(role)
    with transaction.atomic():
        role.save(force_insert=True)
        record_event(action="speaker.role_added", record=speaker, by=by, after={"role": role, "since": since})
    return role


def _make_another(quote: Quote, substance: Sequence[str], by: User) -> None:
    """What was checked is void, since this will be another statement; `by` answers for it if nobody does."""
    changed = ", ".join(name.replace("_", " ") for name in substance)
    void_verification(quote, by=by, note=_("Changed: %s.") % changed, again="source" in substance)
    _answer_for(quote, by)


def _answer_for(quote: Quote, by: User) -> None:
    """Who says first whose words are that the program took in counts as their writer."""
    if quote.written_by is None and quote.verified_by_id != by.pk:
        Quote.objects.filter(pk=quote.pk).update(written_by=by)
        quote.written_by = by


def _require_quote_edit(by: User, quote: Quote) -> None:
    """Refuse who may not change this record, and any change of one that was taken back."""
    if quote.verification == Quote.Verification.WITHDRAWN:
        raise WrongState(_("This quote was withdrawn. Record the words anew if they were said after all."))
    if by.has_perm("articles.change_any_story"):
        return
    if quote.verification in RULED_ON:
        raise NotAllowed(_("An editor has ruled on this quote already. Ask an editor to change it."))
    uses = quote.quotations.select_related("story")
    if quote.written_by_id != by.pk and not any(may_edit(by, use.story) for use in uses):
        raise NotAllowed(_("This quote belongs to stories of others. Ask an editor to change it."))


def _check_facts(quote: Quote, facts: QuoteFacts, by: User) -> None:
    """Raise Invalid or NotAllowed where the facts do not fit together or may not be known to `by`."""
    if quote.role is not None and quote.role.speaker_id != quote.speaker_id:
        raise Invalid({"role": [_("This is somebody else's role. Choose one that the speaker held.")]})
    if quote.speaker is not None and quote.speaker.merged_into_id is not None:
        raise Invalid({"speaker": [_("This record was merged into another. Choose that one.")]})
    source = facts.get("source")
    if source is not None:
        if not Source.objects.visible_to(by).filter(pk=source.pk).exists():
            raise NotAllowed(_("This source is confidential. Ask its owner to attach it to the quote."))
        if source.withdrawn_reason:
            raise Invalid({"source": [_("This source was withdrawn. Choose another one.")]})
    check_record(quote)
