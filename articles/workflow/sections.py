"""Sections of the paper and the authors who sign: what readers see of them changes through these verbs."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from articles.models import Author, Brand, FormerAddress, Section
from articles.text.colour import read_colour
from articles.text.look import Look
from articles.workflow.addresses import give_up, refuse_known
from articles.workflow.brand import refuse_unreadable
from articles.workflow.errors import Invalid, WrongState, check_record
from articles.workflow.people import require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

SECTION_FACTS = ("name", "slug", "description", "position", "colour")
AUTHOR_FACTS = ("name", "slug", "bio", "user_id")

Record = TypeVar("Record", Section, Author)


def save_section(section: Section, *, by: User) -> Section:
    """Store a section as it stands, new or changed; pages show it at once, and its old address leads to it.

    Raises NotAllowed, Invalid: also for a slug that readers know as that of another section.
    """
    deed = "change" if section.pk else "add"
    require(by, f"articles.{deed}_section", _("You may not change sections. Ask a managing editor."))
    if section.colour:
        section.colour = _readable(section)
    return _save(section, FormerAddress.Kind.SECTION, SECTION_FACTS, by)


def delete_section(section: Section, *, by: User) -> None:
    """Delete a section that no story belongs to. Raises NotAllowed, and WrongState while one does."""
    require(by, "articles.delete_section", _("You may not delete sections. Ask an administrator."))
    with transaction.atomic():
        label = Section(pk=section.pk, name=section.name)
        try:
            section.delete()
        except models.ProtectedError as error:
            raise WrongState(
                _("Stories belong to “%(section)s”, so it stays. Move them to another section first.")
                % {"section": label}
            ) from error
        give_up(FormerAddress.Kind.SECTION, section.slug, now="")
        record_event(action="section.deleted", record=label, by=by)
        readers_see()


def save_author(author: Author, *, by: User) -> Author:
    """Store an author as it stands, new or changed; pages show it at once, and the old address leads to it.

    Raises NotAllowed, Invalid: also for a slug that readers know as that of another author.
    """
    deed = "change" if author.pk else "add"
    require(by, f"articles.{deed}_author", _("You may not change authors. Ask a managing editor."))
    return _save(author, FormerAddress.Kind.AUTHOR, AUTHOR_FACTS, by)


def _readable(section: Section) -> str:
    colour = read_colour(section.colour)
    if not colour:
        words = _("“%(text)s” is no colour. Write it like #17526f.") % {"text": section.colour}
        raise Invalid({"colour": [words]})
    paper = Brand.objects.paper()
    refuse_unreadable(Look(ground=paper.ground, sections=((section.name, colour),)))
    return colour


def _save(record: Record, kind: FormerAddress.Kind, names: tuple[str, ...], by: User) -> Record:
    check_record(record)
    with transaction.atomic():
        stored = type(record)._default_manager.filter(pk=record.pk).values(*names).first() or {}
        former = stored.get("slug", "")
        refuse_known(kind, record.slug, former=former)
        record.save()
        if former != record.slug:
            give_up(kind, former, now=record.slug)
        values = {name: getattr(record, name) for name in names}
        changed = [name for name in names if stored.get(name) != values[name]]
        if changed:
            record_event(
                action=f"{kind}.saved" if stored else f"{kind}.created",
                record=record,
                by=by,
                before={name: stored[name] for name in changed if name in stored},
                after={name: values[name] for name in changed},
            )
            readers_see()
    return record
