"""Templates of stories: the managing editor writes how stories of a kind begin; writers begin from them."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Section, StoryTemplate
from articles.text.markup import clean_html
from articles.workflow.edit import StoryEdit, clean_topics
from articles.workflow.errors import check_record
from articles.workflow.people import require
from articles.workflow.record import record_event


class TemplateFacts(TypedDict, total=False):
    """What a template holds."""

    name: str
    headline: str
    body: str
    section: Section | None
    type_of_work: str
    topics: list[str]
    length_target: int | None
    retired: bool


def save_template(
    template: StoryTemplate | None, *, by: User, **facts: Unpack[TemplateFacts]
) -> StoryTemplate:
    """Make a template, or change `template`; only the facts given. Raises NotAllowed, Invalid."""
    name = "add" if template is None else "change"
    require(
        by,
        f"articles.{name}_storytemplate",
        _("Only a managing editor can write story templates. Tell one what you need."),
    )
    with transaction.atomic():
        rows = StoryTemplate.objects.select_for_update(of=("self",))
        current = StoryTemplate() if template is None else rows.get(pk=template.pk)
        wanted = _clean(facts)
        before = {name: getattr(current, name) for name in wanted}
        changed = [name for name in wanted if template is None or before[name] != wanted[name]]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, wanted[name])
        check_record(current)
        current.save()
        record_event(
            action="template.made" if template is None else "template.saved",
            record=current,
            by=by,
            before={} if template is None else {name: before[name] for name in changed},
            after={name: wanted[name] for name in changed if name != "body"},
        )
    return current


def edit_from_template(template: StoryTemplate) -> StoryEdit:
    """What a story made from `template` holds at first."""
    return StoryEdit(
        headline=template.headline,
        body=template.body,
        section_id=template.section_id,
        type_of_work=template.type_of_work,
        topics=clean_topics(template.topics),
        length_target=template.length_target,
    )


def _clean(facts: TemplateFacts) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in facts.items()
    }
    if "body" in wanted:
        wanted["body"] = clean_html(wanted["body"])
    if "topics" in wanted:
        wanted["topics"] = list(clean_topics(wanted["topics"]))
    return wanted
