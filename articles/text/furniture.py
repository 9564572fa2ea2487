"""Controls of a page: short lines all of whose words are words of buttons and menus."""

from __future__ import annotations

import re
from typing import Final

from articles.text.page_kinds import load_page_words

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_WORDS: Final = 10
_MOST_CHARACTERS: Final = 200


def is_control(text: str, *, around: bool) -> bool:
    """Whether ``text`` is a button, a menu or a row of them; ``around``: it stands among lines of a page."""
    if len(text) > _MOST_CHARACTERS or text.rstrip().endswith((".", "!", "”")):
        return False
    known = load_page_words()
    words = [word.casefold().replace("’", "'") for word in _TOKEN.findall(text)]
    if not 1 <= len(words) <= _MOST_WORDS or not known.controls.issuperset(words):
        return False
    return around or (len(words) > 1 and any(word in known.hard - known.plain for word in words))
