"""Claiming a quotation while one checks it, so that two people do not check the same one.

A claim is no status and stands in nobody's way for long, so these verbs write no Event.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Claim, Quotation
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.people import display_name, may_edit

CLAIMED_FOR: Final = datetime.timedelta(minutes=10)


def claim_quotation(quotation: Quotation, *, by: User, take_over: bool = False) -> Claim:
    """Note that `by` checks `quotation` from now on, and lets go what `by` checked before.

    A claim of one's own begins anew. With `take_over`, somebody else's ends. Raises NotAllowed for who could
    decide nothing about it, and WrongState, with the name, when somebody else is checking it.
    """
    if not may_decide(by, quotation):
        raise NotAllowed(_("You may read these words, but not check them. Ask an editor to do it."))
    now = timezone.now()
    with transaction.atomic():
        list(Quotation.objects.select_for_update().filter(pk=quotation.pk).values_list("pk"))
        held = refusal_to_check(quotation, by=by)
        if held and not take_over:
            raise WrongState(held)
        # Also what has run out: a quotation has one claim, and so has a person.
        (Claim.objects.on(quotation) | Claim.objects.filter(by=by)).delete()
        try:
            with transaction.atomic():
                return Claim.objects.create(quotation=quotation, by=by, at=now, until=now + CLAIMED_FOR)
        except IntegrityError as error:
            raise WrongState(_("Somebody opened these words just now. Reload the page.")) from error


def release_claim(*, by: User) -> None:
    """Let go what `by` is checking, if anything."""
    Claim.objects.filter(by=by).delete()


def standing_claim(quotation: Quotation, *, by: User | AnonymousUser) -> Claim | None:
    """The claim of somebody else than `by` on `quotation` that has not run out. One query."""
    others = Claim.objects.standing().on(quotation).exclude(by=by.pk)
    return others.select_related("by").first()


def refusal_to_check(quotation: Quotation, *, by: User | AnonymousUser) -> str:
    """Why `by` should leave these words alone: who is checking them; empty when nobody else is. One query."""
    other = standing_claim(quotation, by=by)
    if other is None:
        return ""
    name = display_name(other.by)
    return _("%(name)s is checking this. Go on to the next, or take it over.") % {"name": name}


def may_decide(user: User | AnonymousUser, quotation: Quotation) -> bool:
    """Whether the role of `user` lets them decide anything about `quotation`."""
    return user.is_active and (user.has_perm("articles.verify_quote") or may_edit(user, quotation.story))
