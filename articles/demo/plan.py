"""What the demo's desks plan: two desks, three templates, assignments, notes on days and a reminder."""

from __future__ import annotations

import datetime
import tomllib
from typing import Any

from django.utils import timezone

from articles.demo.bodies import body_html
from articles.demo.content import FOLDER
from articles.demo.desk import CHIEF, Desk
from articles.models import Desk as DeskRecord
from articles.models import StoryTemplate
from articles.workflow.assignments import accept_assignment, create_assignment
from articles.workflow.day_notes import add_note
from articles.workflow.reminders import set_reminder
from articles.workflow.story_templates import save_template


def make_plan(desk: Desk, now: datetime.datetime) -> None:
    """The editors make desks, templates, assignments and notes for the days around `now`."""
    rows = _rows()
    desks = {row["key"]: _make_desk(desk, row) for row in rows["desks"]}
    templates = {row["key"]: _make_template(desk, row) for row in rows["templates"]}
    for row in rows["assignments"]:
        _assign(desk, row, desks, templates, now)
    for row in rows["notes"]:
        add_note(by=desk.staff.users[row["by"]], day=_day(row, now), text=row["text"])


def set_reminders(desk: Desk, at: datetime.datetime) -> None:
    """People want to look at stories again at `at`."""
    for row in _rows()["reminders"]:
        story = next((each for each in desk.stories.values() if each.slug == row["story"]), None)
        if story is not None:
            set_reminder(story, by=desk.staff.users[row["for"]], at=at, note=row["note"])


def _rows() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "plan.toml").read_text(encoding="utf-8"))


def _make_desk(desk: Desk, row: dict[str, Any]) -> DeskRecord:
    lead = desk.staff.users[row["lead"]]
    return DeskRecord.objects.get_or_create(slug=row["key"], defaults={"name": row["name"], "lead": lead})[0]


def _make_template(desk: Desk, row: dict[str, Any]) -> StoryTemplate:
    facts = {name: row[name] for name in ("name", "headline", "type_of_work", "topics", "length_target")}
    found = StoryTemplate.objects.filter(name=row["name"]).first()
    section = desk.staff.sections[row["section"]]
    chief = desk.staff.users[CHIEF]
    return save_template(found, by=chief, body=body_html(row["body"]), section=section, **facts)


def _assign(
    desk: Desk,
    row: dict[str, Any],
    desks: dict[str, DeskRecord],
    templates: dict[str, StoryTemplate],
    now: datetime.datetime,
) -> None:
    assignee = desk.staff.users[row["assignee"]] if "assignee" in row else None
    hour, minute = map(int, row["at"].split(":"))
    due = datetime.datetime.combine(
        _day(row, now), datetime.time(hour, minute), timezone.get_default_timezone()
    )
    assignment = create_assignment(
        by=desk.staff.users[row["by"]],
        headline=row["headline"],
        brief=row.get("brief", ""),
        slugline=row["slugline"],
        desk=desks[row["desk"]],
        assignee=assignee,
        due_at=due,
        length_target=row.get("length_target"),
        template=templates[row["template"]] if "template" in row else None,
    )
    if row.get("accepted") and assignee is not None:
        accept_assignment(assignment, by=assignee)


def _day(row: dict[str, Any], now: datetime.datetime) -> datetime.date:
    return timezone.localdate(now) + datetime.timedelta(days=row["days_ahead"])
