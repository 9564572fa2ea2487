"""Quoting a passage of a source in a story: the words and their record are made together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Quotation, Quote, Snapshot, Source, Speaker, Story
from articles.text.compare import compare
from articles.text.excerpts import LONGEST, quotable, quoted_paragraph
from articles.text.merge import split_blocks
from articles.workflow.attribute import attribute_quote, record_quote
from articles.workflow.edit import StoryEdit, apply_edit
from articles.workflow.errors import Invalid, NotAllowed
from articles.workflow.new_quotes import create_quotes, find_shared, new_quote
from articles.workflow.passage import ALLOWED_GRADES, house_policy
from articles.workflow.people import require, require_edit
from articles.workflow.quotations import Sighting, read_body

MOST_AT_ONCE: Final = 40


@dataclass(frozen=True, slots=True)
class Taken:
    """A passage of the text of a snapshot, from `start` to `end`, and who said it, if that is known."""

    snapshot: Snapshot
    start: int
    end: int
    speaker: Speaker | None = None

    @property
    def words(self) -> str:
        """The words as a story quotes them."""
        return quotable(self.snapshot.text[self.start : self.end])

    def holds(self, segments: Sequence[str]) -> bool:
        """Whether printed words are those of the passage or a part of it."""
        return (
            bool(self.words) and compare(segments, self.words, policy=house_policy()).grade in ALLOWED_GRADES
        )


def quote_from_snapshot(
    story: Story,
    *,
    snapshot: Snapshot,
    start: int,
    end: int,
    speaker: Speaker | None,
    by: User,
    version: int,
    after: int | None = None,
) -> Story:
    """Put a passage into the story as a quotation, record it with its source, and return the story.

    The new paragraph stands after the block number `after` of the body (0: before all of them; None: at the
    end) and names the speaker. The record is in source, since its words are the snapshot's own; somebody else
    than `by` verifies it.

    Raises what `save_story` raises, and Invalid for a passage without words, one that is too long, or one
    that does not read as a quotation.
    """
    taken = Taken(snapshot, start, end, speaker)
    _require_source(taken, by)
    words = taken.words
    if not words or len(words) > LONGEST:
        raise Invalid({"words": [_("Select the words to quote: a sentence, or a few of them.")]})
    blocks = split_blocks(story.body)
    place = len(blocks) if after is None else max(0, min(after, len(blocks)))
    paragraph = quoted_paragraph(words, speaker.name if speaker else "")
    body = "".join([*blocks[:place], paragraph, *blocks[place:]])
    with transaction.atomic():
        saved = save_with_passages(
            story,
            by=by,
            edit=replace(StoryEdit.of(story), body=body),
            version=version,
            taken=[taken],
            action="quotation.taken",
        )
        if not _held(saved, taken):
            raise Invalid(
                {"words": [_("The program does not read this as a quotation. Select a whole sentence.")]}
            )
    return saved


def save_with_passages(
    story: Story,
    *,
    by: User,
    edit: StoryEdit,
    version: int,
    taken: Sequence[Taken],
    action: str = "story.saved",
) -> Story:
    """`save_story` for a body into which passages of sources were taken: each gets its record and its source.

    Words that were changed after they were taken are no longer the source's own; they are treated as any
    others. One transaction: a save that is refused leaves nothing behind.

    Raises what `save_story` raises, NotAllowed for a source that `by` may not know of, and Invalid for one
    that was withdrawn.
    """
    for each in taken:
        _require_source(each, by)
    require_edit(by, story)
    require(by, "articles.add_quote", _("You may not record quotes. Ask a reporter or an editor."))
    with transaction.atomic():
        Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
        sightings = read_body(edit.body, story=story, headline=edit.headline)
        named = [each for each in taken[:MOST_AT_ONCE] if each.speaker is not None]
        for each in named:
            _record_ahead(story, each, sightings, by)
        saved = apply_edit(story, by=by, edit=edit, version=version, action=action)
        for each in taken[:MOST_AT_ONCE]:
            if each.speaker is None:
                _give_source(saved, each, by)
    return saved


def _record_ahead(story: Story, taken: Taken, sightings: list[Sighting], by: User) -> None:
    """Record the words of a known speaker before the body is saved, so that their record follows them."""
    waiting = (
        each
        for each in sightings
        if not each.recorded
        and each.state != Quotation.State.DISMISSED
        and taken.holds([segment.text for segment in each.segments])
    )
    sighting = next(waiting, None)
    if sighting is None or taken.speaker is None:
        return
    sightings.remove(sighting)
    row = Quotation(story=story, kind=sighting.kind, written_by=by, position=0)
    if sighting.quotation_id is not None:
        row = Quotation.objects.get(pk=sighting.quotation_id)
    row.segments = [segment.text for segment in sighting.segments]
    quote = find_shared(row.segments, taken.speaker)
    if quote is None or quote.source_id != taken.snapshot.source_id:
        quote = new_quote(row, by=by, speaker=taken.speaker, source=taken.snapshot.source)
        create_quotes([quote], taken.snapshot, by)
    row.quote, row.state = quote, Quotation.State.MATCHED
    row.save()


def _give_source(story: Story, taken: Taken, by: User) -> None:
    """Where the text alone says who said it: the record that saving made gets the source."""
    source = taken.snapshot.source
    for row in story.quotations.in_text().with_quotes():
        if not taken.holds(row.segments):
            continue
        if row.quote is None:
            record_quote(row, by=by, source=source)
        elif row.quote.source is None and row.quote.written_by_id == by.pk:
            attribute_quote(row.quote, by=by, source=source)
        else:
            continue
        return


def _held(story: Story, taken: Taken) -> Quote | None:
    rows = story.quotations.in_text().with_quotes()
    return next((row.quote for row in rows if row.quote is not None and taken.holds(row.segments)), None)


def _require_source(taken: Taken, by: User) -> None:
    source = taken.snapshot.source
    if not Source.objects.visible_to(by).filter(pk=source.pk).exists():
        raise NotAllowed(_("This source is confidential. Ask its owner to quote from it."))
    if source.withdrawn_reason:
        raise Invalid({"words": [_("This source was withdrawn. Nothing new is quoted from it.")]})
