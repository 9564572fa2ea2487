"""The proof: whatever a verb changes, the store then serves byte for byte what Django would make anew."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles.models import (
    Edition,
    EditionByline,
    EditionQuote,
    EditionTopic,
    FormerAddress,
    Section,
    SiteChange,
)
from articles.models.surrogate import read_keys, touches
from newsroom.page_store.store import MEGABYTE, PageStore
from tests.doors.page_store.asking import Got, Told, ask
from tests.doors.page_store.world import World
from tests.doors.test_crawl import PLAIN, of_the_desk

pytestmark = pytest.mark.django_db

# Not kept by anybody, or pictures, which have the stamp of what they show in their address.
LEFT_OUT = {
    "oembed", "dispute", "story_image", "quote_image", "robots", "api_missing", "paper_css", "api_docs",
    "api_openapi", "api", "feeds",
}  # fmt: skip
SLUGS = {
    "section": ("section", "section_feed"),
    "topic": ("topic", "topic_feed"),
    "author": ("author", "author_feed"),
    "speaker": ("speaker", "api_speaker"),
    "source": ("source",),
    "quote": ("quote", "embed_quote"),
}


class Page(NamedTuple):
    """What of an answer must not differ."""

    code: int
    body: bytes
    location: str

    @classmethod
    def of(cls, got: Got) -> "Page":
        return cls(got.code, got.body, got.headers.get("Location", ""))


class Once:
    """Django, asked once for each address until `forget`; then whoever asks again gets the same."""

    def __init__(self) -> None:
        self._django = WSGIHandler()
        self._answers: dict[str, tuple[list[Any], bytes, list[Any]]] = {}
        self.asked = 0

    def forget(self) -> None:
        self._answers.clear()
        self.asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        address = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        if address not in self._answers:
            houses: list[Any] = []
            started: list[Any] = []
            asked = {**environ, "newsroom.learn": houses.append}
            body = b"".join(self._django(asked, lambda *given: started.append(given)))
            self._answers[address] = (list(started[-1]), body, houses)
        told, body, houses = self._answers[address]
        for house in houses:
            environ.get("newsroom.learn", id)(house)
        start_response(*told)
        return [body]


def addresses() -> Iterator[str]:
    """Every public address of which the answer may be kept, by the store or by others."""
    for name in set(PLAIN) - LEFT_OUT:
        yield reverse(f"articles:{name}")
    for name in ("api_stories", "api_speakers", "quotes", "speakers"):
        yield reverse(f"articles:{name}")
    yield from (
        reverse(f"articles:{name}", args=["atom"]) for name in ("feed", "quotes_feed", "corrections_feed")
    )
    yield from (address for name, address in of_the_desk() if name not in LEFT_OUT)
    for number, section, slug in Edition.objects.values_list("story", "section_slug", "slug"):
        yield reverse("articles:story", args=[section, slug])
        yield reverse("articles:history", args=[section, slug])
        yield reverse("articles:api_story", args=[number])
    for kind, slug in sorted(set(slugs())):
        for name in SLUGS[kind]:
            yield reverse(f"articles:{name}", args=[slug, "json"] if name.endswith("_feed") else [slug])


def slugs() -> Iterator[tuple[str, str]]:
    yield from FormerAddress.objects.values_list("kind", "slug")
    yield from (("section", slug) for slug in Section.objects.values_list("slug", flat=True))
    yield from (("topic", slug) for slug in EditionTopic.objects.values_list("slug", flat=True))
    yield from (("author", slug) for slug in EditionByline.objects.values_list("slug", flat=True))
    for speaker, source, quote in EditionQuote.objects.values_list("speaker_slug", "source_key", "quote_key"):
        yield "speaker", speaker
        yield "quote", quote
        yield from [("source", source)] if source else []


def test_no_verb_leaves_an_old_page_with_readers(settings: Settings, clock: TimeMachineFixture) -> None:
    settings.NEWSROOM_API_RATE = 0
    world, django = World(clock), Once()
    store = PageStore(django, room=64 * MEGABYTE, version=Told())  # type: ignore[arg-type]
    known: dict[str, None] = {}
    before: dict[str, tuple[Page, frozenset[str]]] = {}
    spared: dict[str, int] = {}
    for deed, do in [("nothing", int), *world.deeds()]:
        clock.shift(60)
        changes = SiteChange.objects.count()
        do()
        told = [row.keys for row in SiteChange.objects.order_by("pk")[changes:]]
        known |= dict.fromkeys(addresses())
        django.forget()
        fresh = {address: ask(django, address) for address in known}
        django.asked = 0
        served = {address: Page.of(ask(store, address)) for address in known}
        spared[deed] = len(known) - django.asked
        now = {address: (Page.of(got), keys_of(got)) for address, got in fresh.items()}
        assert [a for a, page in served.items() if page != now[a][0]] == [], f"{deed}: these are old."
        if told:  # nobody writes when an hour has come: pages end by themselves then
            changed = [a for a, (page, _) in before.items() if page != now[a][0] and page.code != 404]
            untold = [a for a in changed if not any(touches(keys, before[a][1]) for keys in told)]
            assert untold == [], f"{deed}: nothing said that these change."
        before = now
    assert store.pages > 60
    assert min(spared[deed] for deed in ("publish", "correct", "clarify", "arrange the front page")) > 20, (
        spared
    )


def keys_of(got: Got) -> frozenset[str]:
    return read_keys(got.headers.get("Surrogate-Key", ""))
