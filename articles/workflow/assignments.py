"""Assigning work: what is wanted, by whom and by when; and beginning the story from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Assignment, Desk, Story, StoryTemplate
from articles.workflow.assignment_done import finish_with
from articles.workflow.assignment_steps import PLANS, WORK_STEPS, WORKS, may_link, may_start_story, may_unlink
from articles.workflow.edit import StoryEdit, create_story
from articles.workflow.errors import Invalid, NotAllowed, WrongState, check_record
from articles.workflow.lifecycle import needed, settle
from articles.workflow.people import CLOSED_STATES, require
from articles.workflow.record import record_event
from articles.workflow.story_templates import edit_from_template

Status = Assignment.Status


class AssignmentFacts(TypedDict, total=False):
    """What an editor writes about an assignment."""

    headline: str
    brief: str
    slugline: str
    desk: Desk | None
    assignee: User | None
    due_at: datetime.datetime
    length_target: int | None
    template: StoryTemplate | None


def create_assignment(*, by: User, **facts: Unpack[AssignmentFacts]) -> Assignment:
    """Want something, from somebody or from whoever can. Raises NotAllowed, Invalid."""
    require(by, "articles.add_assignment", _may_not_assign())
    assignment = Assignment(**_clean(facts), created_by=by)
    _check_assignee(assignment.assignee)
    check_record(assignment)
    with transaction.atomic():
        assignment.save(force_insert=True)
        record_event(action="assignment.made", record=assignment, by=by, after=_told(facts))
    return assignment


def save_assignment(
    assignment: Assignment, *, by: User, version: int | None = None, **facts: Unpack[AssignmentFacts]
) -> Assignment:
    """Change an assignment that still stands; only the facts given. Returns it as it is now.

    An accepted assignment that goes to somebody else is open again, until that person accepts it. `version`
    is the one that `by` saw. Raises NotAllowed, Invalid, and WrongState for one that is done or cancelled, or
    that somebody changed meanwhile.
    """
    return _change(assignment, "assignment.saved", by=by, version=version, facts=facts)


def move_assignment(
    assignment: Assignment, *, by: User, due_at: datetime.datetime, version: int | None = None
) -> Assignment:
    """Give an assignment another due time. Raises what `save_assignment` raises."""
    return _change(assignment, "assignment.moved", by=by, version=version, facts={"due_at": due_at})


def accept_assignment(assignment: Assignment, *, by: User, version: int | None = None) -> Assignment:
    """Say that one will do it; what nobody has is then one's own. Raises NotAllowed, WrongState."""
    return _take("accept", assignment, by=by, version=version, assignee=by)


def file_assignment(assignment: Assignment, *, by: User, version: int | None = None) -> Assignment:
    """Say that it is written. Raises NotAllowed, WrongState."""
    return _take("file", assignment, by=by, version=version)


def finish_assignment(assignment: Assignment, *, by: User, version: int | None = None) -> Assignment:
    """Take it off the list: the paper has what it wanted. Raises NotAllowed, WrongState."""
    return _take("finish", assignment, by=by, version=version)


def send_back_assignment(
    assignment: Assignment, *, by: User, reason: str, version: int | None = None
) -> Assignment:
    """Say that something is missing. Raises NotAllowed, WrongState (also without a `reason`)."""
    return _take("send_back", assignment, by=by, version=version, reason=reason)


def hand_back_assignment(
    assignment: Assignment, *, by: User, reason: str, version: int | None = None
) -> Assignment:
    """Say that one cannot do it: it is nobody's again. Raises NotAllowed, WrongState."""
    return _take("hand_back", assignment, by=by, version=version, reason=reason, assignee=None)


def cancel_assignment(
    assignment: Assignment, *, by: User, reason: str, version: int | None = None
) -> Assignment:
    """Say that it is no longer wanted; a story stays. Raises NotAllowed, WrongState."""
    return _take("cancel", assignment, by=by, version=version, reason=reason)


def reopen_assignment(assignment: Assignment, *, by: User, version: int | None = None) -> Assignment:
    """Want it after all. Raises NotAllowed, WrongState."""
    return _take("reopen", assignment, by=by, version=version)


def start_story(assignment: Assignment, *, by: User, version: int | None = None) -> Story:
    """Begin the story: a draft of whoever has the assignment, with its slugline, length, brief and template.

    An assignment that nobody has becomes that of `by`, and one's own open one is accepted with it. Raises
    NotAllowed, Invalid, and WrongState when there is a story already or nothing is wanted any more.
    """
    with transaction.atomic():
        current = _lock(assignment, version)
        _refuse_second_story(current)
        if not may_start_story(current, by):
            raise NotAllowed(_("This assignment is somebody else's. Ask an editor to give it to you."))
        before = current.status
        owner = current.assignee or by
        story = create_story(by=by, edit=replace(_edit_for(current), owner_id=owner.pk))
        ends = Status.ACCEPTED if before == Status.OPEN and owner == by else Status(before)
        _write(current, status=ends, story=story, assignee=owner)
        record_event(
            action="assignment.story_started",
            record=current,
            by=by,
            story=story,
            before={"status": before},
            after={"status": ends},
        )
    assignment.refresh_from_db()
    return story


def link_story(assignment: Assignment, story: Story, *, by: User, version: int | None = None) -> Assignment:
    """Say that `story`, which exists already, is what was wanted. Returns the assignment as it is then.

    Whoever may begin the story may do so with one that they may change. What nobody has becomes the story
    owner's, and what the owner has is accepted with it; when readers have the story already, it is done.
    Raises NotAllowed, and WrongState when either has another or nothing is wanted any more.
    """
    with transaction.atomic():
        found = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk).first()
        current = _lock(assignment, version)
        if found is None or found.status in CLOSED_STATES:
            raise WrongState(_("This story was dropped. Choose another one."))
        _refuse_second_story(current)
        if not may_link(current, found, by):
            raise NotAllowed(_("You can link your own stories to your own assignments. Ask an editor."))
        if Assignment.objects.filter(story=found).exists():
            raise WrongState(_("This story came of another assignment. Unlink it there first."))
        before, settled = current.status, settle(found)
        owner = current.assignee or found.owner or by
        ends = Status.ACCEPTED if before == Status.OPEN and owner.pk == found.owner_id else Status(before)
        _write(current, status=ends, story=found, assignee=owner)
        record_event(
            action="assignment.story_linked",
            record=current,
            by=by,
            story=found,
            before={"status": before},
            after={"status": ends},
        )
        if settled.status == Story.Status.PUBLISHED:
            finish_with(found, by=by)
    assignment.refresh_from_db()
    return assignment


def unlink_story(assignment: Assignment, *, by: User, version: int | None = None) -> Assignment:
    """Say that the story is not what was wanted; both stay as they are. Raises NotAllowed, WrongState."""
    with transaction.atomic():
        current = _lock(assignment, version)
        if current.story is None:
            raise WrongState(_("This assignment has no story. Reload the page."))
        if not may_unlink(current, by):
            raise NotAllowed(_("This assignment is somebody else's. Ask an editor to unlink the story."))
        story = current.story
        _write(current, story=None)
        record_event(
            action="assignment.story_unlinked", record=current, by=by, story=story, before={"story": story}
        )
    assignment.refresh_from_db()
    return assignment


def _refuse_second_story(assignment: Assignment) -> None:
    """Raise WrongState for an assignment that has a story, or that nobody wants any more."""
    if assignment.story_id is not None:
        raise WrongState(_("This assignment has its story already. Reload the page and open it there."))
    if assignment.status not in Status.standing():
        raise WrongState(_misplaced(_("This assignment is %(status)s. Open it again first."), assignment))


def _take(
    name: str, assignment: Assignment, *, by: User, version: int | None, reason: str = "", **columns: Any
) -> Assignment:
    step = WORK_STEPS[name]
    with transaction.atomic():
        current = _lock(assignment, version)
        if not step.allowed(by, current):
            raise NotAllowed(step.denied)
        if current.status not in step.begins:
            raise WrongState(_misplaced(str(step.misplaced), current))
        why = needed(reason, str(step.ask)) if step.ask else reason
        before = current.status
        _write(current, status=step.ends, **columns)
        record_event(
            action=step.action,
            record=current,
            by=by,
            story=current.story,
            reason=why,
            before={"status": before},
            after={"status": step.ends},
        )
    assignment.refresh_from_db()
    return assignment


def _change(
    assignment: Assignment, action: str, *, by: User, version: int | None, facts: AssignmentFacts
) -> Assignment:
    require(by, PLANS, _may_not_assign())
    with transaction.atomic():
        current = _lock(assignment, version)
        if current.status not in Status.standing():
            raise WrongState(_misplaced(_("This assignment is %(status)s. Open it again first."), current))
        wanted = _clean(facts)
        before = {name: getattr(current, name) for name in wanted}
        changed = {name: value for name, value in wanted.items() if before[name] != value}
        if not changed:
            return current
        for name, value in changed.items():
            setattr(current, name, value)
        if "assignee" in changed:
            _check_assignee(current.assignee)
            changed["status"] = _after_handing_over(current)
        check_record(current)
        _write(current, **changed)
        record_event(
            action=action,
            record=current,
            by=by,
            story=current.story,
            before=_told({name: before[name] for name in changed if name in before}),
            after=_told(changed),
        )
    assignment.refresh_from_db()
    return assignment


def _after_handing_over(assignment: Assignment) -> Assignment.Status:
    """The status once the assignee changed. Raises WrongState when nobody would answer for what is filed."""
    if assignment.status != Status.FILED:
        return Status.OPEN
    if assignment.assignee is None:
        raise WrongState(_("This is filed, so somebody has written it. Choose who, or send it back first."))
    return Status.FILED


def _lock(assignment: Assignment, version: int | None) -> Assignment:
    # Stories are locked before assignments everywhere: publishing holds its story and finishes what it was.
    if assignment.story_id is not None:
        list(Story.objects.select_for_update(no_key=True).filter(pk=assignment.story_id).only("pk"))
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("assignee", "story", "template")
    current = rows.filter(pk=assignment.pk).first()
    if current is None:
        raise WrongState(_("This assignment no longer exists. Go back to the list."))
    if current.version != (assignment.version if version is None else version):
        raise WrongState(
            _("Somebody changed this assignment after you opened it. Reload the page and look again.")
        )
    return current


def _write(assignment: Assignment, **columns: Any) -> None:
    """Write `columns` of a locked assignment, if it still is of that version; else WrongState."""
    unchanged = Assignment.objects.filter(pk=assignment.pk, version=assignment.version)
    if not unchanged.update(**columns, version=assignment.version + 1):
        raise WrongState(_("Somebody else changed this assignment a moment ago. Reload the page."))
    assignment.refresh_from_db()


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}


def _check_assignee(assignee: User | None) -> None:
    if assignee is not None and not (assignee.is_active and assignee.has_perm(WORKS)):
        raise Invalid({"assignee": [_("This person does not write for the paper. Choose somebody else.")]})


def _edit_for(assignment: Assignment) -> StoryEdit:
    """What the draft begins from. What the assignment says goes before what its template says."""
    edit = edit_from_template(assignment.template) if assignment.template else StoryEdit()
    return replace(
        edit,
        headline=edit.headline or assignment.headline,
        slugline=assignment.slugline,
        length_target=assignment.length_target or edit.length_target,
        editors_note=assignment.brief,
    )


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What an event keeps of `facts`: people by their log-in, the rest in words."""
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _misplaced(words: str, assignment: Assignment) -> str:
    return words % {"status": Status(assignment.status).label}


def _may_not_assign() -> str:
    return _("Only an editor can assign work. Ask one.")
