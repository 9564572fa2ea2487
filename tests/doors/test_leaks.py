"""Nothing that is not published shows anywhere, and no public page even asks for it."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Dispute, Edition, PolicyEdition, Story
from articles.models.surrogate import HEADER
from tests.disputes import make_dispute, make_policy, make_policy_edition
from tests.editions import (
    make_correction,
    make_edition,
    replace_edition,
    source_json,
    speaker_json,
    step,
    withdraw_edition,
)
from tests.factories import make_quote, make_quoting_story, make_source, make_speaker

pytestmark = pytest.mark.django_db

CANARY = "quokkazephyr"
# What editors work on. Public code never reads these tables.
DESK_TABLES = {"story", "quote", "source", "speaker", "role", "quotation", "snapshot", "copy", "event",
               "byline", "image", "verificationentry", "override", "thread", "comment",
               "notification", "policy"}  # fmt: skip
ASKING = [
    "/search/?q=lighthouse",
    "/search/?q=lihgthouse",
    "/search/?q=a&in=quotes",
    "/search/?q=marrow&in=speakers",
    "/quotes/check/?words=We+will+keep+the+lighthouse",
]
TABLE = re.compile(r'(?:from|join)\s+"?articles_(\w+)"?', re.IGNORECASE)


def canary_edition(**fields: Any) -> dict[str, Any]:
    """Columns of an edition that says the canary in every place where an edition can say something."""
    quote = {
        "words": f"The {CANARY} sings.",
        "segments": [f"The {CANARY} sings."],
        "quote_key": CANARY,
        "speaker_slug": CANARY,
        "speaker_name": f"Ada {CANARY}",
        "speaker": speaker_json(bio=CANARY),
        "source_key": CANARY,
        "source": source_json(title=CANARY, passage=CANARY, passage_spans=[]),
        "history": [step("verified", by=CANARY, note=CANARY)],
    }
    image = {"url": f"/media/{CANARY}.jpg", "width": 9, "height": 6, "alt": CANARY, "caption": CANARY}
    return {
        "headline": f"The {CANARY} lands",
        "dek": CANARY,
        "kicker": CANARY,
        "dateline": CANARY,
        "body_text": f"A {CANARY} in the text.",
        "bylines": [{"name": CANARY, "slug": CANARY}],
        "topics": [{"name": CANARY, "slug": CANARY}],
        "image": image,
        "quotes": [quote],
    } | fields


def unpublished_records() -> None:
    """A draft and its records, saying the canary."""
    speaker = make_speaker(f"Ada {CANARY}", slug=CANARY, bio=CANARY)
    source = make_source(text=f"The {CANARY} sings.", title=CANARY)
    make_quote(f"The {CANARY} sings.", speaker=speaker, source=source)
    make_quoting_story(
        words=f"The {CANARY} sings.", headline=CANARY, slug=CANARY, dek=CANARY, topics=[CANARY]
    )


def embargoed_edition() -> None:
    make_edition(**canary_edition(live_from=timezone.now() + timedelta(days=1)))


def later_edition() -> None:
    """A correction of a live story that takes effect tomorrow."""
    now = make_edition()
    tomorrow = replace_edition(now, at=timezone.now() + timedelta(days=1), **canary_edition(slug="next"))
    make_correction(tomorrow, CANARY)


def former_edition() -> None:
    """What a story said before."""
    before = make_edition(**canary_edition(slug="a-story"))
    make_correction(before, CANARY)
    replace_edition(before, headline="Other words", bylines=[], topics=[])


def killed_edition() -> None:
    killed = make_edition(**canary_edition(slug="a-killed-story"))
    make_correction(killed, CANARY)
    withdraw_edition(killed, "This story was wrong.")


def cancelled_edition() -> None:
    """A story whose schedule was cancelled; its hour has come."""
    planned = make_edition(**canary_edition(live_from=timezone.now() - timedelta(minutes=5)))
    Edition.objects.filter(pk=planned.pk).end(planned.live_from)


def promises_and_disputes() -> None:
    """What the desk writes of a policy, what readers report, and an answer that nobody published."""
    make_policy(title=CANARY, slug=CANARY, summary=CANARY, body=f"<p>{CANARY}</p>")
    ended = make_policy("privacy", title=CANARY, slug=f"{CANARY}-2", body=f"<p>{CANARY}</p>")
    make_policy_edition(ended, summary=CANARY, live_until=timezone.now())
    make_policy_edition(make_policy("contact"), change_note="New.")
    sent = {"words": CANARY, "name": CANARY, "email": f"{CANARY}@reader.example"}
    edition = make_edition(slug="a-disputed-story")
    make_dispute(edition, **sent)
    make_dispute(edition, outcome="upheld", outcome_text=CANARY, **sent)
    make_dispute(edition, outcome="upheld", published_at=timezone.now(), **sent)


HIDDEN = [
    unpublished_records,
    embargoed_edition,
    later_edition,
    former_edition,
    killed_edition,
    cancelled_edition,
    promises_and_disputes,
]


def addresses() -> Iterator[str]:
    """Every public address, with those that the canary would have."""
    for name in ("front", "archive", "corrections", "about_quotes", "quotes", "quote_check", "speakers",
                 "search", "feed", "feeds", "robots", "llms", "manifest",
                 "about", "policies", "disputes", "dispute", "transparency",
                 "sitemap", "sitemap_news"):  # fmt: skip
        yield reverse(f"articles:{name}")
    month = f"stories-{timezone.now() - timedelta(hours=1):%Y-%m}"
    for part in ("pages", month, "quotes", "sources", "speakers", "topics", "authors"):
        yield reverse("articles:sitemap_part", args=[part])
    yield reverse("articles:section", args=["harbour"])
    for form in ("atom", "rss", "json"):
        yield from (reverse(f"articles:{name}", args=[form]) for name in ("quotes_feed", "corrections_feed"))
        yield reverse("articles:section_feed", args=["harbour", form])
        for name in ("speaker_feed", "topic_feed", "author_feed"):
            yield reverse(f"articles:{name}", args=[CANARY, form])
    yield "/harbour/the-canary-lands/"
    yield from promised()
    for edition in Edition.objects.all():
        yield edition.get_absolute_url()
        for quote in edition.quotes.all():
            yield quote.get_absolute_url()
            yield reverse("articles:speaker", args=[quote.speaker_slug])
            yield reverse("articles:source", args=[quote.source_key])
        for topic in edition.topics:
            yield reverse("articles:topic", args=[topic["slug"]])
        for author in edition.bylines:
            yield reverse("articles:author", args=[author["slug"]])
    for story in Story.objects.exclude(slug=""):
        yield reverse("articles:story", args=["harbour", story.slug])


def promised() -> Iterator[str]:
    """The addresses of policies and of readers' reports, those that nobody should find among them."""
    yield from (reverse("articles:policy", args=[slug]) for slug in (CANARY, f"{CANARY}-2"))
    for policy in PolicyEdition.objects.all():
        yield policy.get_absolute_url()
        yield reverse("articles:policy_version", args=[policy.slug, policy.number])
    for dispute in Dispute.objects.filter(status="received"):
        yield dispute.get_absolute_url()
    for edition in Edition.objects.all():
        form = f"{reverse('articles:dispute')}?story={edition.section_slug}/{edition.slug}"
        yield from [form, *(f"{form}&quote={quote.quote_key}" for quote in edition.quotes.all())]


def without_echo(text: str, address: str) -> str:
    """The answer without the address itself, which the page of a killed story may repeat in its head."""
    return text.replace(address, "")


def without_asked(headers: Mapping[str, str], address: str) -> str:
    """The headers; without the keys where the address has the canary: what is not there depends on it."""
    return str({name: value for name, value in headers.items() if CANARY not in address or name != HEADER})


@pytest.mark.parametrize(
    "hidden",
    [
        unpublished_records,
        embargoed_edition,
        later_edition,
        former_edition,
        killed_edition,
        cancelled_edition,
        promises_and_disputes,
    ],
)
def test_a_canary_that_is_not_published_shows_nowhere(client: Client, hidden: Any) -> None:
    make_edition(headline="A story for every list", quotes=[{}])
    hidden()
    for address in dict.fromkeys(addresses()):
        response = client.get(address)
        assert response.status_code in (200, 301, 302, 404, 410), address
        shown = response.content.decode() + without_asked(response.headers, address)
        assert CANARY not in without_echo(shown, address), address


@pytest.mark.parametrize(
    "hidden",
    [
        unpublished_records,
        embargoed_edition,
        later_edition,
        former_edition,
        killed_edition,
        cancelled_edition,
        promises_and_disputes,
    ],
)
def test_search_neither_finds_nor_suggests_nor_checks_what_is_not_published(
    client: Client, hidden: Any
) -> None:
    hidden()
    near = f"{CANARY[:-2]}{CANARY[-1]}{CANARY[-2]}"  # two letters changed places: a likely slip
    for words in (CANARY, near, f'"The {CANARY} sings"'):
        for among in ("", "stories", "quotes", "speakers", "sources"):
            page = client.get("/search/", {"q": words, "in": among}).content.decode()
            assert "found-" not in page
            assert "Did you mean" not in page
            assert words != near or CANARY not in page
    pasted = f"The {CANARY} sings."
    page = client.get("/quotes/check/", {"words": pasted}).content.decode()
    assert 'data-answer="absent"' in page
    assert CANARY not in page.replace(pasted, "")


def test_the_canary_shows_once_it_is_published(client: Client) -> None:
    """The tests above look in the right places."""
    edition = make_edition(**canary_edition())
    make_correction(edition, CANARY)
    silent = {
        "/policies/quotations/",
        "/policies/",
        "/about/",
        "/disputes/",
        "/disputes/new/",
        "/transparency/",
        "/feeds/",
        "/quotes/check/",
        "/search/",
        "/llms.txt",
        "/robots.txt",
        "/site.webmanifest",
        "/sitemap.xml",
        "/sitemap-pages.xml",
    }
    for address in dict.fromkeys(addresses()):
        response = client.get(address)
        if address not in silent and response.status_code == 200:
            assert CANARY in without_echo(response.content.decode(), address), address


def test_no_public_page_asks_the_tables_of_the_desk(client: Client) -> None:
    killed = make_edition(headline="Killed", quotes=[{"quote_key": "gone1"}])
    withdraw_edition(killed, "This story was wrong.")
    moved = make_edition(headline="Moved", quotes=[{}, {"verification": "disputed"}])
    make_correction(replace_edition(moved, slug="elsewhere"))
    asked: dict[str, set[str]] = {}
    for address in [*dict.fromkeys(addresses()), *ASKING, "/none/"]:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[address] = {table for query in queries for table in TABLE.findall(query["sql"])}
    assert any("edition" in tables for tables in asked.values())
    assert {address: tables & DESK_TABLES for address, tables in asked.items() if tables & DESK_TABLES} == {}
