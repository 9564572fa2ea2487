"""One newsroom in a process of its own, that answers questions about its cost: a line of JSON in, one out.

Several of them, each with another database, are asked in turns, so that what else the machine does falls on
all alike. There is no server here and no page store: what is timed is the program and its database.
"""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

from newsroom.wsgi import application  # first: it sets Django up

# isort: split
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Brand, Edition, Speaker, Story
from articles.workflow.rendered import not_rendered, render_editions
from tests.doors.desk import enter, typed

HOST: Final = "127.0.0.1"
BATCH: Final = 50  # pages that are rendered in a transaction
TOP: Final = 25  # lines of a profile


class Probe:
    """The questions, each a method that takes and returns what JSON can say."""

    def prepare(self, most: int) -> int:
        """Bring an older database up to date, and render its newest pages beforehand, as publishing does.

        How many were not rendered yet.
        """
        call_command("migrate", verbosity=0)
        paper = Brand.objects.paper()
        newest = list(Edition.objects.published().newest_first().values_list("pk", flat=True)[:most])
        waiting = list(not_rendered(paper).filter(pk__in=newest).values_list("pk", flat=True))
        for first in range(0, len(waiting), BATCH):
            render_editions(waiting[first : first + BATCH], paper)
        return len(waiting)

    def addresses(self, number: int) -> list[str]:
        """The addresses of the newest stories that can be read, but for the newest, which is the longest."""
        newest = Edition.objects.published().newest_first().only("section_slug", "slug")
        return [edition.get_absolute_url() for edition in newest[1 : number + 1]]

    def speaker(self) -> str:
        """The address of the speaker with thousands of quotes."""
        return f"/speakers/{Speaker.objects.order_by('pk')[0].slug}/"

    def pages(self, paths: Sequence[str]) -> dict[str, list[float]]:
        """Milliseconds of the clock and of the processor for each page, asked one after the other."""
        clock, processor = [], []
        for path in paths:
            began, spent = time.perf_counter(), time.process_time()
            ask(path)
            processor.append((time.process_time() - spent) * 1000)
            clock.append((time.perf_counter() - began) * 1000)
        return {"clock": clock, "processor": processor}

    def queries(self, path: str) -> int:
        """How many queries a page takes, once the process knows the house."""
        ask(path)
        with CaptureQueriesContext(connection) as captured:
            ask(path)
        return len(captured)

    def desk(self, times: int) -> dict[str, list[float]]:
        """Milliseconds to open, save and publish the longest story, by the pages that editors use."""
        client = enter(User.objects.get(username="managing"))
        client.defaults["HTTP_HOST"] = HOST
        story = Story.objects.order_by("-pk")[0]
        address, original = f"/admin/articles/story/{story.pk}", story.body
        found: dict[str, list[float]] = {"open": [], "save": [], "publish": []}
        for number in range(times + 1):  # the first warms up
            body = f"{original}<p>They met again, for the time number {number + 1}.</p>"
            steps: list[tuple[str, str, dict[str, Any] | None, int]] = [
                ("open", f"{address}/change/", None, 200),
                ("save", f"{address}/change/", typed(story, body=body), 302),
                ("publish", f"{address}/step/correct/", {"kind": "same", "version": story.version + 1}, 302),
            ]
            for name, path, fields, status in steps:
                began = time.perf_counter()
                response = client.get(path) if fields is None else client.post(path, fields)
                if number:
                    found[name].append((time.perf_counter() - began) * 1000)
                if response.status_code != status:
                    raise SystemExit(f"{path} answered {response.status_code} at the desk.")
            story.refresh_from_db()
        return found

    def profile(self, paths: Sequence[str]) -> str:
        """Where the time of pages goes, and how the database answers what they ask."""
        for path in paths:
            ask(path)
        watch = cProfile.Profile()
        with watch:
            for path in paths:
                ask(path)
        text = io.StringIO()
        pstats.Stats(watch, stream=text).sort_stats("tottime").print_stats(TOP)
        with CaptureQueriesContext(connection) as captured:
            ask(paths[0])
        return text.getvalue() + "".join(_plan(query["sql"], query["time"]) for query in captured)


def ask(path: str) -> bytes:
    """One request, as a browser makes it. Raises SystemExit when it is not answered with a page."""
    address, _mark, query = path.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": address, "QUERY_STRING": query, "HTTP_HOST": HOST}
    setup_testing_defaults(environ)
    environ["HTTP_ACCEPT_ENCODING"] = "gzip"
    told: list[str] = []
    body: Iterable[bytes] = application(environ, lambda status, headers, *_: told.append(status))
    content = b"".join(body)
    if close := getattr(body, "close", None):
        close()
    if not told[0].startswith("200"):
        raise SystemExit(f"{path} answered {told[0]}.")
    return content


def _plan(sql: str, seconds: str) -> str:
    explain = "EXPLAIN (ANALYZE, BUFFERS) " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    # What the server prepared comes without its values (articles/models/prepared.py).
    if not sql.startswith("SELECT") or "$1" in sql:
        return f"\n{sql}\n"
    with connection.cursor() as cursor:
        cursor.execute(explain + sql.replace("%", "%%"), ())
        lines = [" ".join(map(str, row)) for row in cursor.fetchall()]
    return f"\n{seconds} s: {sql}\n" + "\n".join(lines) + "\n"


def main() -> None:
    probe = Probe()
    for line in sys.stdin:
        question, arguments = json.loads(line)
        print(json.dumps(getattr(probe, question)(*arguments)), flush=True)


if __name__ == "__main__":
    main()
