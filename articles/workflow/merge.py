"""One person on two records, or two people: merging speakers, and remembering that they are not the same."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import FormerAddress, Quote, Role, Speaker, SpeakerName, SpeakersApart
from articles.text.name_forms import exact_key
from articles.workflow.addresses import give_up
from articles.workflow.amend import printing_now, reissue_speaker
from articles.workflow.errors import Invalid, WrongState
from articles.workflow.people import require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FoldedRole:
    """A role that both records have: what is left of the two."""

    kept: Role
    dropped: Role
    organisation: str
    since: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge will do: what goes from the other record to the one that is kept."""

    keep: Speaker
    other: Speaker
    quotes: int
    stories: int  # live and scheduled ones, whose pages are renewed
    names: tuple[str, ...]
    roles: tuple[Role, ...]
    folded: tuple[FoldedRole, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    apart: SpeakersApart | None = None  # somebody said that they are two people


def plan_merge(keep: Speaker, other: Speaker) -> MergePlan:
    """What `merge_speakers` would do now. Raises WrongState for two that cannot be merged."""
    _refuse_merge(keep, other)
    names = [keep.name, *map(str, keep.aliases)]
    known = {exact_key(name) for name in names}
    new = {exact_key(name): name for name in [other.name, *map(str, other.aliases)]}
    moved, folded = _plan_roles(keep, other)
    return MergePlan(
        keep=keep,
        other=other,
        quotes=other.quotes.count(),
        stories=printing_now(other).values("edition__story").distinct().count(),
        names=tuple(name for key, name in new.items() if key not in known),
        roles=moved,
        folded=folded,
        facts=_plan_facts(keep, other),
        apart=_apart(keep, other).select_related("by").first(),
    )


def merge_speakers(keep: Speaker, *, other: Speaker, by: User, reason: str) -> Speaker:
    """Let `keep` hold everything of `other`, the same person; returns `keep` as it stands then.

    Quotes, roles and names move; a biography, photo or identifier where `keep` has none. The verification of
    the quotes stands, since nobody else is said to have said them. Live and scheduled pages are renewed, and
    the old address leads to the new one. The other record stays, marked as merged, and cannot be chosen.

    Raises NotAllowed, Invalid without a `reason`, WrongState for two that cannot be merged: an unnamed one, a
    person and an organisation, one that was merged already, two with different identifiers.
    """
    require(by, "articles.merge_speaker", _("You may not merge speakers. Ask an editor."))
    if not reason.strip():
        raise Invalid({"reason": [_("Say how you know that the two are the same.")]})
    with transaction.atomic():
        keep, other = _lock(keep, other)
        plan = plan_merge(keep, other)
        before = {"name": other.name, "slug": other.slug, "roles": [str(role) for role in other.roles.all()]}
        quotes = list(other.quotes.order_by("pk").values_list("key", flat=True))
        _move_roles(plan)
        Quote.objects.filter(speaker=other).update(speaker=keep)
        _take_over(plan)
        _carry_apart(keep, other)
        give_up(FormerAddress.Kind.SPEAKER, other.slug, now=keep.slug)
        readers_see()
        why = _("%(other)s was merged into %(keep)s.") % {"other": other, "keep": keep}
        renewed = reissue_speaker(other, by=by, why=why)
        record_event(
            action="speaker.merged",
            record=keep,
            by=by,
            reason=reason.strip(),
            before=before,
            after={"names": list(plan.names), "quotes": quotes, "pages": len(renewed), **plan.facts},
        )
    return keep


def keep_apart(one: Speaker, *, other: Speaker, by: User) -> SpeakersApart:
    """Remember that two speakers are two people, so that nobody is asked again. Doing it twice is no error.

    Raises NotAllowed, and WrongState for a speaker and itself or one that was merged.
    """
    require(by, "articles.change_speaker", _("You may not change speakers. Ask a reporter or an editor."))
    with transaction.atomic():
        one, other = _lock(one, other)
        _refuse_merged(one, other)
        first, second = sorted((one, other), key=lambda speaker: speaker.pk)
        apart, made = SpeakersApart.objects.get_or_create(first=first, second=second, defaults={"by": by})
        if made:
            record_event(action="speaker.kept_apart", record=one, by=by, after={"not": other})
    return apart


def _lock(one: Speaker, other: Speaker) -> tuple[Speaker, Speaker]:
    """Both as they are stored, locked in one order, so that two merges cannot wait for each other."""
    stored = Speaker.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    found = {speaker.pk: speaker for speaker in stored}
    return found[one.pk], found[other.pk]


def _refuse_merged(one: Speaker, other: Speaker) -> None:
    if one.pk == other.pk:
        raise WrongState(_("These are not two records but one. Choose another speaker."))
    for speaker in (one, other):
        if speaker.merged_into is not None:
            raise WrongState(
                _("“%(name)s” was merged into “%(into)s” already. Choose that one instead.")
                % {"name": speaker, "into": speaker.merged_into}
            )


def _refuse_merge(keep: Speaker, other: Speaker) -> None:
    _refuse_merged(keep, other)
    if keep.unnamed or other.unnamed:
        raise WrongState(
            _(
                "An unnamed speaker is merged with nobody: together, the words could show who it is. "
                "Give single quotes another speaker instead."
            )
        )
    if keep.kind != other.kind:
        raise WrongState(
            _("A person and an organisation cannot be merged. Correct the kind of one of the two first.")
        )
    for name, identifier in other.external_ids.items():
        if keep.external_ids.get(name, identifier) != identifier:
            raise WrongState(
                _(
                    "The two have different identifiers (%(name)s: %(keep)s and %(other)s), so they seem to "
                    "be two people. Correct the wrong one first."
                )
                % {"name": name, "keep": keep.external_ids[name], "other": identifier}
            )


def _plan_facts(keep: Speaker, other: Speaker) -> dict[str, Any]:
    """What `keep` gets where it has nothing."""
    facts: dict[str, Any] = {}
    if other.bio and not keep.bio:
        facts["bio"] = other.bio
    if other.photo is not None and keep.photo is None:
        facts["photo"] = other.photo
    if any(name not in keep.external_ids for name in other.external_ids):
        facts["external_ids"] = {**other.external_ids, **keep.external_ids}
    return facts


def _plan_roles(keep: Speaker, other: Speaker) -> tuple[tuple[Role, ...], tuple[FoldedRole, ...]]:
    """The roles of `other` that move, and those that `keep` has too."""
    mine = list(keep.roles.all())
    moved: list[Role] = []
    folded: list[FoldedRole] = []
    for theirs in other.roles.all():
        fold = next((each for role in mine if (each := _fold(role, theirs)) is not None), None)
        if fold is None:
            moved.append(theirs)
        else:
            folded.append(fold)
            mine.remove(fold.kept)  # one role takes up one other: its dates are planned once
    return tuple(moved), tuple(folded)


def _fold(kept: Role, dropped: Role) -> FoldedRole | None:
    """What is left of two roles with one title; None when they are two roles, or two terms of office."""
    houses = {kept.organisation.casefold(), dropped.organisation.casefold()} - {""}
    if kept.title.casefold() != dropped.title.casefold() or len(houses) > 1:
        return None
    house = kept.organisation or dropped.organisation
    if dropped.since is None and dropped.until is None:
        return FoldedRole(kept, dropped, house, kept.since, kept.until)
    if kept.since is None and kept.until is None:
        return FoldedRole(kept, dropped, house, dropped.since, dropped.until)
    if _begins_after(kept, dropped) or _begins_after(dropped, kept):
        return None
    since = min((day for day in (kept.since, dropped.since) if day is not None), default=None)
    until = max(kept.until, dropped.until) if kept.until and dropped.until else None
    return FoldedRole(kept, dropped, house, since, until)


def _begins_after(one: Role, other: Role) -> bool:
    """Whether days lie between the end of `other` and the beginning of `one`."""
    return bool(one.since and other.until and other.until + _DAY < one.since)


def _move_roles(plan: MergePlan) -> None:
    for fold in plan.folded:
        Quote.objects.filter(role=fold.dropped).update(role=fold.kept)
        fold.dropped.delete()
        facts = {"organisation": fold.organisation, "since": fold.since, "until": fold.until}
        Role.objects.filter(pk=fold.kept.pk).update(**facts)
    Role.objects.filter(pk__in=[role.pk for role in plan.roles]).update(speaker=plan.keep)


def _take_over(plan: MergePlan) -> None:
    """Names and facts go to the record that is kept, and the other one says where it went."""
    keep, other = plan.keep, plan.other
    keep.aliases = [*keep.aliases, *plan.names]
    for name, value in plan.facts.items():
        setattr(keep, name, value)
    keep.save(update_fields=["aliases", *plan.facts])
    other.merged_into = keep
    other.save(update_fields=["merged_into"])
    Speaker.objects.filter(merged_into=other).update(merged_into=keep)  # no chains
    SpeakerName.objects.renew([keep, other])


def _apart(one: Speaker, other: Speaker) -> Any:
    first, second = sorted((one.pk, other.pk))
    return SpeakersApart.objects.filter(first=first, second=second)


def _carry_apart(keep: Speaker, other: Speaker) -> None:
    """Whoever is not `other` is not `keep` either."""
    _apart(keep, other).delete()
    rows = SpeakersApart.objects.filter(Q(first=other) | Q(second=other))
    carried = []
    for row in rows:
        third = row.second_id if row.first_id == other.pk else row.first_id
        first, second = sorted((keep.pk, third))
        carried.append(SpeakersApart(first_id=first, second_id=second, by_id=row.by_id))
    SpeakersApart.objects.bulk_create(carried, ignore_conflicts=True)
    rows.delete()
