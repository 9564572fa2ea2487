"""Another spelling for words that find nothing: one of a headline or a name, if it finds something."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.models import KnownWord
from articles.search.found import search_quotes, search_stories
from articles.text.terms import Terms

SHORTEST: Final = 4  # letters: of shorter words everything is near everything
_MOST_WORDS: Final = 6
_MOST_LOOKED_AT: Final = 4000
_WORD: Final = re.compile(r"[^\W\d_]+")
_DOUBLE: Final = re.compile(r"(.)\1+")


def suggest_terms(terms: Terms, now: datetime) -> Terms | None:
    """The terms with likely spellings in the place of words that no headline or name has.

    None when there is none, or when it would find nothing that readers can see: then whatever is near stays
    unsaid. A fixed number of queries.
    """
    typed = [word for term in terms.wanted for word in _WORD.findall(term.lower()) if len(word) >= SHORTEST]
    better = spellings(typed[:_MOST_WORDS])
    if not better:
        return None

    def spell(found: re.Match[str]) -> str:
        return better.get(found[0].lower(), found[0])

    suggested = Terms(tuple(_WORD.sub(spell, term) for term in terms.wanted), terms.unwanted)
    finds = search_stories(suggested, now, size=1) or search_quotes(suggested, now, size=1)
    return suggested if finds else None


def spellings(typed: Iterable[str]) -> dict[str, str]:
    """For each word that nobody printed the known one that is nearest, if one is near. One query."""
    near = Q(pk__in=())
    for word in typed:
        near |= Q(head=word[:2], size__range=(len(word) - 2, len(word) + 2))
        near |= Q(tail=word[-2:], size__range=(len(word) - 2, len(word) + 2))
    known = set(KnownWord.objects.filter(near).values_list("word", flat=True)[:_MOST_LOOKED_AT])
    better = {}
    for word in typed:
        if word not in known and (nearest := _nearest(word, sorted(known))):
            better[word] = nearest
    return better


def _nearest(word: str, known: list[str]) -> str | None:
    """The known word with the fewest slips between, two at most and one in a short word.

    Of several, one that differs in double letters only: that is the commonest slip.
    """
    slips = 1 if len(word) < 6 else 2
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=None)
    single = _DOUBLE.sub(r"\1", word)
    ranked = [(far, OSA.distance(single, _DOUBLE.sub(r"\1", near)), near) for near, far, _ in found]
    return min(ranked)[2] if ranked else None
