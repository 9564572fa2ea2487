"""Two people saved the same story: both versions side by side, and nothing of either lost."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.diff import Part, word_diff
from articles.models import Author, Event, Image, Section, Story
from articles.text.markup import plain_text
from articles.workflow.edit import StoryEdit
from articles.workflow.people import display_name

# The parts of an edit, what people call them, and the names that the form gives them.
FIELDS = {
    "headline": _("Headline"),
    "kicker": _("Kicker"),
    "dek": _("Dek"),
    "body": _("Body"),
    "section_id": _("Section"),
    "author_ids": _("Bylines"),
    "topics": _("Topics"),
    "dateline": _("Dateline"),
    "slug": _("Slug"),
    "slugline": _("Slugline"),
    "lead_image_id": _("Lead image"),
    "type_of_work": _("Type of work"),
    "developing": _("Developing"),
    "editors_note": _("Editor's note"),
    "embargo_until": _("Embargo until"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two versions differ."""

    field: str
    label: str
    saved: list[Part]
    mine: list[Part]


@dataclass(frozen=True, slots=True)
class StaleView:
    """What the other person saved, and where it differs from what was just typed."""

    version: int
    saved_by: str
    saved_at: Any
    differences: list[Difference]

    @classmethod
    def of(cls, story: Story, mine: StoryEdit) -> "StaleView":
        """Compare `mine` with `story` as it stands."""
        theirs = StoryEdit.of(story)
        differences = [
            _difference(field, getattr(theirs, field), getattr(mine, field))
            for field in FIELDS
            if getattr(theirs, field) != getattr(mine, field)
        ]
        last = Event.objects.filter(story=story).select_related("by").first()
        return cls(
            version=story.version,
            saved_by=display_name(last.by) if last else _("somebody"),
            saved_at=story.updated_at,
            differences=differences,
        )


def take_saved(data: QueryDict, story: Story | None, field: str) -> QueryDict:
    """What was typed, with one field replaced by what the other person saved."""
    changed = data.copy()
    if story is None or field not in FIELDS:
        return changed
    value = getattr(StoryEdit.of(story), field)
    if field == "author_ids":
        for name in [name for name in changed if name.startswith("authors_")]:
            del changed[name]
        changed.update({f"authors_{number}": str(pk) for number, pk in enumerate(value)})
    elif field == "developing":
        changed.pop(field, None)
        if value:
            changed[field] = "on"
    else:
        changed[field.removesuffix("_id")] = _as_typed(value)
    return changed


def _difference(field: str, saved: Any, mine: Any) -> Difference:
    parts = word_diff(_in_words(field, saved), _in_words(field, mine))
    return Difference(
        field,
        FIELDS[field],
        saved=[part for part in parts if part.op != "new"],
        mine=[part for part in parts if part.op != "gone"],
    )


def _in_words(field: str, value: Any) -> str:
    """A value as people read it."""
    if field == "body":
        return plain_text(value).text
    if value in (None, "", (), False):
        return _("(empty)") if field != "developing" else _("no")
    if field == "developing":
        return _("yes")
    if field == "topics":
        return ", ".join(value)
    if field == "author_ids":
        names = dict(Author.objects.filter(pk__in=value).values_list("pk", "name"))
        return ", ".join(names.get(pk, "?") for pk in value)
    if field in ("section_id", "lead_image_id"):
        record = (Section if field == "section_id" else Image).objects.filter(pk=value).first()
        return str(record)
    return _as_typed(value).replace("T", " ") if field == "embargo_until" else str(value)


def _as_typed(value: Any) -> str:
    """A value as the form takes it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if hasattr(value, "astimezone"):
        return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    return str(value)
