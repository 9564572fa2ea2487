"""The life of an assignment as a table: every step that exists, where it begins and ends, who may take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Assignment, Story
from articles.workflow.people import may_edit

Status = Assignment.Status
PLANS: Final = "articles.change_assignment"  # the permission of who assigns work to others
WORKS: Final = "articles.work_assignment"  # of who takes it on


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One step. `own`: whoever has the assignment may take it; `free`: also anybody, when nobody has it.

    `editors`: whoever plans may take it. `denied` and `misplaced` are what a person is told otherwise, `ask`
    what is said when a reason is needed and missing.
    """

    action: str
    begins: frozenset[Assignment.Status]
    ends: Assignment.Status
    denied: str | Promise
    misplaced: str | Promise
    own: bool = False
    free: bool = False
    editors: bool = False
    ask: str | Promise = ""

    def allowed(self, by: User | AnonymousUser, assignment: Assignment) -> bool:
        """Whether `by` may take this step with `assignment`, whatever its status."""
        if not by.is_active:
            return False
        if self.editors and by.has_perm(PLANS):
            return True
        mine = self.own and assignment.assignee_id == by.pk
        untaken = self.free and assignment.assignee_id is None
        return (mine or untaken) and by.has_perm(WORKS)


# In the order in which one thinks of them.
WORK_STEPS: Final[Mapping[str, WorkStep]] = {
    "accept": WorkStep(
        "assignment.accepted",
        frozenset({Status.OPEN}),
        Status.ACCEPTED,
        _("This assignment is somebody else's. Ask an editor to give it to you."),
        _("Only an open assignment can be accepted, and this one is %(status)s."),
        own=True,
        free=True,
    ),
    "file": WorkStep(
        "assignment.filed",
        frozenset({Status.ACCEPTED}),
        Status.FILED,
        _("You can file your own assignments only. Ask whoever has it, or an editor."),
        _("Only an accepted assignment can be filed, and this one is %(status)s. Accept it first."),
        own=True,
        editors=True,
    ),
    "finish": WorkStep(
        "assignment.finished",
        frozenset({Status.ACCEPTED, Status.FILED}),
        Status.DONE,
        _("Only an editor can take an assignment off the list. File it, and one will."),
        _("Only an assignment that was accepted or filed can be done, and this one is %(status)s."),
        editors=True,
    ),
    "send_back": WorkStep(
        "assignment.sent_back",
        frozenset({Status.FILED}),
        Status.ACCEPTED,
        _("Only an editor can send an assignment back."),
        _("Only a filed assignment can be sent back, and this one is %(status)s."),
        editors=True,
        ask=_("Say what is missing, so that the writer knows. Then send it back."),
    ),
    "hand_back": WorkStep(
        "assignment.handed_back",
        frozenset({Status.OPEN, Status.ACCEPTED}),
        Status.OPEN,
        _("You can hand back your own assignments only."),
        _("Only an open or accepted assignment can be handed back, and this one is %(status)s."),
        own=True,
        ask=_("Say why you cannot do it, so that the desk can plan. Then hand it back."),
    ),
    "cancel": WorkStep(
        "assignment.cancelled",
        frozenset({Status.OPEN, Status.ACCEPTED, Status.FILED}),
        Status.CANCELLED,
        _("Only an editor can cancel an assignment. Hand yours back instead."),
        _("Only an assignment that still stands can be cancelled, and this one is %(status)s."),
        editors=True,
        ask=_("Say why it is no longer wanted. Then cancel it."),
    ),
    "reopen": WorkStep(
        "assignment.reopened",
        frozenset({Status.DONE, Status.CANCELLED}),
        Status.OPEN,
        _("Only an editor can open an assignment again."),
        _("This assignment is %(status)s, so it stands already."),
        editors=True,
    ),
}


def open_work_steps(assignment: Assignment, *, by: User | AnonymousUser) -> tuple[str, ...]:
    """The names of the steps that `by` may take with `assignment` now. Only permissions are asked for."""
    return tuple(
        name
        for name, step in WORK_STEPS.items()
        if assignment.status in step.begins and step.allowed(by, assignment)
    )


def may_start_story(assignment: Assignment, by: User | AnonymousUser) -> bool:
    """Whether `by` may begin the story: whoever has the assignment, anybody if nobody has, and editors."""
    if assignment.story_id is not None or assignment.status not in Status.standing():
        return False
    if not (by.is_active and by.has_perm("articles.add_story")):
        return False
    own = assignment.assignee_id in (None, by.pk) and by.has_perm(WORKS)
    return own or by.has_perm(PLANS)


def may_link(assignment: Assignment, story: Story, by: User | AnonymousUser) -> bool:
    """Whether `by` may say that `story` is what was wanted: who may begin one, with a story of their own."""
    mine = story.owner_id == by.pk or may_edit(by, story)
    return mine and may_start_story(assignment, by)


def may_unlink(assignment: Assignment, by: User | AnonymousUser) -> bool:
    """Whether `by` may say that the story is not what was wanted: whoever has the assignment, and editors."""
    if assignment.story_id is None or not by.is_active:
        return False
    return by.has_perm(PLANS) or (assignment.assignee_id == by.pk and by.has_perm(WORKS))
