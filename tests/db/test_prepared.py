"""A question that is compiled once answers as the queryset does, whatever the values."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Edition
from articles.models.prepared import Prepared
from tests.editions import make_edition

pytestmark = pytest.mark.django_db


def question(slug: str, after: datetime.datetime, story: int) -> object:
    """Stories with a slug, or a number, since a moment."""
    found = Edition.objects.filter(slug=slug) | Edition.objects.filter(story_id=story)
    return found.filter(live_from__gt=after).order_by("pk").values_list("headline", "live_from", "topics")


def test_it_asks_with_the_values_of_the_moment() -> None:
    first, second = make_edition(), make_edition(topics=[{"name": "Fog’s", "slug": "fog"}])
    prepared = Prepared(question, slug=str, after=datetime.datetime, story=int)
    long_ago, soon = timezone.now() - datetime.timedelta(days=9), timezone.now()
    for slug, after, story in (
        (first.slug, long_ago, 0),
        (first.slug, long_ago, second.story_id),
        ("it's; %s -- no slug", long_ago, second.story_id),
        (first.slug, soon, second.story_id),
    ):
        with CaptureQueriesContext(connection) as queries:
            rows = prepared.ask(slug=slug, after=after, story=story)
        assert len(queries) == 1
        assert rows == list(question(slug, after, story))


def test_a_value_that_is_asked_several_times_is_put_in_everywhere() -> None:
    edition = make_edition()
    prepared = Prepared(lambda now: Edition.objects.published(now).values_list("pk"), now=datetime.datetime)
    assert prepared.ask(now=timezone.now()) == [(edition.pk,)]
    assert prepared.ask(now=timezone.now() - datetime.timedelta(days=1)) == []


def test_threads_that_ask_first_do_not_compile_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = Prepared(lambda slug: Edition.objects.filter(slug=slug).values_list("pk"), slug=str)
    as_sql, compiled = SQLCompiler.as_sql, []

    def slowly(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        compiled.append(self)
        time.sleep(0.05)
        return as_sql(self, *args, **kwargs)

    def ask(slug: str) -> list[Any]:
        try:
            return prepared.ask(slug=slug)
        finally:
            connections.close_all()

    monkeypatch.setattr(SQLCompiler, "as_sql", slowly)
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(ask, ["fog", "ice", "sea"])) == [[], [], []]
    assert len(compiled) == 1
