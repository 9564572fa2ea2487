"""Making what readers see: the frozen content of an edition, and the row it is written to."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils.translation import gettext as _

from articles.models import (
    Edition,
    EditionByline,
    EditionImage,
    EditionQuote,
    EditionTopic,
    Image,
    Quotation,
    Quote,
    QuotedName,
    Story,
)
from articles.text.markup import Mark, mark_spans
from articles.text.spans import Span
from articles.workflow.body import render_body
from articles.workflow.edition_quote import quote_columns
from articles.workflow.errors import WrongState
from articles.workflow.material import Material
from articles.workflow.people import display_name
from articles.workflow.published_words import index_edition
from articles.workflow.readers import readers_see_edition

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """What an edition says, without when and why: columns of Edition and of its EditionQuote rows.

    `images` are the numbers of the pictures that it prints.
    """

    columns: Columns
    quotes: tuple[Columns, ...]
    images: tuple[int, ...] = ()

    def same_as(self, edition: Edition) -> bool:
        """Whether readers of `edition` would notice no difference. Reads its quotes."""
        rows = list(edition.quotes.all())
        pairs = [(self.columns, edition), *zip(self.quotes, rows, strict=False)]
        return len(rows) == len(self.quotes) and all(
            getattr(record, name) == value for columns, record in pairs for name, value in columns.items()
        )


def build_content(material: Material, *, editor: User) -> Content:
    """What an edition made of `material` now would say. No query.

    `editor` is named as the one who edited it when nobody approved the story. A quote that is printed twice
    has one row, that of its first use.
    """
    story = material.story
    numbers: dict[int, int] = {}
    quotes: list[Columns] = []
    for quotation, quote in material.uses:
        if quote.pk not in numbers:
            numbers[quote.pk] = len(quotes)
            passage = material.passages.get(quotation.pk)
            quotes.append({"position": len(quotes), **quote_columns(quotation, quote, passage)})
    pictures = {number: image_json(image) for number, image in material.pictures.items()}
    columns = {
        **_copied(story),
        "section_slug": story.section.slug if story.section else "",
        "section_name": story.section.name if story.section else "",
        "body_html": render_body(mark_body(material, numbers), pictures=pictures, quotes=quotes),
        "body_text": material.plain.text,
        "word_count": len(material.plain.text.split()),
        "image": image_json(story.lead_image) if story.lead_image else None,
        "bylines": [{"name": each.author.name, "slug": each.author.slug} for each in story.bylines.all()],
        "topics": [{"name": each.name, "slug": each.slug} for each in sorted(story.topics.all(), key=str)],
        "approved_by_name": display_name(story.approved_by or editor),
    }  # fmt: skip
    lead = [story.lead_image.pk] if story.lead_image else []
    return Content(columns, tuple(quotes), tuple(dict.fromkeys([*lead, *material.pictures])))


def withdrawn_content(last: Edition, *, notice: str) -> Content:
    """What stands at the address of a story that is gone: the notice, and nothing of the story."""
    return Content(
        {
            "slug": last.slug,
            "section_slug": last.section_slug,
            "section_name": last.section_name,
            "headline": _("This story was withdrawn"),
            "body_html": "",
            "body_text": "",
            "type_of_work": last.type_of_work,
            "gone": True,
            "notice": notice,
        },
        (),
    )


def write_edition(content: Content, *, story: Story, by: User | None, **columns: Any) -> Edition:
    """Write `content` as an edition of `story`; `columns` say when and why.

    A fixed number of queries, however many quotes there are. Raises WrongState when the address was taken
    meanwhile.
    """
    try:
        edition = Edition.objects.create(story=story, published_by=by, **content.columns, **columns)
    except IntegrityError as error:
        raise WrongState(
            _(
                "Somebody published this story, or another story under the same slug, at this very moment."
                " Reload the page and look before you publish again."
            )
        ) from error
    EditionByline.objects.bulk_create(
        EditionByline(edition=edition, position=position, **author)
        for position, author in enumerate(edition.bylines)
    )
    EditionTopic.objects.bulk_create(EditionTopic(edition=edition, **topic) for topic in edition.topics)
    quotes = EditionQuote.objects.bulk_create(
        EditionQuote(edition=edition, **quote) for quote in content.quotes
    )
    QuotedName.objects.remember(content.quotes)
    EditionImage.objects.bulk_create(
        EditionImage(edition=edition, image_id=number) for number in content.images
    )
    index_edition(edition, quotes)
    readers_see_edition(edition)
    return edition


def image_json(image: Image) -> dict[str, Any]:
    """A picture as an edition keeps it: addresses, measures and the words that stand beside it."""
    url = image.file.storage.url
    return {
        "url": url(image.file.name),
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "focus_x": image.focus_x,
        "focus_y": image.focus_y,
        "renditions": [
            {"url": url(each["name"]), "width": each["width"], "height": each["height"], "type": each["type"]}
            for each in image.renditions
        ],
    }


def mark_body(material: Material, numbers: Mapping[int, int]) -> str:
    """The body with a span around each segment of a quotation and a numbered button after its closing mark.

    `numbers` has the position of each quote by its primary key.
    """
    marks: list[Mark] = []
    used: dict[str, int] = {}
    for quotation, quote in material.uses:
        spans = [Span(start, end) for start, end in quotation.spans]
        if not spans or [span.of(material.plain.text) for span in spans] != quotation.segments:
            continue
        used[quote.key] = used.get(quote.key, 0) + 1
        marks += _word_marks(material, quote, spans, use=used[quote.key])
        marks.append(_button(material, quotation, quote, spans[-1], number=numbers[quote.pk] + 1))
    return mark_spans(material.story.body, marks)


def _word_marks(material: Material, quote: Quote, spans: Sequence[Span], *, use: int) -> Iterator[Mark]:
    anchor = f"q-{quote.key}" if use == 1 else f"q-{quote.key}-{use}"
    pieces = [piece for span in spans for piece in _pieces(material, span)]
    for number, piece in enumerate(pieces):
        name = f' id="{anchor}"' if number == 0 else ""  # one element only may have it
        yield Mark(piece, open=f'<span class="quotation"{name} data-quote="{quote.key}">', close="</span>")


def _pieces(material: Material, span: Span) -> Iterator[Span]:
    """`span` parted where markup parts it, so that every piece becomes one element."""
    start, node = span.start, None
    for run in material.plain.runs:
        if not run.text.overlaps(span):
            continue
        if node is not None and run.node != node:
            yield Span(start, run.text.start)
            start = run.text.start
        node = run.node
    yield Span(start, span.end)


def _button(material: Material, quotation: Quotation, quote: Quote, last: Span, *, number: int) -> Mark:
    closing = [found.outer.end for found in material.found if found.outer.overlaps(last)]
    end = max([last.end, *closing])
    name = quote.speaker.name if quote.speaker else ""
    # The name of a button begins with what is seen of it, for those who speak to their browser.
    label = html.escape(
        _("%(number)d. Where this quotation is from: %(name)s") % {"number": number, "name": name}
    )
    button = (
        f'<button type="button" class="quotation-note" popovertarget="p-{quote.key}"'
        f' aria-label="{label}">{number}</button>'
    )
    return Mark(Span(end - 1, end), after=button)


def _copied(story: Story) -> dict[str, Any]:
    names = ("slug", "headline", "kicker", "dek", "dateline", "type_of_work", "developing")
    return {name: getattr(story, name) for name in names}
