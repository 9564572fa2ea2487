"""Readers' disputes: taken in once, answered by who may, shown to readers when an editor says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from time_machine import TimeMachineFixture

from articles.models import Dispute, Event, Notification, Quote, SiteChange
from articles.workflow.admission import TooMany
from articles.workflow.disputes import (
    Answer,
    Report,
    answer_dispute,
    erase_senders,
    publish_outcome,
    receive_dispute,
    release_dispute,
    take_dispute,
    withdraw_outcome,
)
from articles.workflow.errors import Invalid, NotAllowed, Refusal, WrongState
from articles.workflow.publish import publish_story
from tests.disputes import make_dispute
from tests.editions import make_correction, make_edition, withdraw_edition
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db

REPORT = Report(
    kind="fact", words="There are two keepers.", name="Perrin Oakes", email="perrin@reader.example"
)
UPHELD = Answer(outcome="upheld", text="The roll names two keepers. We corrected the story.")


def test_a_report_is_kept_with_its_clock_and_told_to_who_may_answer(settings: Settings) -> None:
    settings.NEWSROOM_DISPUTE_HOURS = 48
    editor, reporter = make_user("Editor"), make_user("Reporter")
    dispute = receive_dispute(REPORT, edition=make_edition(), sender="a")
    assert (dispute.status, dispute.due_at - dispute.received_at) == ("received", timedelta(hours=48))
    event = Event.objects.about(dispute).get()
    assert (event.action, event.by) == ("dispute.received", None)
    told = Notification.objects.filter(event=event)
    assert {row.to for row in told} == {editor}
    assert reporter.pk not in {row.to_id for row in told}


def test_no_event_holds_who_sent_it_or_what_was_written() -> None:
    dispute = receive_dispute(REPORT, edition=make_edition(), sender="a")
    answer_dispute(dispute, UPHELD, by=make_user("Editor"))
    told = repr(list(Event.objects.values()))
    assert "Perrin" not in told
    assert "reader.example" not in told
    assert REPORT.words not in told


def test_the_same_report_twice_is_one_dispute_and_counts_once(settings: Settings) -> None:
    settings.NEWSROOM_DISPUTES_PER_HOUR = 1
    edition = make_edition()
    first = receive_dispute(REPORT, edition=edition, sender="a")
    assert receive_dispute(REPORT, edition=edition, sender="a") == first
    assert Dispute.objects.count() == 1
    with pytest.raises(TooMany) as refused:
        receive_dispute(Report(kind="fact", words="And the light is green."), edition=edition, sender="a")
    assert timedelta(0) < refused.value.wait <= timedelta(hours=1)
    receive_dispute(Report(kind="fact", words="And the light is green."), edition=edition, sender="b")


@pytest.mark.parametrize(
    ("report", "field"),
    [
        (Report(kind="fact", words="  "), "words"),
        (Report(kind="not_said", words="I was not there."), "kind"),
        (Report(kind="not_said", words="I was not there.", quote_key="other"), "quote_key"),
        (Report(kind="rude", words="Hm."), "kind"),
        (Report(kind="fact", words="Hm.", email="no address"), "email"),
        (Report(kind="fact", words="x" * 4001), "words"),
    ],
)
def test_what_cannot_be_a_report_is_refused_beside_its_field(report: Report, field: str) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    with pytest.raises(Invalid) as refused:
        receive_dispute(report, edition=edition, sender="a")
    assert field in refused.value.errors
    assert not Dispute.objects.exists()


def test_only_what_readers_saw_can_be_disputed() -> None:
    live = make_edition()
    for edition in (
        make_edition(live_from=timezone.now() + timedelta(days=1)),
        withdraw_edition(live, "This story was wrong."),
    ):
        with pytest.raises(WrongState):
            receive_dispute(REPORT, edition=edition, sender="a")
    assert receive_dispute(REPORT, edition=live, sender="a").pk


def test_letters_leave_after_the_commit_and_hold_no_words_of_the_reader(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.NEWSROOM_MAIL = True
    with django_capture_on_commit_callbacks(execute=True):
        dispute = receive_dispute(REPORT, edition=make_edition(), sender="a")
    with django_capture_on_commit_callbacks(execute=True):
        answer_dispute(dispute, UPHELD, by=make_user("Editor", email=""))
    received, answered = mail.outbox
    assert received.to == answered.to == [REPORT.email]
    assert dispute.get_absolute_url() in received.body
    assert UPHELD.text in answered.body
    assert REPORT.words not in received.body + answered.body


def test_a_stranger_s_inbox_is_not_filled(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.NEWSROOM_MAIL, edition = True, make_edition()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            report = Report(kind="fact", words=f"Wrong {number}.", email="stranger@reader.example")
            receive_dispute(report, edition=edition, sender=str(number))
    assert len(mail.outbox) == 3


# --- The desk ------------------------------------------------------------------------------------


def test_one_person_looks_into_it_and_another_takes_it_over() -> None:
    dispute, one, other = make_dispute(make_edition()), make_user("Editor"), make_user("Editor")
    assert take_dispute(dispute, by=one).taken_by == one
    with pytest.raises(WrongState, match="already"):
        take_dispute(dispute, by=one)
    with pytest.raises(WrongState, match="Take it over"):
        answer_dispute(dispute, UPHELD, by=other)
    assert take_dispute(dispute, by=other).taken_by == other
    assert release_dispute(dispute, by=other).status == "received"
    with pytest.raises(WrongState):
        release_dispute(dispute, by=other)


VERBS: dict[str, Callable[[Dispute, User], object]] = {
    "take": lambda dispute, by: take_dispute(dispute, by=by),
    "release": lambda dispute, by: release_dispute(dispute, by=by),
    "answer": lambda dispute, by: answer_dispute(dispute, UPHELD, by=by),
    "publish": lambda dispute, by: publish_outcome(dispute, by=by),
    "withdraw": lambda dispute, by: withdraw_outcome(dispute, by=by, reason="It names the reader."),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["Reporter", "Auditor", "Administrator", ""])
def test_only_editors_work_on_disputes(verb: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        VERBS[verb](make_dispute(make_edition()), make_user(role))


@pytest.mark.parametrize("role", ["Editor", "Managing editor"])
def test_editors_take_a_dispute_from_receipt_to_readers_and_back(role: str) -> None:
    dispute, by = make_dispute(make_edition()), make_user(role)
    for verb in ("take", "release", "take", "answer", "publish", "withdraw"):
        VERBS[verb](dispute, by)
    assert [event.action for event in Event.objects.about(dispute).order_by("pk")] == [
        f"dispute.{name}" for name in ("taken", "released", "taken", "answered", "published", "withdrawn")
    ]


def test_an_answer_belongs_to_the_story_and_says_something() -> None:
    edition, by = make_edition(), make_user("Editor")
    other = make_correction(make_edition())
    own = make_correction(edition)
    dispute = make_dispute(edition)
    for answer in (
        Answer(outcome="upheld", text=" "),
        Answer(outcome="", text="Hm."),
        Answer(outcome="upheld", text="Yes.", correction=other),
        Answer(outcome="not_upheld", text="No.", correction=own),
        Answer(outcome="upheld", text="Yes.", doubt_quote=True),
        Answer(outcome="upheld", text="x" * 4001),
    ):
        with pytest.raises(Invalid):
            answer_dispute(dispute, answer, by=by)
    assert Dispute.objects.get().status == "received"
    answered = answer_dispute(dispute, Answer(outcome="upheld", text="Yes.", correction=own), by=by)
    assert answered.correction == own
    with pytest.raises(WrongState, match="answered already"):
        answer_dispute(dispute, UPHELD, by=by)


def test_an_upheld_dispute_can_put_the_quote_in_doubt() -> None:
    by, story = make_user("Editor"), make_quoting_story(status="approved")
    edition = publish_story(story, by=by)
    quote = Quote.objects.get()
    dispute = make_dispute(edition, kind="not_said", quote_key=quote.key)
    answer = Answer(outcome="upheld", text="She was not in the hall.", doubt_quote=True)
    answer_dispute(dispute, answer, by=by)
    quote.refresh_from_db()
    assert quote.verification == "disputed"
    assert quote.history.get(verification="disputed").note == "She was not in the hall."


def test_publishing_gives_the_site_its_next_version_and_spam_is_never_published() -> None:
    by, edition = make_user("Editor"), make_edition()
    changes = SiteChange.objects.count()
    spam = make_dispute(edition, outcome="spam")
    waiting = make_dispute(edition)
    for dispute in (spam, waiting):
        with pytest.raises(WrongState):
            publish_outcome(dispute, by=by)
    shown = publish_outcome(make_dispute(edition, outcome="upheld"), by=by)
    assert list(Dispute.objects.published()) == [shown]
    with pytest.raises(WrongState):
        publish_outcome(shown, by=by)
    with pytest.raises(WrongState, match="Say why"):
        withdraw_outcome(shown, by=by, reason=" ")
    withdraw_outcome(shown, by=by, reason="It names the reader.")
    assert not Dispute.objects.published().exists()
    keys = [change.keys for change in SiteChange.objects.order_by("pk")[changes:]]
    assert keys == [[f"story-{edition.story_id}", "disputes"]] * 2


def test_who_sent_it_is_erased_after_some_days_and_the_answer_stays(
    settings: Settings, clock: TimeMachineFixture
) -> None:
    settings.NEWSROOM_DISPUTE_KEEP_DAYS = 30
    edition = make_edition()
    old, spam = make_dispute(edition, outcome="upheld"), make_dispute(edition, outcome="spam")
    clock.shift(timedelta(days=20))
    young = make_dispute(edition)
    clock.shift(timedelta(days=11))
    assert erase_senders(timezone.now()) == 2
    for dispute in (old, spam, young):
        dispute.refresh_from_db()
    assert (old.name, old.email, old.fingerprint, bool(old.words)) == ("", "", None, True)
    assert (spam.words, young.email) == ("", "perrin@reader.example")
    assert erase_senders(timezone.now()) == 0


def test_every_refusal_is_a_sentence() -> None:
    for verb in VERBS.values():
        with pytest.raises(Refusal) as refused:
            verb(make_dispute(make_edition()), make_user(""))
        assert refused.value.message.endswith(".")
