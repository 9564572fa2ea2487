"""What a feed is of, and what stands in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.feeds.entries import Entry, correction_entries, quote_entries, story_entries
from articles.house import House
from articles.models import Correction, Edition, EditionQuote, FormerAddress
from articles.models.edition import EditionQuerySet
from articles.models.surrogate import LISTS, author_key, section_key, speaker_key, topic_key
from articles.moved import Where, where_author, where_section, where_speaker, where_topic

ITEMS = 30


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed without its format. `name` and `slug` make its address, `page` is the page that it follows."""

    name: str
    title: str
    description: str
    page: str
    entries: tuple[Entry, ...]
    slug: str = ""
    keys: tuple[str, ...] = (LISTS,)  # what it depends on

    def address(self, form: str) -> str:
        """The path of the feed in a format."""
        return reverse(f"articles:{self.name}", args=[self.slug, form] if self.slug else [form])


Subject = Callable[[House, str], "Channel | Where"]


def whole_paper(house: House, slug: str) -> Channel:
    """The latest stories."""
    return Channel(
        name="feed",
        title=house.paper.name,
        description=house.paper.tagline,
        page=reverse("articles:front"),
        entries=story_entries(_newest(Edition.objects.published(house.now))),
    )


def section(house: House, slug: str) -> Channel | Where:
    """The latest stories of a section; a section without a story has an empty feed."""
    found = house.section(slug)
    stories = Edition.objects.published(house.now).filter(section_slug__in=house.section_slugs(slug))
    entries = () if house.leads.get(slug) else story_entries(_newest(stories))
    if house.leads.get(slug) or (found is None and not entries):
        return where_section(slug, house)
    return Channel(
        name="section_feed",
        slug=slug,
        keys=tuple(map(section_key, house.section_slugs(slug))),
        title=f"{house.paper.name}: {found.name if found else entries[0].categories[0]}",
        description=(found.description if found else "") or house.paper.tagline,
        page=reverse("articles:section", args=[slug]),
        entries=entries,
    )


def topic(house: House, slug: str) -> Channel | Where:
    """The latest stories about a topic."""
    known = FormerAddress.objects.known(FormerAddress.Kind.TOPIC, slug)
    stories = _newest(Edition.objects.published(house.now).filter(topic_rows__slug__in=known.slugs))
    if known.now or not stories:
        return where_topic(known, house.now)
    name = next(topic["name"] for topic in stories[0].topics if topic["slug"] in known.slugs)
    return Channel(
        name="topic_feed",
        slug=slug,
        keys=tuple(map(topic_key, known.slugs)),
        title=f"{house.paper.name}: {name}",
        description=_("Stories about %(topic)s in %(paper)s.") % {"topic": name, "paper": house.paper.name},
        page=reverse("articles:topic", args=[slug]),
        entries=story_entries(stories),
    )


def author(house: House, slug: str) -> Channel | Where:
    """The latest stories that an author signed."""
    known = FormerAddress.objects.known(FormerAddress.Kind.AUTHOR, slug)
    stories = _newest(Edition.objects.published(house.now).filter(byline_rows__slug__in=known.slugs))
    if known.now or not stories:
        return where_author(known, house.now)
    name = next(byline["name"] for byline in stories[0].bylines if byline["slug"] in known.slugs)
    return Channel(
        name="author_feed",
        slug=slug,
        keys=tuple(map(author_key, known.slugs)),
        title=f"{house.paper.name}: {name}",
        description=_("Stories by %(name)s in %(paper)s.") % {"name": name, "paper": house.paper.name},
        page=reverse("articles:author", args=[slug]),
        entries=story_entries(stories),
    )


def speaker(house: House, slug: str) -> Channel | Where:
    """What a speaker said, the latest printed first."""
    said = EditionQuote.objects.once_each(house.now).of_named_speakers().filter(speaker_slug=slug)
    quotes = list(said.with_edition().order_by("-pk")[:ITEMS])
    if not quotes:
        return where_speaker(slug, house.now)
    name = quotes[0].speaker_name
    return Channel(
        name="speaker_feed",
        slug=slug,
        keys=(speaker_key(slug),),
        title=_("%(paper)s: %(name)s on the record") % {"paper": house.paper.name, "name": name},
        description=_("What %(name)s said, when, and in which source.") % {"name": name},
        page=reverse("articles:speaker", args=[slug]),
        entries=quote_entries(quotes),
    )


def quotes(house: House, slug: str) -> Channel:
    """Every quotation, the latest printed first."""
    on_record = EditionQuote.objects.once_each(house.now).with_edition().order_by("-pk")
    return Channel(
        name="quotes_feed",
        title=_("%(paper)s: on the record") % {"paper": house.paper.name},
        description=_("Every quotation that the paper has printed, with its source."),
        page=reverse("articles:quotes"),
        entries=quote_entries(on_record[:ITEMS]),
    )


def corrections(house: House, slug: str) -> Channel:
    """What the paper got wrong, and what is right."""
    found = Correction.objects.published(house.now).with_stories(house.now)
    return Channel(
        name="corrections_feed",
        title=_("%(paper)s: corrections") % {"paper": house.paper.name},
        description=_("What we got wrong, and what is right."),
        page=reverse("articles:corrections"),
        entries=correction_entries(found[:ITEMS]),
    )


def _newest(stories: EditionQuerySet) -> list[Edition]:
    return list(stories.for_list()[:ITEMS])


SUBJECTS: Mapping[str, Subject] = {
    "site": whole_paper,
    "section": section,
    "topic": topic,
    "author": author,
    "speaker": speaker,
    "quotes": quotes,
    "corrections": corrections,
}
