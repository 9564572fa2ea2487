"""Where a page is now whose address readers knew: at another address, gone for good, or never there."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Edition, EditionQuote


@dataclass(frozen=True, slots=True)
class Where:
    """`slug` is the last part of the address now; without one, `known` says whether the page ever was."""

    slug: str = ""
    known: bool = False


def where_section(slug: str, now: datetime) -> Where:
    """Where the stories of a section that is no more are now."""
    former = Edition.objects.once_live(now).filter(section_slug=slug)
    current = Edition.objects.published(now).filter(story__in=former.values("story_id"))
    moved = current.newest_first().values_list("section_slug", flat=True).first()
    return Where(moved or "", known=former.exists())


def where_topic(slug: str, now: datetime) -> Where:
    """Whether readers knew a topic without a story."""
    return Where(known=Edition.objects.once_live(now).filter(topic_rows__slug=slug).exists())


def where_author(slug: str, now: datetime) -> Where:
    """Whether readers knew an author without a story."""
    return Where(known=Edition.objects.once_live(now).filter(byline_rows__slug=slug).exists())


def where_speaker(slug: str, now: datetime) -> Where:
    """Where a speaker is whose name changed or who was merged into another."""
    shown = Edition.objects.once_live(now)
    former = EditionQuote.objects.of_named_speakers().filter(speaker_slug=slug, edition__in=shown)
    current = EditionQuote.objects.published(now).of_named_speakers()
    newest = current.filter(quote_key__in=former.values("quote_key")).order_by("-pk").first()
    if newest is None:
        # Every story with these words is gone; the one into whom the speaker was merged may have others.
        merged = shown.filter(kind=Edition.Kind.RECORD)
        later = EditionQuote.objects.of_named_speakers().filter(edition__in=merged).order_by("-pk")
        last = later.filter(quote_key__in=former.values("quote_key")).first()
        newest = last and current.filter(speaker_slug=last.speaker_slug).first()
    return Where(newest.speaker_slug if newest else "", known=former.exists())
