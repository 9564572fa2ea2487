"""Advertising lines around a story, told by how they are built: promotion of a name that the story lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

_LONGEST_LINE: Final = 22
_LONGEST_PARAGRAPH: Final = 90

_SUPERLATIVE = (
    r"\b(?:best|easiest|fastest|simplest|cheapest|leading|ultimate|perfect|premier|trusted|smartest|safest"
    r"|number one|no\. ?1|top[- ]rated|all-in-one|one-stop)\b"
)
_WARES = (
    r"\b(?:solution|platform|tool|app|software|service|provider|plugin|theme|shop|store|way|place|choice"
    r"|deals?"
    r"|hosting|casino|broker|agency|marketplace|suppl\w+|course|product|offer|website|builder|partner"
    r"|brand)s?\b"
)
_IMPERATIVE = (
    r"^\W*(?:sell|buy|shop|try|start|join|save|order|discover|earn|win|build|grow|boost|create|launch"
    r"|make money"
    r"|upgrade|unlock|claim|book|download|play|bet|trade|invest|learn|master|get|find|switch|turn|automate"
    r"|supercharge|make your|looking (?:for|to)|want to|need (?:a|to)|ready to|tired of|don['’]t miss)\b"
)
_OFFER = (
    r"\b(?:\d+ ?% off|free (?:for \d+ days|trial|shipping|delivery|quote|demo|consultation)|discounts?"
    r"|promo(?:tion)? codes?"
    r"|coupons?|special offer|limited[- ]time|money[- ]back|buy now|shop now|order now|sign up now"
    r"|try it free"
    r"|for free|act now|today only|while (?:stocks?|supplies) last|no (?:credit card|risk|obligation)"
    r"|starting at"
    r"|from just|best prices?|great deals?|gift cards?|powered by|brought to you by|click here|get started"
    r"|made (?:easy|simple)|in minutes|with ease|hassle[- ]free|in just \d+|anywhere|risk[- ]free"
    r"|exclusive (?:deals?|offers?))\b"
)
_YOU = r"\b(?:you|your|yours|yourself)\b"
_SIGNS: Final = tuple(re.compile(sign, re.IGNORECASE) for sign in (_IMPERATIVE, _OFFER, _YOU))
_PRAISE: Final = re.compile(rf"(?:{_SUPERLATIVE}|#1)(?:\W+\w+){{0,3}}?\W+{_WARES}", re.IGNORECASE)
_NAME: Final = re.compile(r"\b[A-Z][a-z]*[A-Z]\w*|\b[A-Z][\w’'&-]+(?:\.(?:com|net|org|io|co|shop|store))?")
_MARKED_NAME: Final = re.compile(r"\b[A-Z][a-z]+[A-Z]\w*|\w+\.(?:com|net|io|co|shop|store|app)\b")
_WORD: Final = re.compile(r"\w+")
_SPEECH: Final = re.compile(r"[“”\"«»„]|\b(?:said|says|told|according to)\b")
_PLAIN: Final = frozenset(
    word
    for line in (
        "about after again also anywhere because been before best being both could does each even every",
        "from have here into just like made make many more most much need never only other over same should",
        "some such than that their them then there these they this those through under very want well were",
        "what when where which while will with without work would your",
    )
    for word in line.split()
)


def find_advertising(lines: Mapping[int, str], story: Sequence[str]) -> dict[int, str]:
    """Which of the ``lines`` outside the story advertise, each with the reason in a sentence.

    A line counts only if it shares no name and hardly a word with the story, and promotes.
    """
    if not story:
        return {}
    known = {word.casefold() for text in story for word in _WORD.findall(text)}
    foreign = {number: _foreign_names(text, known) for number, text in lines.items()}
    spread = Counter(name for names in foreign.values() for name in names)
    found: dict[int, str] = {}
    for number, text in lines.items():
        repeated = [name for name in foreign[number] if spread[name] > 1]
        if reason := _reason(text, known, foreign[number], repeated):
            found[number] = reason
    return found


def _foreign_names(text: str, known: set[str]) -> list[str]:
    names = [name for name in _NAME.findall(text) if len(name) > 2 and name.casefold() not in _PLAIN]
    return [name for name in dict.fromkeys(names) if not set(_WORD.findall(name.casefold())) & known]


def _reason(text: str, known: set[str], names: Sequence[str], repeated: Sequence[str]) -> str:
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) > _LONGEST_PARAGRAPH or _SPEECH.search(text):
        return ""
    telling = {word for word in words if len(word) > 3 and word not in _PLAIN}
    strange = len(telling - known) / len(telling) if telling else 0.0
    signs = sum(sign.search(text) is not None for sign in _SIGNS)
    praise = 2 * (_PRAISE.search(text) is not None)
    promotion = signs + praise
    promotion += (
        bool(names) and re.search(rf"\b(?:with|from|by|at|on) {re.escape(names[-1])}\W*$", text) is not None
    )
    named = bool(repeated) + any(_MARKED_NAME.fullmatch(name) for name in names)
    if not promotion or strange < 0.5:
        return ""
    enough = 3 if len(words) <= _LONGEST_LINE else 5
    if promotion + named + (strange >= 0.8) < enough or not (names or strange >= 0.8):
        return ""
    if names:
        name = (list(repeated) or list(names))[-1]
        return f"Advertises: it promotes “{name}”, a name that the story does not mention."
    return "Advertises: it promotes something that the story does not mention."
