"""How many pages a processor answers in a second: from the store, by Django, by a view that says nothing.

Everything runs in this process and in one thread, without a server and a network, on a database of its own
(SQLite) that holds invented stories. So the figures say what the program costs and no more; what can be
compared between machines is the ratios. They are an upper bound: a server adds its own cost to each row.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

FOLDER = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
os.environ |= {
    "NEWSROOM_DEV": "1",
    "DEBUG": "0",
    "NEWSROOM_ENV_FILE": "",
    "NEWSROOM_PAGE_STORE": "64",
    "NEWSROOM_LOG_LEVEL": "WARNING",
    "DATABASE_URL": f"sqlite:///{Path(FOLDER.name) / 'bench.sqlite3'}",
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
}

import django  # noqa: E402
from django.conf import settings  # noqa: E402

# As deployed: no search for static files at each request.
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
settings.ROOT_URLCONF = "bench.pages_urls"
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from articles.models import Edition  # noqa: E402
from articles.workflow.readers import readers_see  # noqa: E402
from newsroom.page_store.store import PageStore, open_store  # noqa: E402
from tests.editions import make_edition  # noqa: E402
from tests.factories import make_section  # noqa: E402

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

QUOTES = 8  # in each story
PARAGRAPHS = 20
PARAGRAPH = (
    "The harbour council met for three hours on Tuesday and heard from everybody who had asked to be heard. "
    "Most of them spoke about the winter, some about the wall, and one about a boat that nobody had missed. "
)


@transaction.atomic
def fill(stories: int) -> list[str]:
    """Publish so many invented stories; return their addresses."""
    section = make_section("Harbour")
    addresses = []
    for number in range(stories):
        edition = make_edition(
            section=section, quotes=[{"quote_key": f"s{number}q{each}"} for each in range(QUOTES)]
        )
        longer = edition.body_html + f"<p>{PARAGRAPH}</p>" * PARAGRAPHS
        with connection.cursor() as cursor:  # an edition is written once, also for the ORM
            cursor.execute(
                f"UPDATE {Edition._meta.db_table} SET body_html = %s WHERE id = %s",  # noqa: S608 (its own table)
                [longer, edition.pk],
            )
        addresses.append(edition.get_absolute_url())
    readers_see()
    return addresses


def ask(application: Application, address: str) -> tuple[str, int]:
    """One request as a browser makes it; the status and how many bytes came."""
    environ: dict[str, Any] = {"PATH_INFO": address, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    environ["HTTP_ACCEPT_ENCODING"] = "gzip, deflate, br"
    started: list[str] = []
    body = application(environ, lambda status, headers, exc_info=None: started.append(status))
    size = sum(map(len, body))
    close = getattr(body, "close", None)
    if close is not None:
        close()
    return started[0], size


def rate(application: Application, addresses: list[str], seconds: float) -> float:
    """Requests a second of the processor (not of the clock), going round the addresses for so long."""
    done, began, spent = 0, time.thread_time(), 0.0
    while spent < seconds:
        for address in addresses:
            ask(application, address)
        done += len(addresses)
        spent = time.thread_time() - began
    return done / spent


def measure(stories: int, rounds: int, seconds: float) -> dict[str, Any]:
    """The rates of each, taken in turns so that what else the machine does falls on all of them alike."""
    addresses = fill(stories)
    whole = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare = WSGIHandler()
    store = open_store(whole)
    candidates: dict[str, tuple[Application, list[str]]] = {
        "constant view, no middleware": (bare, ["/constant/"] * 20),
        "constant view, our middleware": (whole, ["/constant/"] * 20),
        "story by Django": (whole, addresses[:20]),
        "story from the store": (store, addresses),
    }
    for application, asked in candidates.values():
        assert {ask(application, address)[0] for address in asked} == {"200 OK"}
    assert store.pages == len(addresses), "The store has no room for all pages."
    runs: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, (application, asked) in candidates.items():
            runs[name].append(rate(application, asked, seconds))
    return {"stories": stories, "bytes_a_page": _bytes_a_page(store), "runs": runs}


def _bytes_a_page(store: PageStore) -> int:
    return round(store.size / store.pages)


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    medians = {name: statistics.median(found) for name, found in figures["runs"].items()}
    yard = medians["constant view, no middleware"]
    lines = [f"{'':32}{'requests/s':>12}{'lowest':>10}{'highest':>10}{'ratio':>8}"]
    for name, found in figures["runs"].items():
        spread = f"{min(found):>10,.0f}{max(found):>10,.0f}"
        lines.append(f"{name:32}{medians[name]:>12,.0f}{spread}{medians[name] / yard:>8.2f}")
    lines.append(
        f"{figures['stories']} addresses in turn; the store takes {figures['bytes_a_page']:,} bytes a page."
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200, help="how many addresses are asked in turn")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--seconds", type=float, default=1.0, help="of each measurement")
    parser.add_argument("--json", action="store_true", help="print the figures for a program")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    figures = measure(options.stories, options.rounds, options.seconds)
    print(json.dumps(figures, indent=1) if options.json else table(figures))


if __name__ == "__main__":
    main()
