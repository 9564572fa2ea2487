"""Bringing back what a story was."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.models import Story
from articles.workflow.edit import StoryEdit, apply_edit
from articles.workflow.errors import WrongState
from articles.workflow.versions import edit_at


def restore_version(story: Story, *, by: User, number: int, version: int) -> Story:
    """Make the content of version `number` the newest version; whoever owns the story keeps it.

    `version` is the newest version that `by` saw. Nothing is lost: the versions between stay on file.
    Raises WrongState for a version that never was, and all that `save_story` raises.
    """
    edit = edit_at(story, number)
    if edit is None:
        raise WrongState(_("There is no version %d of this story. Choose one from the list.") % number)
    kept = StoryEdit.of(story)
    return apply_edit(
        story,
        by=by,
        edit=replace(edit, owner_id=kept.owner_id, embargo_until=kept.embargo_until),
        version=version,
        action="story.version_restored",
        after={"restored": number},
    )
