"""How the paper writes times, addresses, pictures and colours."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles import dates
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


for written in (dates.parsed, dates.moment, dates.day, dates.near_day, dates.full_day, dates.year):
    register.filter(written)


@register.simple_tag(takes_context=True)
def shared(context: template.Context, name: str, **page: str | bool) -> SafeString:
    """The template called `name`, which shows the paper and `page`: rendered once until they change."""
    house, paper = context["house"], context["newsroom"]

    def make() -> SafeString:
        return render_to_string(name, {"house": house, "newsroom": paper, **page})

    # A look that is only tried on has a house of others.
    return house.once((name, *page.items()), make) if paper is house.paper else make()


@register.simple_tag(takes_context=True)
def listed(context: template.Context, name: str, edition: Edition, **look: str | bool | int) -> SafeString:
    """The template called `name`, which shows an edition in a list, rendered once for each day and colour."""
    house = context["house"]
    today, desk = timezone.localdate(house.now), house.desk(edition.section_slug)
    if settings.DEBUG or edition.pk is None:
        return render_to_string(name, {"house": house, "edition": edition, **look})
    key = (name, edition.pk, edition.created_at, today, desk, get_language(), *look.items())
    return _rendered(_Listed(key, {"house": house, "edition": edition, **look}))


@dataclass(frozen=True, slots=True)
class _Listed:
    """An edition in a list. Two are the same when all that shows of them is: an edition is written once."""

    key: tuple[Hashable, ...]
    context: dict[str, Any] = field(compare=False)


@lru_cache(maxsize=2000)
def _rendered(listed: _Listed) -> SafeString:
    html = render_to_string(str(listed.key[0]), listed.context)
    listed.context.clear()  # the key is kept: it must not hold a house and an edition
    return html


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
