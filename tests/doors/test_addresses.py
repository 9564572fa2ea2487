"""What an address answers when its page moved, went or never was, and how long a page may be kept."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles.models import RESERVED_SLUGS, Edition, Section
from articles.urls import urlpatterns
from articles.views import errors
from tests.editions import (
    WORDS,
    make_edition,
    replace_edition,
    withdraw_edition,
)
from tests.factories import make_section

NOWHERE = [
    "/harbour/no-such-story/", "/nowhere/", "/quotes/none/", "/sources/none/", "/topics/none/",
    "/authors/none/", "/speakers/none/", "/harbour/?before=none", "/harbour/?before=9-9-9",
    f"/harbour/?before={'9' * 30}-1", "/quotes/?before=x", "/corrections/?before=x",
    "/corrections/?before=9-9-9", "/corrections/?kind=none", f"/corrections/?before={'9' * 30}-1",
    "/policies/none/",
    "/disputes/none/", "/disputes/new/?story=harbour/none", "/transparency/?days=٣", "/feeds/none/atom/",
]  # fmt: skip

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, status: int = 200) -> str:
    """The page at `address` as text, after checking its status."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


# --- Addresses that answer with something else ---------------------------------------------------


def test_an_old_address_leads_to_the_new_one_in_one_hop(client: Client) -> None:
    first = make_edition(headline="Old words")
    second = replace_edition(first, slug="new-words")
    third = replace_edition(second, slug="newest-words", section_slug="coast", section_name="Coast")
    for old in (first, second):
        response = client.get(old.get_absolute_url())
        assert (response.status_code, response.headers["Location"]) == (301, "/coast/newest-words/")
    read(client, third.get_absolute_url())


def test_a_cancelled_edition_never_had_an_address(client: Client, clock: TimeMachineFixture) -> None:
    first = make_edition(headline="Old words")
    planned = replace_edition(first, at=timezone.now() + timedelta(hours=1), slug="secret-plan")
    Edition.objects.filter(pk=planned.pk).end(planned.live_from)
    Edition.objects.filter(pk=first.pk).reopen()
    clock.shift(timedelta(hours=2))
    read(client, planned.get_absolute_url(), status=404)
    read(client, first.get_absolute_url())


def test_a_killed_story_answers_410_with_its_notice_from_every_address(client: Client) -> None:
    first = make_edition(headline="Old words", quotes=[{"quote_key": "k1", "source_key": "s1"}])
    second = replace_edition(first, slug="new-words")
    withdraw_edition(second, "This story was wrong & we took it back.")
    for edition in (first, second):
        assert "This story was wrong &amp; we took it back." in read(
            client, edition.get_absolute_url(), status=410
        )
    for address in ("/quotes/k1/", "/sources/s1/", "/speakers/ilse-marrow/", "/authors/wilma-fenn/",
                    "/topics/lighthouses/"):  # fmt: skip
        assert WORDS not in read(client, address, status=410)
    assert "we took it back" in read(client, reverse("articles:corrections"))


def test_a_speaker_whose_words_were_somebody_elses_is_nobody_else(client: Client) -> None:
    first = make_edition(quotes=[{"quote_key": "k1", "speaker_slug": "osk-thorne"}])
    replace_edition(first, quotes=[{"quote_key": "k1", "speaker_slug": "ilse-marrow"}])
    for address in (
        "/speakers/osk-thorne/",
        "/feeds/speakers/osk-thorne/atom/",
        "/api/v1/speakers/osk-thorne",
    ):
        assert client.get(address).status_code == 410


def test_a_section_that_was_renamed_is_found_under_its_old_name(client: Client) -> None:
    first = make_edition(section=make_section("Port"))
    replace_edition(first, section_slug="coast", section_name="Coast")
    Section.objects.filter(slug="port").update(slug="coast", name="Coast")
    response = client.get("/port/")
    assert (response.status_code, response.headers["Location"]) == (301, "/coast/")


def test_what_never_was_answers_404_and_helps(client: Client) -> None:
    edition = make_edition()
    for address in NOWHERE:
        page = read(client, address, status=404)
        assert 'type="search"' in page
        assert edition.headline in page


def test_the_404_page_needs_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise DatabaseError("the database does not answer")

    monkeypatch.setattr(errors, "open_house", broken)
    assert 'type="search"' in read(client, "/a/b/c/", status=404)


def test_the_500_page_asks_nothing_of_the_database(django_assert_num_queries, rf) -> None:
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content


# --- Headers -------------------------------------------------------------------------------------


def test_pages_may_be_kept_for_a_minute_by_anybody_and_set_no_cookie(client: Client) -> None:
    edition = make_edition()
    for address in ("/", edition.get_absolute_url(), "/search/?q=lighthouse"):
        response = client.get(address)
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert "Last-Modified" in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_a_page_may_not_be_kept_beyond_the_next_scheduled_story(
    client: Client, clock: TimeMachineFixture
) -> None:
    make_edition()
    make_edition(live_from=timezone.now() + timedelta(seconds=20))
    assert client.get("/").headers["Cache-Control"] == "public, max-age=20"


def test_a_known_page_answers_304_for_one_query(client: Client, django_assert_num_queries) -> None:
    edition = make_edition()
    tag = client.get(edition.get_absolute_url()).headers["ETag"]
    with django_assert_num_queries(1):
        response = client.get(edition.get_absolute_url(), headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert not response.content


def test_a_new_edition_a_scheduled_one_and_a_renamed_section_make_a_new_page(
    client: Client, clock: TimeMachineFixture
) -> None:
    edition = make_edition()
    make_edition(live_from=timezone.now() + timedelta(minutes=5))

    def is_still(tag: str) -> bool:
        return client.get("/", headers={"If-None-Match": tag}).status_code == 304

    tag = client.get("/").headers["ETag"]
    clock.shift(timedelta(minutes=4))
    assert is_still(tag)
    clock.shift(timedelta(minutes=2))
    assert not is_still(tag)
    tag = client.get("/").headers["ETag"]
    replace_edition(edition)
    assert not is_still(tag)
    tag = client.get("/").headers["ETag"]
    section = make_section()
    section.name = "The harbour"
    section.save()
    assert not is_still(tag)


def test_a_tag_says_nothing_about_addresses_that_are_not_there(client: Client) -> None:
    make_edition()
    for header in ({"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        assert client.get("/harbour/none/", headers=header).status_code == 404


def test_pages_carry_a_policy_without_inline_script_or_style(client: Client) -> None:
    policy = client.get(make_edition(quotes=[{}]).get_absolute_url()).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_robots_are_kept_from_the_desk_and_shown_the_map(client: Client) -> None:
    text = read(client, "/robots.txt")
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


def test_no_section_can_hide_an_address_of_the_site() -> None:
    fixed = [str(pattern.pattern) for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    first = {address.split("/")[0] for address in fixed if not address.startswith("<") and "." not in address}
    desk = {str(entry.pattern).split("/")[0] for entry in get_resolver().url_patterns} - {""}
    assert (first | desk) - {"", "^media"} <= RESERVED_SLUGS
