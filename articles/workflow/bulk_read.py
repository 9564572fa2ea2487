"""Reading a story of an archive: all that its text tells, found out without the database.

What takes most of the time of an import, so that it may be done in another process than the writing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.text.attribution import AttributedQuotation, Attribution, read_quotations
from articles.text.compare import Grade, fingerprint
from articles.text.find import Passage as SourceText
from articles.text.incoming import Item, UnreadableItem, paragraphs_of
from articles.text.markup import clean_html, html_from_paragraphs, read_clean
from articles.workflow.errors import Refusal
from articles.workflow.grading import grade_against
from articles.workflow.intake import check_address
from articles.workflow.new_quotes import house_language
from articles.workflow.passage import grade_in
from articles.workflow.quotations import RECORDED_KINDS

HTML, TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class ReadWords:
    """A quotation of a story: `own` is how its words stand against themselves, `in_copy` how in the copy."""

    segments: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    kind: str
    attribution: Attribution
    fingerprint: str
    own: tuple[str, str]
    in_copy: Grade


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as it will be stored. `body` is clean HTML, `plain` its words, `copy_text` those of the copy.

    `hashes` are those under which the same copy may have come in before, its own first.
    """

    item: Item
    digest: str
    body: str
    plain: str
    copy_text: str
    media_type: str
    hashes: tuple[str, ...]
    words: tuple[ReadWords, ...]


def read_draft(item: Item) -> Draft:
    """Everything that the text of a story tells. Raises UnreadableItem."""
    _check(item)
    body = clean_html(item.body) if item.html else html_from_paragraphs(paragraphs_of(item.body))
    plain = read_clean(body).text
    if not plain.strip():
        raise UnreadableItem("Cleaning left nothing of the text. Look whether “body” holds a story.")
    copy_text = plain if item.html else item.body
    readings = read_quotations(
        plain, headline=item.headline[:300], language=house_language(), doubled=True, labelled=True
    )
    source = SourceText(copy_text)
    return Draft(
        item=item,
        digest=item.digest,
        body=body,
        plain=plain,
        copy_text=copy_text,
        media_type=HTML if item.html else TEXT,
        hashes=_hashes(item.body),
        words=tuple(
            _read_words(reading, source) for reading in readings if reading.quotation.kind in RECORDED_KINDS
        ),
    )


def read_drafts(items: Sequence[Item]) -> list[Draft | str]:
    """The same for many; of a story that cannot be read, why."""
    return [_read_or_say_why(item) for item in items]


def _read_or_say_why(item: Item) -> Draft | str:
    try:
        return read_draft(item)
    except UnreadableItem as error:
        return str(error)


def _check(item: Item) -> None:
    house = house_language()
    if item.language and item.language.partition("-")[0].lower() != house:
        raise UnreadableItem(
            f"The story is in the language “{item.language}”, and this paper in “{house}”: who said "
            "what would be read wrongly. Import it into a paper in its language, or translate it first."
        )
    try:
        check_address(item.address)
    except Refusal as refusal:
        raise UnreadableItem(refusal.message) from refusal


def _read_words(reading: AttributedQuotation, source: SourceText) -> ReadWords:
    segments = reading.quotation.segments
    words = [segment.text for segment in segments]
    state, grade = grade_against(words, words)
    return ReadWords(
        segments=tuple(words),
        spans=tuple((segment.start, segment.end) for segment in segments),
        kind=str(reading.quotation.kind),
        attribution=replace(reading.attribution, mention=None, cue_span=None),  # where it stands is told
        fingerprint=fingerprint(words),
        own=(str(state), grade),
        in_copy=grade_in(words, source),
    )


def _hashes(copy: str) -> tuple[str, ...]:
    """As `intake.find_duplicate` looks for copy, whatever the white space at its ends."""
    shapes = (copy, copy.strip(), f"{copy.strip()}\n")
    return tuple(hashlib.sha256(shape.encode()).hexdigest() for shape in dict.fromkeys(shapes))
