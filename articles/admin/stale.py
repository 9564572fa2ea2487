"""Two people saved the same story: what each changed alone goes together, the rest stands side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Author, Event, Image, Section, Story
from articles.text.difference import Part, word_diff
from articles.text.markup import clean_html, plain_text
from articles.workflow.edit import StoryEdit
from articles.workflow.people import display_name
from articles.workflow.versions import MergedEdit, edit_at, merge_edits

# The parts of an edit, what people call them, and the names that the form gives them.
FIELDS = {
    "headline": gettext_lazy("Headline"),
    "kicker": gettext_lazy("Kicker"),
    "dek": gettext_lazy("Dek"),
    "body": gettext_lazy("Body"),
    "section_id": gettext_lazy("Section"),
    "author_ids": gettext_lazy("Bylines"),
    "topics": gettext_lazy("Topics"),
    "dateline": gettext_lazy("Dateline"),
    "slug": gettext_lazy("Slug"),
    "slugline": gettext_lazy("Slugline"),
    "lead_image_id": gettext_lazy("Lead image"),
    "type_of_work": gettext_lazy("Type of work"),
    "developing": gettext_lazy("Developing"),
    "editors_note": gettext_lazy("Editor's note"),
    "embargo_until": gettext_lazy("Embargo until"),
    "length_target": gettext_lazy("Length in words"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What two people changed in different ways. `place` is a field, or one stretch of the body."""

    place: str
    label: str
    saved: list[Part]
    mine: list[Part]


@dataclass(frozen=True, slots=True)
class StaleView:
    """What the other person saved, made into one with what was just typed as far as that goes by itself."""

    base: int  # the version that both began with
    version: int
    saved_by: str
    saved_at: Any
    edit: StoryEdit  # what the form shall hold now
    taken: list[str]  # what they alone changed, in words
    differences: list[Difference]

    @classmethod
    def of(
        cls, story: Story, mine: StoryEdit, *, base: int, take: str = "", keep_both: bool = False
    ) -> "StaleView":
        """Merge `mine`, made from the version `base`, with `story` as it stands.

        `take` is the place of a conflict that goes the other person's way; with `keep_both`, after mine.
        """
        theirs = StoryEdit.of(story)
        # Of a version that never was nothing is known: then whatever differs is a conflict.
        began = edit_at(story, base) or StoryEdit()
        mine = replace(mine, body=clean_html(mine.body))
        merged = merge_edits(began, mine, theirs)
        if take:
            merged = merge_edits(began, merged.take(take, theirs, keep_both=keep_both), theirs)
        last = Event.objects.filter(story=story, action__startswith="story.").select_related("by").first()
        return cls(
            base=base,
            version=story.version,
            saved_by=display_name(last.by) if last else _("somebody"),
            saved_at=story.updated_at,
            edit=merged.edit,
            taken=_taken(merged),
            differences=list(_differences(merged, theirs)),
        )

    def fill(self, data: QueryDict, mine: StoryEdit) -> QueryDict:
        """The posted form of `mine`, with everything in it that the merge made different."""
        filled = data.copy()
        filled["version"] = str(self.version)
        for field in FIELDS:
            if getattr(self.edit, field) != getattr(mine, field):
                _put(filled, field, getattr(self.edit, field))
        return filled


def _taken(merged: MergedEdit) -> list[str]:
    """What of theirs went into the form by itself."""
    taken = [str(FIELDS[field]) for field in merged.theirs if field in FIELDS]
    pieces = merged.body.pieces if merged.body else ()
    if count := sum(max(1, len(piece.theirs)) for piece in pieces if piece.who == "theirs"):
        taken.append(ngettext("%d paragraph of the body", "%d paragraphs of the body", count) % count)
    return taken


def _differences(merged: MergedEdit, theirs: StoryEdit) -> Iterator[Difference]:
    for field in merged.conflicts:
        if field == "body" and merged.body:
            for number, piece in enumerate(merged.body.conflicts):
                saved, mine = ("".join(blocks) for blocks in (piece.theirs, piece.mine))
                yield _difference(f"body:{number}", "body", saved, mine)
        elif field in FIELDS:
            yield _difference(field, field, getattr(theirs, field), getattr(merged.edit, field))


def _difference(place: str, field: str, saved: Any, mine: Any) -> Difference:
    parts = word_diff(in_words(field, saved), in_words(field, mine))
    return Difference(
        place,
        FIELDS[field],
        saved=[part for part in parts if part.op != "new"],
        mine=[part for part in parts if part.op != "gone"],
    )


def _put(data: QueryDict, field: str, value: Any) -> None:
    """Write `value` into the posted form, as the form would post it."""
    if field == "author_ids":
        for name in [name for name in data if name.startswith("authors_")]:
            del data[name]
        data.update({f"authors_{number}": str(pk) for number, pk in enumerate(value)})
    elif field == "developing":
        data.pop(field, None)
        if value:
            data[field] = "on"
    else:
        data[field.removesuffix("_id")] = _as_typed(value)


def in_words(field: str, value: Any) -> str:
    """A value of the field of an edit as people read it."""
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
