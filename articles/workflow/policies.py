"""What the paper promises: writing a policy, publishing it as an edition that stays, and taking it back."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Policy, PolicyEdition
from articles.models.surrogate import PAPER, POLICIES
from articles.text.markup import clean_html, plain_text
from articles.workflow.errors import Invalid, WrongState, check_record
from articles.workflow.lifecycle import needed
from articles.workflow.people import require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

KEYS = (POLICIES, PAPER)  # what changes for readers: the footer of every page names the policies
NOTE_LENGTH = 300
SHOWN = ("kind", "title", "slug", "summary", "position")


class PolicyFacts(TypedDict, total=False):
    """What a policy holds."""

    kind: str
    title: str
    slug: str
    summary: str
    body: str
    position: int


def save_policy(
    policy: Policy | None, *, by: User, version: int | None = None, **facts: Unpack[PolicyFacts]
) -> Policy:
    """Write a policy, or change `policy`; only the facts given. Readers see it once it is published.

    `version` is the one that `by` saw. Raises NotAllowed, Invalid, and WrongState when somebody else changed
    it meanwhile.
    """
    name = "add" if policy is None else "change"
    require(by, f"articles.{name}_policy", _("Only a managing editor writes policies. Tell one what to say."))
    with transaction.atomic():
        current = Policy() if policy is None else _lock(policy, version)
        wanted = _clean(facts)
        before = {name: getattr(current, name) for name in wanted}
        changed = [name for name in wanted if policy is None or before[name] != wanted[name]]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, wanted[name])
        current.version += policy is not None
        check_record(current)
        current.save()
        record_event(
            action="policy.made" if policy is None else "policy.saved",
            record=current,
            by=by,
            before={} if policy is None else {name: before[name] for name in changed},
            after={name: wanted[name] for name in changed},
        )
    return current


def publish_policy(policy: Policy, *, by: User, reason: str, version: int | None = None) -> PolicyEdition:
    """Show the policy to readers as it stands now; `reason` tells them in a sentence what changed.

    What was published before stays readable in its history. Raises NotAllowed, Invalid, and WrongState when
    there is nothing new, or when it was changed meanwhile.
    """
    _require_publisher(by)
    note = needed(" ".join(reason.split()), _("Say in one sentence what is new: readers see it."))
    if len(note) > NOTE_LENGTH:
        raise Invalid({"reason": [_("Say it in at most %d characters.") % NOTE_LENGTH]})
    now = timezone.now()
    with transaction.atomic():
        current = _lock(policy, version)
        if not plain_text(current.body).text.strip():
            raise WrongState(_("This policy has no text yet. Write and save it first."))
        last = current.editions.order_by("-number").first()
        values = {name: getattr(current, name) for name in SHOWN} | {"body_html": current.body}
        if last is not None and last.live_until is None:
            if all(getattr(last, name) == value for name, value in values.items()):
                raise WrongState(_("Readers see exactly this text already."))
            _end(last, now)
        edition = PolicyEdition.objects.create(
            policy=current, number=last.number + 1 if last else 1, change_note=note, live_from=now,
            published_by=by, **values,
        )  # fmt: skip
        record_event(
            action="policy.published", record=current, by=by, reason=note, after={"edition": edition.number}
        )
        readers_see(*KEYS)
    return edition


def withdraw_policy(policy: Policy, *, by: User, reason: str) -> None:
    """Take the policy away from readers; what they could read stays in our records.

    Raises NotAllowed, and WrongState when it is not published or no `reason` is given.
    """
    _require_publisher(by)
    why = needed(reason, _("Say why the policy is withdrawn. Then withdraw it."))
    with transaction.atomic():
        current = _lock(policy, None)
        last = current.editions.filter(live_until__isnull=True).first()
        if last is None:
            raise WrongState(_("Readers do not see this policy."))
        _end(last, timezone.now())
        record_event(
            action="policy.withdrawn", record=current, by=by, reason=why, before={"edition": last.number}
        )
        readers_see(*KEYS)


def _end(edition: PolicyEdition, now: Any) -> None:
    PolicyEdition.objects.filter(pk=edition.pk).end(now)


def _lock(policy: Policy, version: int | None) -> Policy:
    current = Policy.objects.select_for_update(of=("self",)).filter(pk=policy.pk).first()
    if current is None:
        raise WrongState(_("This policy no longer exists. Go back to the list."))
    if version is not None and current.version != version:
        raise WrongState(
            _("Somebody changed this policy after you opened it. Reload the page and look again.")
        )
    return current


def _require_publisher(by: User) -> None:
    require(by, "articles.publish_policy", _("Only a managing editor publishes policies. Ask one."))


def _clean(facts: PolicyFacts) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in facts.items()
    }
    if "body" in wanted:
        wanted["body"] = clean_html(wanted["body"])
    return wanted
