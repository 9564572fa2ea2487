"""Pages that are only read: whoever sends something is told so (405), token or not."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from articles.urls import urlpatterns

pytestmark = pytest.mark.django_db

# The forms that readers and editors send; each has its own test.
SENT = {"dispute", "preview", "look_preview"}
SAMPLES = {"IntConverter": 1, "FourDigits": "2026", "Digits": "05", "FeedForm": "atom"}


def read_addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """An address for every page that is only read."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from read_addresses(pattern.url_patterns)
        elif pattern.name and pattern.name not in SENT:
            converters = pattern.pattern.converters
            words = {name: SAMPLES.get(type(each).__name__, "a-b") for name, each in converters.items()}
            yield reverse(f"articles:{pattern.name}", kwargs=words)


def test_whoever_sends_something_to_a_page_is_told_what_it_answers() -> None:
    client = Client(enforce_csrf_checks=True)
    addresses = set(read_addresses(urlpatterns))
    assert {"/", "/feeds/a-b/atom/", "/a-b/a-b/", "/preview/a-b/", "/a-b/a-b/card-a-b.png"} <= addresses
    for address in sorted(addresses):
        answer = client.post(address, {"words": "x"})
        assert answer.status_code == 405, address
        assert answer.headers["Allow"].startswith("GET, HEAD"), address


@pytest.mark.parametrize("address", ["/preview/look/", "/preview/1/"])
def test_a_form_of_the_desk_still_needs_its_token(address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
