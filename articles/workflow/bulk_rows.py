"""What the stories of an import have in common: free slugs, authors on file, topics; each asked for once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import PurePosixPath
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.text import slugify
from taggit.models import Tag, TaggedItem

from articles.models import Author, Edition, Section, Story
from articles.text.incoming import Item
from articles.workflow.edit import SLUG_LENGTH, TOPIC_LENGTH, clean_topics

NUMBERED: Final = range(2, 12)  # slugs that are asked for at once; more of the same are asked for one by one
SLUGS_AT_ONCE: Final = 2_000
LONGEST_NUMBER: Final = 7  # characters that a number may take from a long slug


class Slugs:
    """Slugs that no story has, each given once; the same that `free_slug` would give, one after the other."""

    def __init__(self, items: Sequence[Item], *, in_print: bool = False) -> None:
        """`in_print` also leaves out those that readers know from an edition."""
        self._in_print = in_print
        self._bases = {item: slug_base(item) for item in items}
        times = Counter(base for base in self._bases.values() if base)
        self._taken = self._ask(list(times))
        again = [base for base, number in times.items() if number > 1 or base in self._taken]
        self._taken |= self._ask([slug for base in again for slug in _tried(base)])

    def _ask(self, slugs: Sequence[str]) -> set[str]:
        """Those that a story has."""
        taken: set[str] = set()
        for start in range(0, len(slugs), SLUGS_AT_ONCE):
            for model in (Story, Edition) if self._in_print else (Story,):
                some = model._default_manager.filter(slug__in=slugs[start : start + SLUGS_AT_ONCE])
                taken |= set(some.values_list("slug", flat=True))
        return taken

    def take(self, item: Item) -> str:
        """The slug for a story; empty when nothing in its address or headline makes one."""
        base = self._bases[item]
        if not base:
            return ""
        slug = next((slug for slug in _tried(base) if slug not in self._taken), "")
        if not slug:
            slug = self._number_on(base)
        self._taken.add(slug)
        return slug

    def _number_on(self, base: str) -> str:
        """The next number after those that were asked for at once. A query or two."""
        start = base[: SLUG_LENGTH - LONGEST_NUMBER]
        for model in (Story, Edition) if self._in_print else (Story,):
            others = model._default_manager.filter(slug__startswith=start)
            self._taken |= set(others.values_list("slug", flat=True))
        numbered = (_numbered(base, number) for number in count(NUMBERED.stop))
        return next(slug for slug in numbered if slug not in self._taken)


def sections_by_name() -> dict[str, Section]:
    """Every section under its name and its slug. One query."""
    sections = list(Section.objects.all())
    names = {section.name.casefold(): section for section in sections}
    return names | {section.slug.casefold(): section for section in sections}


def authors_by_name() -> dict[str, Author]:
    """Every author under the name. One query."""
    return {author.name.casefold(): author for author in reversed(Author.objects.order_by("name", "pk"))}


def tag_stories(stories: Sequence[tuple[Story, Sequence[str]]]) -> None:
    """Give new stories their topics, as `story.topics.add` would. Two queries, and more for a new topic."""
    wanted = [(story, _topics(topics)) for story, topics in stories]
    names = list(dict.fromkeys(name for _story, topics in wanted for name in topics))
    if not names:
        return
    tags = _find_tags(names)
    for name in names:
        if name.casefold() not in tags:
            tags[name.casefold()] = Tag.objects.create(name=name)
    kind = ContentType.objects.get_for_model(Story)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tags[name.casefold()], content_type=kind, object_id=story.pk)
        for story, topics in wanted
        for name in topics
    )


def _topics(topics: Sequence[str]) -> tuple[str, ...]:
    return clean_topics([topic[:TOPIC_LENGTH] for topic in topics])


def _find_tags(names: Sequence[str]) -> dict[str, Tag]:
    """Topics on file, whatever the case of their letters."""
    forms = {form for name in names for form in (name, name.lower())}
    lowered = "LOWER(name)" if connection.vendor == "postgresql" else "name COLLATE NOCASE"
    places = ", ".join(["%s"] * len(forms))
    found = Tag.objects.extra(where=[f"{lowered} IN ({places})"], params=sorted(forms))  # noqa: S610
    return {tag.name.casefold(): tag for tag in reversed(found.order_by("pk"))}


def slug_base(item: Item) -> str:
    """What the slug of a story is made from: its own, the end of its address, or its headline."""
    name = PurePosixPath(item.path).stem if item.path else ""
    parts = (item.slug, name if "-" in name else "", item.headline)
    made = (slugify(part)[:SLUG_LENGTH].strip("-") for part in parts)
    return next(filter(None, made), "")


def _tried(base: str) -> list[str]:
    return [base, *(_numbered(base, number) for number in NUMBERED)]


def _numbered(base: str, number: int) -> str:
    return f"{base[: SLUG_LENGTH - len(str(number)) - 1]}-{number}"
