"""Whether two names on record, or a name in print and one on record, may be the same speaker's.

Everything here is a proposal with its reason in a sentence; somebody at the desk decides. Only one speaker
on record with exactly the name, or with it among the other names, needs no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from articles.text.name_forms import NameForm, acronym, exact_key, fold_word, parse_name, same_given_names
from articles.text.speakers import KnownRole, KnownSpeaker


class Verdict(StrEnum):
    """What two speakers are to each other, the strongest first."""

    SAME = "same"  # the same name, and nothing against it
    NAMESAKE = "namesake"  # the same name, and something against it: ask
    LIKELY = "likely"
    WEAK = "weak"
    NEW = "new"


class Likeness(StrEnum):
    """How two names are alike, the closest first."""

    EXACT = "exact"
    SPELLING = "spelling"
    LONGER = "longer"
    SHORT = "short"
    INITIAL = "initial"
    SURNAME = "surname"
    ORDER = "order"
    DOUBLE = "double"
    ACRONYM = "acronym"


class RoleLikeness(StrEnum):
    """How the roles of two speakers agree."""

    SAME = "same"
    OPEN = "open"  # nothing speaks for or against it
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a name may be: a speaker on record, or, without one, somebody new. `reason` is a sentence."""

    verdict: Verdict
    known: KnownSpeaker | None
    reason: str
    likeness: Likeness | None = None


_SMALL_WORDS = "a an and at for from in of on the to with former ex then acting interim now"
_SMALL = frozenset(_SMALL_WORDS.split())
_BELOW = frozenset({"deputy", "vice", "assistant", "associate", "junior", "shadow"})
_STRONG = (Likeness.SPELLING, Likeness.LONGER, Likeness.SHORT)
_LIKENESS = list(Likeness)
_VERDICTS = list(Verdict)


def propose(seen: KnownSpeaker, known: Iterable[KnownSpeaker], language: str = "en") -> tuple[Proposal, ...]:
    """Who `seen`, a name in print with its role, may be: the likeliest of `known` first.

    Two speakers on record with exactly the name are always both asked about. The last proposal is somebody
    new, unless exactly one speaker has the name and nothing is against it.
    """
    found = [each for speaker in known if (each := weigh(seen, speaker, language)) is not None]
    exact = [each for each in found if each.likeness is Likeness.EXACT]
    if len(exact) > 1:
        found = [_ask(each, seen, len(exact)) if each in exact else each for each in found]
    elif exact and exact[0].verdict is Verdict.SAME:
        return (exact[0],)
    return (*sorted(found, key=lambda each: _rank(each, seen)), _somebody_new(seen, found))


def weigh(one: KnownSpeaker, other: KnownSpeaker, language: str = "en") -> Proposal | None:
    """What `other` is to `one`: None when nothing says that they are the same. The verdict is mutual."""
    names = _closest(one, other, language)
    if names is None:
        return None
    likeness, first, second = names
    roles, mine, theirs = compare_roles(one.every_role, other.every_role)
    suffixes = {parse_name(name, language).suffix for name in (first, second)}
    verdict = _judge(likeness, roles, one_suffix="" in suffixes and len(suffixes) > 1)
    if verdict is None:
        return None
    reason = _say_names(likeness, first, second, one, other)
    if len(suffixes) > 1:
        reason += f", but only one of the two is “{max(suffixes).capitalize()}.”"
    return Proposal(verdict, other, reason + _say_roles(roles, mine, theirs, verdict), likeness)


def compare_roles(
    one: Sequence[KnownRole], other: Sequence[KnownRole]
) -> tuple[RoleLikeness, KnownRole | None, KnownRole | None]:
    """How the roles of two speakers agree, and the two roles that say so.

    Roles that are over contradict nothing: people change their work.
    """
    pairs = [(mine, theirs) for mine in one for theirs in other]
    for mine, theirs in pairs:
        if _same_role(mine, theirs):
            return RoleLikeness.SAME, mine, theirs
    held = [(mine, theirs) for mine, theirs in pairs if mine.held and theirs.held]
    if held and not any(_related(mine, theirs) for mine, theirs in pairs):
        return RoleLikeness.OTHER, *held[0]
    return RoleLikeness.OPEN, None, None


def compare_names(one: str, other: str, language: str = "en") -> Likeness | None:
    """How two names of people are alike; None when they are two people's."""
    if exact_key(one) == exact_key(other):
        return Likeness.EXACT if exact_key(one) else None
    a, b = parse_name(one, language), parse_name(other, language)
    if not (a.family and b.family) or (a.suffix and b.suffix and a.suffix != b.suffix):
        return None
    if a.joined == b.joined or a.family == b.family:
        if bool(a.given) != bool(b.given):
            return Likeness.SURNAME
        return _compare_given(a.given, b.given, language)
    given = _compare_given(a.given, b.given, language) if a.given and b.given else None
    if given is not None and given is not Likeness.INITIAL and _share_surname(a, b):
        return Likeness.DOUBLE
    if a.words == b.words and len(a.words) > 1 and all(len(word) > 1 for word in a.words):
        return Likeness.ORDER
    return None


def _closest(one: KnownSpeaker, other: KnownSpeaker, language: str) -> tuple[Likeness, str, str] | None:
    """The two names of two speakers that are most alike."""
    if one.organisation != other.organisation:
        return None
    found: list[tuple[Likeness, str, str]] = []
    strangers = _are_strangers(one.name, other.name, language)
    for first in (one.name, *one.aliases):
        for second in (other.name, *other.aliases):
            shared_alias = first != one.name and second != other.name
            if (shared_alias or strangers) and not (_is_full(first) and _is_full(second)):
                continue  # “the mayor” and “Stane” may be said of many
            likeness = _bodies(first, second) if one.organisation else compare_names(first, second, language)
            if likeness is not None and (not strangers or likeness is Likeness.EXACT):
                found.append((likeness, first, second))
    return min(found, key=lambda each: _LIKENESS.index(each[0]), default=None)


def _are_strangers(one: str, other: str, language: str) -> bool:
    """Whether two full names contradict each other: the same surname, and other given names."""
    a, b = parse_name(one, language), parse_name(other, language)
    both = bool(a.given and b.given)
    return both and a.family == b.family and compare_names(one, other, language) is None


def _is_full(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[0][:1].isupper()


def _bodies(one: str, other: str) -> Likeness | None:
    """How two names of bodies are alike."""
    if exact_key(one) == exact_key(other):
        return Likeness.EXACT if exact_key(one) else None
    a, b = ([fold_word(word) for word in name.split()] for name in (one, other))
    if a and [word for word in a if word != "the"] == [word for word in b if word != "the"]:
        return Likeness.SPELLING
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if short.isupper() and acronym(long) == "".join(fold_word(word) for word in short.split()):
        return Likeness.ACRONYM
    return None


def _compare_given(one: tuple[str, ...], other: tuple[str, ...], language: str) -> Likeness | None:
    """How the given names of two people of one surname are alike."""
    if one == other:
        return Likeness.SPELLING
    first = _same_given(one[0], other[0], language)
    if first is None:
        # By the second of the given names: J. Robert Amadi, Robert Amadi.
        shorter, longer = sorted((one, other), key=len)
        return Likeness.LONGER if len(shorter) == 1 and shorter[0] in longer[1:] else None
    for mine, theirs in zip(one[1:], other[1:], strict=False):
        if _same_given(mine, theirs, language) is None:
            return None
    return Likeness.LONGER if first is Likeness.SPELLING else first


def _same_given(one: str, other: str, language: str) -> Likeness | None:
    if one == other:
        return Likeness.SPELLING
    if 1 in (len(one), len(other)):
        return Likeness.INITIAL if one[:1] == other[:1] else None
    if other in same_given_names(one, language):
        return Likeness.SHORT
    shorter, longer = sorted((one, other), key=len)
    return Likeness.SHORT if len(shorter) > 2 and longer.startswith(shorter) else None


def _share_surname(a: NameForm, b: NameForm) -> bool:
    """Whether one surname is a part of the other, or a second surname stands among the names."""
    mine, theirs = {*a.family, *a.given[1:]}, {*b.family, *b.given[1:]}
    return bool(set(a.family) & theirs or set(b.family) & mine)


def _same_role(one: KnownRole, other: KnownRole) -> bool:
    mine, theirs = _role_words(one.title), _role_words(other.title)
    if not (mine and theirs) or mine & _BELOW != theirs & _BELOW:
        return False
    return (
        mine <= theirs | _role_words(other.organisation)
        and theirs <= mine | _role_words(one.organisation)
        or (mine <= theirs or theirs <= mine)
        and not (one.organisation and other.organisation)
    )


def _related(one: KnownRole, other: KnownRole) -> bool:
    """Whether two roles share a word or the house: somebody may well hold both."""
    mine = _role_words(f"{one.title} {one.organisation}")
    return bool(mine & _role_words(f"{other.title} {other.organisation}"))


def _role_words(words: str) -> frozenset[str]:
    folded = (fold_word(word) for word in words.replace("-", " ").split())
    return frozenset(word for word in folded if word) - _SMALL


def _judge(likeness: Likeness, roles: RoleLikeness, *, one_suffix: bool) -> Verdict | None:
    apart = roles is RoleLikeness.OTHER
    if likeness is Likeness.EXACT:
        return Verdict.NAMESAKE if apart else Verdict.SAME
    if likeness in _STRONG:
        return Verdict.NAMESAKE if apart or one_suffix else Verdict.LIKELY
    if apart or one_suffix:
        return None
    together = roles is RoleLikeness.SAME
    weak = likeness in (Likeness.DOUBLE, Likeness.ACRONYM)
    return Verdict.LIKELY if together and not weak else Verdict.WEAK


def _say_names(likeness: Likeness, first: str, second: str, one: KnownSpeaker, other: KnownSpeaker) -> str:
    if likeness is Likeness.EXACT and one.key and other.key:
        return f"“{first}” is the name of two speakers on record"
    whom = second if second == other.name else f"{second} (on record as {other.name})"
    given = [name.split()[0] for name in (first, second)]
    sentences = {
        Likeness.EXACT: f"“{first}” is the name of {whom} on record"
        if second == other.name
        else f"“{first}” is among the other names of {other.name}",
        Likeness.SPELLING: f"“{first}” is the name of {whom} in another spelling",
        Likeness.LONGER: f"“{first}” and {whom} agree in surname and given name; one has a further name",
        Likeness.SHORT: f"“{first}” has the surname of {whom}, and {given[0]} and {given[-1]} are one name",
        Likeness.INITIAL: f"“{first}” has the initial and surname of {whom}"
        if len(fold_word(given[0])) == 1
        else f"“{first}” has the surname of {whom} and a name with that initial",
        Likeness.SURNAME: f"“{first}” and {whom} have one surname",
        Likeness.ORDER: f"“{first}” has the names of {whom} in another order",
        Likeness.DOUBLE: f"“{first}” shares a given name and a part of the surname with {whom}",
        Likeness.ACRONYM: f"“{first}” and {whom} agree in their initials",
    }
    return sentences[likeness]


def _say_roles(
    roles: RoleLikeness, mine: KnownRole | None, theirs: KnownRole | None, verdict: Verdict
) -> str:
    if roles is RoleLikeness.SAME and mine and theirs:
        shorter = min((mine.title, theirs.title), key=len)
        return f", and both are {shorter}."
    if roles is RoleLikeness.OTHER and mine and theirs:
        return f". One is {mine.title} and the other {theirs.title}: perhaps two people."
    return "." if verdict in (Verdict.SAME, Verdict.LIKELY) else ". No role says whether it is one person."


def _ask(proposal: Proposal, seen: KnownSpeaker, number: int) -> Proposal:
    roles = proposal.known.roles if proposal.known else ()
    role = f"; this one is {roles[0].title}" if roles else ""
    reason = f"{number} speakers on record are called “{seen.name}”{role}. Say which of them it is."
    return Proposal(Verdict.NAMESAKE, proposal.known, reason, proposal.likeness)


def _somebody_new(seen: KnownSpeaker, found: Sequence[Proposal]) -> Proposal:
    if not found:
        return Proposal(Verdict.NEW, None, f"Nobody on record has a name like “{seen.name}”.")
    return Proposal(Verdict.NEW, None, f"“{seen.name}” may also be somebody who is not on record yet.")


def _rank(proposal: Proposal, seen: KnownSpeaker) -> tuple[int, int, int, int, str]:
    known = proposal.known or seen
    roles, _mine, _theirs = compare_roles(seen.every_role, known.every_role)
    return (
        _VERDICTS.index(proposal.verdict),
        list(RoleLikeness).index(roles),
        _LIKENESS.index(proposal.likeness) if proposal.likeness else len(_LIKENESS),
        -known.quotes,
        known.name,
    )
