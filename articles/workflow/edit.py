"""Saving what an editor wrote: nothing is lost, nobody overwrites somebody else unknowingly."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.models import Author, Byline, Event, Story
from articles.text.markup import clean_html
from articles.workflow.comments import carry_threads
from articles.workflow.errors import Invalid, NotAllowed, StaleStory, WrongState
from articles.workflow.lifecycle import settle
from articles.workflow.people import display_name, require, require_edit
from articles.workflow.picture_uses import keep_body_images
from articles.workflow.quotations import Synced, sync_quotations
from articles.workflow.record import record_event

TOPIC_LENGTH: Final = 100
SLUG_LENGTH: Final = 120
# What only the desk sees: changing it leaves an approval standing.
DESK_FIELDS: Final = frozenset({"slugline", "editors_note", "owner_id", "embargo_until", "length_target"})
MANY: Final = frozenset({"author_ids", "topics"})
RECORDS: Final = frozenset({"section_id", "lead_image_id", "owner_id"})
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class StoryEdit:
    """Everything about a story that an editor writes. `StoryEdit.of(story)` is the story as it stands."""

    headline: str = ""
    slug: str = ""
    slugline: str = ""
    kicker: str = ""
    dek: str = ""
    body: str = ""
    dateline: str = ""
    section_id: int | None = None
    author_ids: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    lead_image_id: int | None = None
    type_of_work: str = Story.TypeOfWork.NEWS
    developing: bool = False
    editors_note: str = ""
    embargo_until: datetime.datetime | None = None
    length_target: int | None = None
    owner_id: int | None = None

    @classmethod
    def of(cls, story: Story) -> StoryEdit:
        """The content of `story` as it is stored."""
        values = {field.name: getattr(story, field.name) for field in fields(cls) if field.name not in MANY}
        return cls(
            **values,
            author_ids=tuple(byline.author_id for byline in story.bylines.all()),
            topics=tuple(sorted((topic.name for topic in story.topics.all()), key=str.casefold)),
        )

    def differs_from(self, other: StoryEdit) -> tuple[str, ...]:
        """Names of the fields in which the two differ."""
        names = [field.name for field in fields(self)]
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


def create_story(*, by: User, edit: StoryEdit) -> Story:
    """Make a draft of `edit`, owned by `by` unless the edit names an owner.

    The body is cleaned and its quotations are found. Raises NotAllowed, Invalid.
    """
    require(by, "articles.add_story", _("You may not write stories. Ask an administrator for the role."))
    wanted = _normalise(edit, pk=None)
    if wanted.owner_id is None:
        wanted = replace(wanted, owner_id=by.pk)
    elif wanted.owner_id != by.pk:
        _require_reassign(by)
    with transaction.atomic():
        story = Story(**_columns(wanted))
        _check(story, wanted, wanted.differs_from(StoryEdit()))
        story.save(force_insert=True)
        _write_many(story, wanted, ("author_ids", "topics"))
        keep_body_images(story, before="")
        found = sync_quotations(story, by=by)
        record_event(
            action="story.created", record=story, by=by, after={"headline": story.headline, **found.summary()}
        )
    return story


def save_story(story: Story, *, by: User, edit: StoryEdit, version: int) -> Story:
    """Store `edit`, made from `version` of the story, and return the story as it now stands.

    The body is cleaned, an empty slug is made from the headline, and records follow the quotations of the
    text. Saving what is already stored does nothing. A change that readers would see takes back an approval:
    the story is in review again. A published story may be changed; readers keep the last edition until the
    next is published. The event keeps the old values, so that every version can be recovered.

    Raises StaleStory (somebody saved first; both versions are in it), NotAllowed, Invalid, and WrongState for
    a story that is scheduled (cancel the schedule first: its edition is already made), killed or spiked.
    """
    return apply_edit(story, by=by, edit=edit, version=version)


def apply_edit(
    story: Story,
    *,
    by: User,
    edit: StoryEdit,
    version: int,
    action: str = "story.saved",
    after: Mapping[str, Any] | None = None,
) -> Story:
    """`save_story` for a verb that changes the body in its own name: the one Event is called `action`."""
    with transaction.atomic():
        current = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
        settle(current)
        require_edit(by, current)
        before = StoryEdit.of(current)
        wanted = _normalise(edit, pk=current.pk)
        changed = wanted.differs_from(before)
        if not changed:
            return current
        if current.version != version:
            raise _stale(current, before, wanted, version)
        _refuse_scheduled(current, changed)
        if "owner_id" in changed:
            _require_reassign(by)
        _store(current, wanted, changed)
        found = Synced()
        if {"body", "headline"} & set(changed):
            found = sync_quotations(current, by=by)
        if "body" in changed:
            carry_threads(current, before=before.body)
            keep_body_images(current, before=before.body)
        record_event(
            action=action,
            record=current,
            by=by,
            before={name: getattr(before, name) for name in changed},
            after={
                **{name: getattr(wanted, name) for name in changed if name != "body"},
                "version": current.version,
                **found.summary(),
                **(after or {}),
            },
        )
    return current


def free_slug(headline: str, *, pk: int | None) -> str:
    """A slug made from `headline` that no other story has; empty when the headline has no Latin letter."""
    base = slugify(headline)[:SLUG_LENGTH].strip("-")
    if not base:
        return ""
    others = Story.objects.filter(slug__startswith=base)
    others = others.exclude(pk=pk) if pk is not None else others
    taken = set(others.values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base[: SLUG_LENGTH - len(str(number)) - 1]}-{number}"
    return slug


def clean_topics(topics: Sequence[str]) -> tuple[str, ...]:
    """Topics without the white space around and inside them, each once whatever its case, sorted."""
    once = {name.casefold(): name for topic in topics if (name := " ".join(topic.split()))}
    return tuple(sorted(once.values(), key=str.casefold))


def _normalise(edit: StoryEdit, *, pk: int | None) -> StoryEdit:
    """`edit` as it would be stored. Raises Invalid for characters that cannot be."""
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    for field in fields(edit):
        value = getattr(edit, field.name)
        if not isinstance(value, str) or field.name == "body":
            continue
        if _UNSTORABLE.search(value):
            errors[field.name] = [_unstorable(field.name)]
        values[field.name] = str(value).strip()
    topics = clean_topics(edit.topics)
    if any(_UNSTORABLE.search(topic) for topic in topics):
        errors["topics"] = [_unstorable("topics")]
    if any(len(topic) > TOPIC_LENGTH for topic in topics):
        errors["topics"] = [_("A topic is at most %d characters long. Shorten it.") % TOPIC_LENGTH]
    if errors:
        raise Invalid(errors)
    if not values["slug"]:
        values["slug"] = free_slug(values["headline"], pk=pk)
    body = clean_html(edit.body)
    return replace(edit, **values, body=body, topics=topics, author_ids=tuple(dict.fromkeys(edit.author_ids)))


def _unstorable(field: str) -> str:
    return _(
        "The field “%(field)s” holds a character that cannot be stored. Delete what you pasted there last "
        "and type it again."
    ) % {"field": field.replace("_", " ")}


def _columns(edit: StoryEdit) -> dict[str, Any]:
    return {field.name: getattr(edit, field.name) for field in fields(edit) if field.name not in MANY}


def _check(story: Story, edit: StoryEdit, changed: Sequence[str]) -> None:
    """Raise Invalid when the database or the model would not take these values."""
    # A record that the story led to before is there still: the database keeps it, and nobody has to ask.
    kept = {name.removesuffix("_id") for name in RECORDS if name not in changed}
    errors: dict[str, list[str]] = {}
    try:
        # What the constraints watch (status, version, approval) is not what people type: the database looks.
        story.full_clean(exclude=kept, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        errors = {
            "" if name == "__all__" else f"{name}_id" if hasattr(story, f"{name}_id") else name: texts
            for name, texts in error.message_dict.items()
        }
    known = Author.objects.filter(pk__in=edit.author_ids)
    if "author_ids" in changed and known.count() != len(edit.author_ids):
        errors["author_ids"] = [_("An author in the byline no longer exists. Choose the authors again.")]
    if errors:
        raise Invalid(errors)


def _store(story: Story, edit: StoryEdit, changed: Sequence[str]) -> None:
    """Write `edit` over `story` (which is locked, and of the version that was read)."""
    columns = _columns(edit)
    for name, value in columns.items():
        setattr(story, name, value)
    _check(story, edit, changed)
    if story.status == Story.Status.APPROVED and not set(changed) <= DESK_FIELDS:
        columns |= {"status": Story.Status.IN_REVIEW, "approved_by": None}
    columns |= {"version": story.version + 1, "updated_at": timezone.now()}
    if not Story.objects.filter(pk=story.pk, version=story.version, status=story.status).update(**columns):
        raise WrongState(_("Somebody else is saving this story at this moment. Save again."))
    _write_many(story, edit, changed)
    story.refresh_from_db()


def _write_many(story: Story, edit: StoryEdit, changed: Sequence[str]) -> None:
    if "author_ids" in changed:
        story.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(story=story, author_id=author, position=position)
            for position, author in enumerate(edit.author_ids)
        )
    if "topics" in changed:
        story.topics.set(edit.topics)


def _refuse_scheduled(story: Story, changed: Sequence[str]) -> None:
    # A later embargo would be broken by the edition that is made already.
    if story.status == Story.Status.SCHEDULED and not set(changed) <= DESK_FIELDS - {"embargo_until"}:
        raise WrongState(
            _(
                "This story is scheduled, and what readers will see is already made. "
                "Cancel the schedule, then change the story and schedule it again."
            )
        )


def _require_reassign(by: User) -> None:
    if not by.has_perm("articles.change_any_story"):
        raise NotAllowed(_("Only an editor may give a story to somebody else. Ask one."))


def _stale(current: Story, stored: StoryEdit, mine: StoryEdit, version: int) -> StaleStory:
    last = Event.objects.filter(story=current, action__startswith="story.").select_related("by").first()
    message = _(
        "%(name)s changed this story while you were working on it (it is now version %(now)d, you began with "
        "version %(then)d). Nothing you wrote is lost: compare the two, then save what should stand."
    ) % {
        "name": display_name(last.by if last else None),
        "now": current.version,
        "then": version,
    }
    return StaleStory(
        message,
        current=current,
        mine=mine,
        base_version=version,
        changed_fields=mine.differs_from(stored),
    )
