"""Using a record that is there already for words of a story, instead of one of their own."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Quotation, Quote
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.grading import grade_against
from articles.workflow.people import require, require_edit
from articles.workflow.quotations import lock_quotation, set_state
from articles.workflow.record import record_event


def use_record(quotation: Quotation, *, quote: Quote, by: User) -> Quotation:
    """Tie words of a story to `quote`, and return the quotation as it now stands.

    Nothing about the record changes, and nothing is verified by it: words that are not the record's own are
    altered against it, however well it was checked. A record that the words had before stays, unused here.

    Raises NotAllowed (only who verifies quotes takes words from a verified record), and WrongState for words
    that are not in the text as a quotation or have this record, and for a record that was withdrawn or
    merged away.
    """
    require_edit(by, quotation.story)
    require(by, "articles.add_quote", _("You may not record quotes. Ask a reporter or an editor."))
    with transaction.atomic():
        current = lock_quotation(quotation)
        record = Quote.objects.select_for_update(of=("self",)).with_people().filter(pk=quote.pk).first()
        if record is None:
            raise WrongState(_("This record is no longer there. Reload the page to see what is on record."))
        _refuse(current, record, by)
        before = current.quote.key if current.quote else ""
        state, grade = grade_against(current.segments, record.segments)
        set_state(current, state, quote=record, grade=grade)
        record_event(
            action="quotation.tied",
            record=current,
            story=current.story,
            by=by,
            before={"quote": before},
            after={"quote": record.key, "state": state, "grade": grade},
        )
    quotation.refresh_from_db()
    return quotation


def _refuse(quotation: Quotation, record: Quote, by: User) -> None:
    if quotation.state not in Quotation.State.in_text():
        raise WrongState(_("These words are not in the text as a quotation. Reload the page."))
    if quotation.quote_id == record.pk:
        raise WrongState(_("These words have this record already."))
    if record.verification == Quote.Verification.WITHDRAWN:
        raise WrongState(_("This quote was withdrawn and is not printed again. Choose another record."))
    verified = quotation.quote is not None and quotation.quote.verification == Quote.Verification.VERIFIED
    if verified and not by.has_perm("articles.verify_quote"):
        raise NotAllowed(_("These words are verified as they stand. Ask an editor to use another record."))
