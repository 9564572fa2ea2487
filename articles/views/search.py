"""Search over what is published: one page that shows the best of each kind, and a list for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.house import depends_on, page, public_page
from articles.models import Edition, EditionQuote, NameWords
from articles.models.surrogate import LISTS, SEARCH
from articles.search import (
    PER_PAGE,
    Found,
    Narrowing,
    search_quotes,
    search_sources,
    search_speakers,
    search_stories,
    suggest_terms,
)
from articles.text.terms import MAX_CHARACTERS, Terms, read_terms

KINDS: Final[dict[str, str | Promise]] = {
    "stories": gettext_lazy("Stories"),
    "quotes": gettext_lazy("Quotes"),
    "speakers": gettext_lazy("Speakers"),
    "sources": gettext_lazy("Sources"),
}
IN_OVERVIEW: Final = 3
MOST_CHOICES: Final = 8  # topics and speakers of the results, to narrow the search with
NARROWED: Final = ("section", "topic", "speaker", "since", "until")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `problems` are sentences about what in it cannot be read."""

    words: str
    terms: Terms
    kind: str  # of KINDS, or empty for the overview
    page: int
    narrowing: Narrowing
    problems: tuple[str, ...]


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `?q=`: the best of everything, or one kind with `?in=`, narrowed by other words.

    Raises Http404 for a page that no list of ours ever named.
    """
    asked = read_question(request.GET)
    depends_on(request, *((LISTS, SEARCH) if asked.terms else ()))
    now = request.house.now
    kinds = [asked.kind] if asked.kind else list(KINDS)
    found = {kind: _find(kind, asked, now) for kind in kinds} if asked.terms else {}
    if asked.page > 1 and not any(found.values()):
        raise Http404(_("There is no such page in this list."))
    empty = bool(asked.terms) and not any(found.values())
    context = {
        "asked": asked,
        "typed": {name: request.GET.get(name, "").replace("\x00", "")[:160] for name in NARROWED},
        "kinds": KINDS,
        "found": found,
        "empty": empty,
        "cut": any(each.cut for each in found.values()),
        "suggestion": _spelled(suggest_terms(asked.terms, now)) if empty else "",
        "choices": choices(found, asked.narrowing),
    }
    response = page(request, "articles/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def read_question(given: QueryDict) -> Asked:
    """Read the parameters of an address. Raises Http404 for a page that cannot be."""
    words = given.get("q", "").replace("\x00", "").strip()[:MAX_CHARACTERS]
    problems: list[str] = []
    days = {name: _day(given.get(name, ""), problems) for name in ("since", "until")}
    slugs = {name: given.get(name, "").replace("\x00", "")[:160] for name in ("section", "topic", "speaker")}
    number = given.get("page", "1")
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:3]) <= 10 and len(number) <= 2):
        raise Http404(_("There is no such page in this list."))
    kind = given.get("in", "")
    return Asked(
        words=words,
        terms=read_terms(words),
        kind=kind if kind in KINDS else "",
        page=int(number),
        narrowing=Narrowing(**slugs, **days),
        problems=tuple(problems),
    )


def choices(found: dict[str, Found[Any]], narrowing: Narrowing) -> dict[str, list[tuple[str, str]]]:
    """Topics and speakers of what was found, slug and name, to narrow the search with. No query."""
    stories: Iterable[Edition] = found["stories"].records if "stories" in found else ()
    quotes: Iterable[EditionQuote] = found["quotes"].records if "quotes" in found else ()
    topics = {topic["slug"]: topic["name"] for story in stories for topic in story.topics}
    speakers = {quote.speaker_slug: quote.speaker_name for quote in quotes if quote.has_speaker_page}
    offered = {
        "topic": {} if narrowing.topic else topics,
        "speaker": {} if narrowing.speaker else speakers,
    }
    return {name: list(of.items())[:MOST_CHOICES] for name, of in offered.items() if len(of) > 1}


def _find(kind: str, asked: Asked, now: datetime) -> Found[Edition] | Found[EditionQuote] | Found[NameWords]:
    place = {"page": asked.page, "size": PER_PAGE if asked.kind else IN_OVERVIEW}
    match kind:
        case "stories":
            return search_stories(asked.terms, now, asked.narrowing, **place)
        case "quotes":
            return search_quotes(asked.terms, now, asked.narrowing, **place)
        case "speakers" if asked.kind or not asked.narrowing:
            return search_speakers(asked.terms, now, **place)
        case "sources" if asked.kind or not asked.narrowing:
            return search_sources(asked.terms, now, **place)
    return Found()


def _day(typed: str, problems: list[str]) -> date | None:
    typed = typed.strip()[:40]
    try:
        day = parse_date(typed) if typed else None
    except ValueError:
        day = None
    if typed and day is None:
        problems.append(
            _("“%(typed)s” is no day, so it was left out. Write it as year-month-day, such as 2026-05-12.")
            % {"typed": typed}
        )
    return day


def _spelled(terms: Terms | None) -> str:
    """Terms as somebody would type them; empty for none."""
    if terms is None:
        return ""
    wanted = [f'"{term}"' if " " in term else term for term in terms.wanted]
    return " ".join([*wanted, *(f'-"{term}"' if " " in term else f"-{term}" for term in terms.unwanted)])
