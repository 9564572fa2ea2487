"""Sections, authors and topics: what they are called, and their addresses, which stay good for ever."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles.models import Author, FormerAddress, Section
from articles.workflow.errors import Invalid, WrongState, check_record
from articles.workflow.people import require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

Kind = FormerAddress.Kind
KINDS: Final = {Section: Kind.SECTION, Author: Kind.AUTHOR, Tag: Kind.TOPIC}


def save_section(section: Section, *, by: User, **facts: Any) -> Section:
    """Store a new section, or what changed of one; the address that readers knew leads to the new one.

    Raises NotAllowed, Invalid: also for a slug that readers know as another section.
    """
    verb = "change" if section.pk else "add"
    require(by, f"articles.{verb}_section", _("You may not change sections. Ask an administrator."))
    return _save(section, by=by, **facts)


def save_author(author: Author, *, by: User, **facts: Any) -> Author:
    """Store a new author, or what changed of one; the address that readers knew leads to the new one.

    Raises NotAllowed, Invalid: also for a slug that readers know as another author.
    """
    verb = "change" if author.pk else "add"
    require(by, f"articles.{verb}_author", _("You may not change authors. Ask an editor."))
    return _save(author, by=by, **facts)


def rename_topic(topic: Tag, *, by: User, name: str, slug: str) -> Tag:
    """Give a topic another name and address; stories in print keep the name they were printed with.

    Raises NotAllowed, Invalid: also for a name or a slug that another topic has.
    """
    require(by, "articles.change_any_story", _("You may not rename topics. Ask an editor."))
    return _save(topic, by=by, name=name, slug=slug)


def delete_section(section: Section, *, by: User) -> None:
    """Take away a section without stories; readers of its page are told that it is gone.

    Raises NotAllowed, WrongState while stories belong to it.
    """
    require(by, "articles.delete_section", _("You may not delete sections. Ask an administrator."))
    with transaction.atomic():
        record_event(action="section.deleted", record=section, by=by, before={"slug": section.slug})
        slug = section.slug
        try:
            section.delete()
        except ProtectedError as error:
            raise WrongState(
                _("“%(name)s” still has stories, templates or plans. Move them to another section first.")
                % {"name": section}
            ) from error
        _give_up(Kind.SECTION, slug, now="")
        readers_see()


def _save(record: Any, *, by: User, **facts: Any) -> Any:
    """Store `facts` of a record with a slug, with one Event, when any of them is new."""
    kind = KINDS[type(record)]
    with transaction.atomic():
        current = (
            type(record).objects.select_for_update(of=("self",)).get(pk=record.pk) if record.pk else record
        )
        was_there = current.pk is not None
        before = {name: getattr(current, name) for name in facts} if was_there else {}
        changed = [name for name, value in facts.items() if not was_there or before[name] != value]
        if not changed:
            return current
        former = current.slug if was_there else ""
        for name in changed:
            setattr(current, name, facts[name])
        _refuse_known(kind, current.slug, former)
        check_record(current)
        current.save()
        if former != current.slug:
            _give_up(kind, former, now=current.slug)
        record_event(
            action=f"{kind}.saved" if was_there else f"{kind}.created",
            record=current,
            by=by,
            before={name: before[name] for name in changed if was_there},
            after={name: facts[name] for name in changed},
        )
        readers_see()
    return current


def _refuse_known(kind: Kind, slug: str, former: str) -> None:
    """Raise Invalid for a slug that leads readers to another page of the kind."""
    leads = FormerAddress.objects.filter(kind=kind, slug=slug).exclude(now__in=["", former]).first()
    if leads is not None:
        message = _("Readers know “%(slug)s” as an earlier address of “%(now)s”. Choose another slug.")
        raise Invalid({"slug": [message % {"slug": slug, "now": leads.now}]})


def _give_up(kind: Kind, former: str, *, now: str) -> None:
    """Let the former slug, and all that led to it, lead to `now`, which itself leads nowhere any more."""
    FormerAddress.objects.filter(kind=kind, slug=now).delete()
    if former:
        FormerAddress.objects.filter(kind=kind, now=former).update(now=now)
        FormerAddress.objects.update_or_create(kind=kind, slug=former, defaults={"now": now})
