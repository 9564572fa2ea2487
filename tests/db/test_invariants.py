"""Whatever people do in whatever order, these hold: a machine tries to break them (docs/ARCHITECTURE.md)."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from articles.models import Edition, Event, Quote, Story, VerificationEntry
from articles.workflow.amend import correct_story, kill_story, reissue_quote
from articles.workflow.errors import Refusal
from articles.workflow.gate import blocking, check_gate
from articles.workflow.lifecycle import (
    approve_story,
    due_state,
    open_steps,
    restore_story,
    return_story,
    spike_story,
    submit_story,
)
from articles.workflow.override import override_blocker
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story, unpublish_story
from articles.workflow.steps import TRANSITIONS
from tests.conftest import NOON
from tests.factories import WORDS, make_quotation, make_quote, make_section, make_story, make_user

Kind = Edition.Kind
Status = Story.Status
Verification = Quote.Verification

NAMES = ["Managing editor", "Editor", "Other editor", "Reporter", "Auditor"]
KINDS = [Kind.SAME, Kind.SAME, Kind.CORRECTION, Kind.UPDATE, Kind.RETRACTION, None]
IN_DOUBT = [Verification.DISPUTED, Verification.WITHDRAWN]
LINES = ["On Tuesday.", "On Monday.", "On Friday.", "On Sunday.", "TK"]
# Steps by which a story goes on; what ends it or turns it back is tried by `try_any_step` only.
FORWARD = ["submit", "approve", "publish", "schedule", "correct", "cancel_schedule", "unpublish", "restore"]


@dataclass(frozen=True)
class Choice:
    """What a person fills in beside the name of a step."""

    kind: Kind | None = None
    hours: int = 1

    @property
    def told(self) -> str:
        return f"Corrected at {timezone.now():%H:%M:%S}."

    @property
    def at(self) -> datetime.datetime:
        return timezone.now() + datetime.timedelta(hours=self.hours)


STEPS: dict[str, Callable[[Story, User, Choice], object]] = {
    "submit": lambda story, by, how: submit_story(story, by=by),
    "return": lambda story, by, how: return_story(story, by=by, reason="Say who voted."),
    "approve": lambda story, by, how: approve_story(story, by=by),
    "spike": lambda story, by, how: spike_story(story, by=by, reason="Overtaken by events."),
    "restore": lambda story, by, how: restore_story(story, by=by),
    "publish": lambda story, by, how: publish_story(story, by=by, kind=how.kind, note=how.told),
    "schedule": lambda story, by, how: schedule_story(
        story, by=by, at=how.at, kind=how.kind, note=how.told
    ),
    "cancel_schedule": lambda story, by, how: cancel_schedule(story, by=by),
    "correct": lambda story, by, how: correct_story(
        story, by=by, kind=how.kind or Kind.CLARIFICATION, note=how.told
    ),
    "unpublish": lambda story, by, how: unpublish_story(story, by=by, notice="Taken down for a check."),
    "kill": lambda story, by, how: kill_story(story, by=by, notice="The story was wrong."),
}  # fmt: skip


which = st.integers(min_value=0, max_value=1)
who = st.sampled_from(NAMES)
some_hours = st.integers(min_value=1, max_value=5)
choices = st.builds(Choice, kind=st.sampled_from(KINDS), hours=some_hours)


class Newsroom(RuleBasedStateMachine):
    """Two stories that print one quote, one published and one approved; five people, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.travel = time_machine.travel(NOON, tick=False)
        self.time = self.travel.start()
        self.people = {name: make_user("Editor" if name == "Other editor" else name) for name in NAMES}
        self.quote = make_quote(verification=Verification.VERIFIED, written_by=self.people["Reporter"])
        self.stories = [self.start_story(owner) for owner in ("Editor", "Reporter")]
        for step, number in (("submit", 0), ("approve", 0), ("publish", 0), ("submit", 1), ("approve", 1)):
            STEPS[step](self.stories[number], self.people["Managing editor"], Choice())
        self.frozen: dict[int, tuple[str, str, str]] = {}
        self.killed: set[int] = set()
        self.statuses = {story.pk: Status(story.status) for story in self.stories}

    def teardown(self) -> None:
        """Forget everything that happened."""
        self.travel.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def start_story(self, owner: str) -> Story:
        body = f"<p>“{WORDS}” Ilse Marrow told the harbour council.</p>"
        story = make_story(body=body, owner=self.people[owner], section=make_section())
        make_quotation(story, self.quote, spans=[[1, 1 + len(WORDS)]], written_by=self.people["Reporter"])
        return story

    def attempt(self, number: int, name: str, call: Callable[[Story, User], object]) -> object | None:
        """Call a verb; a refusal is an answer, and must leave nothing behind. Time passes."""
        self.time.shift(datetime.timedelta(seconds=7))
        story = Story.objects.get(pk=self.stories[number].pk)
        events = Event.objects.count()
        try:
            result = call(story, self.people[name])
        except Refusal as refusal:
            said = refusal.message
        else:
            assert Event.objects.count() > events
            return result
        assert said.endswith(".")
        assert Event.objects.count() == events
        return None

    @rule(number=which, name=st.sampled_from(NAMES[:3]), place=st.integers(0, 7), how=choices)
    def take_an_open_step(self, number: int, name: str, place: int, how: Choice) -> None:
        """What the desk offers to somebody who may do a lot."""
        story = Story.objects.get(pk=self.stories[number].pk)
        if steps := [step for step in open_steps(story, by=self.people[name]) if step in FORWARD]:
            self.take(number, name, steps[place % len(steps)], how)

    @rule(number=which, name=st.sampled_from(NAMES[:2]), place=st.integers(0, 7), how=choices)
    def take_another(self, number: int, name: str, place: int, how: Choice) -> None:
        """The same once more, so that stories go on more often than they are turned back."""
        self.take_an_open_step(number, name, place, how)

    @rule(number=which, name=who, step=st.sampled_from(list(STEPS)), how=choices)
    def try_any_step(self, number: int, name: str, step: str, how: Choice) -> None:
        """What anybody may try, offered or not."""
        self.take(number, name, step, how)

    def take(self, number: int, name: str, step: str, how: Choice) -> None:
        done = self.attempt(number, name, lambda story, by: STEPS[step](story, by, how))
        if isinstance(done, Edition) and done.kind == Kind.KILLED:
            self.killed.add(done.story_id)
        elif isinstance(done, Edition) and not done.gone:
            story = Story.objects.get(pk=done.story_id)
            assert story.embargo_until is None or story.embargo_until <= done.live_from
            assert blocking(check_gate(story, at=done.live_from)) == []

    @rule(number=which, hours=st.integers(-2, 3))
    def set_an_embargo(self, number: int, hours: int) -> None:
        self.write(number, embargo_until=timezone.now() + datetime.timedelta(hours=hours))

    @rule(number=which, line=st.sampled_from(LINES))
    def change_the_text(self, number: int, line: str) -> None:
        self.write(number, dek=line)

    def write(self, number: int, **fields: object) -> None:
        """Save as the verb does: not while a schedule is open, and an approval is lost."""
        story = Story.objects.get(pk=self.stories[number].pk)
        status = due_state(story, timezone.now())
        if status not in (Status.SCHEDULED, Status.KILLED, Status.SPIKED):
            if status == Status.APPROVED:
                fields |= {"status": Status.IN_REVIEW, "approved_by": None}
            Story.objects.filter(pk=story.pk).update(version=story.version + 1, **fields)

    @rule(verification=st.sampled_from([Verification.VERIFIED, *IN_DOUBT]))
    def change_the_quote(self, verification: Quote.Verification) -> None:
        """As the verbs of verification do: the quote, its entry, and the editions that print it."""
        self.time.shift(datetime.timedelta(seconds=7))
        editor = self.people["Editor"]
        changes = {"verification": verification, "verified_by": editor, "verified_at": timezone.now()}
        Quote.objects.filter(pk=self.quote.pk).update(**changes)
        VerificationEntry.objects.create(
            quote=self.quote, verification=verification, by=editor, at=timezone.now(), note="Asked again."
        )
        reissue_quote(Quote.objects.get(pk=self.quote.pk), by=editor, why="Asked again.")

    @rule(number=which, name=who)
    def set_a_blocker_aside(self, number: int, name: str) -> None:
        for stop in blocking(check_gate(self.stories[number]))[:1]:
            where = {"code": stop.code, "place": stop.place, "reason": "Heard it."}
            self.attempt(number, name, lambda story, by, where=where: override_blocker(story, by=by, **where))

    @rule(hours=some_hours)
    def wait(self, hours: int) -> None:
        self.time.shift(datetime.timedelta(hours=hours))

    def each_story(self) -> Iterator[tuple[Story, Status, Edition | None]]:
        for story in Story.objects.filter(pk__in=[each.pk for each in self.stories]):
            live = list(Edition.objects.live().filter(story=story))
            assert len(live) <= 1
            yield story, due_state(story, timezone.now()), live[0] if live else None

    @invariant()
    def readers_see_what_the_status_says(self) -> None:
        for _story, status, live in self.each_story():
            if status == Status.PUBLISHED:
                assert live is not None
                assert not live.gone
            else:
                assert live is None or live.gone
            if status in (Status.KILLED, Status.UNPUBLISHED):
                assert live is not None
                assert live.notice

    @invariant()
    def a_killed_story_stays_killed(self) -> None:
        for story, status, live in self.each_story():
            if story.pk in self.killed:
                assert (status, live.kind if live else "") == (Status.KILLED, Kind.KILLED)

    @invariant()
    def editions_follow_each_other_without_a_gap_or_an_overlap(self) -> None:
        for story in self.stories:
            rows = list(Edition.objects.filter(story=story).order_by("live_from", "number"))
            seen = [row for row in rows if row.live_until is None or row.live_until > row.live_from]
            assert all(earlier.live_until == later.live_from for earlier, later in pairwise(seen))
            assert all(each.first_live_from == seen[0].first_live_from for each in seen)
            assert sorted(row.number for row in rows) == list(range(1, len(rows) + 1))

    @invariant()
    def an_edition_never_changes(self) -> None:
        for edition in Edition.objects.all():
            content = (edition.headline, edition.body_html, edition.dek)
            assert self.frozen.setdefault(edition.pk, content) == content

    @invariant()
    def readers_and_the_schedule_are_told_how_a_quote_stands(self) -> None:
        current = Quote.objects.get(pk=self.quote.pk).verification
        for edition in [*Edition.objects.published(), *Edition.objects.open().filter(gone=False)]:
            assert [row.verification for row in edition.quotes.all()] == [current]

    @invariant()
    def a_quote_in_doubt_is_not_scheduled_unless_somebody_took_that_on(self) -> None:
        if Quote.objects.get(pk=self.quote.pk).verification in IN_DOUBT:
            waiting = Edition.objects.open().filter(live_from__gt=timezone.now())
            aside = Story.objects.filter(overrides__code="G210").values("pk")
            assert not waiting.exclude(story__in=aside).exists()

    @invariant()
    def a_status_changes_only_as_the_table_says(self) -> None:
        for story, status, _live in self.each_story():
            reached = {self.statuses[story.pk]}
            for _step in range(2):  # a schedule that ran out, and the step that somebody took then
                reached |= {end for begin, end in TRANSITIONS if begin in reached}
            assert status in reached
            self.statuses[story.pk] = status


@pytest.mark.django_db
def test_no_order_of_steps_breaks_an_invariant() -> None:
    quick = settings(
        max_examples=12,
        stateful_step_count=35,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Newsroom, settings=quick)
