"""The story, and where it stands now when it was at another address before."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from articles import jsonld
from articles.house import House, depends_on, page, public_page
from articles.models import Edition, EditionQuote, outcomes_of_story, read_outcomes
from articles.models.edition import EditionQuerySet
from articles.models.surrogate import section_key, speaker_key, story_key, topic_key
from articles.views.errors import gone
from articles.views.related import read_around


@public_page
def story(request: HttpRequest, section_slug: str, slug: str) -> HttpResponse:
    """The current edition of a story; 301 from an old address, 410 with the notice when it is gone."""
    house: House = request.house
    disputed = outcomes_of_story(OuterRef("story_id"))
    editions = Edition.objects.annotate(versions=_versions(house.now), disputed=disputed)
    editions = editions.prefetch_related("quotes")
    edition = current_edition(editions, section_slug, slug, house.now)
    # Whatever comes to this address comes to its section.
    depends_on(request, story_key(edition.story_id), section_key(section_slug))
    if edition.gone:
        return gone(request, edition)
    if (edition.section_slug, edition.slug) != (section_slug, slug):
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    depends_on(request, section_key(edition.section_slug), *_subjects(edition))
    corrections, related = read_around(edition, house.now)
    quotes = list(edition.quotes.all())
    context = {
        "edition": edition,
        "quotes": once_each(quotes),
        "contested": [quote for quote in once_each(quotes) if quote.contested],
        "corrections": corrections,
        "related": related,
        "outcomes": read_outcomes(edition.disputed),
        "jsonld": jsonld.dump(
            jsonld.story(edition, quotes, corrections, by=jsonld.publisher(house.paper, house.policies)),
            jsonld.story_trail(edition, house.paper),
        ),
    }
    return page(request, "articles/story_detail.html", context)


def _subjects(edition: Edition) -> Iterator[str]:
    """The keys of those whose newest stories may be related to this one."""
    yield from (topic_key(topic["slug"]) for topic in edition.topics)
    yield from (speaker_key(quote.speaker_slug) for quote in edition.quotes.all() if quote.has_speaker_page)


def current_edition(editions: EditionQuerySet, section_slug: str, slug: str, now: datetime) -> Edition:
    """What readers are told now of the story that is, or was, at an address: it may be gone, or elsewhere.

    One query when it is there, two more when it is not. Raises Http404 when readers never saw a story there.
    """
    at_address = editions.filter(section_slug=section_slug, slug=slug)
    edition = at_address.live(now).order_by("-pk").first()
    if edition is None:
        former = Edition.objects.filter(section_slug=section_slug, slug=slug).once_live(now)
        last = former.order_by("-live_from").values("story_id")[:1]
        edition = editions.live(now).filter(story__in=last).first()
    if edition is None:
        raise Http404(_("There is no story at this address."))
    return edition


def once_each(quotes: list[EditionQuote]) -> list[EditionQuote]:
    """The quotes of an edition, those that it prints twice where they stand first."""
    first: dict[str, EditionQuote] = {}
    for quote in quotes:
        first.setdefault(quote.quote_key, quote)
    return list(first.values())


def _versions(now: datetime) -> Subquery:
    """How many versions of the story readers have seen."""
    seen = Edition.objects.once_live(now).filter(story=OuterRef("story")).order_by()
    return Subquery(seen.values("story").annotate(number=Count("pk")).values("number"))
