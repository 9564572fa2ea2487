"""Every public address at once: whatever is not published shows at none of them, however one asks."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote as quoted

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from pytest_django import Settings

from articles import share_image
from articles.models import Dispute, Edition, EditionQuote, Paper, PolicyEdition, Story
from articles.urls import urlpatterns
from tests.secrets import DAY, SECRETS, SHOWN, ask, deep, keep_secrets

pytestmark = pytest.mark.django_db

# The desk's own, behind a log-in or a signed link: tests/doors/test_preview.py, test_front.py, test_look.py.
PRIVATE = {"preview", "preview_link", "front_preview", "policy_preview", "look_preview", "look_preview_css"}
FORMS = ("atom", "rss", "json")
PLAIN = (
    "front", "about", "api_openapi", "api_docs", "api", "archive", "corrections", "developing", "disputes",
    "dispute", "feeds", "policies", "about_quotes", "quote_check", "transparency", "llms", "robots",
    "manifest", "sitemap", "sitemap_news", "api_missing",
)  # fmt: skip
# Lists and questions, with what is asked of each: {} stands for a word.
ASKED = {
    "api_stories": ("", "q={}", "topic={}", "author={}", "speaker={}", "section={}"),
    "api_quotes": ("", "q={}", "speaker={}", "source={}", "topic={}"),
    "api_speakers": ("", "q={}"),
    "api_sources": ("",),
    "api_corrections": ("",),
    "api_search": ("q={}", "q=sings&topic={}"),
    "api_quote_check": ("words=The+{}+sings", "words=The+gate+{}+be+closed+before+the+tide+turns"),
    "quotes": ("", "section=harbour"),
    "speakers": ("", "q={}", "from=z"),
    "search": ("", "q={}", "q={}&in=stories", "q={}&in=quotes", "q={}&in=speakers", "q={}&in=sources",
               "q=-other+sings&topic={}", "q=sings&speaker={}"),
    "quote_check": ("words=The+{}+sings",),
}  # fmt: skip
BY_SLUG = {
    "author": "", "topic": "", "speaker": "by=topic q=sings topic=lighthouses", "source": "", "quote": "",
    "embed_quote": "", "api_quote": "", "api_speaker": "", "api_source": "", "policy": "", "section": "",
    "dispute_state": "",
}  # fmt: skip
FEEDS = ("author_feed", "speaker_feed", "topic_feed", "section_feed")
SILENT = {  # of what is published they say nothing; or they have no words, as a picture
    "about", "api", "api_docs", "api_missing", "api_openapi", "about_quotes", "archive_year", "dispute_state",
    "disputes", "feeds", "manifest", "paper_css", "policies", "policy", "policy_version", "quote_image",
    "robots", "section_feed", "sitemap", "story_image", "transparency", "llms", "changes", "developing",
}  # fmt: skip


def names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str | None]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name


def addresses() -> Iterator[tuple[str, str]]:
    """Every public address there is or could be, with its name: also those that the secrets would have."""
    words = [ask(name) for name in (SHOWN, *SECRETS)]
    for name in PLAIN:
        yield name, reverse(f"articles:{name}")
    for name, questions in ASKED.items():
        for question in questions:  # the secrets are asked for below
            yield name, f"{reverse(f'articles:{name}')}?{question.format(ask(SHOWN))}"
    yield from by_slug(words)
    yield from of_editions()
    yield from of_the_desk()


def by_slug(words: list[str]) -> Iterator[tuple[str, str]]:
    for name, questions in BY_SLUG.items():
        for word in (*words, "harbour"):
            address = reverse(f"articles:{name}", args=[word])
            yield name, address
            yield from ((name, f"{address}?{question}") for question in questions.split())
    for form in FORMS:
        for name in ("feed", "quotes_feed", "corrections_feed"):
            yield name, reverse(f"articles:{name}", args=[form])
        yield "section_feed", reverse("articles:section_feed", args=["harbour", form])
    for number, name in enumerate(FEEDS):  # the formats in turn: all write the same entries
        yield from (
            (name, reverse(f"articles:{name}", args=[word, FORMS[number % len(FORMS)]])) for word in words
        )


def of_editions() -> Iterator[tuple[str, str]]:
    """The addresses of everything that an edition ever said, read or not."""
    for edition in Edition.objects.all():
        where = [edition.section_slug, edition.slug]
        yield "story", edition.get_absolute_url()
        yield "history", reverse("articles:history", args=where)
        yield "changes", reverse("articles:changes", args=[*where, 1, 2])
        yield "story_image", share_image.story_address(edition, Paper())
        yield "oembed", oembed(edition.get_absolute_url())
        yield "dispute", f"{reverse('articles:dispute')}?story={edition.section_slug}/{edition.slug}"
    for quote in EditionQuote.objects.select_related("edition"):
        yield "quote", quote.get_absolute_url()
        yield "embed_quote", reverse("articles:embed_quote", args=[quote.quote_key])
        yield "quote_image", share_image.quote_address(quote, Paper())
        yield "oembed", f"{oembed(quote.get_absolute_url())}&format=xml"
        yield "dispute", f"{reverse('articles:dispute')}?quote={quote.quote_key}"
    for story in Story.objects.all():
        yield "api_story", reverse("articles:api_story", args=[story.pk])
        yield "api_ninjs", reverse("articles:api_ninjs", args=[story.pk])
        yield "story", reverse("articles:story", args=["harbour", story.slug or "none"])
        yield "history", reverse("articles:history", args=["harbour", story.slug or "none"])


def of_the_desk() -> Iterator[tuple[str, str]]:
    """Days, parts of the map, policies, reports, and the stylesheet."""
    today = timezone.localdate()
    for length, name in enumerate(("archive_year", "archive_month", "archive_day"), start=1):
        for day in (today, today - DAY):
            yield name, reverse(f"articles:{name}", args=[day.year, day.month, day.day][:length])
    months = {
        f"stories-{moment:%Y-%m}" for moment in (timezone.now(), timezone.now() - timezone.timedelta(1))
    }
    for part in (*months, "pages", "quotes", "sources", "speakers", "topics", "authors"):
        yield "sitemap_part", reverse("articles:sitemap_part", args=[part])
    for policy in PolicyEdition.objects.all():
        yield "policy_version", reverse("articles:policy_version", args=[policy.slug, policy.number])
    for dispute in Dispute.objects.exclude(status="answered", published_at=None):
        yield "dispute_state", dispute.get_absolute_url()
    yield "paper_css", reverse("articles:paper_css", args=["none"])


def oembed(path: str) -> str:
    return f"{reverse('articles:oembed')}?url={quoted(f'http://127.0.0.1:8000{path}')}"


@pytest.fixture
def drawn(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The words of every picture that is drawn, in the place of drawing it."""
    settings.NEWSROOM_API_RATE = 0
    cards: list[str] = []
    monkeypatch.setattr(share_image, "picture", lambda card: cards.append(repr(card)) or b"picture")
    yield cards
    cache.clear()


def test_no_public_address_is_forgotten() -> None:
    keep_secrets()
    assert {name for name, _address in addresses()} | PRIVATE == set(names(urlpatterns))


def test_what_is_not_published_shows_at_no_public_address(client: Client, drawn: list[str]) -> None:
    keep_secrets()
    found: dict[str, list[str]] = {}
    showing: set[str] = set()
    for name, address in dict.fromkeys(addresses()):
        drawn.clear()
        response = client.get(address)
        assert response.status_code < 500, address
        said = response.content.decode(errors="replace") + str(response.headers) + "".join(drawn)
        words = {deep(secret) for secret in SECRETS}
        words |= {ask(secret) for secret in SECRETS if ask(secret) not in address}
        if leaked := [word for word in words if word in said]:
            found[address] = leaked
        if deep(SHOWN) in said:
            showing.add(name)
        assert "Cookie" not in response.get("Vary", ""), address
        assert not response.cookies, address
    assert found == {}
    assert {name for name, _address in addresses()} - showing <= SILENT, "These may look in the wrong place."


def test_asking_for_a_secret_is_answered_like_asking_for_nothing(client: Client, drawn: list[str]) -> None:
    keep_secrets()
    asked = [(name, each) for name, questions in ASKED.items() for each in questions if "{}" in each]
    slips = [("search", "q={}"), ("search", "q={}&in=quotes")]
    for name, question in [*asked, *slips]:
        address = f"{reverse(f'articles:{name}')}?{question}"
        words = {secret: ask(secret) for secret in SECRETS}
        if (name, question) in slips:  # two letters changed places, which could be set right
            words |= {f"{secret}, nearly": f"{word[:-2]}ks" for secret, word in words.items()}
        nothing = answer(client, address, "zqnothingask")
        differ = [secret for secret, word in words.items() if answer(client, address, word) != nothing]
        assert differ == [], address
        if not question.startswith(("section", "words=The+gate")):  # no section; near to what is published
            assert answer(client, address, ask(SHOWN)) != nothing, address


def answer(client: Client, address: str, word: str) -> str:
    """What is answered to somebody who asks for a word, without the word itself, wherever it is repeated."""
    return client.get(address.format(word)).content.decode().replace(word, "…")
