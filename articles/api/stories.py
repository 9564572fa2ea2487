"""Stories: lists of them, one, and one as ninjs."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, JsonResponse
from ninja import Field, Query, Router, Schema

from articles.api import schemas, write
from articles.api.cursors import next_address, read_cursor, read_moment, write_cursor
from articles.api.days import ends, starts
from articles.api.ninjs import write_ninjs
from articles.api.problems import Gone
from articles.api.sizes import DEFAULT, MOST
from articles.house import depends_on
from articles.models import Edition, EditionQuote
from articles.models.edition import EditionQuerySet
from articles.models.surrogate import LISTS, SEARCH, story_key
from articles.search import Narrowing, search_stories
from articles.text.terms import MAX_CHARACTERS, read_terms

router = Router(tags=["stories"])


class StoryFilters(Schema):
    """Which stories are wanted; all that are given must hold."""

    section: str = Field("", max_length=60, description="The slug of a section.")
    topic: str = Field("", max_length=100, description="The slug of a topic.")
    author: str = Field("", max_length=120, description="The slug of an author.")
    speaker: str = Field("", max_length=160, description="The slug of somebody who is quoted.")
    since: datetime.date | None = Field(None, description="The first day of publication.")
    until: datetime.date | None = Field(None, description="The last day of publication.")
    q: str = Field("", max_length=MAX_CHARACTERS, description="Words to find: “phrases”, -exclusions.")
    cursor: str = Field("", description="From `next`.")
    limit: int = Field(DEFAULT, ge=1, le=MOST, description="So many at a time.")


@router.get("/stories", response=schemas.Page[schemas.StoryLine], url_name="api_stories")
def list_stories(request: HttpRequest, asked: Query[StoryFilters]) -> schemas.Page[schemas.StoryLine]:
    """Stories, the newest first; with `q` the best first, among which two hundred can be leafed through."""
    depends_on(request, LISTS, *([SEARCH] if asked.q else ()))
    found, cursor = _searched(request, asked) if asked.q else _listed(request, asked)
    return schemas.Page[schemas.StoryLine](
        items=[write.story_line(edition) for edition in found], next=next_address(request, cursor)
    )


@router.get("/stories/{int:number}", response=schemas.Story, url_name="api_story")
def one_story(request: HttpRequest, number: int) -> schemas.Story:
    """A story by the number at the end of its `id`. 410, with the notice, when it was taken back."""
    edition = _current(request, number)
    return write.story(edition, edition.quotes.all(), edition.story_corrections.all())


@router.get("/stories/{int:number}/ninjs", url_name="api_ninjs", response=dict)
def one_story_as_ninjs(request: HttpRequest, number: int) -> JsonResponse:
    """A story as [ninjs 3.1](https://iptc.org/standards/ninjs/), the standard of the IPTC."""
    edition = _current(request, number)
    return JsonResponse(
        write_ninjs(edition, edition.quotes.all(), edition.story_corrections.all(), request.house)
    )


def _current(request: HttpRequest, number: int) -> Edition:
    """The edition that readers see, with its quotes and corrections. Three queries."""
    depends_on(request, story_key(number))
    live = Edition.objects.live(request.house.now)
    edition = live.filter(story_id=number).with_everything().first() if number < 2**63 else None
    if edition is None:
        raise Http404
    if edition.gone:
        raise Gone(edition.notice)
    return edition


def _listed(request: HttpRequest, asked: StoryFilters) -> tuple[list[Edition], str]:
    """The stretch of the list, and the cursor of the next. One query."""
    stories = _filtered(Edition.objects.published(request.house.now), asked)
    if asked.cursor:
        written, number = read_cursor(asked.cursor, str, int)
        moment = read_moment(written)
        older = Q(first_live_from__lt=moment) | Q(first_live_from=moment, pk__lt=number)
        stories = stories.filter(older)
    found = list(stories.for_list()[: asked.limit + 1])
    shown = found[: asked.limit]
    more = len(found) > len(shown)
    return shown, write_cursor(shown[-1].first_live_from.isoformat(), shown[-1].pk) if more else ""


def _filtered(stories: EditionQuerySet, asked: StoryFilters) -> EditionQuerySet:
    if asked.section:
        stories = stories.filter(section_slug=asked.section)
    if asked.topic:
        stories = stories.filter(topic_rows__slug=asked.topic)
    if asked.author:
        stories = stories.filter(byline_rows__slug=asked.author)
    if asked.speaker:
        said = EditionQuote.objects.of_named_speakers().filter(speaker_slug=asked.speaker)
        stories = stories.filter(Exists(said.filter(edition=OuterRef("pk"))))
    if asked.since:
        stories = stories.filter(first_live_from__gte=starts(asked.since))
    if asked.until:
        stories = stories.filter(first_live_from__lt=ends(asked.until))
    return stories


def _searched(request: HttpRequest, asked: StoryFilters) -> tuple[list[Edition], str]:
    page = read_cursor(asked.cursor, int)[0] if asked.cursor else 1
    names = ("section", "topic", "author", "speaker", "since", "until")
    narrowing = Narrowing(**{name: getattr(asked, name) for name in names})
    found = search_stories(
        read_terms(asked.q), request.house.now, narrowing, page=max(1, page), size=asked.limit
    )
    return list(found.records), write_cursor(page + 1) if found.more else ""
