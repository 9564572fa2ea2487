"""What the models learn from: the engine's own evidence, with the answers that people gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from articles.text.attribution import Attributor
from articles.text.candidates import Before, Candidate, find_candidates
from articles.text.frames import Frame, Frames
from articles.text.mentions import Mention, MentionKind
from articles.text.model import features_of
from articles.text.people import Person
from articles.text.pronouns import Talk, find_antecedents
from articles.text.quotations import Found, find_all_frames, group_runs, run_evidence
from articles.text.scan import Scan, scan_text
from bench.corpus import Story, match_segment
from bench.learning import Choice, YesNo


def speech_examples(stories: list[Story], scorer: ModuleType) -> list[YesNo]:
    """Every marked run, with whether people took it for somebody's words."""
    return [(features, int(gold is not None)) for features, gold in _runs(stories, scorer)]


def whole_examples(stories: list[Story], scorer: ModuleType) -> list[YesNo]:
    """Every run of speech, with whether it is the whole statement or a fragment."""
    runs = _runs(stories, scorer)
    return [(features, int(gold["type"] == "direct")) for features, gold in runs if gold is not None]


def _runs(stories: list[Story], scorer: ModuleType) -> Iterator[tuple[list[str], Story | None]]:
    for story in stories:
        scan = scan_text(story["text"])
        for evidence, run in run_evidence(scan, find_all_frames(scan)):
            yield features_of(evidence), match_segment(scorer, story, run.start, run.end)


@dataclass(slots=True)
class Marked:
    """A quotation that the engine found and people marked."""

    scan: Scan
    frames: dict[int, Frames]
    attributor: Attributor
    found: Found
    gold: Story
    previous: Story | None


def marked_quotations(stories: list[Story], scorer: ModuleType) -> Iterator[Marked]:
    """All quotations that the engine found and people marked, story by story."""
    for story in stories:
        scan = scan_text(story["text"])
        attributor = Attributor(scan)
        previous: Story | None = None
        for found in group_runs(scan, attributor.frames):
            run = scan.runs[found.runs[0]]
            gold = match_segment(scorer, story, run.start, run.end)
            if gold is not None:
                yield Marked(scan, attributor.frames, attributor, found, gold, previous)
                previous = gold


def speaker_examples(stories: list[Story], scorer: ModuleType) -> list[Choice]:
    """The candidates of each quotation, with those that are right."""
    examples: list[Choice] = []
    before: Before | None = None
    for item in marked_quotations(stories, scorer):
        if item.previous is None:
            before = None
        candidates = find_candidates(item.scan, item.frames, item.found, before)
        right = right_candidates(scorer, candidates, item)
        if right:
            examples.append(([candidate.features for candidate in candidates], right))
        before = item.attributor.place_of(item.found, *_identity(candidates, right, item.gold, before))
    return examples


def right_candidates(scorer: ModuleType, candidates: list[Candidate], item: Marked) -> list[int]:
    """The candidates that speak of the marked speaker; a verb's subject goes before the speaker before."""
    right = [i for i, candidate in enumerate(candidates) if _is_right(scorer, candidate, item)]
    if any(candidates[i].mention and candidates[i].frame for i in right):
        right = [i for i in right if candidates[i].kind == "mention"]
    return right


def _identity(
    candidates: list[Candidate], right: list[int], gold: Story, before: Before | None
) -> tuple[Person | None, str]:
    mentions = [mention for i in right if (mention := candidates[i].mention) is not None]
    for mention in mentions:
        if mention.person is not None:
            return mention.person, ""
    if not mentions and before and any(candidates[i].kind == "previous" for i in right):
        return before.person, before.head
    return None, gold["speaker_raw"].lower()


def _is_right(scorer: ModuleType, candidate: Candidate, item: Marked) -> bool:
    gold, previous = item.gold, item.previous
    kind, raw = gold["speaker_kind"], gold["speaker_raw"].strip()
    if candidate.kind == "nobody":
        return bool(kind == "none")
    if candidate.kind == "previous":
        if previous is None or kind == "none":
            return False
        if previous["speaker"] and gold["speaker"] and kind != "nominal":
            return bool(scorer.name_ok(previous["speaker"], gold["speaker"]))
        return bool(previous["speaker_raw"].lower() == raw.lower())
    mention = candidate.mention
    return mention is not None and _names(scorer, mention, candidate.frame, gold, raw)


def _names(scorer: ModuleType, mention: Mention, frame: Frame | None, gold: Story, raw: str) -> bool:
    kind = gold["speaker_kind"]
    if kind == "other_pron" and raw.lower() in ("who", "which", "that"):
        return frame is not None and frame.relation == "relative"
    if kind in ("pronoun", "other_pron"):
        return mention.kind is MentionKind.PRONOUN and mention.head == raw.lower()
    if kind in ("named", "org"):
        if mention.kind is not MentionKind.NAME:
            return False
        if scorer.name_ok(gold["speaker"], mention.name):
            return True
        return mention.name in raw and mention.person is not None and mention.person.is_person
    if mention.kind is MentionKind.DESCRIPTION:
        return mention.head in raw.lower().split()
    return mention.kind is MentionKind.NAME and raw.startswith(mention.name)


def pronoun_examples(stories: list[Story], scorer: ModuleType) -> list[Choice]:
    """The people whom each pronoun may mean, with the one whom people meant."""
    examples: list[Choice] = []
    talk = Talk()
    for item in marked_quotations(stories, scorer):
        if item.previous is None:
            talk = Talk()
        candidates = find_candidates(item.scan, item.frames, item.found, None)
        mention = _chosen_mention(candidates, right_candidates(scorer, candidates, item))
        person: Person | None = mention.person if mention else None
        if item.gold["speaker_kind"] == "pronoun" and item.gold["speaker"] and mention is not None:
            people = find_antecedents(
                item.scan, item.attributor.resolver.names, item.attributor.resolver.subjects, mention, talk
            )
            right = [i for i, p in enumerate(people) if scorer.name_ok(item.gold["speaker"], p.person.name)]
            if right:
                examples.append(([antecedent.features for antecedent in people], right))
                person = people[right[0]].person
                talk.by_pronoun, talk.pronoun = person, mention.head
        talk.speaker = person
        talk.paragraph = item.scan.runs[item.found.runs[0]].paragraph
    return examples


def _chosen_mention(candidates: list[Candidate], right: list[int]) -> Mention | None:
    with_verb = [candidates[i].mention for i in right if candidates[i].frame]
    return (with_verb or [candidates[i].mention for i in right] or [None])[0]
