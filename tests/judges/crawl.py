"""Every address of the judged site that links lead to, fetched once and shared by all judges."""

import http.client
import os
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from threading import local
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

FOLDER = "NEWSROOM_JUDGED_FOLDER"
MOST = 3000  # a page that makes up addresses must not keep the judges for ever
# What is made for each record, or for each wish, all alike: so many of each are looked at.
SAMPLE = 8
SAMPLED = {
    f"articles:{name}"
    for name in (
        *("author_feed", "dispute", "embed_quote", "oembed", "quote_image", "search"),
        *("speaker_feed", "story_image", "topic_feed"),
    )
} | {"django.views.static.serve"}
THREADS = 6
# The desk asks who one is, and what starts a form is no page.
CLOSED = ("/admin/", "/preview/")
TAG = re.compile(r"<[a-z][^<>]*>")
LINK = re.compile(r"""\s(?:href|src|action)=(?:"([^"]*)"|'([^']*)')""")
CHOICES = re.compile(r'\ssrcset="([^"]+)"')
IN_XML = re.compile(r"<loc>([^<]+)</loc>|<(?:link|atom:link)\b[^>]*\bhref=\"([^\"]+)\"|<link>([^<]+)</link>")
SEARCHES = ("/search/?q=ferry", "/search/?q=ferry&in=quotes", "/search/?q=zeppelin")
START = ("/", "/robots.txt", "/sitemap.xml", "/llms.txt", "/api/v1/docs/", *SEARCHES)
NO_PAGES = ("/none/of-the-kind/", "/none/", "/quotes/none-of-the-kind/", "/speakers/nobody/")


@dataclass(slots=True)
class Answer:
    """What the site answered at `address`, and where its links lead."""

    address: str  # path and query
    status: int
    headers: dict[str, str]
    body: bytes
    links: list[str] = field(default_factory=list)  # absolute, with fragments

    @property
    def kind(self) -> str:
        """The media type."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def view(self) -> str:
        """The name of the view that answers the address; empty when none does."""
        return view_of(self.address)


@dataclass(slots=True)
class Site:
    """The judged site: its address, and what it answered."""

    url: str
    answers: dict[str, Answer]
    linked_from: dict[str, str]

    def pages(self) -> list[Answer]:
        """Every HTML page, error pages included."""
        return [answer for answer in self.answers.values() if answer.kind == "text/html"]

    def fullest(self) -> list[Answer]:
        """The longest page of each kind: what can be wrong with a kind is most likely there."""
        found: dict[tuple[str, int], Answer] = {}
        for answer in sorted(self.pages(), key=lambda each: len(each.body)):
            found[answer.view if answer.status == 200 else "", answer.status] = answer
        return list(found.values())

    def fullest_of(self, view: str) -> Answer:
        """The longest page of one view."""
        return next(page for page in self.fullest() if page.view == f"articles:{view}" and page.status == 200)


def crawl(url: str, folder: Path, *, also: Iterable[str]) -> int:
    """Fetch every address below `url`, and those in `also`; keep the answers in `folder`; count them."""
    site = Site(url, {}, {})
    wanted = Sample()
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: set[Future[Answer]] = set()

        def visit(address: str, linked_from: str) -> None:
            if address not in site.linked_from and len(site.linked_from) < MOST and wanted(address):
                site.linked_from[address] = linked_from
                waiting.add(pool.submit(fetch, url, address))

        for address in (*START, *NO_PAGES, *also):
            visit(address, "")
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for answer in (future.result() for future in done):
                site.answers[answer.address] = answer
                for target in inside(site.url, answer.links):
                    visit(target, answer.address)
    (folder / "crawl").write_bytes(pickle.dumps(site))
    return len(site.answers)


class Sample:
    """Lets every page pass, and a few of what is made for each record."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()

    def __call__(self, address: str) -> bool:
        """Whether to fetch `address`."""
        view = view_of(address)
        if view not in SAMPLED:
            return True
        self.passed[view] += 1
        return self.passed[view] <= SAMPLE


def view_of(address: str) -> str:
    """The name of the view that answers an address; empty when none does."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


@lru_cache(maxsize=1)
def judged_site() -> Site:
    """The site that `tests.judges.site` serves."""
    return pickle.loads((Path(os.environ[FOLDER]) / "crawl").read_bytes())  # noqa: S301 (our own file)


def inside(url: str, links: list[str]) -> Iterator[str]:
    """The addresses among `links` that readers may follow on this site, without fragments."""
    for link in links:
        plain = urldefrag(link).url
        if plain.startswith(f"{url}/"):
            address = plain.removeprefix(url)
            if not address.startswith(CLOSED):
                yield address


_connections = local()


def fetch(url: str, address: str, headers: dict[str, str] | None = None) -> Answer:
    """Ask for one address, without following redirects."""
    connection = getattr(_connections, "one", None)
    if connection is None:
        connection = _connections.one = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request("GET", address, headers=headers or {})
        response = connection.getresponse()
        body = response.read()
    except (http.client.HTTPException, ConnectionError):
        connection.close()
        connection.request("GET", address, headers=headers or {})
        response = connection.getresponse()
        body = response.read()
    answer = Answer(address, response.status, {k.lower(): v for k, v in response.getheaders()}, body)
    answer.links = [urljoin(url + address, link) for link in links_of(answer)]
    return answer


def links_of(answer: Answer) -> Iterator[str]:
    """Where an answer leads, as it says it."""
    if location := answer.headers.get("location"):
        yield location
    if answer.kind == "text/html":
        tags = " ".join(TAG.findall(answer.text))
        pictures = [each.split()[0] for choice in CHOICES.findall(tags) for each in choice.split(",")]
        found = [*(a or b for a, b in LINK.findall(tags)), *pictures]
    elif answer.kind.endswith("xml"):
        found = ["".join(groups) for groups in IN_XML.findall(answer.text)]
    else:
        return
    yield from (unescape(link).strip() for link in found)
