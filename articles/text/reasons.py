"""Why a speaker was chosen, in words that an editor can check."""

from __future__ import annotations

from articles.text.frames import Frame
from articles.text.mentions import Mention, MentionKind
from articles.text.people import Person

_BY_RELATION = {
    "near": "subject of “{cue}”",
    "apposition": "subject of “{cue}”, with an apposition between",
    "relative": "“who {cue}”",
    "far": "subject of the clause with “{cue}”",
    "joined": "subject of “{cue}”, shared with the verb before it",
    "inverted": "after “{cue}”",
    "participle": "subject of the clause before “{cue}”",
    "passive": "after “{cue} by”",
    "patient": "the one whom “{cue}” concerns",
    "according": "after “according to”",
}


def explain(
    mention: Mention,
    person: Person | None,
    frame: Frame | None,
    *,
    printed: str,
    from_before: bool,
    spoke_last: bool,
) -> str:
    """One line such as “pronoun 'He' → Ruth Amadi, last speaker, paragraph 4”.

    ``printed`` are the words of the mention; ``from_before``: the speaker before goes on.
    """
    whom = _whom(mention, person, printed, spoke_last)
    where = f"paragraph {mention.paragraph + 1}"
    if from_before:
        return f"No speaker beside it: the speaker of the quotation before goes on ({whom}, {where})."
    if frame is not None:
        return f"{whom}, {_BY_RELATION[frame.relation].format(cue=frame.word)}, {where}."
    return f"{whom}, nearest to the quotation, {where}."


def _whom(mention: Mention, person: Person | None, printed: str, spoke_last: bool) -> str:
    if mention.kind is MentionKind.NAME:
        if person is None or person.name == mention.name:
            return mention.name
        return f"name '{mention.name}' → {person.name}"
    word = "pronoun" if mention.kind is MentionKind.PRONOUN else "description"
    if person is None:
        return f"{word} '{printed}' → nobody named" if word == "pronoun" else f"'{printed}', not named"
    return f"{word} '{printed}' → {person.name}" + (", last speaker" if spoke_last else "")
