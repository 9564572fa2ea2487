"""Stories that somebody may have meant who asked for an address that never was."""

import re
from datetime import datetime
from typing import Final
from urllib.parse import unquote

from articles.models import Edition
from articles.search.found import ask, question
from articles.search.shelf import STORIES
from articles.search.suggest import SHORTEST, spellings
from articles.text.terms import Terms

_MOST_WORDS: Final = 6
_WORD: Final = re.compile(r"[^\W\d_]+")


def stories_near(path: str, now: datetime, *, size: int) -> list[Edition]:
    """Published stories that hold words of the last part of `path`, those with most of them first.

    A word that no headline has counts as the nearest one that some headline has. Three queries at most, none
    without words.
    """
    last = unquote(path).rstrip("/").rpartition("/")[2][:200]
    typed = [word for word in dict.fromkeys(_WORD.findall(last.lower())) if len(word) >= SHORTEST]
    if not typed:
        return []
    better = spellings(typed[:_MOST_WORDS])
    any_of = [Terms((better.get(word, word),)) for word in typed[:_MOST_WORDS]]
    wanted = [hit.record for hit in ask(STORIES, question(any_of, now), size).rows][:size]
    found = Edition.objects.published(now).defer("body_html", "body_text").in_bulk(wanted)
    return [found[number] for number in wanted if number in found]
