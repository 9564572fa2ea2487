"""Raw copy in, a draft out: cleaned, its quotations attributed, its source filed; once for each copy."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from articles.models import Author, Byline, Copy, Section, Source, Story
from articles.text.attribution import AttributedQuotation, read_quotations
from articles.text.clean import Cut
from articles.text.markup import html_from_paragraphs, plain_text
from articles.text.parse import ParsedCopy, UnreadableCopy, check_copy, parse_copy
from articles.text.rewrite import split_blocks
from articles.text.spans import Span
from articles.workflow.edit import StoryEdit, apply_edit, clean_topics, free_slug
from articles.workflow.errors import Invalid, WrongState, check_record
from articles.workflow.new_quotes import house_language
from articles.workflow.people import require, require_edit
from articles.workflow.quotations import sync_quotations
from articles.workflow.record import record_event
from articles.workflow.sources import keep_snapshot

UNTITLED: Final = "Untitled copy"
RECOGNISED: Final = 70  # per cent of a paragraph that must be left for it to be found again
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Preview:
    """What was recognised in copy, before anything is stored.

    `cuts` are all that cleaning found, those put back too, so that their numbers stay. Spans of `quotations`
    count characters of `parsed.body`; `parsed.original_span` leads to the copy.
    """

    parsed: ParsedCopy
    headline: str
    paragraphs: tuple[str, ...]
    cuts: tuple[Cut, ...]
    put_back: frozenset[int]
    developing: bool
    quotations: tuple[AttributedQuotation, ...]
    body_html: str
    duplicate_of: Story | None


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of copy: the story made from it, now (`created`) or when it came in first."""

    story: Story
    created: bool
    preview: Preview


def preview_copy(text: str, *, put_back: Collection[int] = ()) -> Preview:
    """Read copy as `intake_copy` would, and store nothing. `put_back` are the numbers of cuts to undo.

    Raises Invalid, with a sentence, for text that cannot be read.
    """
    try:
        copy = check_copy(text)
    except UnreadableCopy as error:
        raise Invalid({"copy": [str(error)]}) from error
    first = parse_copy(copy)
    back = frozenset(index for index in put_back if 0 <= index < len(first.cuts))
    kept = [Span(first.cuts[index].start, first.cuts[index].end) for index in sorted(back)]
    parsed = parse_copy(copy, keep=kept) if kept else first
    headline = parsed.headline.text if parsed.headline else ""
    paragraphs = tuple(block.text for block in parsed.paragraphs)
    return Preview(
        parsed=parsed,
        headline=headline,
        paragraphs=paragraphs,
        cuts=first.cuts,
        put_back=back,
        developing=first.developing,
        quotations=read_quotations(
            parsed.body, headline=headline, language=house_language(), doubled=True, labelled=True
        ),
        body_html=html_from_paragraphs(paragraphs),
        duplicate_of=find_duplicate(copy),
    )


def intake_copy(
    text: str,
    *,
    by: User | None,
    origin: str = "",
    source_url: str = "",
    section: Section | None = None,
    topics: Sequence[str] = (),
    put_back: Collection[int] = (),
    headline: str | None = None,
    title: str = "",
) -> Intake:
    """Make a draft from raw copy: the story, its quotes with proposed speakers, its source with a snapshot.

    `origin` is where the text came from (a file name, “pasted”), `source_url` its address, `headline`
    replaces the one found, `title` names the source. Nobody (`by` None) is the program, run by who may log in
    to the machine. The same text twice gives the first story, with `created` False.

    Raises NotAllowed, and Invalid for text that cannot be read or an address that is none.
    """
    if by is not None:
        require(by, "articles.add_story", _("You may not bring in copy. Ask a reporter or an editor."))
    check_address(source_url)
    preview = preview_copy(text, put_back=put_back)
    if headline is not None:
        preview = replace(preview, headline=headline.strip())
    if preview.duplicate_of is not None:
        return Intake(preview.duplicate_of, created=False, preview=preview)
    try:
        with transaction.atomic():
            copy = _keep_copy(preview, origin=origin, by=by)
            _file_source(copy, preview, source_url=source_url, title=title, by=by)
            story = _write_story(copy, preview, section=section, topics=topics, by=by)
            found = sync_quotations(story, by=by)
            record_event(
                action="story.imported",
                record=story,
                by=by,
                after={
                    "origin": origin,
                    "cuts": len(preview.cuts) - len(preview.put_back),
                    **found.summary(),
                },
            )
    except IntegrityError:
        # Somebody brought in the same copy at this very moment.
        first = find_duplicate(preview.parsed.original)
        if first is None:
            raise
        return Intake(first, created=False, preview=preview)
    return Intake(story, created=True, preview=preview)


def restore_cut(story: Story, *, by: User, index: int, version: int) -> Story:
    """Put back what cleaning cut, as a paragraph at its place in the body; returns the story as it now is.

    `index` is the number of the cut. Raises what `save_story` raises, and WrongState for a cut that there is
    not or that is back already.
    """
    require_edit(by, story)
    with transaction.atomic():
        copy = Copy.objects.select_for_update().filter(story=story).first()
        if copy is None or not 0 <= index < len(copy.cuts):
            raise WrongState(_("There is no such cut. Reload the page to see what was cut."))
        if copy.cuts[index].get("restored"):
            raise WrongState(_("These words are back in the story already. Reload the page."))
        edit = StoryEdit.of(story)
        body = _put_in(edit.body, copy, index)
        saved = apply_edit(
            story,
            by=by,
            edit=replace(edit, body=body),
            version=version,
            action="story.cut_restored",
            after={"text": copy.cuts[index]["text"]},
        )
        copy.cuts[index]["restored"] = True
        copy.save(update_fields=["cuts"])
    return saved


def find_duplicate(copy: str) -> Story | None:
    """The story made from the same copy, whatever the white space at its ends."""
    shapes = {copy, copy.strip(), f"{copy.strip()}\n"}
    return Story.objects.filter(raw__sha256__in=[_hash(shape) for shape in shapes]).order_by("pk").first()


def check_address(url: str) -> None:
    """Raise Invalid for the address of a source that is not one of a web page; none at all is fine."""
    if not url:
        return
    try:
        _is_address(url)
    except ValidationError as error:
        raise Invalid(
            {"source_url": [_("“%(url)s” is not the address of a page. Copy it again.") % {"url": url[:80]}]}
        ) from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _keep_copy(preview: Preview, *, origin: str, by: User | None) -> Copy:
    text = preview.parsed.original
    cuts = [
        {
            "start": cut.start,
            "end": cut.end,
            "text": cut.text,
            "rule": cut.rule,
            "reason": cut.reason,
            "restored": index in preview.put_back,
        }
        for index, cut in enumerate(preview.cuts)
    ]
    kept, _new = Copy.objects.get_or_create(
        sha256=_hash(text),
        defaults={"text": text, "origin": origin[:1000], "cuts": cuts, "received_by": by},
    )
    return kept


def _file_source(copy: Copy, preview: Preview, *, source_url: str, title: str, by: User | None) -> Source:
    """The copy as evidence: a source of its own, with a snapshot of its very bytes."""
    name = title.strip() or preview.headline or PurePath(copy.origin).name or UNTITLED
    source = Source(
        kind=Source.Kind.WIRE,
        title=name[:300],
        publisher=(urlsplit(source_url).hostname or "").removeprefix("www.")[:160],
        url=source_url,
        owner=by,
    )
    check_record(source)
    source.save(force_insert=True)
    keep_snapshot(
        source,
        by=by,
        data=copy.text.encode(),
        media_type="text/plain; charset=utf-8",
        text=copy.text,
        captured_from=source_url or copy.origin,
    )
    return source


def _write_story(
    copy: Copy, preview: Preview, *, section: Section | None, topics: Sequence[str], by: User | None
) -> Story:
    parsed = preview.parsed
    values: dict[str, Any] = {
        "headline": preview.headline[:300],
        "dek": (parsed.dek.text if parsed.dek else "")[:400],
        "dateline": (parsed.dateline.text if parsed.dateline else "")[:120],
    }
    byline = parsed.byline.text if parsed.byline else ""
    authors = _find_authors(byline)
    story = Story(
        **values,
        slug=free_slug(values["headline"], pk=None),
        body=preview.body_html,
        section=section,
        developing=preview.developing,
        editors_note=_("Byline in the copy: %s") % byline if byline and not authors else "",
        owner=by,
        raw=copy,
    )
    story.save(force_insert=True)
    Byline.objects.bulk_create(
        Byline(story=story, author=author, position=position) for position, author in enumerate(authors)
    )
    story.topics.add(*clean_topics(topics))
    return story


def _find_authors(byline: str) -> list[Author]:
    """The authors on file that a byline names, in its order."""
    if not byline:
        return []
    places = {author: byline.casefold().find(author.name.casefold()) for author in Author.objects.all()}
    return sorted((author for author, place in places.items() if place >= 0), key=places.__getitem__)


def _put_in(body: str, copy: Copy, index: int) -> str:
    """The body with a cut put back after the paragraph that stands before it in the copy."""
    cut = copy.cuts[index]
    keep = [Span(each["start"], each["end"]) for each in copy.cuts if each.get("restored")]
    parsed = parse_copy(copy.text, keep=[*keep, Span(cut["start"], cut["end"])])
    before = [block.text for block in parsed.paragraphs if block.start < cut["start"]]
    after = [block.text for block in parsed.paragraphs if block.start > cut["start"]]
    blocks = split_blocks(body)
    words = [" ".join(plain_text(block).text.split()) for block in blocks]
    places = [number + 1 for text in reversed(before) if (number := _find(text, words)) is not None]
    places += [number for text in after if (number := _find(text, words)) is not None]
    place = places[0] if places else len(blocks)
    return "".join([*blocks[:place], html_from_paragraphs([cut["text"]]), *blocks[place:]])


def _find(paragraph: str, blocks: Sequence[str]) -> int | None:
    """The block that holds a paragraph of the copy, also after somebody edited it."""
    found = process.extractOne(paragraph, blocks, scorer=fuzz.ratio, score_cutoff=RECOGNISED)
    return found[2] if found else None
