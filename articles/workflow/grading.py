"""How printed words stand against the words of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from articles.models import Quotation
from articles.text.compare import Comparison, Grade, compare, fingerprint, stands_verbatim
from articles.workflow.passage import ALLOWED_GRADES, house_policy

State = Quotation.State


def grade_against(printed: Sequence[str], recorded: Sequence[str]) -> tuple[Quotation.State, str]:
    """Whether printed words are a record's own, and how they differ from it."""
    if printed == recorded and stands_verbatim(printed, " ".join(recorded)):
        return State.MATCHED, str(Grade.IDENTICAL)
    grade = same_words(printed, recorded).grade
    return (State.MATCHED if grade in ALLOWED_GRADES else State.ALTERED), str(grade)


def same_words(printed: Sequence[str], recorded: Sequence[str]) -> Comparison:
    """The printed words against those of a record, of which nothing may be left out unseen."""
    record = " ".join(recorded)
    comparison = compare(list(printed), record, policy=house_policy())
    if comparison.grade not in ALLOWED_GRADES or fingerprint(printed) == fingerprint(recorded):
        return comparison
    left_out = _left_out(record, comparison)
    if not left_out:
        return comparison
    # The printed words are only a part of the record: nobody signed the shorter statement.
    notes = tuple(_("“%(words)s” was left out") % {"words": words} for words in left_out)
    return replace(comparison, grade=Grade.ALTERED, notes=(*comparison.notes, *notes))


def _left_out(record: str, comparison: Comparison) -> list[str]:
    """Words of the record before, between and after those that are printed."""
    spans = sorted(comparison.spans, key=lambda span: span.start)
    ends, starts = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(record)]
    between = (record[end:start].strip(" ,;:") for end, start in zip(ends, starts, strict=True))
    return [words for words in between if any(character.isalnum() for character in words)]
