"""Loading the demo newsroom: the steps of every story, taken in the order in which they happened."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from articles.demo.clock import clock_at
from articles.demo.content import Newsroom, StoryCard
from articles.demo.desk import Desk
from articles.demo.front import arrange_front
from articles.demo.plan import make_plan, set_reminders
from articles.demo.promises import hear_readers, promise
from articles.demo.staff import Proposals, delete_users, make_staff
from articles.demo.talk import settle_inboxes, talk
from articles.models import Image, Story

BEGINNING = datetime.timedelta(days=60)
# How long before its publication a story was written, filed, submitted, checked and approved.
WRITTEN, FILED, SUBMITTED, CHECKED, APPROVED = (
    datetime.timedelta(minutes=minutes) for minutes in (180, 150, 95, 85, 12)
)
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
DISPUTED_AFTER, DOUBTED_AFTER, SETTLED_AFTER = (datetime.timedelta(hours=hours) for hours in (5, 27, 39))
FILED_STATES = frozenset({"approved", "scheduled", "published", "killed"})


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody did at `at`. `label` says it in a few words."""

    at: datetime.datetime
    label: str
    run: Callable[[], None]


def is_loaded(newsroom: Newsroom) -> bool:
    """Whether stories of the demo are in the database."""
    return Story.objects.filter(slug__in=[story.slug for story in newsroom.stories]).exists()


def load_newsroom(
    newsroom: Newsroom,
    now: datetime.datetime,
    *,
    watch: Callable[[int, int, str], None],
    reset: bool = False,
) -> None:
    """Make the newsroom as it stands at `now`, wholly or not at all.

    `watch` is told the number of steps done, of all steps, and what is being done. Raises Refusal when a
    verb says no, and ContentMismatch when the program reads the stories otherwise than the files say; the
    database is then as it was. With `reset` it is emptied first.
    """
    with transaction.atomic():
        if reset:
            empty_newsroom()
        proposals = Proposals.on_record()
        with clock_at(now - BEGINNING):
            desk = Desk(make_staff(newsroom), proposals)
        steps = sorted(plan(desk, newsroom.stories, now), key=lambda step: step.at)
        for number, step in enumerate(steps):
            watch(number, len(steps), step.label)
            with clock_at(step.at):
                step.run()
        settle_inboxes(now)
        watch(len(steps), len(steps), "done")


def plan(desk: Desk, stories: Sequence[StoryCard], now: datetime.datetime) -> Iterator[Step]:
    """All steps of all stories and of the plan, in no order."""
    yield Step(now - DAY, "plan the week", partial(make_plan, desk, now))
    yield Step(now - 31 * MINUTE, "set reminders", partial(set_reminders, desk, now - 30 * MINUTE))
    yield Step(now - 5 * MINUTE, "arrange the front page", partial(arrange_front, desk, now))
    for at, say in talk(desk, now):
        yield Step(at, "talk about a story", say)
    for at, promised in promise(desk, now):
        yield Step(at, "publish policies", promised)
    for at, heard in hear_readers(desk, stories, now):
        yield Step(at, "hear a reader", heard)
    for number, card in enumerate(stories):
        # What has no time of publication has been lying on the desk for a while.
        end = card.at if card.at and card.at < now else now - (20 + 7 * (number % 5)) * MINUTE
        yield from _to_the_desk(desk, card, end)
        yield from _to_the_readers(desk, card, end)
        if card.picture and card.picture.days_left is not None:
            until = timezone.localdate(now) + datetime.timedelta(days=card.picture.days_left)
            run = partial(desk.limit_picture, card, until)
            yield Step(now - 20 * MINUTE, f"limit the picture of {card.slugline}", run)


def _to_the_desk(desk: Desk, card: StoryCard, end: datetime.datetime) -> Iterator[Step]:
    def step(before: datetime.timedelta, verb: str, run: Callable[[], None]) -> Step:
        return Step(end - before, f"{verb} {card.slugline}", run)

    yield step(WRITTEN, "write", partial(desk.write, card))
    yield step(FILED, "file the sources of", partial(desk.file_sources, card))
    if card.status == "in_review" or card.status in FILED_STATES:
        yield step(SUBMITTED, "submit", partial(desk.submit, card))
        checked = [quote for quote in card.quotes if quote.verification in ("verified", "disputed")]
        for number, quote in enumerate(quote for quote in checked if not quote.same_as):
            run = partial(desk.verify, card, quote)
            yield step(CHECKED - 2 * number * MINUTE, "verify a quote in", run)
    if card.status in FILED_STATES:
        yield step(APPROVED, "approve", partial(desk.approve, card))
    if card.status == "spiked":
        yield step(SUBMITTED, "spike", partial(desk.spike, card))


def _to_the_readers(desk: Desk, card: StoryCard, end: datetime.datetime) -> Iterator[Step]:
    if card.status == "scheduled" and card.at:
        yield Step(end, f"schedule {card.slugline}", partial(desk.schedule, card, card.at))
    if card.status not in ("published", "killed"):
        return
    yield Step(end, f"publish {card.slugline}", partial(desk.publish, card))
    for number, correction in enumerate(card.corrections):
        run = partial(desk.correct, card, number, correction)
        yield Step(correction.at, f"correct {card.slugline}", run)
    for quote in card.quotes:
        after = DOUBTED_AFTER if quote.doubted else DISPUTED_AFTER
        if quote.doubted or quote.verification == "disputed":
            run = partial(desk.dispute, card, quote)
            yield Step(end + after, f"dispute a quote in {card.slugline}", run)
        if quote.settled:
            run = partial(desk.settle, card, quote)
            yield Step(end + SETTLED_AFTER, f"settle a quote in {card.slugline}", run)
    if card.killed_at:
        yield Step(card.killed_at, f"kill {card.slugline}", partial(desk.kill, card))


def newsroom_models() -> list[type[models.Model]]:
    """The models whose tables hold the work of a newsroom."""
    own = apps.get_app_config("articles").get_models(include_auto_created=True)
    return [*own, *apps.get_app_config("taggit").get_models(include_auto_created=True)]


def empty_newsroom() -> None:
    """Delete every story, quote, source, picture and event, whoever made it, and the users of the demo.

    Frozen records refuse to be deleted one by one, so the tables are emptied. The log-ins of others stay.
    Files go when this is final, except those that the next load stored under the same name.
    """
    files = picture_files()
    tables = list({model._meta.db_table for model in newsroom_models()})
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True)
    connection.ops.execute_sql_flush(statements)
    delete_users()
    transaction.on_commit(lambda: _delete_files(files - picture_files()))


def picture_files() -> set[str]:
    """The names of all files of all pictures: they are named by their content."""
    images = Image.objects.values_list("file", "renditions")
    return {name for file, sizes in images for name in [file, *(size["name"] for size in sizes)]}


def _delete_files(names: set[str]) -> None:
    for name in names:
        default_storage.delete(name)
