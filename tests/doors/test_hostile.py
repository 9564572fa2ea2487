"""Whatever is asked for in whatever way: an answer, never a fault; and the same for everybody who asks it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from newsroom.encoding import read_as_utf8
from tests.editions import make_edition

pytestmark = pytest.mark.django_db

# What each address may be asked with.
ASKED = {
    "/archive/": ("before",),
    "/corrections/": ("before", "kind"),
    "/disputes/": ("before",),
    "/disputes/new/": ("story", "quote"),
    "/harbour/": ("before",),
    "/harbour/a-story/history/": ("before",),
    "/oembed/": ("url", "format", "maxwidth"),
    "/quotes/": ("before", "section", "state"),
    "/quotes/check/": ("words",),
    "/search/": ("q", "in", "page"),
    "/search/?q=lighthouse": ("section", "since", "until"),
    "/sitemap-topics.xml": ("from",),
    "/sources/source1/": ("before",),
    "/speakers/": ("q", "from", "after"),
    "/speakers/ilse-marrow/": ("q", "year", "topic", "before"),
    "/topics/lighthouses/": ("before",),
    "/transparency/": ("days",),
    "/api/v1/stories": ("q", "cursor", "since", "until", "section", "limit"),
    "/api/v1/quotes": ("q", "cursor", "said_since", "speaker", "verification"),
    "/api/v1/speakers": ("q", "cursor"),
    "/api/v1/corrections": ("cursor", "kind"),
    "/api/v1/search": ("q", "since"),
    "/api/v1/quote-check": ("words",),
}
ODD = ["a%00b", "http://[", "9" * 400, "9999-12-31", "%28%22-" * 300]
PLACES = [
    f"{'9' * 17}-{'9' * 18}", "%D9%A3-1", "%C2%B2", "9" * 18,
    # The first moment of all somewhere east of Greenwich, half of a sign, and NUL.
    "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwxXQ", "WyJcdWQ4MDAiXQ", "WyJcdTAwMDAiLDFd",
]  # fmt: skip
PATHS = [
    "/archive/9999/12/31/", "/archive/9999/12/", "/archive/0001/01/01/", "/archive/0000/00/00/",
    "/sitemap-stories-9999-12.xml", "/sitemap-stories-9999-12-31T23.xml", "/sitemap-stories-0001-01.xml",
    "/sitemap-quotes-zzzz.xml", "/authors/%00/", "/topics/%00/", "/speakers/%00/", "/feeds/topics/%00/atom/",
    "/feeds/speakers/%00/json/", "/feeds/authors/%00/rss/", "/preview/%00/", "/api/v1/stories/" + "9" * 30,
    "/api/v1/speakers/%00", "/api/v1/quotes/%00", "/api/v1/sources/%00", "/policies/ethics/" + "9" * 30 + "/",
    "/harbour/a-story/history/" + "9" * 30 + "-" + "9" * 31 + "/", "/harbour/a-story/card-none.png",
    "/paper.none.css", "/preview/" + "9" * 30 + "/", "/disputes/none/", "/%00/", "/" + "a" * 3000 + "/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _a_story(settings: Settings) -> Iterator[None]:
    settings.NEWSROOM_API_RATE = 0
    make_edition(slug="a-story", headline="A story about the lighthouse", quotes=[{"quote_key": "k1"}])
    yield
    cache.clear()


def questions() -> Iterator[str]:
    for address, names in ASKED.items():
        joint = "&" if "?" in address else "?"
        for name in names:
            odd = PLACES if name in ("before", "cursor") else ODD
            yield from (f"{address}{joint}{name}={value}" for value in odd)


def test_no_address_makes_the_paper_fail(client: Client) -> None:
    client.raise_request_exception = False
    answers = {address: client.get(address) for address in [*questions(), *PATHS]}
    failed = [address for address, answer in answers.items() if answer.status_code >= 500]
    assert [address for address in failed if not address.startswith("/oembed/?format=")] == []  # 501 there
    assert not client.cookies
    private = {address for address, answer in answers.items() if "Cookie" in answer.get("Vary", "")}
    assert {address for address in private if not address.startswith("/preview/")} == set()


@pytest.mark.parametrize("charset", ["utf-7", "hex", "unicode_escape", "utf-8", "x; charset*=utf-8''hex"])
def test_no_request_names_the_codec_that_it_is_read_with(rf: RequestFactory, charset: str) -> None:
    seen: list[dict[str, Any]] = []
    application = read_as_utf8(lambda environ, start_response: seen.append(environ) or [])
    for asked in ("q=%2B2AA-%5Cud800", "&".join(["q=1"] * 5001)):
        environ = rf.get(f"/search/?{asked}").environ
        application(environ | {"CONTENT_TYPE": f"text/plain; charset={charset}; format=flowed"}, None)
        assert WSGIRequest(seen[-1]).content_params == {"format": "flowed"}  # an odd codec would fail here
    assert WSGIRequest(seen[0]).GET["q"] == "+2AA-\\ud800"


def test_more_than_can_be_meant_is_refused(client: Client) -> None:
    many = "&".join(f"q{number}=1" for number in range(5001))
    for address in ("/search/", "/api/v1/stories"):
        assert client.get(f"{address}?{many}").status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@127.0.0.1", "a/b", "["])
def test_no_host_that_somebody_typed_is_believed(client: Client, settings: Settings, host: str) -> None:
    settings.ALLOWED_HOSTS = ["*"] if host == "evil.example" else settings.ALLOWED_HOSTS
    for address in ("/", "/harbour/a-story/", "/quotes/k1/", "/feeds/atom/", "/sitemap.xml", "/robots.txt",
                    "/api/v1/", "/embed/quotes/k1/"):  # fmt: skip
        answer = client.get(address, headers={"Host": host, "X-Forwarded-Host": "evil.example"})
        assert "evil" not in answer.content.decode() + str(answer.headers)


def test_pages_are_read_and_nothing_else(client: Client) -> None:
    for address in ("/", "/search/?q=a", "/harbour/a-story/", "/quotes/k1/", "/feeds/atom/", "/sitemap.xml",
                    "/oembed/", "/embed/quotes/k1/", "/robots.txt", "/api/v1/stories"):  # fmt: skip
        read, asked = client.get(address), client.head(address)
        assert (asked.status_code, asked.content) == (read.status_code, b"")
        for method in (client.post, client.put, client.patch, client.delete, client.trace):
            assert method(address).status_code == 405, address
