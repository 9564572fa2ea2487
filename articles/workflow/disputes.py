"""Readers' disputes: taking them in, answering them in time, and saying what came of it.

No event, log line or notification holds who sent a dispute or what the sender wrote: both are erased later.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.models import Correction, Dispute, Edition, Quote
from articles.models.dispute import MOST_WORDS
from articles.models.surrogate import DISPUTES, story_key
from articles.workflow.admission import admit
from articles.workflow.dispute_mail import mail_answer, mail_receipt
from articles.workflow.errors import Invalid, WrongState, check_record
from articles.workflow.lifecycle import needed
from articles.workflow.people import display_name, require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event
from articles.workflow.verify import dispute_quote

WORKS: Final = "articles.work_dispute"
PUBLISHES: Final = "articles.publish_dispute"
SALT: Final = "articles.disputes.same"
Status, Outcome = Dispute.Status, Dispute.Outcome
UPHELD: Final = frozenset({Outcome.UPHELD, Outcome.PARTLY})


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader sends. Name and e-mail may be empty."""

    kind: str
    words: str
    quote_key: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the paper answers. `doubt_quote` marks the quote as disputed in every story that prints it."""

    outcome: str
    text: str = ""
    correction: Correction | None = None
    doubt_quote: bool = False


def receive_dispute(report: Report, *, edition: Edition, sender: str) -> Dispute:
    """Take in what a reader reports about a published `edition`; nobody is logged in.

    `sender` is what `admission.sender_of` made of the network address. The same report, sent twice on one
    day, is one dispute. Whoever may answer is told, and the reader by mail where an address was given. Raises
    Invalid, WrongState for an edition that no reader has seen, and TooMany.
    """
    now = timezone.now()
    if not Edition.objects.once_live(now).filter(pk=edition.pk, gone=False).exists():
        raise WrongState(_("This story is not published. Choose the story again."))
    dispute = _read(report, edition, now)
    with transaction.atomic():
        known = Dispute.objects.filter(fingerprint=dispute.fingerprint).first()
        if known is not None:
            return known
        admit(sender, now=now, message=_too_many())
        check_record(dispute)
        try:
            with transaction.atomic():
                dispute.save(force_insert=True)
        except IntegrityError:  # the second of two clicks
            return Dispute.objects.get(fingerprint=dispute.fingerprint)
        record_event(
            action="dispute.received", record=dispute, by=None, story=dispute.story,
            after={"kind": dispute.kind, "quote": dispute.quote_key},
        )  # fmt: skip
        mail_receipt(dispute)
    return dispute


def take_dispute(dispute: Dispute, *, by: User) -> Dispute:
    """Say that one looks into it; from somebody else it is taken over. Raises NotAllowed, WrongState."""

    def change(current: Dispute) -> None:
        if current.taken_by_id == by.pk:
            raise WrongState(_("You are looking into this already. Answer it below."))
        current.status, current.taken_by = Status.TAKEN, by

    return _work(dispute, "dispute.taken", by=by, change=change)


def release_dispute(dispute: Dispute, *, by: User) -> Dispute:
    """Put it back for somebody else. Raises NotAllowed, WrongState."""

    def change(current: Dispute) -> None:
        if current.status != Status.TAKEN:
            raise WrongState(_("Nobody is looking into this, so it is free already."))
        current.status, current.taken_by = Status.RECEIVED, None

    return _work(dispute, "dispute.released", by=by, change=change)


def answer_dispute(dispute: Dispute, answer: Answer, *, by: User) -> Dispute:
    """Close a dispute with an outcome, and tell the sender, who also reads it under the reference.

    Spam needs no text. An upheld dispute may name the correction that was made, and may put the quote in
    doubt. Raises NotAllowed, Invalid, and WrongState for one that is answered or that a colleague has.
    """

    def change(current: Dispute) -> None:
        if current.taken_by_id not in (None, by.pk):
            raise WrongState(
                _("%(name)s is looking into this. Take it over first, if you agreed so.")
                % {"name": display_name(current.taken_by)}
            )
        current.outcome, current.outcome_text = _read_answer(answer, current)
        current.correction = answer.correction
        current.status, current.answered_by, current.answered_at = Status.ANSWERED, by, timezone.now()

    with transaction.atomic():
        current = _work(dispute, "dispute.answered", by=by, change=change)
        if answer.doubt_quote:
            _doubt(current, by=by)
        if current.outcome != Outcome.SPAM:
            mail_answer(current)
    return current


def publish_outcome(dispute: Dispute, *, by: User) -> Dispute:
    """Let readers read the outcome, beside the story and in the list. Raises NotAllowed, WrongState."""
    require(by, PUBLISHES, _("You may not publish outcomes. Ask an editor."))
    with transaction.atomic():
        current = _lock(dispute)
        if current.published_at is not None:
            raise WrongState(_("Readers see this outcome already."))
        if current.status != Status.ANSWERED or current.outcome == Outcome.SPAM:
            raise WrongState(_("Only an answer to a reader's report can be published. Answer it first."))
        current.published_at = timezone.now()
        _show(current, "dispute.published", by=by)
    return current


def withdraw_outcome(dispute: Dispute, *, by: User, reason: str) -> Dispute:
    """Take a published outcome away from readers. Raises NotAllowed, WrongState (also without `reason`)."""
    require(by, PUBLISHES, _("You may not withdraw outcomes. Ask an editor."))
    why = needed(reason, _("Say why readers should not see the outcome any more. Then withdraw it."))
    with transaction.atomic():
        current = _lock(dispute)
        if current.published_at is None:
            raise WrongState(_("Readers do not see this outcome."))
        current.published_at = None
        _show(current, "dispute.withdrawn", by=by, reason=why)
    return current


def erase_senders(now: datetime.datetime) -> int:
    """Erase who sent each dispute that is old enough, and the words of spam; returns how many disputes.

    `NEWSROOM_DISPUTE_KEEP_DAYS` says how old. The report and its answer stay, without a name.
    """
    old = Dispute.objects.with_personal_data().filter(received_at__lte=now - kept_for())
    erased = 0
    for number in old.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=number)
            dispute.name, dispute.email, dispute.fingerprint = "", "", None
            if dispute.outcome == Outcome.SPAM:
                dispute.words = ""
            dispute.save(update_fields=["name", "email", "fingerprint", "words"])
            record_event(action="dispute.erased", record=dispute, by=None, story=dispute.story)
        erased += 1
    return erased


def kept_for() -> datetime.timedelta:
    """How long the paper keeps who sent a dispute."""
    return datetime.timedelta(days=settings.NEWSROOM_DISPUTE_KEEP_DAYS)


def _read(report: Report, edition: Edition, now: datetime.datetime) -> Dispute:
    values = {
        "kind": report.kind,
        "quote_key": report.quote_key,
        "words": report.words.replace("\r\n", "\n").strip(),
        "name": " ".join(report.name.split()),
        "email": report.email.strip(),
    }
    if not values["words"]:
        raise Invalid({"words": [_("Say in your own words what is wrong.")]})
    _refuse_long("words", values["words"])
    if values["quote_key"] and not edition.quotes.filter(quote_key=values["quote_key"]).exists():
        raise Invalid({"quote_key": [_("The story does not print these words. Choose the quotation again.")]})
    if values["kind"] in Dispute.Kind.about_quotes() and not values["quote_key"]:
        raise Invalid({"kind": [_("Choose the quotation first, or say that a fact is wrong.")]})
    day = timezone.localdate(now)
    same = repr((day.isoformat(), edition.story_id, *values.values()))
    return Dispute(
        **values,
        edition=edition,
        story_id=edition.story_id,
        received_at=now,
        due_at=now + datetime.timedelta(hours=settings.NEWSROOM_DISPUTE_HOURS),
        fingerprint=salted_hmac(SALT, same, algorithm="sha256").hexdigest(),
    )


def _read_answer(answer: Answer, dispute: Dispute) -> tuple[str, str]:
    text = answer.text.strip()
    if answer.outcome not in Outcome.values:
        raise Invalid({"outcome": [_("Choose what came of it.")]})
    if answer.outcome != Outcome.SPAM and not text:
        raise Invalid({"text": [_("Write the answer in a few sentences. The reader gets it.")]})
    _refuse_long("text", text)
    upheld = answer.outcome in UPHELD
    if (answer.correction or answer.doubt_quote) and not upheld:
        raise Invalid({"outcome": [_("What was not upheld leads to no correction. Choose “upheld”.")]})
    if answer.correction and answer.correction.made_in.story_id != dispute.story_id:
        raise Invalid(
            {"correction": [_("This correction belongs to another story. Choose one of this one.")]}
        )
    return answer.outcome, text


def _doubt(dispute: Dispute, *, by: User) -> None:
    quote = Quote.objects.filter(key=dispute.quote_key).first() if dispute.quote_key else None
    if quote is None:
        raise Invalid({"doubt_quote": [_("This report is about no quote on record. Leave the box empty.")]})
    dispute_quote(quote, by=by, reason=dispute.outcome_text)


def _work(dispute: Dispute, action: str, *, by: User, change: Callable[[Dispute], None]) -> Dispute:
    require(by, WORKS, _("You may not answer readers. Ask an editor to do it."))
    with transaction.atomic():
        current = _lock(dispute)
        if current.status == Status.ANSWERED:
            raise WrongState(_("This is answered already. Reload the page and read the answer."))
        before = {"status": current.status}
        change(current)
        current.save()
        after = {"status": current.status, "outcome": current.outcome, "answer": current.outcome_text}
        record_event(
            action=action, record=current, by=by, story=current.story, before=before,
            after={name: value for name, value in after.items() if value},
        )  # fmt: skip
    return current


def _show(dispute: Dispute, action: str, *, by: User, **told: Any) -> None:
    dispute.save(update_fields=["published_at"])
    record_event(action=action, record=dispute, by=by, story=dispute.story, **told)
    readers_see(story_key(dispute.story_id), DISPUTES)


def _refuse_long(field: str, text: str) -> None:
    if len(text) > MOST_WORDS:
        raise Invalid({field: [_("Say it in at most %d characters.") % MOST_WORDS]})


def _lock(dispute: Dispute) -> Dispute:
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("story", "taken_by")
    current = rows.filter(pk=dispute.pk).first()
    if current is None:
        raise WrongState(_("This dispute no longer exists. Go back to the list."))
    return current


def _too_many() -> str:
    return _(
        "Several reports came from your connection in a short time, so this one was not sent. What you wrote "
        "is below: send it again later."
    )
