"""Two who speak in turn: whose a line without an attribution is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Turn(Generic[Answer]):
    answer: Answer
    who: object  # equal for turns of one speaker
    paragraph: int
    asks: bool
    by_turn: bool
    short: bool  # the paragraph is little more than the quotation


@dataclass(slots=True)
class Turns(Generic[Answer]):
    """The last turns of a conversation."""

    _turns: list[_Turn[Answer]] = field(default_factory=list)

    def take(
        self, answer: Answer, who: object, paragraph: int, *, asks: bool, by_turn: bool, short: bool
    ) -> None:
        """Remembers who has just spoken; what the same speaker adds in the same paragraph is one turn."""
        if self._turns and self._turns[-1].who == who:
            self._turns.pop()
        self._turns = [*self._turns[-1:], _Turn(answer, who, paragraph, asks, by_turn, short)]

    def next(self, paragraph: int, *, asks: bool, short: bool) -> Answer | None:
        """Who speaks if this paragraph is a line of a conversation; None where nothing says so."""
        if len(self._turns) < 2:
            return None
        earlier, last = self._turns
        if paragraph - last.paragraph != 1 or last.paragraph - earlier.paragraph > 1:
            return None
        talking = (
            last.asks or last.by_turn or (asks and earlier.asks) or (earlier.short and last.short and short)
        )
        return earlier.answer if talking else None
