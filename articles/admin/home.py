"""What waits for the person who just logged in."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Event, Story
from articles.models.story import StoryQuerySet

PILE = 8


@dataclass(frozen=True, slots=True)
class Pile:
    """Stories that wait for the same thing; `more` leads to all of them, `empty` says that none waits."""

    title: str
    stories: list[Story]
    more: str
    empty: str


def home_context(user: AbstractBaseUser) -> dict[str, Any]:
    """Everything the home page shows, in a constant number of queries."""
    return {
        "piles": _piles(user),
        "may_write": user.has_perm("articles.add_story"),
        "events": Event.objects.visible_to(user).select_related("by", "story")[:10]
        if user.has_perm("articles.view_event")
        else [],
    }


def _piles(user: AbstractBaseUser) -> list[Pile]:
    if not user.has_perm("articles.view_story"):
        return []
    status = Story.Status
    piles = []
    if user.has_perm("articles.add_story"):
        mine = Story.objects.owned_by(user).filter(status=status.DRAFT)
        piles.append(_pile(_("My drafts"), mine, "mine=1&status__exact=draft", _("You have no drafts.")))
    review = Story.objects.filter(status=status.IN_REVIEW)
    piles.append(_pile(_("To review"), review, "status__exact=in_review", _("Nothing waits for review.")))
    verify = Story.objects.needing_verification().exclude(status__in=[status.KILLED, status.SPIKED])
    piles.append(_pile(_("Quotes to verify"), verify, "work=quotes", _("Every quote is verified.")))
    timed = Story.objects.filter(status=status.SCHEDULED)
    piles.append(_pile(_("Scheduled"), timed, "status__exact=scheduled", _("Nothing is scheduled.")))
    latest = Story.objects.filter(status=status.PUBLISHED)
    piles.append(
        _pile(_("Latest published"), latest, "status__exact=published", _("Nothing is published yet."))
    )
    return piles


def _pile(title: str, stories: StoryQuerySet, query: str, empty: str) -> Pile:
    more = f"{reverse('admin:articles_story_changelist')}?{query}"
    return Pile(title, list(stories.for_desk_list().order_by("-updated_at")[:PILE]), more, empty)
