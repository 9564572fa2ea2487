"""Earlier versions of a story, read back from its events, and two edits of one version made into one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.dateparse import parse_datetime

from articles.models import Event, Story
from articles.text.merge import Merge, merge_html
from articles.workflow.edit import StoryEdit


@dataclass(frozen=True, slots=True)
class MergedEdit:
    """Two edits in one. Field names say who changed what; of a conflict, `edit` holds mine."""

    edit: StoryEdit
    theirs: tuple[str, ...]  # they alone changed it: taken
    mine: tuple[str, ...]
    conflicts: tuple[str, ...]
    body: Merge | None  # when both changed the body

    def take(self, place: str, theirs: StoryEdit, *, keep_both: bool = False) -> StoryEdit:
        """The edit with their version of one conflict: a field, or "body:0" for the first of the body.

        With `keep_both`, their paragraphs come after mine. A place without a conflict changes nothing.
        """
        field, _colon, number = place.partition(":")
        if field not in self.conflicts:
            return self.edit
        if field != "body" or self.body is None:
            return replace(self.edit, **{field: getattr(theirs, field)})
        chosen = self.body.conflicts[int(number) : int(number) + 1] if number.isdecimal() else ()
        blocks: list[str] = []
        for piece in self.body.pieces:
            taken = any(piece is one for one in chosen)
            blocks += piece.mine if keep_both or not taken else ()
            blocks += piece.theirs if taken else ()
        return replace(self.edit, body="".join(blocks))


def edit_at(story: Story, version: int) -> StoryEdit | None:
    """What `story` held at `version`, or None when there was no such version. One query, if not the newest.

    Events keep the values that a save replaced, so that walking back undoes one save after another.
    """
    edit = StoryEdit.of(story)
    if version == story.version:
        return edit
    if not 1 <= version < story.version:
        return None
    saves = Event.objects.filter(story=story, record_type="story", after__version__gt=version).order_by("-pk")
    for event in saves.only("before"):
        edit = replace(edit, **_values(event.before))
    return edit


def merge_edits(base: StoryEdit, mine: StoryEdit, theirs: StoryEdit) -> MergedEdit:
    """Both edits of `base` in one: of each field the one that changed; of a body the blocks that changed."""
    changed, others = set(mine.differs_from(base)), set(theirs.differs_from(base))
    both = {name for name in changed & others if getattr(mine, name) != getattr(theirs, name)}
    values: dict[str, Any] = {name: getattr(theirs, name) for name in others - changed}
    body = None
    if "body" in both:
        body = merge_html(base.body, mine.body, theirs.body)
        values["body"] = "".join(body.blocks)
        if not body.conflicts:
            both.discard("body")
    return MergedEdit(
        replace(mine, **values),
        theirs=_in_order(others - changed),
        mine=_in_order(changed - others),
        conflicts=_in_order(both),
        body=body,
    )


def _in_order(names: set[str]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(StoryEdit) if field.name in names)


def _values(before: Mapping[str, Any]) -> dict[str, Any]:
    """Values of an edit, out of the plain words that an event keeps."""
    known = {field.name for field in fields(StoryEdit)}
    values = {name: value for name, value in before.items() if name in known}
    for name in ("author_ids", "topics"):
        if name in values:
            values[name] = tuple(values[name])
    if isinstance(values.get("embargo_until"), str):
        moment: datetime.datetime | None = parse_datetime(values["embargo_until"])
        values["embargo_until"] = moment
    return values
