"""What the desk says about a story while it is made. Readers never see a word of it.

The Events of these verbs say who spoke where, and never what was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Comment, Event, Story, Thread
from articles.text.addressed import read_addressed
from articles.text.anchor import Anchor, find_words, follow_anchors, nearest
from articles.text.markup import plain_text
from articles.text.spans import Span
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.notify_rules import BACKEND
from articles.workflow.people import require
from articles.workflow.record import record_event

LONGEST: Final = 5000
MOST_NAMES: Final = 20
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def may_comment(user: User | AnonymousUser) -> bool:
    """Whether `user` may take part: who may read stories and has a role that writes."""
    return user.is_active and user.has_perms(["articles.view_story", "articles.add_comment"])


def open_thread(story: Story, *, by: User, text: str, words: str = "", near: int = 0) -> Comment:
    """Comment on `words` of the story's body, or on the story as a whole; returns the first comment.

    The thread stands at the place of the words nearest to the character `near` of the plain text, and from
    then on stays with them. Words that are not in the saved text are kept, and found when they are saved.
    Raises NotAllowed, Invalid.
    """
    _require_voice(by)
    text, words = _checked(text), _checked_words(words)
    with transaction.atomic():
        body = Story.objects.select_for_update().values_list("body", flat=True).get(pk=story.pk)
        place = nearest(find_words(words, plain_text(body).text), near) if words else None
        thread = Thread.objects.create(
            story=story,
            words=words,
            start=place.start if place else None,
            end=place.end if place else None,
        )
        return _say(thread, text, by)


def reply(thread: Thread, *, by: User, text: str) -> Comment:
    """Answer in a thread. Raises NotAllowed, Invalid, and WrongState when it is resolved."""
    _require_voice(by)
    text = _checked(text)
    with transaction.atomic():
        current = _lock(thread)
        if current.resolved_at is not None:
            raise WrongState(_("This thread is resolved. Open it again, then answer."))
        return _say(current, text, by)


def edit_comment(comment: Comment, *, by: User, text: str) -> Comment:
    """Change what one said; whom it mentions now, and did not before, is told.

    Raises NotAllowed, Invalid, WrongState.
    """
    text = _checked(text)
    with transaction.atomic():
        current = _own(comment, by)
        if text == current.text:
            return current
        before = find_people(current.text)
        named = [name for name in find_people(text) if name not in before]
        current.text, current.edited_at = text, timezone.now()
        current.save(update_fields=["text", "edited_at"])
        _record("comment.edited", current, by=by, mentioned=named)
    return current


def delete_comment(comment: Comment, *, by: User) -> Comment:
    """Take back what one said: its text is gone for good, and the thread says that there was a comment.

    Raises NotAllowed, WrongState.
    """
    with transaction.atomic():
        current = _own(comment, by)
        current.text, current.deleted_at = "", timezone.now()
        current.save(update_fields=["text", "deleted_at"])
        _record("comment.deleted", current, by=by)
    return current


def resolve_thread(thread: Thread, *, by: User) -> Thread:
    """Say that a thread is dealt with. Raises NotAllowed, and WrongState when somebody did so before."""
    return _settle(thread, by=by, resolve=True)


def reopen_thread(thread: Thread, *, by: User) -> Thread:
    """Say that a thread is not dealt with after all. Raises NotAllowed, WrongState."""
    return _settle(thread, by=by, resolve=False)


def carry_threads(story: Story, *, before: str) -> None:
    """Let the threads of `story` stay with their words, now that its body is no longer `before`.

    Two queries however many threads there are; one when there is none.
    """
    threads = list(Thread.objects.filter(story=story).exclude(words=""))
    if not threads:
        return
    anchors = [
        Anchor(thread.words, None if thread.lost else Span(thread.start or 0, thread.end or 0))
        for thread in threads
    ]
    old, new = plain_text(before).text, plain_text(story.body).text
    moved = []
    for thread, span in zip(threads, follow_anchors(anchors, old, new), strict=True):
        place = (span.start, span.end) if span else (None, None)
        if place != (thread.start, thread.end):
            thread.start, thread.end = place
            moved.append(thread)
    if moved:
        Thread.objects.bulk_update(moved, ["start", "end"])


def last_said(story: Story) -> int:
    """A number that grows with whatever is said, changed or settled about `story`. One query."""
    events = Event.objects.filter(story=story, record_type__in=["comment", "thread"])
    return events.order_by("-pk").values_list("pk", flat=True).first() or 0


def find_people(text: str) -> tuple[str, ...]:
    """The log-ins that `text` mentions with an @ and that may read stories. One query, or none."""
    names = read_addressed(text)[:MOST_NAMES]
    if not names:
        return ()
    same = Q()
    for name in names:
        same |= Q(username__iexact=name)
    return tuple(person.username for person in people_to_mention().filter(same))


def unknown_names(text: str) -> tuple[str, ...]:
    """The names after an @ in `text` that are nobody's at this desk. One query, or none."""
    known = {name.casefold() for name in find_people(text)}
    return tuple(name for name in read_addressed(text)[:MOST_NAMES] if name.casefold() not in known)


def people_to_mention() -> QuerySet[User]:
    """Everybody who may be mentioned: active log-ins that may read stories."""
    return User.objects.with_perm("articles.view_story", backend=BACKEND)


def _require_voice(by: User) -> None:
    require(by, "articles.view_story", _("You may not read stories. Ask an administrator for a role."))
    require(
        by, "articles.add_comment", _("You may read comments, but not write any. Ask an editor to do it.")
    )


def _say(thread: Thread, text: str, by: User) -> Comment:
    comment = Comment.objects.create(thread=thread, by=by, at=timezone.now(), text=text)
    _record("comment.made", comment, by=by, mentioned=find_people(text))
    return comment


def _record(action: str, comment: Comment, *, by: User, mentioned: Iterable[str] = ()) -> None:
    names = list(mentioned)
    record_event(
        action=action,
        record=comment,
        story=comment.thread.story,
        by=by,
        after={"mentioned": names} if names else None,
    )


def _lock(thread: Thread) -> Thread:
    stored = Thread.objects.select_for_update(of=("self",)).select_related("story")
    current = stored.filter(pk=thread.pk).first()
    if current is None:
        raise WrongState(_("This thread is gone. Reload the page."))
    return current


def _own(comment: Comment, by: User) -> Comment:
    """The comment as it stands, locked, when `by` wrote it and has not deleted it."""
    _require_voice(by)
    stored = Comment.objects.select_for_update(of=("self",)).select_related("thread__story")
    current = stored.get(pk=comment.pk)
    if current.by_id != by.pk:
        raise NotAllowed(_("This is somebody else's comment. Answer it instead."))
    if current.deleted_at is not None:
        raise WrongState(_("This comment is deleted already. Write a new one."))
    return current


def _settle(thread: Thread, *, by: User, resolve: bool) -> Thread:
    _require_voice(by)
    with transaction.atomic():
        current = _lock(thread)
        if resolve and current.resolved_at is not None:
            raise WrongState(_("Somebody resolved this thread before you. Reload the page to see who."))
        if not resolve and current.resolved_at is None:
            raise WrongState(_("This thread is open already. Answer in it."))
        current.resolved_at, current.resolved_by = (timezone.now(), by) if resolve else (None, None)
        current.save(update_fields=["resolved_at", "resolved_by"])
        record_event(
            action="thread.resolved" if resolve else "thread.reopened",
            record=current,
            story=current.story,
            by=by,
        )
    return current


def _checked(text: str) -> str:
    """`text` as it is stored; raises Invalid."""
    text = text.strip()
    if not text:
        raise Invalid({"text": [_("The comment is empty. Write what you want to say.")]})
    if len(text) > LONGEST:
        raise Invalid({"text": [_("A comment is at most %d characters long. Shorten it.") % LONGEST]})
    if _UNSTORABLE.search(text):
        raise Invalid({"text": [_("The comment holds a character that cannot be stored. Type it again.")]})
    return text


def _checked_words(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST:
        raise Invalid({"words": [_("The passage is too long. Mark a shorter one, or comment on the story.")]})
    if _UNSTORABLE.search(words):
        raise Invalid({"words": [_("The passage holds a character that cannot be stored. Mark it again.")]})
    return words
