"""Speakers and roles for what the text says: found among the records, else made as proposals."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from articles.models import Role, Speaker, SpeakerName
from articles.models.keys import new_key
from articles.text.attribution import Attribution
from articles.text.name_forms import exact_key
from articles.workflow.find import index_records

NAME_LENGTH = 160
_SLUG_LENGTH = 140  # leaves room for a number
_NUMBERED = range(2, 12)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who said something, and as what, as far as the text tells."""

    speaker: Speaker
    role: Role | None


def propose_speakers(
    attributions: Sequence[Attribution], *, among: Iterable[Speaker] = ()
) -> list[Proposal | None]:
    """For each attribution the speaker and the role held today, made where no record has that name.

    `among` are speakers that the story quotes already: only there is an unnamed speaker looked for, since
    “a senior official” is somebody else in every story. A name that two speakers on record have gives None,
    unless the story quotes one of them already: somebody has to say who it is. So does no speaker in the
    attribution. The number of queries depends neither on how many attributions there are nor on how many
    speakers are on record.
    """
    return propose_for_stories([attributions], among=among)[0]


def propose_for_stories(
    stories: Sequence[Sequence[Attribution]], *, among: Iterable[Speaker] = ()
) -> list[list[Proposal | None]]:
    """The same for many stories at once, as if one came after the other; `among` counts for each of them.

    The number of queries does not depend on how many stories there are either.
    """
    quoted = {str(speaker.pk): speaker for speaker in among}
    wanted = [_wanted(attributions) for attributions in stories]
    named = [each.speaker for story in wanted for each in story.values() if not is_unnamed(each)]
    known = find_speakers(named)
    made: list[tuple[Speaker, Attribution]] = []
    chosen = [
        _choose_speakers(attributions, wanted[number], known, quoted, made)
        for number, attributions in enumerate(stories)
    ]
    _make_speakers(made)
    roles = _find_roles(list(zip(stories, chosen, strict=True)))
    return [
        [
            None if speaker is None else Proposal(speaker, role)
            for speaker, role in zip(speakers, held, strict=True)
        ]
        for speakers, held in zip(chosen, roles, strict=True)
    ]


def _wanted(attributions: Sequence[Attribution]) -> dict[str, Attribution]:
    """Who is looked for, by the key of the name; said with most detail, which decides what they are."""
    wanted = {_key(each.speaker): each for each in reversed(attributions) if each.speaker}
    for each in attributions:
        if each.speaker and each.speaker_kind != "pronoun":
            wanted[_key(each.speaker)] = each
    return wanted


def _choose_speakers(
    attributions: Sequence[Attribution],
    wanted: Mapping[str, Attribution],
    known: dict[str, list[Speaker]],
    quoted: Mapping[str, Speaker],
    made: list[tuple[Speaker, Attribution]],
) -> list[Speaker | None]:
    """The speaker of each attribution of a story; new ones are added to `made`, and named ones to `known`."""
    found = {key: list(known[key]) for key, each in wanted.items() if key in known and not is_unnamed(each)}
    found |= _by_name(quoted.values())
    for key in [key for key in wanted if key not in found]:
        each = wanted[key]
        name = " ".join(each.speaker.split())[:NAME_LENGTH]
        speaker = Speaker(name=name, kind=_kind(each), unnamed=is_unnamed(each))
        made.append((speaker, each))
        own = _key(name)
        for called in {own, key}:
            found.setdefault(called, []).append(speaker)
        if not speaker.unnamed and exact_key(name):
            known.setdefault(own, []).append(speaker)
    return [
        quoted.get(each.speaker_key) or _only(found[_key(each.speaker)]) if each.speaker else None
        for each in attributions
    ]


def find_speakers(names: Collection[str]) -> dict[str, list[Speaker]]:
    """Named speakers that go by one of `names`, by the name as `exact_key` has it; one query."""
    if not names:
        return {}
    keys = {_key(name) for name in names}
    found = _by_name(Speaker.objects.called(names).order_by("pk"))
    return {key: speakers for key, speakers in found.items() if key in keys}


def is_unnamed(attribution: Attribution) -> bool:
    """Whether the text describes the speaker without naming anybody."""
    described = attribution.speaker_kind == "descriptive" and not attribution.speaker[:1].isupper()
    return described or attribution.speaker_kind in ("unnamed", "collective")


def free_speaker_slugs(names: Sequence[str]) -> list[str]:
    """A slug for each of `names` that no speaker has, different from each other; one query."""
    bases = [slugify(name)[:_SLUG_LENGTH].strip("-") or f"speaker-{new_key()}" for name in names]
    tried = {f"{base}-{number}" for base in bases for number in _NUMBERED} | set(bases)
    taken = set(Speaker.objects.filter(slug__in=tried).values_list("slug", flat=True)) if bases else set()
    slugs: list[str] = []
    for base in bases:
        numbered = (f"{base}-{number}" for number in _NUMBERED)
        free = (slug for slug in [base, *numbered] if slug not in taken)
        slugs.append(next(free, f"{base}-{new_key()}"))
        taken.add(slugs[-1])
    return slugs


def _key(name: str) -> str:
    return exact_key(name) or name


def _by_name(speakers: Iterable[Speaker]) -> dict[str, list[Speaker]]:
    """The speakers who go by each name."""
    found: dict[str, list[Speaker]] = {}
    for speaker in speakers:
        for key in dict.fromkeys(_key(str(name)) for name in [speaker.name, *speaker.aliases]):
            found.setdefault(key, []).append(speaker)
    return found


def _only(namesakes: Sequence[Speaker]) -> Speaker | None:
    return namesakes[0] if len(namesakes) == 1 else None


def _make_speakers(made: Sequence[tuple[Speaker, Attribution]]) -> None:
    if not made:
        return
    speakers = [speaker for speaker, _attribution in made]
    for speaker, slug in zip(
        speakers, free_speaker_slugs([speaker.name for speaker in speakers]), strict=True
    ):
        speaker.slug = slug
    Speaker.objects.bulk_create(speakers)
    SpeakerName.objects.renew(speakers)
    index_records(speakers)


def _kind(attribution: Attribution) -> Speaker.Kind:
    organisation = attribution.speaker_kind == "organisation"
    return Speaker.Kind.ORGANISATION if organisation else Speaker.Kind.PERSON


def _find_roles(
    stories: Sequence[tuple[Sequence[Attribution], Sequence[Speaker | None]]],
) -> list[list[Role | None]]:
    """The role of each attribution: one that the speaker has, else a new one with the title printed."""
    held: dict[int, list[Role]] = {}
    people = {speaker.pk for _read, speakers in stories for speaker in speakers if speaker is not None}
    for role in Role.objects.filter(speaker_id__in=people) if people else ():
        held.setdefault(role.speaker_id, []).append(role)
    made: list[Role] = []
    chosen = [_roles_in(attributions, speakers, held, made) for attributions, speakers in stories]
    Role.objects.bulk_create(made)
    return chosen


def _roles_in(
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker | None],
    held: dict[int, list[Role]],
    made: list[Role],
) -> list[Role | None]:
    """The same for one story; new roles are added to `made`, and to those `held`."""
    people = {speaker.pk: speaker for speaker in speakers if speaker is not None}
    titles: dict[int, str] = {}
    for each, speaker in zip(attributions, speakers, strict=True):
        if speaker is not None and each.role:
            titles.setdefault(speaker.pk, each.role[:NAME_LENGTH])
    today = timezone.localdate()
    chosen: dict[int, Role | None] = {}
    for pk, speaker in people.items():
        roles = sorted(held.get(pk, ()), key=_order_of_roles)
        role = choose_role(roles, titles.get(pk, ""), today)
        if role is None and titles.get(pk) and not speaker.unnamed:
            role = Role(speaker=speaker, title=titles[pk])
            made.append(role)
            held.setdefault(pk, []).append(role)
        chosen[pk] = role
    return [None if speaker is None else chosen[speaker.pk] for speaker in speakers]


def _order_of_roles(role: Role) -> tuple[int, str]:
    """As `Role` lists them, whatever the alphabet of the database: the latest first, undated ones last."""
    return (-role.since.toordinal() if role.since else 0, role.title)


def choose_role(roles: Sequence[Role], title: str, day: datetime.date) -> Role | None:
    """The role with that title (in full, or the more detailed one), held on `day` where there are several.

    Without a title: the only role held on `day`.
    """
    on_day = [role for role in roles if role_held_on(role, day)]
    if not title:
        return on_day[0] if len(on_day) == 1 else None
    words = set(title.casefold().split())
    same = [role for role in roles if role.title.casefold() == title.casefold()]
    same += [role for role in roles if words < set(role.title.casefold().split())]
    return next((role for role in same if role in on_day), same[0] if same else None)


def role_held_on(role: Role, day: datetime.date) -> bool:
    """Whether a role was held on `day`; an open end counts as held."""
    return (role.since is None or role.since <= day) and (role.until is None or role.until >= day)
