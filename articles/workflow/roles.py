"""Putting the roles of a speaker right. Quotes name the role held when the words were said."""

from __future__ import annotations

import datetime
from typing import TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Role
from articles.workflow.errors import WrongState, check_record
from articles.workflow.people import require
from articles.workflow.record import record_event


class RoleFacts(TypedDict, total=False):
    """What is on file about a role."""

    title: str
    organisation: str
    since: datetime.date | None
    until: datetime.date | None


def save_role(role: Role, *, by: User, **facts: Unpack[RoleFacts]) -> Role:
    """Change a role; only the facts given. Quotes that name it follow. Raises NotAllowed, Invalid."""
    require(by, "articles.change_role", _("You may not change roles. Ask a reporter or an editor."))
    with transaction.atomic():
        current = Role.objects.select_for_update(of=("self",)).select_related("speaker").get(pk=role.pk)
        before = {name: getattr(current, name) for name in facts}
        for name, value in facts.items():
            setattr(current, name, value.strip() if isinstance(value, str) else value)
        changed = [name for name in before if before[name] != getattr(current, name)]
        if not changed:
            return current
        check_record(current)
        current.save(update_fields=changed)
        record_event(
            action="speaker.role_saved",
            record=current.speaker,
            by=by,
            before={name: before[name] for name in changed},
            after={name: getattr(current, name) for name in changed},
        )
    return current


def delete_role(role: Role, *, by: User) -> None:
    """Take a role off the file of its speaker. Raises NotAllowed, and WrongState while a quote names it."""
    require(by, "articles.delete_role", _("You may not delete roles. Ask a reporter or an editor."))
    with transaction.atomic():
        current = Role.objects.select_for_update(of=("self",)).select_related("speaker").get(pk=role.pk)
        if current.quotes.exists():
            raise WrongState(
                _("“%(role)s” is named by quotes, so it stays. Give those quotes another role first.")
                % {"role": current}
            )
        record_event(action="speaker.role_deleted", record=current.speaker, by=by, before={"role": current})
        current.delete()
