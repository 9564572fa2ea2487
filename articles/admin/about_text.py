"""One line about a text while it is written: how long it takes to read, and how easily it reads."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.text.markup import plain_text
from articles.text.readability import FEWEST_WORDS, Ease, read_ease

_EASE: Final[dict[Ease, object]] = {
    "easy": gettext_lazy("easy"),
    "plain": gettext_lazy("plain"),
    "demanding": gettext_lazy("demanding"),
    "hard": gettext_lazy("hard"),
}


def about_text(body: str) -> str:
    """Words, sentences, reading time and Flesch's reading ease of a body, for the line under the editor."""
    read = read_ease(plain_text(body).text, language=settings.LANGUAGE_CODE)
    if not read.words:
        return ""
    parts = [
        ngettext("%(n)d sentence", "%(n)d sentences", read.sentences) % {"n": read.sentences},
        _("%(n)d words in each") % {"n": round(read.words / max(1, read.sentences))},
        ngettext("%(n)d minute to read", "%(n)d minutes to read", read.minutes) % {"n": read.minutes},
    ]
    if read.ease is None:
        parts.append(_("how easily it reads shows from %(n)d words on") % {"n": FEWEST_WORDS})
    else:
        score = {"ease": _EASE[read.ease], "score": round(read.score or 0)}
        parts.append(_("reads %(ease)s (Flesch %(score)d of 100)") % score)
    return " · ".join(parts)
