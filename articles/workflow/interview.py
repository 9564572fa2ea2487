"""The questions of an interview: whoever signs the story asked them, which is said once for all of them.

A question is words that somebody said, so it has a record like every other quotation, is looked up in its
source and signed by a second person. Only who asked need not be said for each: “Q.” names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Author, Claim, Quotation, Quote, Speaker, Story
from articles.text.compare import fingerprint
from articles.text.interviews import find_questions
from articles.text.markup import plain_text
from articles.workflow.attribute import create_speaker
from articles.workflow.errors import WrongState
from articles.workflow.grading import grade_against
from articles.workflow.new_quotes import copy_snapshot, create_quotes, new_quote, shared_quotes
from articles.workflow.people import require, require_edit
from articles.workflow.propose import find_speakers
from articles.workflow.record import record_event


def questions_waiting(story: Story, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Those of the `quotations` of `story` that are questions without a record. No query."""
    waiting = [row for row in quotations if row.state == Quotation.State.UNATTRIBUTED and row.spans]
    if not waiting:
        return []
    questions = find_questions(plain_text(story.body).text)
    return [row for row in waiting if any(span.start <= row.spans[0][0] < span.end for span in questions)]


def name_asker(story: Story, *, author: Author, by: User) -> list[Quotation]:
    """Record every question that waits in `story` as asked by `author`, who signs it; returns these.

    The speaker is the one on record with the author's name, who is filed where there is none. The questions
    are looked up in the copy that the story came in, and wait to be verified like other quotes.

    Raises NotAllowed, and WrongState where no question waits, where `author` does not sign the story, or
    where two speakers on record have that name. The number of queries does not depend on that of questions.
    """
    require_edit(by, story)
    require(by, "articles.add_quote", _("You may not record quotes. Ask a reporter or an editor."))
    with transaction.atomic():
        current = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
        stored = Quotation.objects.select_for_update(of=("self",)).select_related("written_by")
        rows = questions_waiting(current, list(stored.filter(story=current).order_by("position")))
        if not rows:
            raise WrongState(_("No question of this interview waits for an asker. Reload the page."))
        if not current.bylines.filter(author=author).exists():
            raise WrongState(
                _("%(name)s does not sign this story. Add the byline first, or say of each who asked.")
                % {"name": author}
            )
        speaker = _speaker_of(author, by)
        quotes = _record(current, rows, speaker, by)
        record_event(
            action="story.questions_asked",
            record=current,
            by=by,
            after={"speaker": speaker, "quotes": sorted({quote.key for quote in quotes})},
        )
    return rows


def _speaker_of(author: Author, by: User) -> Speaker:
    found = [speaker for speakers in find_speakers([author.name]).values() for speaker in speakers]
    if len(found) > 1:
        raise WrongState(
            _("Several speakers on record are called %(name)s. Say of each question who asked it.")
            % {"name": author}
        )
    return found[0] if found else create_speaker(by=by, name=author.name)


def _record(story: Story, rows: Sequence[Quotation], speaker: Speaker, by: User) -> list[Quote]:
    """Tie each row to the quote of `speaker` with its words; made where there is none."""
    shared = shared_quotes([row.segments for row in rows])
    made: dict[str, Quote] = {}
    for row in rows:
        words = fingerprint(row.segments)
        quote = shared.get((words, speaker.pk)) or made.get(words)
        row.quote = quote or made.setdefault(words, new_quote(row, by=by, speaker=speaker))
        row.speaker_name = speaker.name
        row.state, row.grade = grade_against(row.segments, row.quote.segments)
    create_quotes(list(made.values()), copy_snapshot(story), by)
    for row in rows:
        row.quote = row.quote  # takes over the number that the quote has now
    Quotation.objects.bulk_update(rows, ["quote", "state", "grade", "speaker_name"])
    Claim.objects.filter(quotation__in=[row.pk for row in rows]).delete()
    return [row.quote for row in rows if row.quote is not None]
