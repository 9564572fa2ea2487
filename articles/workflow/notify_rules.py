"""What is told to whom: one table from the action of an Event to people, and the sentence that they read.

A verb of a new kind adds a row to `RULES`; `record_event` does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.contrib.auth.models import User
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import (
    Assignment,
    Author,
    Comment,
    Event,
    Notification,
    Quote,
    Reminder,
    Story,
    Thread,
)
from articles.workflow.people import display_name

Kind = Notification.Kind
Who = Callable[[Event, models.Model], Iterable[int]]
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Rule:
    """`who` gives the numbers of the users that are told; `words` has places for a name and a story."""

    kind: Notification.Kind
    who: Who
    words: str | Promise


def sentence(notification: Notification) -> str:
    """What happened, as one sentence to the person who is told. It names no source and quotes nobody."""
    event = notification.event
    rules = [rule for rule in RULES.get(event.action, ()) if rule.kind == notification.kind]
    words = str(rules[0].words) if rules else _("%(name)s did something to “%(story)s”.")
    return words % {
        "name": display_name(event.by),
        "story": str(notification.story) if notification.story else _("a story"),
        "label": event.label,
    }


def excerpt(notification: Notification) -> str:
    """What was said: the comment, the reason, or the words of the quote; nothing of what may not be seen."""
    if notification.comment is not None:
        return notification.comment.text
    quote, event = notification.quote, notification.event
    if quote is None:
        return "" if event.confidential else event.reason
    if quote.source is not None and not quote.source.is_visible_to(notification.to):
        return ""
    return "\n".join(part for part in (f"“{quote.words}”", event.reason) if part)


def is_confidential_now(notification: Notification) -> bool:
    """Whether it is about a confidential source, then or by now: such words do not leave the house."""
    quote = notification.quote
    source = quote.source if quote is not None else None
    return notification.event.confidential or (source is not None and source.confidential)


def _editors(_event: Event, _record: models.Model) -> Iterable[int]:
    editors = User.objects.with_perm("articles.approve_story", backend=BACKEND, include_superusers=False)
    return editors.values_list("pk", flat=True)


def _story_people(event: Event, record: models.Model) -> Iterable[int]:
    """The owner of the story, and who signs it."""
    story = record if isinstance(record, Story) else event.story
    if story is None:
        return ()
    signing = Author.objects.filter(stories=story, user__isnull=False).values_list("user", flat=True)
    return {*signing, *([story.owner_id] if story.owner_id is not None else [])}


def _writer_of_quote(_event: Event, record: models.Model) -> Iterable[int]:
    return [record.written_by_id] if isinstance(record, Quote) and record.written_by_id else ()


def _mentioned(event: Event, _record: models.Model) -> Iterable[int]:
    names = event.after.get("mentioned", [])
    return User.objects.filter(username__in=names).values_list("pk", flat=True) if names else ()


def _in_thread(_event: Event, record: models.Model) -> Iterable[int]:
    thread = record.thread if isinstance(record, Comment) else record
    if not isinstance(thread, Thread):
        return ()
    return Comment.objects.filter(thread=thread, deleted_at=None).order_by().values_list("by", flat=True)


def _assignee(_event: Event, record: models.Model) -> Iterable[int]:
    return [record.assignee_id] if isinstance(record, Assignment) and record.assignee_id else ()


def _new_assignee(event: Event, record: models.Model) -> Iterable[int]:
    return _assignee(event, record) if "assignee" in event.after else ()


def _who_wants_it(_event: Event, record: models.Model) -> Iterable[int]:
    return [record.created_by_id] if isinstance(record, Assignment) else ()


def _who_set_it(_event: Event, record: models.Model) -> Iterable[int]:
    return [record.user_id] if isinstance(record, Reminder) else ()


def _answers_readers(_event: Event, _record: models.Model) -> Iterable[int]:
    editors = User.objects.with_perm("articles.work_dispute", backend=BACKEND, include_superusers=False)
    return editors.values_list("pk", flat=True)


def _mine(kind: Notification.Kind, words: str | Promise) -> tuple[Rule, ...]:
    return (Rule(kind, _story_people, words),)


_SPEAKS_TO_YOU: Final = Rule(
    Kind.MENTIONED, _mentioned, gettext_lazy("%(name)s mentions you in a comment on “%(story)s”.")
)
_GIVEN_TO_YOU: Final = Rule(Kind.ASSIGNED, _assignee, gettext_lazy("%(name)s assigned “%(label)s” to you."))
# A person is told once of an event: as the first row says that names them.
RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "comment.made": (
        _SPEAKS_TO_YOU,
        Rule(Kind.REPLY, _in_thread, gettext_lazy("%(name)s answered in your thread on “%(story)s”.")),
        Rule(Kind.COMMENT, _story_people, gettext_lazy("%(name)s commented on your story “%(story)s”.")),
    ),
    "comment.edited": (_SPEAKS_TO_YOU,),
    "thread.resolved": (
        Rule(Kind.REPLY, _in_thread, gettext_lazy("%(name)s resolved your thread on “%(story)s”.")),
    ),
    "thread.reopened": (
        Rule(Kind.REPLY, _in_thread, gettext_lazy("%(name)s opened your thread on “%(story)s” again.")),
    ),
    "story.submitted": (
        Rule(Kind.SUBMITTED, _editors, gettext_lazy("%(name)s submitted “%(story)s” for review.")),
    ),
    "story.returned": _mine(Kind.RETURNED, gettext_lazy("%(name)s returned your story “%(story)s”.")),
    "story.approved": _mine(Kind.APPROVED, gettext_lazy("%(name)s approved your story “%(story)s”.")),
    "story.published": _mine(Kind.PUBLISHED, gettext_lazy("%(name)s published your story “%(story)s”.")),
    "story.scheduled": _mine(Kind.PUBLISHED, gettext_lazy("%(name)s scheduled your story “%(story)s”.")),
    "story.corrected": _mine(Kind.CORRECTED, gettext_lazy("%(name)s corrected your story “%(story)s”.")),
    "story.clarified": _mine(Kind.CORRECTED, gettext_lazy("%(name)s clarified your story “%(story)s”.")),
    "story.updated": _mine(Kind.CORRECTED, gettext_lazy("%(name)s updated your story “%(story)s”.")),
    "story.retracted": _mine(Kind.CORRECTED, gettext_lazy("%(name)s retracted your story “%(story)s”.")),
    "story.unpublished": _mine(Kind.TAKEN_DOWN, gettext_lazy("%(name)s unpublished your story “%(story)s”.")),
    "story.killed": _mine(Kind.TAKEN_DOWN, gettext_lazy("%(name)s killed your story “%(story)s”.")),
    "story.spiked": _mine(Kind.TAKEN_DOWN, gettext_lazy("%(name)s spiked your story “%(story)s”.")),
    "quote.verified": (
        Rule(Kind.VERIFIED, _writer_of_quote, gettext_lazy("%(name)s verified a quote that you wrote in.")),
    ),
    "quote.disputed": (
        Rule(Kind.DISPUTED, _writer_of_quote, gettext_lazy("%(name)s disputed a quote that you wrote in.")),
    ),
    "quote.withdrawn": (
        Rule(Kind.DISPUTED, _writer_of_quote, gettext_lazy("%(name)s withdrew a quote that you wrote in.")),
    ),
    "dispute.received": (
        *_mine(Kind.READER, gettext_lazy("A reader disputes something in “%(story)s”.")),
        Rule(Kind.READER, _answers_readers, gettext_lazy("A reader disputes something in “%(story)s”.")),
    ),
    "dispute.answered": _mine(
        Kind.READER, gettext_lazy("%(name)s answered a reader who disputed your story “%(story)s”.")
    ),
    "assignment.made": (_GIVEN_TO_YOU,),
    "assignment.saved": (replace(_GIVEN_TO_YOU, who=_new_assignee),),
    "assignment.moved": (
        Rule(Kind.ASSIGNED, _assignee, gettext_lazy("%(name)s moved “%(label)s” to another time.")),
    ),
    "assignment.sent_back": (
        Rule(Kind.ASSIGNED, _assignee, gettext_lazy("%(name)s sent “%(label)s” back to you.")),
    ),
    "assignment.cancelled": (
        Rule(Kind.ASSIGNED, _assignee, gettext_lazy("%(name)s cancelled “%(label)s”.")),
    ),
    "assignment.handed_back": (
        Rule(Kind.ASSIGNED, _who_wants_it, gettext_lazy("%(name)s cannot do “%(label)s”.")),
    ),
    "assignment.filed": (Rule(Kind.ASSIGNED, _who_wants_it, gettext_lazy("%(name)s filed “%(label)s”.")),),
    "reminder.due": (
        Rule(Kind.REMINDER, _who_set_it, gettext_lazy("You wanted to look at “%(story)s” again.")),
    ),
    "story.untouched": _mine(
        Kind.REMINDER, gettext_lazy("“%(story)s” is developing, and nobody has touched it for hours.")
    ),
    "story.correction_due": _mine(
        Kind.REMINDER,
        gettext_lazy("“%(story)s” is published with a quote that is disputed or withdrawn. Correct it."),
    ),
    "story.picture_ends": _mine(
        Kind.REMINDER,
        gettext_lazy("“%(story)s” shows a picture that may soon not be shown, or not any more. Change it."),
    ),
    "story.embargo_ends": _mine(Kind.REMINDER, gettext_lazy("The embargo on “%(story)s” ends today.")),
}
