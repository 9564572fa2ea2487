"""Saying that readers see something else now. Verbs that change a page say so, in their transaction."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Edition, SiteChange
from articles.models.surrogate import STAFF, story_keys
from articles.workflow.purge import purge_when_committed


def readers_see(*keys: str) -> None:
    """Give the site its next version; `keys` name what changed (`models.surrogate`), none means every page.

    No row is locked for it, so that nobody who publishes waits for another.
    """
    SiteChange.objects.create(keys=list(keys))
    purge_when_committed(keys)


def readers_see_edition(edition: Edition) -> None:
    """Say that the story of `edition` changed: its own pages, and the lists that it stands or stood in.

    To be called when the edition and its quotes are written.
    """
    readers_see(*story_keys(edition.story_id))


def save_account(user: User) -> None:
    """Store an account as it stands; the page about the paper names who signs and may log in."""
    with transaction.atomic():
        before = User.objects.filter(pk=user.pk).values_list("is_active", flat=True).first()
        user.save()
        if before != user.is_active:
            readers_see(STAFF)
