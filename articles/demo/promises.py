"""What the demo's paper promises its readers, and what some of them reported."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from articles.demo.content import FOLDER, StoryCard
from articles.demo.desk import CHIEF, ContentMismatch, Desk
from articles.models import Dispute, Edition, Policy
from articles.workflow.disputes import (
    Answer,
    Report,
    answer_dispute,
    publish_outcome,
    receive_dispute,
    take_dispute,
)
from articles.workflow.policies import publish_policy, save_policy

Row = Mapping[str, Any]
Steps = Iterator[tuple[datetime.datetime, Callable[[], None]]]
PROMISED: Final = datetime.timedelta(days=58)
CLEARER: Final = datetime.timedelta(days=12)
READ: Final = datetime.timedelta(minutes=30)  # between an answer and its publication
FORMER: Final = "We mean to do it within two days."  # what the policy on corrections said at first
PRESENT: Final = "We mean to do it within a day."


def promise(desk: Desk, now: datetime.datetime) -> Steps:
    """The managing editor publishes the policies, and later makes one of them stricter."""
    rows = _read("policies")
    yield now - PROMISED, partial(_publish, desk, rows)
    yield now - CLEARER, partial(_make_stricter, desk, rows)


def hear_readers(desk: Desk, cards: Sequence[StoryCard], now: datetime.datetime) -> Steps:
    """Readers report, and editors answer some of them."""
    stories = {card.file.removesuffix(".toml"): card for card in cards}
    for row in _read("disputes"):
        card = stories.get(row["file"])
        if card is None or card.at is None or card.at > now:
            continue
        received = _moment(row, card.at, now)
        heard: dict[str, Dispute] = {}
        yield received, partial(_receive, desk, card, row, heard)
        if row.get("taken"):
            yield received + READ, partial(_take, desk, row, heard)
        if "outcome" in row:
            answered = received + datetime.timedelta(hours=row["answered_after"])
            yield answered, partial(_answer, desk, row, heard)
            if row.get("published"):
                yield answered + READ, partial(_show, desk, row, heard)


def _publish(desk: Desk, rows: Sequence[Row]) -> None:
    chief = desk.staff.users[CHIEF]
    for position, row in enumerate(rows, start=1):
        body = row["body"].replace(PRESENT, FORMER)
        policy = save_policy(None, by=chief, **(dict(row) | {"body": body, "position": position}))
        publish_policy(policy, by=chief, reason="First published.")


def _make_stricter(desk: Desk, rows: Sequence[Row]) -> None:
    chief = desk.staff.users[CHIEF]
    for row in rows:
        if PRESENT in row["body"]:
            policy = save_policy(Policy.objects.get(slug=row["slug"]), by=chief, body=row["body"])
            publish_policy(policy, by=chief, reason="We promise to correct within one day instead of two.")


def _receive(desk: Desk, card: StoryCard, row: Row, heard: dict[str, Dispute]) -> None:
    edition = Edition.objects.published().filter(story=desk.stories[card.file]).first()
    if edition is None:
        raise ContentMismatch(f"{card.file}: a reader reports something that is not published.")
    report = Report(
        kind=row["kind"], words=row["words"], quote_key=_key(edition, row), name=row["name"],
        email=row["email"],
    )  # fmt: skip
    heard["it"] = receive_dispute(report, edition=edition, sender=row["file"])


def _key(edition: Edition, row: Row) -> str:
    if "opening" not in row:
        return ""
    found = [quote for quote in edition.quotes.all() if quote.words.startswith(row["opening"])]
    if len(found) != 1:
        raise ContentMismatch(f"{row['file']}: {len(found)} quotations open with “{row['opening']}”.")
    return found[0].quote_key


def _take(desk: Desk, row: Row, heard: dict[str, Dispute]) -> None:
    take_dispute(heard["it"], by=desk.staff.users[row["by"]])


def _answer(desk: Desk, row: Row, heard: dict[str, Dispute]) -> None:
    dispute = heard["it"]
    made = Edition.objects.live().get(story=dispute.story_id).story_corrections.order_by("at").first()
    correction = made if row.get("correction") else None
    answer = Answer(outcome=row["outcome"], text=row.get("outcome_text", ""), correction=correction)
    heard["it"] = answer_dispute(dispute, answer, by=desk.staff.users[row["by"]])


def _show(desk: Desk, row: Row, heard: dict[str, Dispute]) -> None:
    publish_outcome(heard["it"], by=desk.staff.users[row["by"]])


def _moment(row: Row, published: datetime.datetime, now: datetime.datetime) -> datetime.datetime:
    if "hours_ago" in row:
        return now - datetime.timedelta(hours=row["hours_ago"])
    return published + datetime.timedelta(hours=row["hours_after"])


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[name]
    return rows
