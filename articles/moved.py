"""Where a page is now whose address readers knew: at another address, gone for good, or never there."""

from dataclasses import dataclass
from datetime import datetime

from articles.house import House
from articles.models import Edition, EditionQuote, FormerAddress, ImportedStory
from articles.models.former_address import Known

Kind = FormerAddress.Kind


@dataclass(frozen=True, slots=True)
class Where:
    """`slug` is the last part of the address now; without one, `known` says whether the page ever was."""

    slug: str = ""
    known: bool = False


def where_section(slug: str, house: House) -> Where:
    """Where a section is that has another address, or the stories of one that is no more."""
    if house.leads.get(slug):
        return Where(house.leads[slug], known=True)
    former = Edition.objects.once_live(house.now).filter(section_slug=slug)
    current = Edition.objects.published(house.now).filter(story__in=former.values("story_id"))
    moved = current.newest_first().values_list("section_slug", flat=True).first() or ""
    given_up = FormerAddress.objects.filter(kind=Kind.SECTION, slug=slug)
    return Where(house.leads.get(moved, moved), known=former.exists() or given_up.exists())


def where_topic(known: Known, now: datetime) -> Where:
    """Where a topic is that has another address, or whether readers knew one without a story."""
    shown = Edition.objects.once_live(now).filter(topic_rows__slug__in=known.slugs)
    return Where(known.now or "", known=known.now is not None or shown.exists())


def where_author(known: Known, now: datetime) -> Where:
    """Where an author is who has another address, or whether readers knew one without a story."""
    shown = Edition.objects.once_live(now).filter(byline_rows__slug__in=known.slugs)
    return Where(known.now or "", known=known.now is not None or shown.exists())


def where_speaker(slug: str, now: datetime) -> Where:
    """Where a speaker is who was merged into another, or whether readers knew one without a quote.

    Words that are somebody else's, as a correction said, lead nowhere: they make nobody that person.
    """
    quotes = EditionQuote.objects.of_named_speakers()
    shown = Edition.objects.once_live(now)
    if not quotes.filter(speaker_slug=slug, edition__in=shown).exists():
        return Where()  # a record that only the desk knew, whatever became of it
    into = FormerAddress.objects.known(Kind.SPEAKER, slug).now or ""
    is_shown = bool(into) and quotes.published(now).filter(speaker_slug=into).exists()
    return Where(into if is_shown else "", known=True)


def where_imported(path: str, now: datetime) -> str:
    """The address of the story that readers knew under `path` in another system; empty when there is none."""
    known = ImportedStory.objects.filter(path=path).values("story_id")[:1]
    edition = Edition.objects.live(now).filter(story__in=known).only("section_slug", "slug").first()
    return edition.get_absolute_url() if edition is not None and path else ""
