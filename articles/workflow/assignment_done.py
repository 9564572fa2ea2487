"""An assignment is done when readers have its story: nobody need take it off the list by hand."""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.models import Assignment, Story
from articles.workflow.record import record_event


def finish_with(story: Story, *, by: User | None) -> Assignment | None:
    """Take the assignment that `story` came of off the list, if one still stands; returns it.

    Called by what brings a locked story to readers, in its transaction. Whoever assigned or has it sees the
    event; one that was cancelled stays so.
    """
    rows = Assignment.objects.standing().select_for_update(of=("self",))
    assignment = rows.filter(story=story.pk).first()
    if assignment is None:
        return None
    before = assignment.status
    assignment.status = Assignment.Status.DONE
    assignment.version += 1
    assignment.save(update_fields=["status", "version"])
    record_event(
        action="assignment.finished",
        record=assignment,
        by=by,
        story=story,
        before={"status": before},
        after={"status": assignment.status},
    )
    return assignment
