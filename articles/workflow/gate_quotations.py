"""Checks of the gate on quotations: is there a record, does it hold, and has somebody looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Quotation, Quote, Story
from articles.text.compare import Grade
from articles.text.spans import Span
from articles.workflow.gate_finding import Case, Check, Problem, Severity, first_words, problem_with
from articles.workflow.material import signed_by_ear
from articles.workflow.passage import ALLOWED_GRADES
from articles.workflow.people import display_name

UNSIGNED = frozenset({Quote.Verification.UNVERIFIED, Quote.Verification.IN_SOURCE})


def no_record(case: Case) -> Iterator[Problem]:
    for quotation in case.material.in_text:
        if quotation.state == Quotation.State.UNATTRIBUTED:
            yield problem_with(
                quotation,
                _(
                    "“%(words)s” has no record. Say who said it and where it is from, or mark it as not a"
                    " quotation."
                ),
            )


def no_speaker(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.speaker is None:
            yield problem_with(
                quotation, _("Nobody is named as the speaker of “%(words)s”. Choose who said it.")
            )


def no_source(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.source is None:
            yield problem_with(
                quotation, _("“%(words)s” has no source. Add where the words can be checked, and link it.")
            )


def no_snapshot(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.source and quotation.pk not in case.material.passages and not signed_by_ear(quote):
            yield problem_with(
                quotation,
                _(
                    "The source of “%(words)s” has no snapshot, so nobody can compare the words. Capture its"
                    " address, upload the document or paste its text."
                ),
            )


def not_in_source(case: Case) -> Iterator[Problem]:
    for quotation, _quote in _compared(case, lambda grade: grade == Grade.ABSENT):
        yield problem_with(
            quotation,
            _(
                "“%(words)s” is not in the snapshot of its source. Correct the words, link the right source,"
                " or add a newer snapshot."
            ),
        )


def altered_against_source(case: Case) -> Iterator[Problem]:
    for quotation, quote in _compared(case, lambda grade: grade == Grade.ALTERED):
        message = _(
            "“%(words)s” differs from what the source says by more than the house allows. Restore the words"
            " of the source, or paraphrase without quotation marks."
        )
        if quote.source and quote.source.confidential:  # the difference has words of the source in it
            yield problem_with(quotation, message)
        else:
            difference = case.material.passages[quotation.pk].comparison.sentence
            yield problem_with(quotation, f"{message} %(difference)s", difference=difference)


def altered_against_record(case: Case) -> Iterator[Problem]:
    for quotation, _quote in case.material.uses:
        if quotation.state == Quotation.State.ALTERED and quotation.grade not in ALLOWED_GRADES:
            yield problem_with(
                quotation,
                _(
                    "“%(words)s” was changed in the text and no longer says what its record says. Restore the"
                    " words of the record, or accept the change and have it verified again."
                ),
            )


def unverified(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.verification not in UNSIGNED:
            continue
        if quote.verification == Quote.Verification.IN_SOURCE:
            message = _(
                "The program found “%(words)s” in its source, but no second person has looked. Ask somebody"
                " who did not write it to verify it."
            )
        else:
            message = _(
                "Nobody has verified “%(words)s”. Ask somebody who did not write it to compare it with its"
                " source and to verify it."
            )
        yield problem_with(quotation, message)


def verified_by_its_writer(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        writers = {quotation.written_by_id, quote.written_by_id} - {None}
        # Nobody brought these words in: whoever answers for the story stands for a writer.
        writers = writers or {case.story.owner_id, *_signing(case.story)}
        if quote.verification == Quote.Verification.VERIFIED and quote.verified_by_id in writers:
            yield problem_with(
                quotation,
                _("%(name)s both answers for and verified “%(words)s”. Ask a second person to verify it."),
                name=display_name(quote.verified_by),
            )


def _signing(story: Story) -> set[int | None]:
    return {byline.author.user_id for byline in story.bylines.all()}


def disputed(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.verification == Quote.Verification.DISPUTED:
            yield problem_with(
                quotation,
                _("“%(words)s” is disputed. Settle that and verify it again, or take it out of the text."),
            )


def withdrawn(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.verification == Quote.Verification.WITHDRAWN:
            yield problem_with(quotation, _("“%(words)s” was withdrawn. Take it out of the text."))


def unsure_speaker(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if not quotation.sure and quote.speaker and quote.verification in UNSIGNED:
            yield problem_with(
                quotation,
                _("The program guessed who said “%(words)s”. Read the paragraph and confirm the speaker."),
            )


def gone_from_text(case: Case) -> Iterator[Problem]:
    for quotation in case.material.quotations:
        if quotation.state == Quotation.State.MISSING:
            yield problem_with(
                quotation,
                _("“%(words)s” was in the story and no longer is. If that was not meant, put it back."),
            )


def body_disagrees(case: Case) -> Iterator[Problem]:
    """Somebody wrote the body without the verb that keeps the records in step, or a record was moved."""
    plain = case.material.plain.text
    known: list[Span] = []
    for quotation in case.material.quotations:
        if quotation.state == Quotation.State.MISSING:
            continue
        spans = [Span(start, end) for start, end in quotation.spans]
        if [span.of(plain) for span in spans] != quotation.segments:
            yield _out_of_step(first_words(quotation.words))
            return
        known += spans
    for found in case.material.found:
        inside = (Span(part.start, part.end) for part in found.segments)
        if found.is_speech and not any(part.overlaps(span) for part in inside for span in known):
            yield _out_of_step(first_words(found.segments[0].text))
            return


def role_not_held(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        role, day = quote.role, quote.said_on
        if role is None or day is None:
            continue
        if (role.since and day < role.since) or (role.until and day > role.until):
            yield problem_with(
                quotation,
                _(
                    "The role given with “%(words)s” was not held on the day the words were said. Choose the"
                    " role of that day, or correct the date."
                ),
            )


def _compared(case: Case, when: Callable[[Grade], bool]) -> Iterator[tuple[Quotation, Quote]]:
    """Quotations whose printed words have such a grade in their snapshot, unless somebody heard them."""
    for quotation, quote in case.material.uses:
        passage = case.material.passages.get(quotation.pk)
        if passage and when(passage.comparison.grade) and not signed_by_ear(quote):
            yield quotation, quote


def _out_of_step(words: str) -> Problem:
    message = _(
        "The text and the records of its quotations disagree at “%(words)s”. Open the story and save it, so"
        " that its quotations are read again."
    )
    return Problem(message % {"words": words}, place="field:body", field="body")


CHECKS = (
    Check("G201", gettext_lazy("A quotation has no record"), no_record),
    Check("G202", gettext_lazy("A quote has no speaker"), no_speaker, overridable=False),
    Check("G203", gettext_lazy("A quote has no source"), no_source),
    Check("G204", gettext_lazy("The source has no snapshot"), no_snapshot),
    Check("G205", gettext_lazy("The words are not in the source"), not_in_source),
    Check("G206", gettext_lazy("The words differ from the source"), altered_against_source),
    Check("G207", gettext_lazy("The words differ from the record"), altered_against_record),
    Check("G208", gettext_lazy("A quote is not verified"), unverified),
    Check("G209", gettext_lazy("A quote was verified by who wrote it"), verified_by_its_writer),
    Check("G210", gettext_lazy("A quote is disputed"), disputed),
    Check("G211", gettext_lazy("A quote was withdrawn"), withdrawn, overridable=False),
    Check("G212", gettext_lazy("The speaker is a guess"), unsure_speaker, Severity.WARNING),
    Check("G213", gettext_lazy("A quotation is gone from the text"), gone_from_text, Severity.WARNING),
    Check("G214", gettext_lazy("The text and the records disagree"), body_disagrees, overridable=False),
    Check("G215", gettext_lazy("The role was not held on that day"), role_not_held, Severity.WARNING),
)
