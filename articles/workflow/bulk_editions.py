"""An archive that readers know already: editions without the gate, on the word of a managing editor.

What was public stays public. Nobody says that its quotes were checked: readers see each as unverified, and
the desk finds them among those that wait. The reason is on record with every story.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.models import (
    Author,
    Edition,
    EditionByline,
    EditionQuote,
    EditionTopic,
    FormerAddress,
    QuotedName,
    Section,
    Story,
)
from articles.models.keys import new_key
from articles.text.incoming import Item
from articles.workflow.bulk_rows import slug_base
from articles.workflow.edition import Content, build_content
from articles.workflow.errors import WrongState
from articles.workflow.material import material_of, with_material
from articles.workflow.people import require
from articles.workflow.published_words import index_editions
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event, record_events

NAME_LENGTH, SLUG_LENGTH = 120, 110


def require_archivist(by: User | None, reason: str) -> User:
    """Who may let an archive be read without the gate. Raises NotAllowed, WrongState."""
    message = _("Only a managing editor may let an archive be read without the gate. Name one with --by.")
    if by is None:
        raise WrongState(message)
    require(by, "articles.override_gate", message)
    require(by, "articles.publish_story", message)
    if not reason.strip():
        raise WrongState(_("Say why these stories may be read without the gate. The reason stays on record."))
    return by


def why_not_public(item: Item, section: Section | None, now: datetime.datetime) -> str:
    """Why a story of an archive cannot have been public; empty when it can."""
    if item.published_at is None:
        return _("It does not say when it was published. Give it “published_at”, or import it as a draft.")
    if item.published_at > now:
        return _("Its “published_at” is in the future. Import it as a draft, and schedule it.")
    if section is None:
        return _("It has no section, and so no address. Give it one, or name one with --section.")
    if not slug_base(item):
        return _("Neither its address nor its headline makes an address here. Give it a “slug”.")
    return ""


def file_authors(names: Sequence[str], known: dict[str, Author], *, by: User) -> None:
    """File those of `names` that are not among the `known` authors, and add them there."""
    missing = {name.casefold(): name[:NAME_LENGTH] for name in names if name.casefold() not in known}
    if not missing:
        return
    bases = {key: slugify(name)[:SLUG_LENGTH].strip("-") for key, name in missing.items()}
    taken = set(Author.objects.filter(slug__in=bases.values()).values_list("slug", flat=True))
    former = FormerAddress.objects.filter(kind=FormerAddress.Kind.AUTHOR, slug__in=bases.values())
    taken |= set(former.values_list("slug", flat=True))
    for key, name in missing.items():
        base = bases[key]
        slug = base if base and base not in taken else f"{base or 'author'}-{new_key()}"
        taken.add(slug)
        known[key] = Author.objects.create(name=name, slug=slug)
        record_event(action="author.created", record=known[key], by=by, after={"name": name, "slug": slug})


def publish_archive(stories: Sequence[tuple[Story, datetime.datetime]], *, by: User, reason: str) -> None:
    """Write the first edition of new stories, live since the moment of each. In the caller's transaction.

    The number of queries hardly depends on that of stories.
    """
    loaded = {story.pk: story for story in with_material().filter(pk__in=[each.pk for each, _ in stories])}
    contents = [build_content(material_of(loaded[story.pk]), editor=by) for story, _ in stories]
    editions = Edition.objects.bulk_create(
        Edition(
            story=story,
            number=1,
            kind=Edition.Kind.FIRST,
            story_version=story.version,
            live_from=moment,
            first_live_from=moment,
            published_by=by,
            # Who edited it then is not known here, and it was not who imports it.
            **{**content.columns, "approved_by_name": ""},
        )
        for (story, moment), content in zip(stories, contents, strict=True)
    )
    _write_beside(editions, contents)
    prefetch_related_objects(editions, "quotes")
    index_editions(editions)
    readers_see()
    record_events(
        "story.archive_published",
        [
            (story, {"edition": 1, "live_from": moment, "quotes": len(content.quotes)})
            for (story, moment), content in zip(stories, contents, strict=True)
        ],
        by=by,
        reason=reason,
    )


def _write_beside(editions: Sequence[Edition], contents: Sequence[Content]) -> None:
    """The rows by which editions are found: those of their authors, topics, quotes and names."""
    EditionByline.objects.bulk_create(
        EditionByline(edition=edition, position=position, **author)
        for edition in editions
        for position, author in enumerate(edition.bylines)
    )
    EditionTopic.objects.bulk_create(
        EditionTopic(edition=edition, **topic) for edition in editions for topic in edition.topics
    )
    EditionQuote.objects.bulk_create(
        EditionQuote(edition=edition, **quote)
        for edition, content in zip(editions, contents, strict=True)
        for quote in content.quotes
    )
    QuotedName.objects.remember([quote for content in contents for quote in content.quotes])
