"""The page of a story in parts: what depends on its edition and on nothing that changes after it.

The parts are rendered when the edition is written (`workflow.rendered`), or for each reader where that was
not done with the templates of today. Views put the paper around them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles import jsonld
from articles.models import Edition, EditionQuote, Paper, Story

_NAMED_HOLE: Final = re.compile("\ue000([0-9a-z_]+)\ue001")
_BETWEEN: Final = "\x1f"
_SQUEEZE: Final = 6

_TEMPLATES: Final = ("articles/_story.html", "articles/_story_social.html", "articles/_teaser.html")
_OF_TAGS: Final = ("articles/_share_image.html", "articles/_oembed.html")  # that tags render
_CODE: Final = (
    "dates.py", "jsonld.py", "share_image.py", "story_page.py", "urls.py", "templatetags/*.py",
    "models/brand.py", "models/edition.py", "models/quote.py", "models/source.py", "models/story.py",
    "text/cite.py", "text/colour.py", "text/excerpts.py", "text/look.py", "text/renditions.py",
)  # fmt: skip
_SETTINGS: Final = ("LANGUAGE_CODE", "TIME_ZONE", "NEWSROOM_URL", "NEWSROOM_CORRECTIONS_AT")
_INCLUDED: Final = re.compile(r'{%-? *(?:include|extends) "([^"]+)"')


def hole(name: str) -> SafeString:
    """What stands in rendered HTML where something is put in later."""
    return mark_safe(f"\ue000{name}\ue001")  # noqa: S308


def cut(html: str) -> list[str]:
    """HTML with holes, cut there: text and the names of holes take turns."""
    return _NAMED_HOLE.split(html)


HOLE: Final = hole(f"here_{secrets.token_hex(8)}")  # nobody can write it into a story
_PUBLISHER: Final = {"@id": str(HOLE)}


@dataclass(frozen=True, slots=True)
class Parts:
    """Pieces of HTML and of JSON-LD, in the order of the page, and whose stories are related to it."""

    title: str
    description: str
    address: str
    social: str
    data: str  # JSON-LD up to the paper …
    data_end: str  # … and from there on
    article: str  # up to what readers disputed …
    article_end: str  # … and from there on
    section: str
    topics: str  # slugs, as `slugs` parts them
    speakers: str

    def pack(self) -> bytes:
        """The parts in few bytes."""
        return zlib.compress(_BETWEEN.join(map(str, astuple(self))).encode(), _SQUEEZE)

    @classmethod
    def unpack(cls, packed: bytes) -> Parts:
        """The parts that `pack` packed."""
        return cls(*map(_html, zlib.decompress(packed).decode().split(_BETWEEN)))


def slugs(listed: str) -> list[str]:
    """The slugs of `Parts.topics` or `Parts.speakers`."""
    return listed.split()


def render_parts(edition: Edition, paper: Paper) -> Parts:
    """The parts of the page of `edition`. Reads its quotes and `story_corrections`, and `versions`."""
    quotes = list(edition.quotes.all())
    corrections = list(edition.story_corrections.all())
    named = dict.fromkeys(quote.speaker_slug for quote in quotes if quote.has_speaker_page)
    with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
        data = jsonld.dump(
            jsonld.story(edition, quotes, corrections, by=_PUBLISHER), jsonld.story_trail(edition, paper)
        )
        before, after = data.split(jsonld.dump_node(_PUBLISHER), 1)
        article, article_end = render_article(edition, quotes, corrections, paper)
        social = render_to_string("articles/_story_social.html", {"edition": edition, "newsroom": paper})
        address = jsonld.absolute(edition.get_absolute_url())
    texts = [edition.headline, edition.dek or edition.headline, address, _html(social)]
    lists = [edition.section_slug, _listed(t["slug"] for t in edition.topics), _listed(named)]
    return Parts(*map(_whole, [*texts, _html(before), _html(after), article, article_end, *lists]))


def render_article(
    edition: Edition, quotes: Sequence[EditionQuote], corrections: Sequence[object], paper: Paper
) -> tuple[SafeString, SafeString]:
    """The story itself, up to the place where stands what readers disputed, and from there on."""
    shown = once_each(quotes)
    context = {
        "edition": edition,
        "quotes": shown,
        "contested": [quote for quote in shown if quote.contested],
        "corrections": corrections,
        "newsroom": paper,
        "hole": HOLE,
    }
    before, after = render_to_string("articles/_story.html", context).split(HOLE, 1)
    return _html(before), _html(after)


def render_teaser(edition: Edition) -> str:
    """The teaser of `edition` below other stories, with holes for the section's colour and for the day.

    Empty for what an advertiser paid for.
    """
    if edition.type_of_work == Story.TypeOfWork.ADVERTISER:
        return ""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
        pieces = render_to_string("articles/_teaser.html", {"edition": edition, "hole": HOLE}).split(HOLE)
    return _BETWEEN.join(map(_whole, map(_html, pieces)))


def fill_teaser(teaser: str, desk: str, day: str) -> str:
    """A rendered teaser with the section's colour and the day."""
    before, between, after = teaser.split(_BETWEEN)
    return f"{before}{desk}{between}{day}{after}"


def once_each(quotes: Iterable[EditionQuote]) -> list[EditionQuote]:
    """The quotes of an edition, those that it prints twice where they stand first."""
    first: dict[str, EditionQuote] = {}
    for quote in quotes:
        first.setdefault(quote.quote_key, quote)
    return list(first.values())


def stamp(paper: Paper) -> str:
    """What tells parts rendered today from those of other templates, settings or looks of the paper."""
    said = [
        settings.LANGUAGE_CODE,
        settings.TIME_ZONE,
        settings.NEWSROOM_URL,
        settings.NEWSROOM_CORRECTIONS_AT,
    ]
    looks = [paper.name, paper.accent, paper.ground]
    return hashlib.sha256(repr([_made_by(), said, looks]).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _made_by() -> str:
    """A fingerprint of the templates, the code and the words that parts are made by."""
    digest = hashlib.sha256(django.__version__.encode())
    for name in sorted(templates_used()):
        digest.update(_source(name).encode())
    here = Path(__file__).parent
    files = [path for pattern in _CODE for path in sorted(here.glob(pattern))]
    files += sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.mo"))
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def templates_used() -> set[str]:
    """The names of the templates that parts are rendered with."""
    found: set[str] = set()
    waiting = [*_TEMPLATES, *_OF_TAGS]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _INCLUDED.findall(_source(name))
    return found


def _source(name: str) -> str:
    return Path(get_template(name).origin.name).read_text(encoding="utf-8")


def _html(text: str) -> SafeString:
    """What the templates or `jsonld.dump` made, as what it is."""
    return mark_safe(text)  # noqa: S308


def _listed(names: Iterable[str]) -> str:
    return " ".join(names)


def _whole(text: str) -> str:
    """As HTML, without the sign that parts the parts."""
    return _html(conditional_escape(text).replace(_BETWEEN, ""))
