"""The front page as editors arranged it, the same before it is decided, and what is still developing."""

from dataclasses import dataclass
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import jsonld
from articles.house import House, depends_on, open_house, page, public_page, read_only
from articles.models import (
    Arrangement,
    Correction,
    Edition,
    EditionQuote,
    FrontPage,
    Part,
    Place,
    Section,
    Slot,
    Story,
)
from articles.models.front import MOST
from articles.models.one_of import one_of
from articles.models.surrogate import FRONT, LISTS
from articles.views.lists import stories_page

RECENT = 40  # stories from which the top of the front page is chosen
LEADING = 12  # of those, the ones that may lead
IN_BRIEF = 7
IN_SECTION = 5
DEVELOPING = 3
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


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """The front page: the lead, what comes after it, each section, words on record, corrections."""
    depends_on(request, FRONT)
    # Nothing on it is older than the house: what would change it gives the site its next version.
    return HttpResponse(request.house.once("front page", lambda: _front_page(request)))


def _front_page(request: HttpRequest) -> bytes:
    context = front_context(request.house, FrontPage.objects.arrangement())
    return page(request, "articles/front.html", context).content


@read_only
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # it stands beside the form
@never_cache
@staff_member_required(login_url="admin:login")
def front_preview(request: HttpRequest) -> HttpResponse:
    """The front page as `?slot=` and `?hide=` arrange it, for who may arrange it; nothing is decided yet."""
    if not request.user.has_perm("articles.arrange_frontpage"):
        raise PermissionDenied
    slots = [slot for code in request.GET.getlist("slot") if (slot := Slot.read(code))]
    arrangement = Arrangement(tuple(slots), tuple(request.GET.getlist("hide")))
    request.house = open_house()
    context = front_context(request.house, arrangement) | {"preview": True}
    response = page(request, "articles/front.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@public_page
def developing(request: HttpRequest) -> HttpResponse:
    """Every story that is still developing, newest first."""
    depends_on(request, LISTS)
    stories = Edition.objects.published(request.house.now).filter(developing=True)
    return page(request, "articles/developing.html", {"page": stories_page(stories, request)})


def arrange_front(
    house: House, recent: list[Edition], others: list[Edition], arrangement: Arrangement
) -> Front:
    """Give each story one place: where an editor put it, else the newest with a picture leads.

    A developing one leads before all others. `others` are the newest of each section and those with a place.
    What an editor put somewhere and readers cannot see now is passed over, and its place is filled.
    """
    published = {story.story_id: story for story in [*others, *recent]}
    # What an advertiser paid for is no news: it stands in its section only, where it says so.
    due = [published[number] for number in arrangement.due(house.now) if number in published]
    placed = {story.story_id for story in due if not is_paid_for(story)}
    news = [story for story in recent if not is_paid_for(story)]
    free = [story for story in news if story.story_id not in placed]

    def fill(place: Place) -> list[Edition]:
        chosen = [published[n] for n in arrangement.at(place, house.now) if n in placed]
        chosen += free[: max(0, MOST[place] - len(chosen))]
        free[:] = [story for story in free if story not in chosen]
        return chosen[: MOST[place]]

    if not placed & set(arrangement.at(Place.LEAD, house.now)):
        leader = _leader(free)
        free.sort(key=lambda story: story is not leader)
    lead = fill(Place.LEAD)
    secondary, under_lead = fill(Place.SECOND), fill(Place.UNDER)
    top = {story.pk for story in [*lead, *secondary, *under_lead]}
    openers = arrangement.at(Place.SECTION, house.now)
    still = [story for story in news if story.developing and story.pk not in top]
    return Front(
        lead=lead[0] if lead else None,
        under_lead=under_lead,
        secondary=secondary,
        brief=[] if Part.RECENT in arrangement.hidden else free[:IN_BRIEF],
        developing=[] if Part.DEVELOPING in arrangement.hidden else still[:DEVELOPING],
        blocks=_blocks(house, [story for story in others if story.pk not in top], openers),
    )


def _leader(free: list[Edition]) -> Edition | None:
    return min(free[:LEADING], key=lambda story: (not story.developing, not story.image), default=None)


def _blocks(house: House, stories: list[Edition], openers: list[int]) -> list[Block]:
    blocks = []
    for section in house.sections:
        own = [story for story in stories if story.section_slug in house.section_slugs(section.slug)]
        # An advertiser never opens a section.
        own.sort(key=lambda story: (is_paid_for(story), story.story_id not in openers))
        if own:
            blocks.append(Block(section, own[:IN_SECTION]))
    return blocks


def front_context(house: House, arrangement: Arrangement) -> dict[str, Any]:
    """What the template of the front page shows, in a constant number of queries."""
    recent = list(Edition.objects.published(house.now).for_list()[:RECENT])
    hidden = arrangement.hidden
    corrections = Correction.objects.published(house.now).with_stories(house.now)
    return {
        "front": arrange_front(house, recent, _others(house, arrangement), arrangement),
        "quotes": [] if Part.ON_RECORD in hidden else _on_record(recent),
        "corrections": [] if Part.CORRECTIONS in hidden else corrections[:CORRECTIONS],
        "jsonld": jsonld.dump(jsonld.publisher(house.paper, house.policies), jsonld.website(house.paper)),
    }


def _others(house: House, arrangement: Arrangement) -> list[Edition]:
    """The newest stories of each section, enough when the top took its own, and those placed. One query."""
    stories = Edition.objects.published(house.now)
    wanted = Q(story_id__in=arrangement.due(house.now))
    enough = IN_SECTION + MOST[Place.LEAD] + MOST[Place.UNDER] + MOST[Place.SECOND]
    for section in house.sections:
        newest = stories.filter(section_slug__in=house.section_slugs(section.slug)).newest_first()
        wanted |= one_of(newest.values("pk")[:enough])
    return list(stories.filter(wanted).for_list())


def is_paid_for(story: Edition) -> bool:
    """Whether an advertiser paid for the story."""
    return story.type_of_work == Story.TypeOfWork.ADVERTISER


def _on_record(recent: list[Edition]) -> list[EditionQuote]:
    """Verified quotes that can be set large, of different people in different stories. Two queries.

    Where somebody quotes what another said, the newer story has the words.
    """
    stories = {story.pk: story for story in recent}
    order = {number: place for place, number in enumerate(stories)}
    # There are hundreds, of which a few are chosen: so only what it takes to choose. Asked for the verified
    # ones, SQLite would go through all that there are, not through those of a few stories.
    names = ("edition_id", "position", "speaker_slug", "segments", "words", "kind", "verification")
    short = EditionQuote.objects.filter(edition__in=stories).order_by().only(*names)
    verified = (quote for quote in short if (quote.kind, quote.verification) == ("direct", "verified"))
    quotes = sorted(
        (quote for quote in verified if quote.fits_large),
        key=lambda quote: (order[quote.edition_id], quote.position),
    )
    of_story = {quote.edition_id: quote for quote in reversed(quotes)}
    of_speaker = {
        quote.speaker_slug: quote for quote in of_story.values() if not is_paid_for(stories[quote.edition_id])
    }
    chosen: list[EditionQuote] = []
    for quote in sorted(of_speaker.values(), key=lambda quote: order[quote.edition_id]):
        if not any(_repeats(quote, other) or _repeats(other, quote) for other in chosen):
            chosen.append(quote)
    numbers = [quote.pk for quote in chosen[:QUOTES]]
    shown = EditionQuote.objects.order_by().in_bulk(numbers)
    for quote in shown.values():
        quote.edition = stories[quote.edition_id]
    return [shown[number] for number in numbers]


def _repeats(quote: EditionQuote, other: EditionQuote) -> bool:
    return quote.words.rstrip(" .,") in other.words
