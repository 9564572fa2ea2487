"""How the paper writes times, addresses, pictures and colours."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.jsonld import absolute as absolute_address
from articles.models import Edition, Story
from articles.text.renditions import jpeg_for

register = template.Library()

WORDS_PER_MINUTE = 230
FOCUS_STEP = 5


@register.simple_tag(takes_context=True)
def desk(context: template.Context, section_slug: str) -> int:
    """The number of the section's colour."""
    return context["house"].desk(section_slug)


@register.filter
def parsed(value: object) -> object:
    """A moment or a day that an edition keeps as text; what is neither, unchanged."""
    if not isinstance(value, str):
        return value
    return (parse_datetime(value) if "T" in value else parse_date(value)) or value


@register.filter
def moment(value: datetime | str | None) -> str:
    """A moment for people, with its zone, in a <time>."""
    when = parsed(value)
    if not isinstance(when, datetime):
        return day(when)
    local = timezone.localtime(when)
    # The zone is kept with the hour, so that they are never parted at the end of a line.
    words = f"{_unbroken(local)}, {date_format(local, 'H:i')}\u00a0{date_format(local, 'T')}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A day for people, in a <time>; nothing for no day."""
    when = parsed(value)
    if isinstance(when, datetime):
        when = timezone.localtime(when)
    if not isinstance(when, date):
        return str(when or "")
    # A <time> may be a day: the hour would say more than the words do.
    return format_html('<time datetime="{}">{}</time>', f"{when:%Y-%m-%d}", _unbroken(when))


@register.filter
def near_day(value: datetime, now: datetime) -> str:
    """When a story in a list appeared, in as few words as tell it: the hour today, no year this year."""
    local, today = timezone.localtime(value), timezone.localtime(now)
    if local.date() == today.date():
        hour = date_format(local, "H:i")
        return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), hour)
    if local.year != today.year:
        return day(value)
    words = date_format(local, "j\u00a0F")
    return format_html('<time datetime="{}">{}</time>', f"{local:%Y-%m-%d}", words)


@register.filter
def full_day(value: datetime) -> str:
    """The day for the top of the front page, with the day of the week."""
    local = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', f"{local:%Y-%m-%d}", date_format(local, "l j F Y"))


@register.filter
def year(value: str | None) -> str:
    """The year of a day that an edition keeps as text."""
    when = parsed(value)
    return str(when.year) if isinstance(when, date) else ""


def _unbroken(when: date) -> str:
    # The number stays with its month at the end of a line.
    return date_format(when, "j\u00a0F Y")


@register.filter
def reading_time(edition: Edition) -> str:
    """How long it takes to read the story."""
    minutes = max(1, round(edition.word_count / WORDS_PER_MINUTE))
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@register.filter
def absolute(address: str) -> str:
    """The full address of a page or a file of this site."""
    return absolute_address(address)


@register.filter
def srcset(image: dict[str, Any], media_type: str) -> str:
    """The renditions of an image that have the media type, for a srcset."""
    fitting = [each for each in image.get("renditions", []) if each["type"] == media_type]
    return ", ".join(f"{each['url']} {each['width']}w" for each in sorted(fitting, key=lambda r: r["width"]))


@register.filter
def fallback(image: dict[str, Any]) -> str:
    """The address for a browser that reads no srcset: a JPEG of middle size, else the picture itself."""
    return jpeg_for(image, 960)["url"]


@register.filter
def for_sharing(image: dict[str, Any]) -> Mapping[str, Any]:
    """The picture in the size that other sites show beside a link, with its measures."""
    return jpeg_for(image, 1200)


@register.filter
def in_steps(percent: int | str | None) -> int:
    """A place of the focal point, in per cent, in the steps of the stylesheets; the middle when unknown."""
    return FOCUS_STEP * round(int(50 if percent in (None, "") else percent) / FOCUS_STEP)


@register.filter
def labels(edition: Edition) -> list[tuple[str, str]]:
    """The labels above a headline, each with its class: what the story is, then its kicker or section."""
    found: list[tuple[str, str]] = []
    if edition.developing:
        found.append(("developing", _("Developing")))
    if edition.type_of_work == Story.TypeOfWork.ADVERTISER:
        found.append(("advertiser", _("Paid for by an advertiser")))
    elif edition.type_of_work != Story.TypeOfWork.NEWS:
        found.append(("work", capfirst(Story.TypeOfWork(edition.type_of_work).label)))
    last = edition.kicker or edition.section_name
    # Editors sometimes write into the kicker what the paper says anyway.
    if last.casefold() not in [text.casefold() for __, text in found]:
        found.append(("subject", last))
    return found


@register.filter
def is_opinion(edition: Edition) -> bool:
    """Whether the story is somebody's view: its headline looks different wherever it stands."""
    return edition.type_of_work == Story.TypeOfWork.OPINION


@register.filter
def structured_data(document: str) -> SafeString:
    """JSON-LD as `jsonld.dump` escaped it; refuses what could end the script element."""
    if set("<>&") & set(document):
        raise ValueError("JSON-LD for a page must come from jsonld.dump, which escapes <, > and &.")
    return mark_safe(document)  # noqa: S308
