"""Several hosts, one after the other ill, while people read and an editor publishes: what did readers see?

The counts are printed as a table and written to var/hosts.json.
"""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from rich.console import Console
from rich.table import Table

from tests.bucket import Bucket
from tests.hosts.deployed import ROOT
from tests.hosts.desk import Desk
from tests.hosts.readers import Counts, Readers, Truth, connect, get
from tests.hosts.several import HOSTS, Site, several_hosts

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", *HOSTS])

SECONDS = 2.0  # of each part
STORIES, REST, UNSEEN = 6, 30, 60
READERS = 6
FRONT = ["/", "/harbour/", "/feeds/", "/archive/", "/corrections/"]


class Day:
    """A day at the paper: the editor goes on publishing while something happens to the machines."""

    def __init__(self, site: Site, desk: Desk, readers: Readers) -> None:
        self.site, self.desk, self.readers = site, desk, readers
        self.marks = itertools.count(1)
        self.stories = [self.publish() for _ in range(STORIES)]

    def publish(self) -> str:
        """A new story, which readers know of from now on."""
        path, _ = self.desk.order("publish")
        self.readers.truth[path] = Truth()
        self.readers.paths = [*self.readers.paths, path]
        return path

    def correct(self, path: str) -> None:
        """Change a story: the old text may be seen for a second more."""
        mark = next(self.marks)
        _, at = self.desk.order("correct", path=path, mark=mark)
        if at:
            self.readers.truth[path].marks.append((at, mark))

    def kill(self) -> str:
        """Withdraw a story: it may be seen for a second more."""
        path = self.stories.pop()
        _, at = self.desk.order("kill", path=path)
        self.readers.truth[path].killed = at
        return path

    def pass_by(self, seconds: float = SECONDS, *, publishing: bool = True) -> None:
        """Let time go by. While the primary is away nobody can publish."""
        end = time.monotonic() + seconds
        turns = itertools.cycle(self.stories)
        while time.monotonic() < end:
            if publishing:
                self.correct(next(turns))
            time.sleep(0.2)

    @contextmanager
    def part(self, name: str) -> Iterator[Counts]:
        """Count what readers see meanwhile."""
        yield self.readers.part(name)
        self.readers.part("")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Everything that happened: the counts are in `readers.parts`."""
    folder = tmp_path_factory.mktemp("several")
    with several_hosts(folder) as site, Desk(site.variables) as desk:
        readers = Readers(site.port, READERS)
        rest = desk.order("fill", number=REST)[0]
        unseen = desk.order("fill", number=UNSEEN)[0]
        readers.paths = [*FRONT, *rest]
        day = Day(site, desk, readers)
        ask_for_each(site, readers.paths * 3)
        readers.start()
        try:
            live_through(day, iter(unseen))
        finally:
            readers.stop()
            show(readers.parts)
        yield day


def ask_for_each(site: Site, paths: list[str]) -> None:
    """Let the hosts have every page that is read, as the many readers of a paper do by themselves."""
    with closing(connect(site.port)) as connection:
        seen = {path: get(connection, path)[0] for path in paths}
    assert set(seen.values()) <= {200, 410}, seen


def live_through(day: Day, unseen: Iterator[str]) -> None:
    """One illness after the other, each of them healed."""
    site = day.site
    with day.part("all is well"):
        day.pass_by()
    with day.part("a story is killed"):
        day.kill()
        day.pass_by()
    with day.part("a host loses power, and comes back"):
        site.web[1].kill()
        day.pass_by()
        site.web[1].start()
        day.pass_by(1)
    with day.part("the replica is behind"):
        site.replica.ask("SELECT pg_wal_replay_pause()")
        day.kill()
        day.pass_by()
        site.replica.ask("SELECT pg_wal_replay_resume()")
        day.pass_by(1)
    with day.part("the replica is cut off, and comes back"):
        site.replica.stop()
        day.pass_by()
        site.replica.start()
        day.pass_by(1)
    day.readers.unseen = itertools.chain(itertools.islice(unseen, UNSEEN // 2))
    with day.part("the primary is away"):
        site.primary.stop()
        day.pass_by(publishing=False)
        ask_for_each(site, day.readers.paths)
    with day.part("both databases are away"):
        site.replica.stop()
        day.readers.unseen = itertools.chain(unseen)
        day.pass_by(publishing=False)
    with day.part("both databases come back"):
        site.primary.start()
        site.replica.start()
        until(lambda: day.desk.order("correct", path=day.stories[0], mark=next(day.marks))[1] > 0)
        day.pass_by()
    with day.part("Redis is stopped, and comes back"):
        site.redis.kill()
        day.pass_by()
        site.redis.start()
        day.pass_by(1)
    with day.part("all is well again"):
        day.pass_by()


def until(done: Callable[[], bool], seconds: float = 10) -> None:
    """Ask again and again."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.1)


def show(parts: list[Counts]) -> None:
    """Print the table, and write it down."""
    rows = [part.row() for part in parts]
    table = Table(*rows[0], title="What readers saw")
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=170).print(table)
    (ROOT / "var").mkdir(exist_ok=True)
    (ROOT / "var/hosts.json").write_text(json.dumps(rows, indent=1))


def test_nobody_saw_an_old_page_after_a_second_or_a_killed_story(day: Day) -> None:
    assert {part.name: part.stale for part in day.readers.parts if part.stale} == {}


def test_nobody_saw_an_error(day: Day) -> None:
    assert {part.name: part.statuses for part in day.readers.parts if part.failures} == {}
    assert {part.name: part.errors for part in day.readers.parts if part.errors} == {}


def test_readers_were_asked_to_come_back_only_while_no_database_answered(day: Day) -> None:
    without = {"both databases are away", "both databases come back"}
    others = [part for part in day.readers.parts if part.name not in without]
    # A busy machine may take a database that is slow for one that is away.
    assert sum(part.calm for part in others) <= 0.005 * sum(part.pages for part in others)


def test_readers_went_on_reading_all_the_time(day: Day) -> None:
    assert all(part.pages > 30 for part in day.readers.parts)
    assert max(part.gap for part in day.readers.parts) < 3


def test_what_is_kept_was_read_without_a_database(day: Day) -> None:
    (away,) = [part for part in day.readers.parts if part.name == "both databases are away"]
    assert away.statuses[200] + away.statuses[410] > 0.9 * away.pages
    assert away.marked > 0


def test_pages_that_nobody_had_seen_were_read_from_the_replica(day: Day) -> None:
    (away,) = [part for part in day.readers.parts if part.name == "the primary is away"]
    assert away.statuses[200] > 0.9 * away.pages
    counted = "SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'articles_edition'"
    assert day.site.replica.ask(counted) > 10


def test_killed_stories_are_gone_on_every_host(day: Day) -> None:
    killed = [path for path, truth in day.readers.truth.items() if truth.killed < float("inf")]
    assert len(killed) == 2
    with closing(connect(day.site.port)) as connection:
        assert {get(connection, path)[0] for path in killed for _ in range(6)} == {410}


def test_pictures_come_from_the_bucket_through_this_site(day: Day) -> None:
    kind = {"Content-Type": "image/avif", "Cache-Control": "public, max-age=31536000, immutable"}
    Bucket.files["/newsroom-media/images/0123456789abcdef.avif"] = (b"a picture", kind)
    with closing(connect(day.site.port)) as connection:
        status, headers, body = get(connection, "/media/images/0123456789abcdef.avif")
        assert (status, body, headers["cache-control"]) == (200, b"a picture", kind["Cache-Control"])
        assert get(connection, "/static/articles/site.css")[0] == 200


def test_health_tells_of_every_host(day: Day) -> None:
    with closing(connect(day.site.port)) as connection:
        assert b'"status": "ok"' in get(connection, "/health/")[2]
