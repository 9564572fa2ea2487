"""The life of a story as a table: every step that exists, where it begins and ends, and who may take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Story

Status = Story.Status


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `ends` is None where the status stays.

    `permission` lets a person take it on any story; `own_permission` on a story that the person owns, while
    it stands in one of `own_begins`. `denied` and `misplaced` are what the person is told otherwise; the
    second may say `%(status)s`.
    """

    name: str
    permission: str
    begins: frozenset[Story.Status]
    ends: Story.Status | None
    denied: str | Promise
    misplaced: str | Promise
    own_permission: str = ""
    own_begins: frozenset[Story.Status] = frozenset()

    def allowed(self, by: User | AnonymousUser, story: Story, status: Story.Status) -> bool:
        """Whether the role of `by` includes this step for `story`, which stands at `status`."""
        if not by.is_active:
            return False
        if by.has_perm(self.permission):
            return True
        own = bool(self.own_permission) and story.owner_id == by.pk and status in self.own_begins
        return own and by.has_perm(self.own_permission)


# In the order in which an editor thinks of them.
_STEPS = (
    Step(
        "submit",
        "articles.change_any_story",
        frozenset({Status.DRAFT}),
        Status.IN_REVIEW,
        _("You can submit your own stories only. Ask the owner or an editor to submit this one."),
        _("Only a draft can be submitted, and this story is %(status)s. Reload the page to see it."),
        own_permission="articles.submit_story",
        own_begins=frozenset({Status.DRAFT}),
    ),
    Step(
        "approve",
        "articles.approve_story",
        frozenset({Status.IN_REVIEW}),
        Status.APPROVED,
        _("You cannot approve stories. Ask an editor to read and approve it."),
        _("Only a story in review can be approved, and this one is %(status)s. Submit it first."),
    ),
    Step(
        "publish",
        "articles.publish_story",
        frozenset({Status.APPROVED, Status.PUBLISHED}),
        Status.PUBLISHED,
        _("You cannot publish stories. Ask an editor to publish it."),
        _("Only an approved story can be published, and this one is %(status)s. Have it approved first."),
    ),
    Step(
        "schedule",
        "articles.publish_story",
        frozenset({Status.APPROVED, Status.SCHEDULED, Status.PUBLISHED}),
        Status.SCHEDULED,  # a published story stays published
        _("You cannot schedule stories. Ask an editor to schedule it."),
        _("Only an approved story can be scheduled, and this one is %(status)s. Have it approved first."),
    ),
    Step(
        "cancel_schedule",
        "articles.publish_story",
        frozenset({Status.SCHEDULED, Status.PUBLISHED}),
        Status.APPROVED,  # likewise
        _("You cannot cancel a schedule. Ask an editor to cancel it."),
        _("Nothing is scheduled: this story is %(status)s. Reload the page to see it."),
    ),
    Step(
        "correct",
        "articles.correct_story",
        frozenset({Status.PUBLISHED}),
        None,
        _("You cannot correct published stories. Tell an editor what is wrong."),
        _("Only a published story can be corrected, and this one is %(status)s. Change it and save it."),
    ),
    Step(
        "return",
        "articles.approve_story",
        frozenset({Status.IN_REVIEW, Status.APPROVED}),
        Status.DRAFT,
        _("You cannot return this story. Ask an editor to do it."),
        _("Only a story in review or approved can be returned, and this one is %(status)s."),
        own_permission="articles.submit_story",
        own_begins=frozenset({Status.IN_REVIEW}),
    ),
    Step(
        "unpublish",
        "articles.publish_story",
        frozenset({Status.PUBLISHED}),
        Status.UNPUBLISHED,
        _("You cannot unpublish stories. Ask an editor to do it."),
        _("Only a published story can be unpublished, and this one is %(status)s. Readers do not see it."),
    ),
    Step(
        "kill",
        "articles.kill_story",
        frozenset({Status.PUBLISHED, Status.UNPUBLISHED}),
        Status.KILLED,
        _("You cannot kill stories. Call a managing editor now; until then, an editor can unpublish it."),
        _("Only a story that readers have seen can be killed, and this one is %(status)s. Spike it instead."),
    ),
    Step(
        "spike",
        "articles.change_any_story",
        frozenset({Status.DRAFT, Status.IN_REVIEW, Status.APPROVED}),
        Status.SPIKED,
        _("You can spike your own drafts only. Ask an editor to spike this story."),
        _("Only a story that is not published yet can be spiked, and this one is %(status)s."),
        own_permission="articles.change_story",
        own_begins=frozenset({Status.DRAFT, Status.IN_REVIEW}),
    ),
    Step(
        "restore",
        "articles.change_any_story",
        frozenset({Status.SPIKED, Status.UNPUBLISHED}),
        Status.DRAFT,
        _("You can restore your own spiked stories only. Ask an editor to restore this one."),
        _("Only a spiked or unpublished story can be restored, and this one is %(status)s."),
        own_permission="articles.change_story",
        own_begins=frozenset({Status.SPIKED}),
    ),
)

STEPS: Final[Mapping[str, Step]] = {step.name: step for step in _STEPS}

# Every change of a story's status there is: the steps above and, last, what happens by itself.
TRANSITIONS: Final[frozenset[tuple[Story.Status, Story.Status]]] = frozenset(
    {
        (begin, step.ends)
        for step in _STEPS
        for begin in step.begins
        if step.ends not in (None, begin) and begin != Status.PUBLISHED
    }
    | {
        (Status.PUBLISHED, Status.UNPUBLISHED),
        (Status.PUBLISHED, Status.KILLED),
        (Status.APPROVED, Status.IN_REVIEW),  # its content was changed, which voids the approval
        (Status.SCHEDULED, Status.PUBLISHED),  # its time came
    }
)
