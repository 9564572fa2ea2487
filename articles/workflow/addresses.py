"""Addresses that stay good for ever: former slugs of sections, topics and authors lead to the present one."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles.models import FormerAddress
from articles.workflow.errors import Invalid, check_record
from articles.workflow.people import require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

Kind = FormerAddress.Kind


def refuse_known(kind: FormerAddress.Kind, slug: str, *, former: str = "") -> None:
    """Raise Invalid for a slug that leads readers to another page of the kind than that of `former`."""
    leads = FormerAddress.objects.filter(kind=kind, slug=slug).exclude(now__in=["", former]).first()
    if leads is not None:
        message = _("Readers know “%(slug)s” as an earlier address of “%(now)s”. Choose another slug.")
        raise Invalid({"slug": [message % {"slug": slug, "now": leads.now}]})


def give_up(kind: FormerAddress.Kind, former: str, *, now: str) -> None:
    """Let the slug `former`, and all that led to it, lead to `now`; to nothing when that is empty.

    To be called in the transaction of the verb that changes the slug. `now` itself leads nowhere any more,
    so that there is never more than one hop.
    """
    FormerAddress.objects.filter(kind=kind, slug=now).delete()
    if former:
        FormerAddress.objects.filter(kind=kind, now=former).update(now=now)
        FormerAddress.objects.update_or_create(kind=kind, slug=former, defaults={"now": now})


def rename_topic(topic: Tag, *, by: User, name: str, slug: str) -> Tag:
    """Give a topic another name and address; stories in print keep the name they were printed with.

    Raises NotAllowed, Invalid: also for a name or a slug that another topic has or had.
    """
    require(by, "articles.change_any_story", _("You may not rename topics. Ask an editor."))
    with transaction.atomic():
        current = Tag.objects.select_for_update().get(pk=topic.pk)
        before = {"name": current.name, "slug": current.slug}
        if before == {"name": name, "slug": slug}:
            return current
        refuse_known(Kind.TOPIC, slug, former=current.slug)
        current.name, current.slug = name, slug
        check_record(current)
        current.save()
        if slug != before["slug"]:
            give_up(Kind.TOPIC, before["slug"], now=slug)
        record_event(
            action="topic.saved", record=current, by=by, before=before, after={"name": name, "slug": slug}
        )
        readers_see()
    return current
