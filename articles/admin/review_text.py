"""Text with words marked in it, as parts that a template can print: no markup is ever trusted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.admin.story_panels import Card
from articles.models import Story
from articles.text.compare import Grade
from articles.text.difference import Part as Change
from articles.text.markup import plain_text
from articles.text.spans import Span
from articles.workflow.passage import Passage

CONTEXT = 20_000  # characters of a very long source shown around the words


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text, and the quotation that it belongs to, if any. `first` is set once a quotation."""

    text: str
    card: Card | None = None
    current: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the story as parts."""

    parts: list[Part]


def marked_story(story: Story, cards: Sequence[Card], current: Card | None) -> list[Paragraph]:
    """The body as paragraphs, the words of each quotation a part of its own."""
    text = plain_text(story.body).text
    marks = sorted(
        (start, end, number, index == 0)
        for number, card in enumerate(cards)
        for index, (start, end) in enumerate(card.quotation.spans)
    )
    paragraphs, offset = [], 0
    for block in text.split("\n\n"):
        end = offset + len(block)
        inside = [mark for mark in marks if offset <= mark[0] and mark[1] <= end]
        paragraphs.append(Paragraph(_parts(text, Span(offset, end), inside, cards, current)))
        offset = end + 2
    return paragraphs


def marked_source(passage: Passage) -> list[Part]:
    """The text of a snapshot with the words of the quotation marked, cut only when it is enormous."""
    text = passage.snapshot.text
    spans = sorted((span.start, span.end) for span in passage.comparison.spans) if passage.spans else []
    start, end = 0, len(text)
    if end > 2 * CONTEXT:
        middle = spans[0][0] if spans else 0
        start, end = max(middle - CONTEXT, 0), min(middle + CONTEXT, end)
    parts = [Part("[…] ")] if start else []
    offset = start
    for number, (left, right) in enumerate(spans):
        if left < offset or right > end:
            continue
        parts.append(Part(text[offset:left]))
        parts.append(Part(text[left:right], current=True, first=number == 0))
        offset = right
    parts.append(Part(text[offset:end]))
    if end < len(text):
        parts.append(Part(" […]"))
    return [part for part in parts if part.text]


def source_difference(passage: Passage) -> list[Change]:
    """What the story prints against what the source says, part by part; empty when they are the same."""
    if passage.comparison.grade not in (Grade.ALTERED, Grade.PERMITTED):
        return []
    changes = []
    for part in passage.comparison.diff:
        if part.op == "equal":
            changes.append(Change("same", f"{part.printed} "))
            continue
        if part.said:
            changes.append(Change("gone", part.said))
            changes.append(Change("same", " "))
        if part.printed:
            changes.append(Change("new", part.printed))
            changes.append(Change("same", " "))
    return changes


def _parts(
    text: str,
    block: Span,
    marks: Iterable[tuple[int, int, int, bool]],
    cards: Sequence[Card],
    current: Card | None,
) -> list[Part]:
    parts, offset = [], block.start
    for start, end, number, first in marks:
        if start < offset:
            continue
        parts.append(Part(text[offset:start]))
        card = cards[number]
        parts.append(Part(text[start:end], card, current=card is current, first=first))
        offset = end
    parts.append(Part(text[offset : block.end]))
    return [part for part in parts if part.text]
