"""Printed words that differ from their record: take them over into the record, or put the record's back."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Quotation, Quote, Story
from articles.text.compare import fingerprint
from articles.text.rewrite import replace_spans
from articles.text.spans import Span
from articles.workflow.edit import StoryEdit, apply_edit
from articles.workflow.errors import WrongState
from articles.workflow.grading import grade_against
from articles.workflow.new_quotes import create_quotes, new_quote
from articles.workflow.people import require, require_edit
from articles.workflow.quotations import lock_quotation, set_state
from articles.workflow.record import record_event
from articles.workflow.verify import check_in_source, void_verification


def accept_alteration(quotation: Quotation, *, by: User) -> Quote:
    """Make the printed words the words of the record, which nobody has checked then. Returns the quote.

    A quote that other stories print as well keeps its words; the printed ones get a record of their own, with
    the same speaker and source. Raises NotAllowed, and WrongState for words that are not altered.
    """
    require_edit(by, quotation.story)
    require(by, "articles.change_quote", _("You may not change quotes. Ask a reporter or an editor."))
    with transaction.atomic():
        current, quote = _altered(quotation)
        before = quote.words
        if _printed_elsewhere(quote, current.story):
            quote = _own_record(current, quote, by)
        else:
            void_verification(quote, by=by, note=_("The words were changed to what the story prints."))
            quote.segments, quote.words = list(current.segments), current.words
            quote.fingerprint, quote.written_by = fingerprint(current.segments), current.written_by or by
            quote.save(update_fields=["segments", "words", "fingerprint", "written_by"])
        state, grade = grade_against(current.segments, quote.segments)
        set_state(current, state, quote=quote, grade=grade)
        record_event(
            action="quote.reworded",
            record=quote,
            story=current.story,
            by=by,
            before={"words": before},
            after={"words": quote.words},
        )
        check_in_source(quote, by=by)
    quotation.refresh_from_db()
    return quote


def restore_words(quotation: Quotation, *, by: User, version: int) -> Story:
    """Put the words of the record back into the body, and return the story as it now stands.

    Raises what `save_story` raises, and WrongState for words that are not altered or that the story breaks
    in other places than the record.
    """
    with transaction.atomic():
        current, quote = _altered(quotation)
        words = list(quote.segments)
        if len(current.spans) == 1:
            words = [" ".join(words)]
        if len(words) != len(current.spans):
            raise WrongState(
                _("The story breaks this quotation elsewhere than the record. Type its words: “%(words)s”")
                % {"words": quote.words}
            )
        changes = [(Span(start, end), text) for (start, end), text in zip(current.spans, words, strict=True)]
        body = replace_spans(current.story.body, changes)
        return apply_edit(
            current.story,
            by=by,
            edit=replace(StoryEdit.of(current.story), body=body),
            version=version,
            action="quotation.restored",
            after={"words": quote.words},
        )


def _altered(quotation: Quotation) -> tuple[Quotation, Quote]:
    current = lock_quotation(quotation)
    if current.state != Quotation.State.ALTERED or current.quote is None:
        raise WrongState(_("These words do not differ from their record now. Reload the page."))
    return current, current.quote


def _printed_elsewhere(quote: Quote, story: Story) -> bool:
    uses = quote.quotations.filter(state__in=Quotation.State.in_text())
    return uses.exclude(story=story).exists()


def _own_record(quotation: Quotation, quote: Quote, by: User) -> Quote:
    """A new quote with the printed words and everything else as in `quote`."""
    names = ("speaker", "role", "occasion", "place", "said_on", "source", "source_place", "language")
    own = new_quote(quotation, by=by, **{name: getattr(quote, name) for name in names})
    create_quotes([own], None, by)
    return own
