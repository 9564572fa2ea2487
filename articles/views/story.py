"""The story, and where it stands now when it was at another address before."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles import jsonld
from articles.house import House, depends_on, public_page
from articles.models import Edition, count_versions, outcomes_of_story, read_outcomes, rendered_page_at
from articles.models.edition import EditionQuerySet
from articles.models.prepared import Prepared
from articles.models.surrogate import section_key, speaker_key, story_key, topic_key
from articles.story_page import HOLE, Parts, cut, hole, render_parts, slugs, stamp
from articles.views.errors import gone
from articles.views.related import related_teasers

RENDERED = Prepared(rendered_page_at, section_slug=str, slug=str, now=datetime)
PAGE = "articles/story_detail.html"
OUTCOMES = "articles/disputes/_story_outcomes.html"
AROUND = "articles/_related.html"


@public_page
def story(request: HttpRequest, section_slug: str, slug: str) -> HttpResponse:
    """The current edition of a story; 301 from an old address, 410 with the notice when it is gone.

    Three queries when the edition was rendered beforehand.
    """
    house: House = request.house
    today = house.once("stamp of parts", lambda: stamp(house.paper))
    # Whatever comes to this address comes to its section.
    depends_on(request, section_key(section_slug))
    found = RENDERED.ask(section_slug=section_slug, slug=slug, now=house.now)
    for story_id, made_by, packed, outcomes in found:
        if made_by == today:
            return _join(request, Parts.unpack(packed), story_id, outcomes, today)
    disputed = outcomes_of_story(OuterRef("story_id"))
    editions = Edition.objects.annotate(versions=count_versions(house.now), disputed=disputed)
    ask = current_edition if found else moved_edition
    edition = ask(editions.with_everything(), section_slug, slug, house.now)
    if edition.gone:
        depends_on(request, story_key(edition.story_id))
        return gone(request, edition)
    if (edition.section_slug, edition.slug) != (section_slug, slug):
        depends_on(request, story_key(edition.story_id))
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    return _join(request, render_parts(edition, house.paper), edition.story_id, edition.disputed, today)


def current_edition(editions: EditionQuerySet, section_slug: str, slug: str, now: datetime) -> Edition:
    """What readers are told now of the story that is, or was, at an address: it may be gone, or elsewhere.

    One query when it is there, two more when it is not. Raises Http404 when readers never saw a story there.
    """
    at_address = editions.filter(section_slug=section_slug, slug=slug)
    edition = at_address.live(now).order_by("-pk").first()
    return edition or moved_edition(editions, section_slug, slug, now)


def moved_edition(editions: EditionQuerySet, section_slug: str, slug: str, now: datetime) -> Edition:
    """The same for a story that is not there any more. Two queries. Raises Http404."""
    former = Edition.objects.filter(section_slug=section_slug, slug=slug).once_live(now)
    last = former.order_by("-live_from").values("story_id")[:1]
    edition = editions.live(now).filter(story__in=last).first()
    if edition is None:
        raise Http404(_("There is no story at this address."))
    return edition


def _join(
    request: HttpRequest, parts: Parts, story_id: int, outcomes: list[dict[str, str]] | None, today: str
) -> HttpResponse:
    """The page: the parts of the story, the paper around them, and what stands there for now."""
    depends_on(request, story_key(story_id), section_key(parts.section), *_subjects(parts))
    house: House = request.house
    disputed = read_outcomes(outcomes)
    pieces = {
        "outcomes": render_to_string(OUTCOMES, {"outcomes": disputed}) if disputed else "",
        "related": _around(related_teasers(story_id, parts, house, today), house),
        **{each.name: getattr(parts, each.name) for each in fields(parts)},
    }
    frame = house.once(("frame of stories", parts.section), lambda: _frame(house, parts.section))
    # Text and the names of holes take turns.
    body = "".join(pieces[piece] if place % 2 else piece for place, piece in enumerate(frame))
    return HttpResponse(body)


def _subjects(parts: Parts) -> Iterator[str]:
    """The keys of those whose newest stories may be related to this one."""
    yield from map(topic_key, slugs(parts.topics))
    yield from map(speaker_key, slugs(parts.speakers))


def _frame(house: House, section_slug: str) -> list[str]:
    """The page of any story of a section, rendered with holes where something differs, and cut there."""
    names = [each.name for each in fields(Parts)]
    holes = {name: hole(name) for name in [*names, "outcomes", "related"]}
    data = holes["data"] + jsonld.dump_node(jsonld.publisher(house.paper, house.policies)) + holes["data_end"]
    said = {"house": house, "newsroom": house.paper, "section_slug": section_slug, "jsonld": data}
    return cut(render_to_string(PAGE, {**holes, **said, "parts": holes}))


def _around(teasers: str, house: House) -> str:
    if not teasers:
        return ""
    frame = house.once("frame of related", lambda: render_to_string(AROUND, {"related": HOLE}).split(HOLE))
    before, after = frame
    return f"{before}{teasers}{after}"
