"""The front page and the lists of stories."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import jsonld
from articles.house import House, page, public_page
from articles.models import Correction, Edition, EditionQuote, EditionTopic, Section, Story
from articles.views.errors import gone
from articles.views.lists import stories_page

RECENT = 40  # stories from which the top of the front page is chosen
UNDER_LEAD = 2
SECONDARY = 3
IN_BRIEF = 7
IN_SECTION = 5
CORRECTIONS = 3
QUOTES = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A section on the front page."""

    section: Section
    stories: list[Edition]


@dataclass(frozen=True, slots=True)
class Front:
    """What stands where on the front page."""

    lead: Edition | None
    under_lead: list[Edition]
    secondary: list[Edition]
    brief: list[Edition]
    developing: list[Edition]
    blocks: list[Block]


@require_safe
@public_page
def front(request: HttpRequest) -> HttpResponse:
    """The front page: the lead, what comes after it, each section, words on record, corrections."""
    house: House = request.house
    stories = Edition.objects.published(house.now)
    recent = list(stories.for_list()[:RECENT])
    context = {
        "front": arrange_front(house, recent, _latest_of_each(house, stories)),
        "quotes": _on_record(recent),
        "corrections": Correction.objects.published(house.now).with_stories(house.now)[:CORRECTIONS],
        "jsonld": jsonld.dump(jsonld.publisher(), jsonld.website()),
    }
    return page(request, "articles/front.html", context)


def arrange_front(house: House, recent: list[Edition], by_section: list[Edition]) -> Front:
    """Give each story one place: the newest with a picture leads, a developing one before all others."""
    # What an advertiser paid for is no news: it stands in its section only, where it says so.
    news = [story for story in recent if not is_paid_for(story)]
    lead = min(news[:12], key=lambda story: (not story.developing, not story.image), default=None)
    rest = [story for story in news if story is not lead]
    secondary, rest = rest[:SECONDARY], rest[SECONDARY:]
    under_lead, rest = rest[:UNDER_LEAD], rest[UNDER_LEAD:]
    shown = {story.pk for story in [*secondary, *under_lead, lead] if story}
    blocks = []
    for section in house.sections:
        stories = [s for s in by_section if s.section_slug == section.slug and s.pk not in shown]
        if stories:
            stories.sort(key=is_paid_for)  # an advertiser never opens a section
            blocks.append(Block(section, stories[:IN_SECTION]))
    developing = [story for story in news if story.developing and story.pk not in shown]
    return Front(lead, under_lead, secondary, rest[:IN_BRIEF], developing[:3], blocks)


def _latest_of_each(house: House, stories: QuerySet[Edition]) -> list[Edition]:
    """The newest stories of each section, enough to leave some when the top took its own. One query."""
    wanted = Q(pk__in=[])
    for section in house.sections:
        newest = stories.filter(section_slug=section.slug).newest_first()
        wanted |= Q(pk__in=newest.values("pk")[: IN_SECTION + UNDER_LEAD + SECONDARY + 1])
    return list(stories.filter(wanted).for_list())


def is_paid_for(story: Edition) -> bool:
    """Whether an advertiser paid for the story."""
    return story.type_of_work == Story.TypeOfWork.ADVERTISER


def _on_record(recent: list[Edition]) -> list[EditionQuote]:
    """Verified quotes that can be set large, of different people in different stories. One query."""
    found = EditionQuote.objects.filter(edition__in=recent, kind="direct", verification="verified")
    order = {story.pk: place for place, story in enumerate(recent)}
    quotes = sorted(
        (quote for quote in found.with_edition() if quote.fits_large),
        key=lambda quote: (order[quote.edition_id], quote.position),
    )
    of_story = {quote.edition_id: quote for quote in reversed(quotes)}
    of_speaker = {quote.speaker_slug: quote for quote in of_story.values() if not is_paid_for(quote.edition)}
    return sorted(of_speaker.values(), key=lambda quote: order[quote.edition_id])[:QUOTES]


@require_safe
@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """Every story, newest first."""
    found = stories_page(Edition.objects.published(request.house.now), request)
    return page(request, "articles/archive.html", {"page": found})


@require_safe
@public_page
def section(request: HttpRequest, section_slug: str) -> HttpResponse:
    """The stories of a section; 301 to where they are now when it has another address."""
    house: House = request.house
    section = house.section(section_slug)
    stories = Edition.objects.published(house.now).filter(section_slug=section_slug)
    found = stories_page(stories, request)
    if section is None:
        if not found.stories:
            return _moved_section(request, section_slug)
        section = Section(name=found.stories[0].section_name, slug=section_slug)
    context = {"section": section, "page": found, "jsonld": jsonld.dump(jsonld.section_trail(section))}
    return page(request, "articles/section.html", context)


def _moved_section(request: HttpRequest, section_slug: str) -> HttpResponse:
    former = Edition.objects.once_live(request.house.now).filter(section_slug=section_slug)
    current = Edition.objects.published(request.house.now).filter(story__in=former.values("story_id"))
    moved = current.newest_first().values_list("section_slug", flat=True).first()
    if moved is None:
        if former.exists():
            return gone(request)
        raise Http404(_("There is no section of that name."))
    return HttpResponsePermanentRedirect(reverse("articles:section", args=[moved]))


@require_safe
@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories about a topic."""
    now = request.house.now
    stories = Edition.objects.published(now).filter(topic_rows__slug=slug)
    found = stories_page(stories, request)
    if not found.stories:
        if Edition.objects.once_live(now).filter(topic_rows__slug=slug).exists():
            return gone(request)
        raise Http404(_("There is no topic of that name."))
    names = {topic["slug"]: topic["name"] for topic in found.stories[0].topics}
    context = {"topic": EditionTopic(name=names.get(slug, slug), slug=slug), "page": found}
    return page(request, "articles/topic.html", context)
