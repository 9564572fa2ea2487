"""What waits for the person who just logged in."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.check_queue import COUNTED, CheckQueue
from articles.admin.looking_again import planning_piles
from articles.admin.told import told
from articles.models import Dispute, Event, Sitting, Source, Story
from articles.models.story import StoryQuerySet
from articles.workflow.lifecycle import due_state
from articles.workflow.reminders import day_bounds

PILE = 8


@dataclass(frozen=True, slots=True)
class Pile:
    """Stories that wait for the same thing; `more` leads to all of them, `empty` says that none waits."""

    title: str
    stories: list[Story]
    more: str
    empty: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Words that were typed and never saved; `url` is the form with them in it."""

    title: str
    url: str
    kept_at: datetime.datetime


def home_context(user: AbstractBaseUser) -> dict[str, Any]:
    """Everything the home page shows, in a constant number of queries."""
    return planning_piles(user) | {
        "piles": _piles(user),
        "may_write": user.has_perm("articles.add_story"),
        "to_check": _to_check(user),
        "disputes": _disputes(user),
        "unsaved": _unsaved(user),
        "dead_links": list(Source.objects.visible_to(user).with_dead_links()[:PILE])
        if user.has_perm("articles.change_source")
        else [],
        "events": told(Event.objects.visible_to(user).select_related("by", "story").defer("story__body")[:10])
        if user.has_perm("articles.view_event")
        else [],
    }


def _unsaved(user: AbstractBaseUser) -> list[Unsaved]:
    """What this person typed in windows that are closed by now. One query."""
    sittings = Sitting.objects.of(user).unsaved().left().select_related("story").defer("story__body")
    return [
        Unsaved(
            title=sitting.typed.get("headline") or (str(sitting.story) if sitting.story else ""),
            url=f"{_form_of(sitting.story)}?unsaved={sitting.pk}",
            kept_at=sitting.kept_at,
        )
        for sitting in sittings[:PILE]
    ]


def _form_of(story: Story | None) -> str:
    if story is None:
        return reverse("admin:articles_story_add")
    return reverse("admin:articles_story_change", args=[story.pk])


def _to_check(user: AbstractBaseUser) -> str:
    """How many quotations this person can check now; empty for who verifies nothing."""
    if not user.has_perm("articles.verify_quote"):
        return ""
    number = CheckQueue(user, {}).count()
    return f"{COUNTED}+" if number > COUNTED else str(number)


def _disputes(user: AbstractBaseUser) -> list[Dispute]:
    """What readers say is wrong and nobody has answered, for who may answer it. One query."""
    if not user.has_perm("articles.work_dispute"):
        return []
    rows = Dispute.objects.waiting().select_related("edition")
    return list(rows.defer("edition__body_html", "edition__body_text")[:PILE])


def _piles(user: AbstractBaseUser) -> list[Pile]:
    if not user.has_perm("articles.view_story"):
        return []
    status, now = Story.Status, timezone.now()
    stories = Story.objects.for_desk_list()
    went_live = Q(status=status.SCHEDULED, live_from__lte=now)
    piles = []
    if user.has_perm("articles.add_story"):
        mine = stories.filter(owner=user, status=status.DRAFT)
        piles.append(_pile(_("My drafts"), mine, "mine=1&status__exact=draft", _("You have no drafts.")))
    review = stories.filter(status=status.IN_REVIEW)
    piles.append(_pile(_("To review"), review, "status__exact=in_review", _("Nothing waits for review.")))
    verify = stories.needing_verification().exclude(status__in=[status.KILLED, status.SPIKED])
    piles.append(_pile(_("Quotes to verify"), verify, "work=quotes", _("Every quote is verified.")))
    _midnight, end = day_bounds(timezone.localdate(now))
    today = stories.filter(status=status.SCHEDULED, live_from__gt=now, live_from__lt=end)
    none = _("Nothing is scheduled for today.")
    piles.append(_pile(_("Scheduled today"), today, "status__exact=scheduled", none, order="live_from"))
    latest = stories.filter(Q(status=status.PUBLISHED) | went_live)
    piles.append(
        _pile(_("Latest published"), latest, "status__exact=published", _("Nothing is published yet."))
    )
    return piles


def _pile(title: str, stories: StoryQuerySet, query: str, empty: str, *, order: str = "-updated_at") -> Pile:
    more = f"{reverse('admin:articles_story_changelist')}?{query}"
    newest = list(stories.defer("body").order_by(order)[:PILE])
    for story in newest:
        story.shown_status = due_state(story, timezone.now())
    return Pile(title, newest, more, empty)
