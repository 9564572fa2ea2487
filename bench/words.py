"""Words for invented stories: a vocabulary in which a few are said often and most hardly ever (Zipf).

The same seed gives the same words. One word stands in every story, and one phrase in a few of them, so that a
search for them is known to be the heaviest or the narrowest.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import Final

SIZE: Final = 40_000  # words, of which those far down the list stand in a handful of stories
EVERYWHERE: Final = "veldarin"  # in every story
PHRASE: Final = "tolvane quirrel"  # in one of `PHRASE_EVERY` stories
PHRASE_EVERY: Final = 500

# What holds any English text together, and what an index leaves out.
_SMALL: Final = (
    "the", "of", "and", "to", "in", "a", "that", "it", "was", "for", "on", "is", "with", "as", "at", "by",
    "from", "be", "this", "have", "not", "are", "but", "had", "they", "we", "all", "will", "one", "were",
    "their", "there", "been", "would", "so", "more", "who", "about", "when",
)  # fmt: skip
_BEGINS: Final = (
    "b", "br", "c", "cl", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pr", "qu", "r",
    "s", "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
_MIDDLES: Final = ("a", "ai", "e", "ea", "i", "o", "oa", "oo", "u")
_ENDS: Final = ("l", "ld", "m", "n", "nd", "nt", "r", "rn", "rt", "st", "th", "v", "x")


class Vocabulary:
    """The words in the order of how often they are said."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        taken = {*_SMALL, EVERYWHERE, *PHRASE.split()}
        made: list[str] = []
        while len(made) < SIZE - len(_SMALL):
            word = "".join(
                chance.choice(part)
                for _ in range(chance.choice((1, 2, 2, 2, 3)))
                for part in (_BEGINS, _MIDDLES)
            )
            word += chance.choice(_ENDS)
            if len(word) > 3 and word not in taken:
                taken.add(word)
                made.append(word)
        self.words: Final = [*_SMALL, *sorted(made, key=len)]  # what is often said is short
        self._weights: Final = list(accumulate(1 / (rank + 2.7) for rank in range(SIZE)))

    def pick(self, chance: random.Random, number: int) -> list[str]:
        """So many words by chance, as often as each is said."""
        return chance.choices(self.words, cum_weights=self._weights, k=number)

    def sentence(self, chance: random.Random, number: int) -> str:
        """A sentence of so many words."""
        return " ".join(self.pick(chance, number)).capitalize() + "."

    def telling(self, place: int) -> str:
        """The word at a place of the list, not counting those that hold a text together."""
        return self.words[len(_SMALL) + place]

    def name(self, number: int) -> str:
        """The name of a person; no two numbers below a million have the same."""
        first, last = number % 997, number * 7 // 997 * 13 + number % 997
        return f"{self.telling(1000 + first).capitalize()} {self.telling(2500 + last % 30_000).capitalize()}"


def zipf(number: int, exponent: float = 0.9) -> list[float]:
    """Weights, added up, of so many things of which the first are chosen most."""
    return list(accumulate((rank + 1) ** -exponent for rank in range(number)))
