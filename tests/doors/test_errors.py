"""Pages for addresses that have nothing to show: they say so, and lead on."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.search import stories_near
from articles.views import errors
from tests.doors.desk import enter, words
from tests.editions import make_edition

pytestmark = pytest.mark.django_db


def test_an_address_that_is_nearly_right_leads_to_the_story(client: Client) -> None:
    make_edition(headline="Pilot boat is found in the reeds", body_text="The boat was found.")
    make_edition(headline="Council keeps the lighthouse open", body_text="It stays open.")
    page = client.get("/harbour/pilto-boat-found-yesterday/")
    assert page.status_code == 404
    assert [story.headline for story in page.context["near"]] == ["Pilot boat is found in the reeds"]
    assert "Near this address" in words(page)
    assert "noindex" in words(page)


def test_an_address_of_nothing_shows_the_latest(client: Client) -> None:
    make_edition(headline="Pilot boat is found in the reeds")
    page = client.get("/harbour/zzzz/")
    assert (page.status_code, page.context["near"]) == (404, [])
    assert "Most recent" in words(page)


@pytest.mark.parametrize("path", ["/", "/a/", "/12-345/", "/%F0%9F%90%9F/", '/x"*-/', "/" + "word-" * 500])
def test_any_path_is_good(path: str) -> None:
    edition = make_edition()
    assert stories_near(path, edition.live_from, size=4) == []


def test_a_missing_page_costs_the_same_whatever_is_near(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/harbour/pilot-boat-found/")
        return len(queries)

    make_edition(headline="Pilot boat is found in the reeds")
    few = cost()
    for number in range(6):
        make_edition(headline=f"Pilot boat number {number}")
    assert cost() == few <= 8


def test_no_page_needs_the_database_to_say_that_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(errors, "open_house", broken)
    response = errors.not_found(RequestFactory().get("/harbour/gone/"))
    assert response.status_code == 404


def test_the_desk_and_the_paper_refuse_each_in_its_own_look() -> None:
    assert "To the desk" in words(enter("Reporter").get("/admin/articles/front/"))
    response = errors.forbidden(RequestFactory().get("/anything/"))
    assert response.status_code == 403
    assert "This page is not open to you" in words(response)


def test_a_failure_is_told_without_asking_for_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise ValueError(name)

    monkeypatch.setattr(errors, "static", lambda name: f"/static/{name}")
    with CaptureQueriesContext(connection) as queries:
        styled = words(errors.server_error(RequestFactory().get("/")))
        monkeypatch.setattr(errors, "static", missing)
        bare = errors.server_error(RequestFactory().get("/"))
    assert len(queries) == 0
    assert "/static/articles/" in styled
    assert bare.status_code == 500
    assert settings.NEWSROOM_NAME in words(bare)
    assert "stylesheet" not in words(bare)
