"""Entries of feeds, whatever the format: stories with their full text, quotes and corrections."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from articles.house import release
from articles.jsonld import absolute, tag_uri
from articles.models import Correction, Edition, EditionQuote
from articles.text.renditions import jpeg_for
from articles.text.syndicated import with_full_addresses

SUMMARY = 300  # characters of a story without a dek
KEPT = 256  # stories whose texts a process keeps, some megabytes
TITLE = 120  # characters of somebody's words in the title of an entry

_kept: dict[str, tuple[str, str]] = {}  # summary and content


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote an entry, or whose words it has."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The lead picture of an entry."""

    address: str
    media_type: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `identity` stays the same for ever, whatever becomes of the address and the words."""

    identity: str
    address: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    people: tuple[Person, ...] = ()
    categories: tuple[str, ...] = ()
    picture: Picture | None = None
    language: str = ""


def story_entries(editions: Sequence[Edition]) -> tuple[Entry, ...]:
    """The stories, with corrections, pictures, and where each quotation is from.

    An edition never changes, so what was made of it is kept: of thirty stories mostly one is new. The texts
    of `editions` may be deferred; those that are not kept are asked for together.
    """
    keys = {edition.pk: _key(edition) for edition in editions}
    kept = {key: _kept[key] for key in keys.values() if key in _kept}
    missing = [number for number, key in keys.items() if key not in kept]
    if missing:
        found = Edition.objects.filter(pk__in=missing).with_everything()
        kept |= {keys[edition.pk]: _texts(edition) for edition in found}
    _keep(kept)
    return tuple(_story_entry(edition, *kept[keys[edition.pk]]) for edition in editions)


def _keep(texts: dict[str, tuple[str, str]]) -> None:
    """Keep these, and of the others those that were used last."""
    for key, text in texts.items():
        _kept.pop(key, None)
        _kept[key] = text
    for key in list(_kept)[: max(0, len(_kept) - KEPT)]:
        _kept.pop(key, None)


def quote_entries(quotes: Iterable[EditionQuote]) -> tuple[Entry, ...]:
    """The quotes as they stand on record, each with its source and the story that printed it."""
    return tuple(_quote_entry(quote) for quote in quotes)


def correction_entries(corrections: Iterable[Correction]) -> tuple[Entry, ...]:
    """The corrections, each with the story that it mended; from `Correction.objects.with_stories`."""
    return tuple(_correction_entry(each, each.current[0]) for each in corrections if each.current)


def picture_of(image: dict[str, Any] | None) -> Picture | None:
    """The lead picture in the size that feed readers show: the JPEG nearest to 1200 pixels."""
    if not image:
        return None
    best = jpeg_for(image, 1200)
    return Picture(
        address=absolute(best["url"]),
        media_type=best.get("type", ""),
        width=best["width"],
        height=best["height"],
        alt=image.get("alt", ""),
        credit=image.get("credit", ""),
    )


def _key(edition: Edition) -> str:
    """A name for what is made of an edition by this release."""
    made = [edition.pk, edition.created_at, settings.NEWSROOM_URL, settings.LANGUAGE_CODE, release()]
    return hashlib.sha256(repr(made).encode()).hexdigest()


def _texts(edition: Edition) -> tuple[str, str]:
    """The summary and the content of an entry."""
    quotes = list(edition.quotes.all())
    context = {
        "edition": edition,
        "quotes": quotes,
        "contested": [quote for quote in quotes if quote.contested],
        "corrections": edition.story_corrections.all(),
    }
    summary = edition.dek or Truncator(edition.body_text.split("\n\n")[0]).chars(SUMMARY)
    return summary, _render("articles/feeds/story.html", context)


def _story_entry(edition: Edition, summary: str, content: str) -> Entry:
    return Entry(
        identity=tag_uri(edition.first_live_from, f"story/{edition.story_id}"),
        address=absolute(edition.get_absolute_url()),
        title=edition.headline,
        summary=summary,
        content=content,
        published=edition.first_live_from,
        updated=edition.live_from,
        people=tuple(
            Person(byline["name"], absolute(reverse("articles:author", args=[byline["slug"]])))
            for byline in edition.bylines
        ),
        categories=(edition.section_name, *(topic["name"] for topic in edition.topics)),
        picture=picture_of(edition.image),
        language=settings.LANGUAGE_CODE,
    )


def _quote_entry(quote: EditionQuote) -> Entry:
    # The comma before “, she said” has no work here.
    segments = [segment.rstrip().removesuffix(",") for segment in quote.segments]
    words = " … ".join(f"“{segment}”" for segment in segments)
    page = reverse("articles:speaker", args=[quote.speaker_slug]) if quote.has_speaker_page else ""
    return Entry(
        identity=absolute(quote.get_absolute_url()),  # the key of a quote never changes
        address=absolute(quote.get_absolute_url()),
        title=f"{quote.speaker_name or _('Speaker not recorded')}: {Truncator(words).chars(TITLE)}",
        summary=words,
        content=_render("articles/feeds/quote.html", {"quote": quote}),
        published=quote.edition.first_live_from,
        # A thousandth of a second apart: the validator wants no two entries of a feed updated at once.
        updated=quote.edition.live_from + timedelta(milliseconds=quote.position),
        people=(Person(quote.speaker_name, absolute(page) if page else ""),) if quote.speaker_name else (),
        categories=(quote.edition.section_name, *(topic["name"] for topic in quote.edition.topics)),
        language=quote.language,
    )


def _correction_entry(correction: Correction, edition: Edition) -> Entry:
    kind = capfirst(correction.get_kind_display())
    return Entry(
        identity=tag_uri(correction.at, f"correction/{correction.pk}"),
        address=absolute(edition.get_absolute_url()),
        title=f"{kind}: {edition.headline}",
        summary=correction.text,
        content=_render("articles/feeds/correction.html", {"correction": correction, "edition": edition}),
        published=correction.at,
        updated=correction.at,
        categories=(kind, edition.section_name),
        language=settings.LANGUAGE_CODE,
    )


def _render(template: str, context: dict[str, Any]) -> str:
    # A feed reader shows the entry under an address of its own, where a path leads nowhere.
    html = render_to_string(template, context).strip()
    return with_full_addresses(html, settings.NEWSROOM_URL)
