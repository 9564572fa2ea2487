"""Records of planning for tests: desks, assignments and templates, written without a verb."""

import datetime
from typing import Any

from django.utils import timezone

from articles.models import Assignment, Desk, StoryTemplate
from tests.factories import make_user


def make_desk(name: str = "City desk", **fields: Any) -> Desk:
    """The desk `name`, made once."""
    fields.setdefault("slug", name.lower().replace(" ", "-"))
    return Desk.objects.get_or_create(name=name, defaults=fields)[0]


def make_assignment(**fields: Any) -> Assignment:
    """An open assignment, due in three hours, that nobody has."""
    fields.setdefault("headline", "What the ferry tender costs")
    fields.setdefault("due_at", timezone.now() + datetime.timedelta(hours=3))
    if "created_by" not in fields:
        fields["created_by"] = make_user("Editor")
    return Assignment.objects.create(**fields)


def make_template(**fields: Any) -> StoryTemplate:
    """A court report."""
    fields.setdefault("name", "Court report")
    fields.setdefault("headline", "[Who] [convicted or cleared] of [what]")
    fields.setdefault("body", "<h2>The charge</h2><p>[What the indictment says]</p>")
    fields.setdefault("length_target", 450)
    return StoryTemplate.objects.create(**fields)
