"""Search in everything, and whether words are on record."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from articles.api import schemas, write
from articles.house import depends_on
from articles.models import EditionQuote
from articles.models.surrogate import LISTS, SEARCH
from articles.quote_check import MOST_CHARACTERS, Match, check_quote
from articles.search import Narrowing, search_quotes, search_sources, search_speakers, search_stories
from articles.text.terms import MAX_CHARACTERS, read_terms

router = Router(tags=["search"])

MOST_OF_A_KIND = 20


class Wanted(Schema):
    """What to look for, and where."""

    q: str = Field(..., min_length=1, max_length=MAX_CHARACTERS, description="Words, “phrases”, -exclusions.")
    section: str = Field("", max_length=60, description="Stories and quotes in that section only.")
    topic: str = Field("", max_length=100, description="Stories and quotes about that topic only.")
    since: datetime.date | None = Field(None, description="The first day of publication.")
    until: datetime.date | None = Field(None, description="The last day of publication.")
    limit: int = Field(5, ge=1, le=MOST_OF_A_KIND, description="So many of each kind.")


@router.get("/search", response=schemas.Results, url_name="api_search")
def search(request: HttpRequest, asked: Query[Wanted]) -> schemas.Results:
    """The best stories, quotes, speakers and sources. `/stories?q=` and `/quotes?q=` have more."""
    depends_on(request, LISTS, SEARCH)
    now, terms = request.house.now, read_terms(asked.q)
    names = ("section", "topic", "since", "until")
    narrowing = Narrowing(**{name: getattr(asked, name) for name in names})
    stories = search_stories(terms, now, narrowing, size=asked.limit).records
    quotes = search_quotes(terms, now, narrowing, size=asked.limit).records
    speakers = search_speakers(terms, now, size=asked.limit).records if not narrowing else ()
    sources = search_sources(terms, now, size=asked.limit).records if not narrowing else ()
    return schemas.Results(
        stories=[write.story_line(each) for each in stories],
        quotes=[write.quote(each, within=each.edition) for each in quotes],
        speakers=[write.found_speaker(each) for each in speakers],
        sources=[write.found_source(each) for each in sources],
    )


@router.get("/quote-check", response=schemas.QuoteCheck, url_name="api_quote_check")
def quote_check(
    request: HttpRequest,
    words: str = Query(
        ..., min_length=1, description=f"A quotation of at most {MOST_CHARACTERS} characters."
    ),
) -> schemas.QuoteCheck:
    """Whether words are on record here: exactly, altered (with the difference), or not."""
    depends_on(request, LISTS, SEARCH)
    found = check_quote(words.replace("\x00", "").strip(), request.house.now)
    return schemas.QuoteCheck(
        answer=found.answer.value,
        compared=list(found.compared),
        matches=[_match(match) for match in found.matches],
        similar=[_alone(quote) for quote in found.similar],
    )


def _match(match: Match) -> schemas.Match:
    differences = [
        schemas.Difference(change=part.op, on_record=part.said, asked=part.printed)
        for part in match.comparison.diff
    ]
    return schemas.Match(
        quote=_alone(match.quote),
        whole=match.whole,
        differences=differences,
        stories=[write.story_ref(edition) for edition in match.stories],
    )


def _alone(quote: EditionQuote) -> schemas.Quote:
    """A quote without its story, which would be asked for one by one."""
    return write.quote(quote)
