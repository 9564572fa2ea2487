"""Those who are quoted: an index of names, and a page for each with all that they are on record with."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import jsonld
from articles.house import depends_on, page, public_page
from articles.models import EditionQuote, QuotedName
from articles.models.surrogate import LISTS, SEARCH, speaker_key
from articles.moved import where_speaker
from articles.search import Narrowing, search_quotes
from articles.text.directory import AFTER_Z
from articles.text.terms import Terms, read_terms
from articles.views.errors import elsewhere
from articles.views.lists import RECORDS_PER_PAGE, QuotePage
from articles.views.said import UNDATED, Gathered, gather, newest_of, quotes_of, said_page

PER_PAGE = 60
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_YEAR = re.compile(rf"[1-9]\d{{3}}|{UNDATED}", re.ASCII)
OTHERS = "other"  # names in other alphabets
TOPICS = 12  # that a page by topic shows
OF_TOPIC = 3  # quotes of each
BEST = 100  # quotes that a search in the words of one speaker shows
BESIDE = 8  # sources, and stories, beside the quotes


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of a speaker."""

    words: str
    year: str
    topic: str
    verified: bool
    by: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read the address; what is none of ours counts as not asked for."""
        value = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in PARAMETERS}
        return cls(
            words=value["q"][:200],
            year=value["year"] if _YEAR.fullmatch(value["year"]) else "",
            topic=value["topic"][:100],
            verified=value["verified"] == "1",
            by="topic" if value["by"] == "topic" else "year",
        )

    @property
    def terms(self) -> Terms:
        """The words to search for."""
        return read_terms(self.words)

    @property
    def narrows(self) -> bool:
        """Whether not everything is wanted."""
        return bool(self.words or self.year or self.topic or self.verified)

    def suits(self, quote: EditionQuote) -> bool:
        """Whether a quote is of the year, and verified, if that is wanted."""
        year = str(quote.said_on.year) if quote.said_on else UNDATED
        return self.year in ("", year) and (not self.verified or quote.verification == "verified")

    @property
    def address(self) -> str:
        """The question for the address of a page, the same for the same wish."""
        asked = {"q": self.words, "year": self.year, "topic": self.topic, "verified": "1" * self.verified}
        return urlencode({name: value for name, value in asked.items() if value})


PARAMETERS = ("q", "year", "topic", "verified", "by")


@public_page
def speakers(request: HttpRequest) -> HttpResponse:
    """Everybody on record, as an index of names has them; from a letter on, or of a name asked for."""
    depends_on(request, LISTS)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    letter, after = request.GET.get("from", ""), request.GET.get("after", "")
    names = QuotedName.objects.published(request.house.now).in_order()
    if asked:
        names = names.called(asked)
    if letter:
        names = names.filter(place__gte=_first_place(letter))
    if after:
        names = names.after(after)
    rows = list(names[: PER_PAGE + 1])
    if after and not rows:
        raise Http404(_("There is no such page in this list."))
    context = {
        "speakers": _with_letters(rows[:PER_PAGE]),
        "asked": asked,
        "letter": letter,
        "letters": LETTERS,
        "after": rows[PER_PAGE - 1].slug if len(rows) > PER_PAGE else "",
        "first": not (letter or after),
        "narrowed": urlencode({"q": asked}) if asked else "",
    }
    return page(request, "articles/speaker_list.html", context)


@public_page
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker: what she was and when, and what she said, by the day or by topic. Four queries."""
    now = request.house.now
    depends_on(request, speaker_key(slug))
    newest = newest_of(slug, now)
    if newest is None:
        return elsewhere(request, where_speaker(slug, now), "articles:speaker")
    asked = Asked.of(request)
    gathered = gather(slug, now)
    by_topic = asked.by == "topic" and not asked.narrows
    context = {
        "speaker": newest,
        "asked": asked,
        "terms": asked.terms,
        "gathered": gathered,
        "sources": gathered.sources[:BESIDE],
        "stories": gathered.stories[:BESIDE],
        "years": _years(newest),
        "narrowed": asked.address,
        "by_topic": by_topic,
        "jsonld": jsonld.dump(jsonld.speaker(newest, profile=True)),
    }
    if by_topic:
        context["topics"] = _by_topic(slug, gathered)
    elif asked.words:
        depends_on(request, LISTS, SEARCH)
        context["page"] = _search(slug, asked, now)
    else:
        context["page"], context["more_undated"] = _list(newest, asked, request)
    return page(request, "articles/speaker_detail.html", context)


def _list(newest: Any, asked: Asked, request: HttpRequest) -> tuple[QuotePage, bool]:
    """The stretch of the list that is asked for, and whether words without a date follow it elsewhere.

    Where the dated ones end, those without a date stand too, if there are some.
    """
    quotes = _narrowed(quotes_of(newest.speaker_slug, request.house.now), asked)
    if asked.year == UNDATED or newest.last_day is None:
        return said_page(quotes, request, undated=True), False
    found = said_page(quotes, request, undated=False)
    if found.older or asked.year or not newest.has_undated:
        return found, False
    rest = list(quotes.filter(said_on=None).order_by("-pk")[: RECORDS_PER_PAGE + 1])
    whole = QuotePage([*found.quotes, *rest[:RECORDS_PER_PAGE]], older="", first=found.first)
    return whole, len(rest) > RECORDS_PER_PAGE


def _narrowed(quotes: QuerySet[EditionQuote], asked: Asked) -> QuerySet[EditionQuote]:
    if asked.year and asked.year != UNDATED:
        quotes = quotes.filter(said_on__year=int(asked.year))
    if asked.topic:
        quotes = quotes.filter(edition__topic_rows__slug=asked.topic)
    return quotes.filter(verification="verified") if asked.verified else quotes


def _search(slug: str, asked: Asked, now: datetime) -> QuotePage:
    """The best quotes of the speaker that hold the words, the latest first."""
    narrowing = Narrowing(speaker=slug, topic=asked.topic)
    found = search_quotes(asked.terms, now, narrowing, size=BEST)
    kept = [quote for quote in found.records if quote.speaker_slug == slug and asked.suits(quote)]
    kept.sort(key=lambda quote: (quote.said_on or date.min, quote.pk), reverse=True)
    return QuotePage(quotes=kept, older="", first=True)


def _by_topic(slug: str, gathered: Gathered) -> list[dict[str, Any]]:
    """The topics that the speaker spoke about most, each with the latest quotes. One query."""
    shown = {topic["slug"]: gathered.quotes[topic["slug"]][:OF_TOPIC] for topic in gathered.topics[:TOPICS]}
    wanted = {number for numbers in shown.values() for number in numbers}
    rows = EditionQuote.objects.with_edition().in_bulk(wanted)
    return [
        {
            "topic": topic,
            "count": len(gathered.quotes[topic["slug"]]),
            "quotes": [rows[number] for number in shown[topic["slug"]]],
        }
        for topic in gathered.topics[:TOPICS]
    ]


def _years(newest: Any) -> list[int]:
    """The years from which something may be on record, the latest first."""
    if newest.last_day is None:
        return []
    return list(range(newest.last_day.year, newest.first_day.year - 1, -1))


def _first_place(letter: str) -> str:
    if letter == OTHERS:
        return AFTER_Z
    if letter not in LETTERS or len(letter) != 1:
        raise Http404(_("There is no such page in this list."))
    return letter


def _with_letters(names: list[Any]) -> list[dict[str, Any]]:
    """Names with the letter above which they stand and what the newest edition says they are. One query."""
    quotes = EditionQuote.objects.only("speaker_name", "role_title", "role_organisation")
    latest = quotes.in_bulk([name.latest for name in names])
    return [
        {
            "slug": name.slug,
            "name": name.name,
            "letter": "" if name.place.startswith(AFTER_Z) else name.place[0].upper(),
            "role": latest[name.latest].role_line,
        }
        for name in names
    ]
