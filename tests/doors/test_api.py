"""The read API: what it answers, how it behaves, and that it keeps to what it says of itself."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.models import Edition
from tests.editions import make_correction, make_edition, replace_edition, speaker_json, withdraw_edition

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def get(client: Client) -> Any:
    """Asks the API, and reads its answer."""

    def ask(path: str, **asked: Any) -> Any:
        response = client.get(f"{API}{path}", asked)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    return ask


@pytest.fixture
def edition() -> Edition:
    """A story with two quotes and a correction, and another story."""
    make_edition(headline="Another story", quotes=[{"quote_key": "k9"}])
    edition = make_edition(headline="A story", quotes=[{"quote_key": "k1"}, {"quote_key": "k2"}])
    make_correction(edition)
    return edition


def test_a_story_has_its_text_its_quotes_and_its_corrections(get: Any, edition: Edition) -> None:
    story = get(f"/stories/{edition.story_id}")
    assert story["headline"] == "A story"
    assert story["text"] == edition.body_text
    assert [quote["key"] for quote in story["quotes"]] == ["k1", "k2"]
    assert story["quotes"][0]["speaker"]["slug"] == "ilse-marrow"
    assert story["quotes"][0]["source"]["sha256"]
    assert len(story["corrections"]) == 1
    assert story["id"].startswith("tag:")


def test_its_name_is_that_of_the_feeds(client: Client, get: Any, edition: Edition) -> None:
    assert (
        f"<id>{get(f'/stories/{edition.story_id}')['id']}</id>" in client.get("/feeds/atom/").content.decode()
    )


@pytest.mark.parametrize("path", ["/stories", "/quotes", "/speakers", "/sources", "/corrections"])
def test_a_list_goes_on_to_its_end_and_shows_everything_once(client: Client, path: str) -> None:
    for number in range(5):
        speaker = {"speaker_slug": f"s{number}", "speaker_name": f"Ada Number{number}"}
        make_correction(make_edition(quotes=[{"source_key": f"source{number}"} | speaker]))
    whole = client.get(f"{API}{path}").json()
    assert len(whole["items"]) == 5
    assert whole["next"] is None
    found, address = [], f"{API}{path}?limit=2"
    while address:
        stretch = client.get(address).json()
        assert len(stretch["items"]) <= 2
        found += stretch["items"]
        address = stretch["next"]
    assert found == whole["items"]


@pytest.mark.parametrize("asked", [
    {"section": "harbour"}, {"topic": "lighthouses"}, {"author": "wilma-fenn"}, {"speaker": "ilse-marrow"},
    {"since": "2000-01-01"}, {"until": "2999-01-01"}, {"q": "lighthouse"},
    {"q": "lighthouse", "section": "harbour"},
])  # fmt: skip
def test_filters_keep_what_suits(get: Any, edition: Edition, asked: dict[str, str]) -> None:
    assert len(get("/stories", **asked)["items"]) == 2
    none = {"since": "2999-01-01", "until": "2000-01-01"}
    name = next(iter(asked))
    assert get("/stories", **asked | {name: none.get(name, "zeppelin")})["items"] == []


def test_quotes_can_be_filtered(get: Any, edition: Edition) -> None:
    make_edition(quotes=[{"quote_key": "k5", "verification": "disputed"}])
    for asked in ({"verification": "disputed"}, {"verification": "disputed", "speaker": "ilse-marrow"}):
        assert [quote["key"] for quote in get("/quotes", **asked)["items"]] == ["k5"]
    assert {quote["key"] for quote in get("/quotes", q="lighthouse")["items"]} >= {"k1", "k9"}
    assert get("/quotes", said_until="2000-01-01")["items"] == []
    assert get("/quotes/k1")["story"]["headline"] == "A story"


def test_who_must_not_be_named_has_no_address(get: Any) -> None:
    unnamed = speaker_json(unnamed=True, unnamed_reason="She would lose her post.", roles=[])
    hidden = {"speaker_name": "a pilot", "speaker_slug": "", "speaker": unnamed}
    make_edition(quotes=[{"quote_key": "k1", "source_key": "", "source": {"confidential": True}} | hidden])
    quote = get("/quotes/k1")
    assert quote["speaker"]["slug"] is quote["speaker"]["url"] is None
    assert quote["speaker"]["unnamed"] is quote["source"]["confidential"] is True
    assert quote["source"]["key"] is None
    assert get("/speakers")["items"] == get("/sources")["items"] == []


def test_a_search_and_the_quote_check_answer(get: Any, edition: Edition) -> None:
    found = get("/search", q="lighthouse")
    assert found["stories"]
    assert found["quotes"]
    words = edition.quotes.first().words
    assert get("/quote-check", words=words)["answer"] == "exact"
    assert get("/quote-check", words="Nobody ever said such a thing")["answer"] == "absent"


def test_what_is_taken_back_is_gone_with_its_notice(client: Client, edition: Edition) -> None:
    withdraw_edition(edition, "This story was wrong.")
    for path in (f"/stories/{edition.story_id}", f"/stories/{edition.story_id}/ninjs", "/quotes/k1"):
        response = client.get(API + path)
        assert response.status_code == 410
        assert response.headers["Content-Type"] == "application/problem+json"
    assert client.get(f"{API}/stories/{edition.story_id}").json()["detail"] == "This story was wrong."


@pytest.mark.parametrize(("path", "status"), [
    ("/stories/4096", 404), ("/stories/99999999999999999999999", 404), ("/quotes/none", 404), ("/none", 404),
    ("/stories?limit=0", 422), ("/stories?since=May", 422), ("/quotes?verification=perhaps", 422),
    ("/stories?cursor=%01", 400), ("/quotes?cursor=WyJhIl0", 400), ("/stories?cursor=WyIxIiwgMV0", 400),
    ("/search", 422), ("/quote-check", 422),
    ("/stories?cursor=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwxXQ", 400),
    ("/speakers?cursor=WyJcdWQ4MDAiXQ", 400),
])  # fmt: skip
def test_a_problem_says_what_it_is(client: Client, path: str, status: int) -> None:
    response = client.get(API + path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"].endswith(".")


def test_what_is_known_is_not_sent_again(
    client: Client, edition: Edition, django_assert_num_queries: Any
) -> None:
    tag = client.get(f"{API}/stories").headers["ETag"]
    with django_assert_num_queries(1):
        assert client.get(f"{API}/stories", headers={"If-None-Match": tag}).status_code == 304
    replace_edition(edition, headline="Other words")
    assert client.get(f"{API}/stories", headers={"If-None-Match": tag}).status_code == 200


def test_any_site_may_read_and_nobody_may_write(client: Client) -> None:
    response = client.options(f"{API}/stories")
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in response.headers
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"{API}/stories").status_code == 405
    head = client.head(f"{API}/stories")
    assert head.status_code == 200
    assert not head.content
    assert "Set-Cookie" not in client.get(f"{API}/stories").headers


def test_one_address_asks_in_measure(client: Client, settings: Settings, clock: TimeMachineFixture) -> None:
    settings.NEWSROOM_API_RATE = 2
    left = [client.get(f"{API}/stories").headers["RateLimit"] for _ in range(2)]
    assert left == ['"reading";r=1;t=60', '"reading";r=0;t=60']
    refused = client.get(f"{API}/quotes")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "60 seconds" in refused.json()["detail"]
    assert client.get(f"{API}/quotes", REMOTE_ADDR="192.0.2.7").status_code == 200
    clock.shift(timedelta(seconds=60))
    assert client.get(f"{API}/quotes").status_code == 200
    settings.NEWSROOM_API_RATE = 0
    assert "RateLimit" not in client.get(f"{API}/quotes").headers


def test_a_fault_of_ours_tells_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("articles.api.stories._listed", fail)
    response = client.get(f"{API}/stories")
    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in response.content


def test_every_field_and_every_filter_is_described(get: Any) -> None:
    description = get("/openapi.json")
    silent = [
        f"{name}.{field}"
        for name, schema in description["components"]["schemas"].items()
        for field, value in schema.get("properties", {}).items()
        if not value.get("description")
    ]
    for path, operations in description["paths"].items():
        filters = [each for each in operations["get"].get("parameters", []) if each["in"] == "query"]
        silent += [f"{path}?{each['name']}" for each in filters if not each["schema"].get("description")]
    assert silent == []


def test_it_keeps_to_its_own_description(client: Client, get: Any, edition: Edition) -> None:
    description = get("/openapi.json")
    validate(description)
    story = edition.story_id
    examples = {"number": story, "key": "k1", "slug": "ilse-marrow"}
    asked = {"/api/v1/search": "?q=lighthouse", "/api/v1/quote-check": "?words=We+will+keep+the+lighthouse"}
    assert len(description["paths"]) > 12
    for path, operations in description["paths"].items():
        address = path.format(**examples | ({"key": "source1"} if "sources" in path else {}))
        answer = client.get(address + asked.get(path, ""))
        assert answer.status_code == 200, path
        content = operations["get"]["responses"]["200"].get("content", {})
        schema = content["application/json"]["schema"] | {"components": description["components"]}
        assert list(Draft202012Validator(schema).iter_errors(answer.json())) == [], path


def test_people_find_a_page_about_it(client: Client) -> None:
    page = client.get(f"{API}/docs/").content.decode()
    assert "GET /api/v1/stories/{number}" in page
    assert "/api/v1/openapi.json" in page
    assert "<script" not in page.replace('<script type="application/ld+json"', "")


def test_a_planned_story_is_not_there_yet(client: Client) -> None:
    planned = make_edition(live_from=timezone.now() + timedelta(days=1), quotes=[{"quote_key": "k1"}])
    for path in (f"/stories/{planned.story_id}", "/quotes/k1", "/speakers/ilse-marrow", "/sources/source1"):
        assert client.get(API + path).status_code == 404
