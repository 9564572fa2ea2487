"""Looking at a story again: reminders that people set, and what the program notices by itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import EditionImage, Event, Image, Quotation, Quote, Reminder, Story
from articles.models.story import StoryQuerySet
from articles.workflow.errors import NotAllowed, WrongState, check_record
from articles.workflow.people import require
from articles.workflow.record import record_event

Status = Story.Status
AT_ONCE: Final = 500  # a run tells so many of a kind; the next run goes on
ON_DESK: Final = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)
PICTURE_DAYS: Final = datetime.timedelta(days=7)  # so long before its end a picture's stories are told of
DOUBTED: Final = (Quote.Verification.DISPUTED, Quote.Verification.WITHDRAWN)


def set_reminder(story: Story, *, by: User, at: datetime.datetime, note: str = "") -> Reminder:
    """Let `by` be reminded of `story` at a later time. Raises NotAllowed, Invalid, WrongState."""
    require(by, "articles.add_reminder", _("You may not set reminders. Ask an editor for the role."))
    _refuse_past(at)
    reminder = Reminder(story=story, user=by, at=at, note=note.strip())
    check_record(reminder)
    with transaction.atomic():
        reminder.save(force_insert=True)
        record_event(action="reminder.set", record=reminder, by=by, story=story, after={"at": at})
    return reminder


def snooze_reminder(reminder: Reminder, *, by: User, at: datetime.datetime) -> Reminder:
    """Put a reminder of one's own off. Raises NotAllowed, WrongState."""
    _refuse_past(at)
    with transaction.atomic():
        current = _lock(reminder, by)
        before = {"at": current.at}
        current.at, current.told_at = at, None
        current.save(update_fields=["at", "told_at"])
        record_event(
            action="reminder.snoozed", record=current, by=by, story=current.story, before=before,
            after={"at": at},
        )  # fmt: skip
    return current


def finish_reminder(reminder: Reminder, *, by: User) -> Reminder:
    """Be done with a reminder of one's own. Raises NotAllowed, WrongState."""
    with transaction.atomic():
        current = _lock(reminder, by)
        current.done_at = timezone.now()
        current.save(update_fields=["done_at"])
        record_event(action="reminder.finished", record=current, by=by, story=current.story)
    return current


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that the program notices: the event that tells it, and the words for a list."""

    action: str
    words: str | Promise


UNTOUCHED: Final = Watch("story.untouched", gettext_lazy("developing, and nobody touched it for hours"))
CORRECTION: Final = Watch(
    "story.correction_due", gettext_lazy("published with a quote that is disputed or withdrawn")
)
EMBARGO: Final = Watch("story.embargo_ends", gettext_lazy("the embargo ends today"))
PICTURE: Final = Watch(
    "story.picture_ends", gettext_lazy("shows a picture that may soon not be shown, or not any more")
)


def untouched_stories(now: datetime.datetime) -> StoryQuerySet:
    """Developing stories before readers that nobody has changed for NEWSROOM_DEVELOPING_HOURS."""
    since = now - datetime.timedelta(hours=settings.NEWSROOM_DEVELOPING_HOURS)
    return _before_readers(now).filter(developing=True, updated_at__lte=since).order_by("updated_at")


def stories_to_correct(now: datetime.datetime) -> StoryQuerySet:
    """Published stories whose text still prints a quote that is disputed or withdrawn."""
    printed = Quotation.objects.in_text().filter(quote__verification__in=DOUBTED)
    return _before_readers(now).filter(pk__in=printed.order_by().values("story")).order_by("updated_at")


def stories_out_of_embargo(now: datetime.datetime) -> StoryQuerySet:
    """Stories on the desk whose embargo ends in the course of this day, or ended in it."""
    begin, end = day_bounds(timezone.localdate(now))
    today = Q(embargo_until__gte=begin, embargo_until__lt=end)
    return Story.objects.filter(today, status__in=ON_DESK).order_by("embargo_until")


def stories_with_ending_pictures(now: datetime.datetime) -> StoryQuerySet:
    """Stories whose readers see a picture, or whose text on the desk has one, that ends within days."""
    last = timezone.localdate(now) + PICTURE_DAYS
    ending = Image.objects.filter(expires_on__lt=last).order_by().values("pk")
    seen = EditionImage.objects.live().filter(image__in=ending).order_by().values("edition__story")
    bodies = Story.body_images.through.objects.filter(image__in=ending).values("story")
    on_desk = Q(status__in=ON_DESK) & (Q(lead_image__in=ending) | Q(pk__in=bodies))
    return Story.objects.filter(on_desk | Q(pk__in=seen)).defer("body").order_by("updated_at")


# What is noticed, and the stories of which it is true at a moment.
WATCHED: Final[tuple[tuple[Watch, Callable[[datetime.datetime], StoryQuerySet]], ...]] = (
    (CORRECTION, stories_to_correct),
    (UNTOUCHED, untouched_stories),
    (EMBARGO, stories_out_of_embargo),
    (PICTURE, stories_with_ending_pictures),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A story that wants another look, because of a reminder of somebody's or of what is noticed."""

    story: Story
    action: str
    words: str
    reminder: Reminder | None = None


def find_due(now: datetime.datetime) -> list[Due]:
    """What nobody has been told yet, at most `AT_ONCE` of each kind. Five queries."""
    waiting = Reminder.objects.due(now).filter(told_at=None).select_related("story", "user")
    found = [
        Due(each.story, "reminder.due", each.note or _("You wanted to look at it again."), each)
        for each in waiting[:AT_ONCE]
    ]
    midnight, _end = day_bounds(timezone.localdate(now))
    for watch, stories in WATCHED:
        told = Event.objects.filter(story=OuterRef("pk"), action=watch.action)
        # Once until somebody touches it, a picture once a week; the others once a day until settled.
        since: Any = OuterRef("updated_at") if watch is UNTOUCHED else midnight
        since = midnight - PICTURE_DAYS if watch is PICTURE else since
        untold = stories(now).exclude(Exists(told.filter(at__gte=since)))
        found += [Due(story, watch.action, str(watch.words)) for story in untold[:AT_ONCE]]
    return found


def tell_due(now: datetime.datetime) -> list[Due]:
    """Tell what `find_due` finds, each with its Event, and return it; the rules of `notify` say whom."""
    return [due for due in find_due(now) if _tell(due, now)]


def _tell(due: Due, now: datetime.datetime) -> bool:
    """Tell one; False when another run did so at this moment."""
    with transaction.atomic():
        if due.reminder is not None:
            untold = Reminder.objects.filter(pk=due.reminder.pk, told_at=None, done_at=None)
            if not untold.update(told_at=now):
                return False
        record_event(action=due.action, record=due.reminder or due.story, by=None, story=due.story)
    return True


def day_bounds(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The moments at which `day` begins and ends in the newsroom's zone."""
    zone = timezone.get_default_timezone()
    midnight = datetime.time.min
    next_day = day + datetime.timedelta(days=1)
    return (
        datetime.datetime.combine(day, midnight, zone),
        datetime.datetime.combine(next_day, midnight, zone),
    )


def _before_readers(now: datetime.datetime) -> StoryQuerySet:
    live = Q(status=Status.PUBLISHED) | Q(status=Status.SCHEDULED, live_from__lte=now)
    return Story.objects.with_live_from().filter(live).defer("body")


def _refuse_past(at: datetime.datetime) -> None:
    if at <= timezone.now():
        raise WrongState(_("That time has passed. Choose a later one."))


def _lock(reminder: Reminder, by: User) -> Reminder:
    rows = Reminder.objects.select_for_update(of=("self",)).select_related("story")
    current = rows.filter(pk=reminder.pk).first()
    if current is None or current.done_at is not None:
        raise WrongState(_("This reminder is done already. Reload the page."))
    if current.user_id != by.pk:
        raise NotAllowed(_("This reminder is somebody else's."))
    return current
