"""Who a name may be, among the speakers on record: questions for the desk, answered by nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from articles.models import Quotation, Quote, Speaker, SpeakerName, SpeakersApart
from articles.text.identity import Proposal, RoleLikeness, Verdict, compare_roles, propose, weigh
from articles.text.name_forms import name_keys
from articles.text.speakers import KnownRole, KnownSpeaker
from articles.workflow.attribute import add_role, attribute_quote, create_speaker, record_quote
from articles.workflow.merge import keep_apart
from articles.workflow.new_quotes import house_language
from articles.workflow.propose import choose_role, role_held_on

Sort = SpeakerName.Sort
Keys = frozenset[tuple[str, str]]

# How many speakers with a possible double one page looks through.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person's, and why. `keep` has more on record, or is the older one."""

    keep: Speaker
    other: Speaker
    proposal: Proposal
    quotes: tuple[int, int]  # how many each has


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs to look at, the newest records first. `before` continues the list; None at its end."""

    pairs: tuple[Pair, ...]
    before: int | None


def pairs_to_look_at(before: int | None = None, *, weak: bool = False) -> Pairs:
    """Pairs whose newer record is older than the one numbered `before`.

    `weak` adds those with little evidence. The number of queries depends on nothing; few speakers are loaded.
    """
    fellows = SpeakerName.objects.filter(key=OuterRef("key")).exclude(speaker=OuterRef("speaker"))
    shared = (
        Q(Exists(fellows.filter(sort=OuterRef("sort"))), sort__in=[Sort.EXACT, Sort.NEAR])
        | Q(Exists(fellows.filter(sort=Sort.PART)), sort=Sort.NEAR)
        | Q(Exists(fellows.filter(sort=Sort.NEAR)), sort=Sort.PART)
    )
    names = SpeakerName.objects.filter(shared)
    if before is not None:
        names = names.filter(speaker__lt=before)
    newest = list(names.order_by("-speaker").values_list("speaker", flat=True).distinct()[:LOOKED_AT])
    found = [pair for pair in _pairs_of(newest) if max(pair.keep.pk, pair.other.pk) in newest]
    wanted = [pair for pair in found if weak or pair.proposal.verdict is not Verdict.WEAK]
    wanted.sort(key=lambda pair: -max(pair.keep.pk, pair.other.pk))
    return Pairs(tuple(wanted), newest[-1] if len(newest) == LOOKED_AT else None)


def pairs_of(speaker: Speaker) -> list[Pair]:
    """Records that may be of the same person as `speaker`, the likeliest first; weak ones too."""
    found = _pairs_of([speaker.pk])
    return sorted(found, key=lambda pair: list(Verdict).index(pair.proposal.verdict))


def speaker_questions(quotations: Iterable[Quotation]) -> dict[int, tuple[Proposal, ...]]:
    """Whom the speakers of quotations may be instead, by the number of the quotation.

    Asked of words without a record whose name is not exactly one speaker's, and of records that nobody has
    verified yet. Five queries, however many there are.
    """
    seen = {each.pk: _seen(each) for each in quotations if _is_open(each)}
    if not seen:
        return {}
    keys = {number: _keys(name) for number, name in seen.items()}
    fellows = _fellows(frozenset().union(*keys.values()))
    ids = {speaker for found in fellows.values() for speaker in found}
    ids |= {int(name.key) for name in seen.values() if name.key}
    known = known_speakers(ids)
    apart = _apart(ids)
    asked = {}
    for quotation in quotations:
        name = seen.get(quotation.pk)
        if name is not None:
            others = _others(name, keys[quotation.pk], fellows, known, apart)
            asked[quotation.pk] = _ask(quotation, name, others, known)
    return {number: proposals for number, proposals in asked.items() if proposals}


def identify_speaker(quotation: Quotation, *, speaker: Speaker | None, by: User) -> Speaker:
    """Say of words in a story that `speaker` said them, with the role that the text gives; returns who it is.

    Without a `speaker` it is somebody new: a record of the name printed is made, and those who have that name
    already are other people from now on. Raises what `record_quote`, `attribute_quote` and `create_speaker`
    raise.
    """
    quote = quotation.quote
    old = quote.speaker if quote else None
    with transaction.atomic():
        if speaker is None:
            name = quotation.speaker_name or (old.name if old else "")
            namesakes = list(Speaker.objects.called([name]))
            speaker = create_speaker(by=by, name=name, kind=old.kind if old else Speaker.Kind.PERSON)
            for other in namesakes:
                keep_apart(speaker, other=other, by=by)
        role = choose_role(list(speaker.roles.all()), quotation.role_title, timezone.localdate())
        if role is None and quotation.role_title:
            role = add_role(speaker, by=by, title=quotation.role_title)
        if quote is None:
            record_quote(quotation, by=by, speaker=speaker, role=role)
        else:
            attribute_quote(quote, by=by, speaker=speaker, role=role)
    return speaker


def known_speakers(ids: Collection[int]) -> dict[int, KnownSpeaker]:
    """What is known of the speakers with these numbers; three queries."""
    counts = _count_quotes(ids)
    stored = Speaker.objects.filter(pk__in=ids).prefetch_related("roles")
    return {speaker.pk: known_speaker(speaker, counts.get(speaker.pk, 0)) for speaker in stored}


def known_speaker(speaker: Speaker, quotes: int = 0) -> KnownSpeaker:
    """A speaker as `articles.text` knows one. Reads the prefetched roles."""
    today = timezone.localdate()
    return KnownSpeaker(
        name=speaker.name,
        aliases=tuple(map(str, speaker.aliases)),
        key=str(speaker.pk),
        roles=tuple(
            KnownRole(role.title, role.organisation, role_held_on(role, today))
            for role in speaker.roles.all()
        ),
        quotes=quotes,
        organisation=speaker.kind == Speaker.Kind.ORGANISATION,
    )


def _pairs_of(numbers: Sequence[int]) -> list[Pair]:
    """Pairs of the speakers `numbers` with anybody, those left out who are two people."""
    rows = SpeakerName.objects.filter(speaker__in=numbers).values_list("speaker", "sort", "key")
    keys: dict[int, set[tuple[str, str]]] = {}
    for speaker, sort, key in rows:
        keys.setdefault(speaker, set()).add((sort, key))
    fellows = _fellows(frozenset().union(*keys.values()))
    ids = {*numbers, *(speaker for found in fellows.values() for speaker in found)}
    speakers = {each.pk: each for each in Speaker.objects.filter(pk__in=ids).prefetch_related("roles")}
    counts = _count_quotes(ids)
    known = {number: known_speaker(each, counts.get(number, 0)) for number, each in speakers.items()}
    apart = _apart(ids)
    met: set[tuple[int, int]] = set()
    pairs = []
    for number, mine in keys.items():
        for other in _others(known[number], frozenset(mine), fellows, known, apart):
            pair = (min(number, int(other.key)), max(number, int(other.key)))
            proposal = weigh(known[pair[1]], known[pair[0]], house_language()) if pair not in met else None
            met.add(pair)
            if proposal is not None:
                pairs.append(_pair(speakers[pair[0]], speakers[pair[1]], proposal, counts))
    return pairs


def _pair(older: Speaker, newer: Speaker, proposal: Proposal, counts: Mapping[int, int]) -> Pair:
    keep, other = older, newer
    if counts.get(newer.pk, 0) > counts.get(older.pk, 0):
        keep, other = newer, older
    return Pair(keep, other, proposal, (counts.get(keep.pk, 0), counts.get(other.pk, 0)))


def _count_quotes(ids: Collection[int]) -> dict[int, int]:
    counted = Quote.objects.filter(speaker__in=ids).order_by().values_list("speaker")
    return dict(counted.annotate(Count("pk")))


def _keys(name: KnownSpeaker) -> Keys:
    return name_keys((name.name, *name.aliases), house_language(), organisation=name.organisation)


def _fellows(keys: Keys) -> dict[tuple[str, str], set[int]]:
    """The speakers who have each of the keys that answer to `keys`; one query."""
    by_sort = {sort: {key for each, key in keys if each == sort} for sort in Sort.values}
    wanted = (
        Q(sort=Sort.EXACT, key__in=by_sort[Sort.EXACT])
        | Q(sort=Sort.NEAR, key__in=by_sort[Sort.NEAR] | by_sort[Sort.PART])
        | Q(sort=Sort.PART, key__in={key for key in by_sort[Sort.NEAR] if " " not in key})
    )
    found: dict[tuple[str, str], set[int]] = {}
    for speaker, sort, key in SpeakerName.objects.filter(wanted).values_list("speaker", "sort", "key"):
        found.setdefault((sort, key), set()).add(speaker)
    return found


def _others(
    name: KnownSpeaker,
    keys: Keys,
    fellows: Mapping[tuple[str, str], set[int]],
    known: Mapping[int, KnownSpeaker],
    apart: set[tuple[int, int]],
) -> list[KnownSpeaker]:
    """Whom one of `keys` leads to, without the speaker herself and those who are somebody else."""
    found: set[int] = set()
    for sort, key in keys:
        found |= fellows.get((sort, key), set())
        if sort == Sort.NEAR:
            found |= fellows.get((Sort.PART, key), set())
        if sort == Sort.PART:
            found |= fellows.get((Sort.NEAR, key), set())
    own = int(name.key) if name.key else 0
    return [
        known[number]
        for number in sorted(found - {own})
        if number in known and (min(own, number), max(own, number)) not in apart
    ]


def _apart(numbers: Iterable[int]) -> set[tuple[int, int]]:
    rows = SpeakersApart.objects.filter(first__in=numbers, second__in=numbers)
    return set(rows.values_list("first", "second"))


def _is_open(quotation: Quotation) -> bool:
    """Whether somebody still has to say, or to check, who said the words."""
    quote = quotation.quote
    if quote is None:
        return quotation.state == Quotation.State.UNATTRIBUTED and bool(quotation.speaker_name)
    if quote.speaker is None or quote.speaker.unnamed:
        return False
    return quote.verification in (Quote.Verification.UNVERIFIED, Quote.Verification.IN_SOURCE)


def _seen(quotation: Quotation) -> KnownSpeaker:
    """The name in the text; with the record that it was taken for, if there is one."""
    speaker = quotation.quote.speaker if quotation.quote else None
    if speaker is None:
        return KnownSpeaker(quotation.speaker_name, role=quotation.role_title)
    return KnownSpeaker(
        speaker.name,
        tuple(map(str, speaker.aliases)),
        role=quotation.role_title,
        key=str(speaker.pk),
        organisation=speaker.kind == Speaker.Kind.ORGANISATION,
    )


def _ask(
    quotation: Quotation,
    name: KnownSpeaker,
    others: Sequence[KnownSpeaker],
    known: Mapping[int, KnownSpeaker],
) -> tuple[Proposal, ...]:
    """The proposals for one quotation, weak ones left out; empty when there is no question."""
    if not name.key:
        found = propose(name, others, house_language())
        return () if found[0].verdict is Verdict.NEW else tuple(p for p in found if p.verdict != Verdict.WEAK)
    mine = known[int(name.key)]
    whole = replace(name, roles=mine.roles)
    found = tuple(p for other in others if (p := weigh(whole, other, house_language())) is not None)
    doubt = _doubt(mine, quotation)
    return (*([doubt] if doubt else []), *(each for each in found if each.verdict is not Verdict.WEAK))


def _doubt(mine: KnownSpeaker, quotation: Quotation) -> Proposal | None:
    """A question where the text gives a role that fits none on record: perhaps only the name is the same."""
    role = quotation.quote.role if quotation.quote else None
    before = [each for each in mine.roles if role is None or each.title != role.title]
    likeness, _printed, held = compare_roles([KnownRole(quotation.role_title)], before)
    if not quotation.role_title or likeness is not RoleLikeness.OTHER or held is None:
        return None
    reason = (
        f"“{mine.name}” is on record as {held.title}, and this text says {quotation.role_title}: "
        "perhaps two people."
    )
    return Proposal(Verdict.NAMESAKE, mine, reason)
