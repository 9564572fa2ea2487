"""Where the links of a body lead inside the paper: to something readers can open now, later, or never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from articles.models import Author, Edition, EditionQuote, Section, Speaker, Story


class Leads(Enum):
    """What readers find at an address."""

    SOMEWHERE = "somewhere"
    LATER = "later"  # nothing yet: what belongs there is not published
    NOWHERE = "nowhere"


def follow_links(addresses: Iterable[str]) -> dict[str, Leads]:
    """Where each of `addresses`, all of this site, leads now.

    At most seven queries, however many links there are, and none for kinds of pages that nothing links to.
    """
    found: dict[str, Leads] = {}
    by_page: dict[str, dict[str, str]] = {}
    stories: dict[str, tuple[str, str]] = {}
    for address in addresses:
        try:
            match = resolve(urlsplit(address).path)
        except (Resolver404, ValueError):
            found[address] = Leads.NOWHERE
            continue
        if match.view_name == "articles:story":
            stories[address] = (match.kwargs["section_slug"], match.kwargs["slug"])
        elif match.view_name in _VALUES:
            by_page.setdefault(match.view_name, {})[address] = next(iter(match.kwargs.values()))
        else:
            found[address] = Leads.SOMEWHERE
    found |= _to_stories(stories)
    for page, wanted in by_page.items():
        found |= _to_records(page, wanted)
    return found


def _to_stories(stories: Mapping[str, tuple[str, str]]) -> dict[str, Leads]:
    if not stories:
        return {}
    slugs = {slug for _, slug in stories.values()}
    at = ("section_slug", "slug")
    seen = set(Edition.objects.once_live().filter(slug__in=slugs).values_list(*at))
    gone = set(Edition.objects.live().filter(slug__in=slugs, gone=True).values_list(*at))
    planned = set(
        Story.objects.filter(slug__in=slugs)
        .exclude(status__in=[Story.Status.SPIKED, Story.Status.KILLED])
        .values_list("section__slug", "slug")
    )
    return {
        address: Leads.SOMEWHERE
        if place in seen - gone
        else Leads.LATER
        if place in planned - gone
        else Leads.NOWHERE
        for address, place in stories.items()
    }


def _to_records(page: str, wanted: Mapping[str, str]) -> dict[str, Leads]:
    now, later = _VALUES[page]
    values = set(wanted.values())
    there = now(values)
    coming = later(values - there) if values - there else set()
    return {
        address: Leads.SOMEWHERE if value in there else Leads.LATER if value in coming else Leads.NOWHERE
        for address, value in wanted.items()
    }


def _speakers(slugs: set[str]) -> set[str]:
    published = EditionQuote.objects.published().of_named_speakers().filter(speaker_slug__in=slugs)
    return set(published.values_list("speaker_slug", flat=True))


def _known_speakers(slugs: set[str]) -> set[str]:
    return set(Speaker.objects.filter(slug__in=slugs, unnamed=False).values_list("slug", flat=True))


def _quotes(keys: set[str]) -> set[str]:
    return set(
        EditionQuote.objects.published().filter(quote_key__in=keys).values_list("quote_key", flat=True)
    )


def _sections(slugs: set[str]) -> set[str]:
    return set(Section.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def _authors(slugs: set[str]) -> set[str]:
    return set(Author.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def _none(values: set[str]) -> set[str]:
    return set()


# For each kind of page, which of its values readers can open now, and which they may be able to open later.
_VALUES: Final = {
    "articles:speaker": (_speakers, _known_speakers),
    "articles:quote": (_quotes, _none),
    "articles:section": (_sections, _none),
    "articles:author": (_authors, _none),
}
