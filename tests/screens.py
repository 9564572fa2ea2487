"""Every screen there is, found by following links: one address for each view, so that none is forgotten."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)"')
# Answers that are no page, and pages that end the visit.
NO_SCREEN = re.compile(r"/(?:logout|jsi18n|feeds|sitemap|media|static|autocomplete)|\.(?:xml|txt|csv|json)$")
TRIES = 3  # a view that only redirects or refuses is left alone after so many addresses


class Screen(NamedTuple):
    """An address, and the HTML that it was answered with."""

    address: str
    html: str


def find_screens(client: Client, start: str, *, below: str = "/") -> dict[str, Screen]:
    """One screen for each view that links lead to from `start`, by the name of the view."""
    found: dict[str, Screen] = {}
    tried: Counter[str] = Counter()
    waiting, met = deque([start]), {start}
    while waiting:
        address = waiting.popleft()
        view = view_of(address)
        if not view or view in found or tried[view] == TRIES:
            continue
        tried[view] += 1
        response = client.get(address)
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            found[view] = Screen(address, response.content.decode())
        for target in links(response, address):
            if target not in met and is_below(target, below):
                met.add(target)
                waiting.append(target)
    return found


def links(response: HttpResponseBase, address: str) -> Iterator[str]:
    """Where a page leads; for a redirect, its target."""
    if "Location" in response.headers:
        yield urljoin(address, response.headers["Location"])
    elif response.status_code == 200 and "html" in response.headers["Content-Type"]:
        for link in LINK.findall(response.content.decode()):
            yield urljoin(address, link.replace("&amp;", "&"))


def is_below(target: str, below: str) -> bool:
    """Whether `target` is a screen of this site under the path `below`."""
    parts = urlsplit(target)
    return not parts.netloc and parts.path.startswith(below) and not NO_SCREEN.search(parts.path)


def view_of(address: str) -> str:
    """The name of the view that answers `address`; empty when none does."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.view_name or match._func_path
