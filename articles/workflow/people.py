"""Who may do what. Roles are groups with permissions; the verbs ask here."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.models import Story
from articles.workflow.errors import NotAllowed, WrongState

OWN_STORY_STATES = frozenset({Story.Status.DRAFT, Story.Status.IN_REVIEW})
CLOSED_STATES = frozenset({Story.Status.KILLED, Story.Status.SPIKED})


def require(user: User | AnonymousUser, perm: str, message: str | Promise) -> None:
    """Raise NotAllowed with `message` unless `user` is active and has `perm` ("articles.verify_quote")."""
    if not (user.is_active and user.has_perm(perm)):
        raise NotAllowed(message)


def may_edit(user: User | AnonymousUser, story: Story) -> bool:
    """Whether `user` may change the content of `story`.

    Editors change every story; reporters their own while it is a draft or in review. Nobody changes one that
    was killed or spiked.
    """
    if story.status in CLOSED_STATES or not (user.is_active and user.has_perm("articles.change_story")):
        return False
    if user.has_perm("articles.change_any_story"):
        return True
    return story.owner_id == user.pk and story.status in OWN_STORY_STATES


def require_edit(user: User | AnonymousUser, story: Story) -> None:
    """Raise WrongState for a story that was killed or spiked, and NotAllowed unless `may_edit`."""
    if may_edit(user, story):
        return
    if story.status == Story.Status.KILLED:
        raise WrongState(_("This story was killed and cannot be changed. Write a new story instead."))
    if story.status == Story.Status.SPIKED:
        raise WrongState(_("This story was spiked. Restore it first, then change it."))
    if story.owner_id == user.pk:
        raise NotAllowed(
            _("Your story has left your desk. Ask an editor to return it, or to make the change.")
        )
    raise NotAllowed(_("This story belongs to somebody else. Ask its owner or an editor to make the change."))


def display_name(user: User | AnonymousUser | None) -> str:
    """The name to print for `user`: the full name, else the log-in; for nobody, the program."""
    if user is None:
        return _("the program")
    return user.get_full_name() or user.get_username() if isinstance(user, User) else _("somebody")
