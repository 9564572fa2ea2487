"""Why a speaker was chosen, in words that an editor can check."""

from __future__ import annotations

from articles.text.mentions import Mention, MentionKind
from articles.text.resolver import Answer

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


def explain(answer: Answer, name: str, *, spoke_last: bool) -> str:
    """One line such as “pronoun 'He' → Ruth Amadi, last speaker, paragraph 4”.

    ``name`` is the speaker in words, ``spoke_last`` whether they said the quotation before as well.
    """
    mention, frame = answer.mention, answer.candidate.frame
    if mention is None:
        return ""
    whom = _whom(mention, name, spoke_last=spoke_last)
    where = f"paragraph {mention.paragraph + 1}"
    if answer.by_turn:
        return f"No speaker beside it: two speak in turn, and it is the turn of {name or whom} ({where})."
    if answer.from_before:
        return f"No speaker beside it: the speaker of the quotation before goes on ({whom}, {where})."
    if frame is not None:
        return f"{whom}, {_BY_RELATION[frame.relation].format(cue=frame.word)}, {where}."
    return f"{whom}, nearest to the quotation, {where}."


def _whom(mention: Mention, name: str, *, spoke_last: bool) -> str:
    if mention.kind is MentionKind.NAME:
        return name if name in (mention.name, mention.printed) else f"name '{mention.printed}' → {name}"
    is_pronoun = mention.kind is MentionKind.PRONOUN
    printed = mention.name if is_pronoun else mention.printed
    word = "pronoun" if is_pronoun else "description"
    if name in ("", printed):
        return f"{word} '{printed}' → nobody named" if is_pronoun else f"'{printed}', not named"
    return f"{word} '{printed}' → {name}" + (", last speaker" if spoke_last else "")
