"""Checks of the gate on pictures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Image
from articles.text.compare import compare
from articles.text.find import Passage
from articles.text.judge import Grade
from articles.text.quotations import find_quotations
from articles.workflow.gate_finding import Case, Check, Problem, Severity

SMALLEST_WIDTH = 1200  # what search engines and social sites ask for at least
ENDS_SOON = 14  # days
NOT_THERE = frozenset({Grade.ALTERED, Grade.ABSENT})


def no_alt_text(case: Case) -> Iterator[Problem]:
    message = _("The picture “%(title)s” has no alt text. Say what it shows for who cannot see it.")
    for image, field in _pictures(case):
        if not image.alt.strip():
            yield _at(image, field, message)


def no_credit(case: Case) -> Iterator[Problem]:
    message = _("The picture “%(title)s” has no credit. Name the photographer and the agency.")
    for image, field in _pictures(case):
        if not image.credit.strip():
            yield _at(image, field, message)


def too_small(case: Case) -> Iterator[Problem]:
    image = case.story.lead_image
    if image and image.width < SMALLEST_WIDTH:
        yield _at(
            image,
            "lead_image",
            _("The picture “%(title)s” is only %(width)s pixels wide. Upload one of %(least)s or more."),
        )


def expired(case: Case) -> Iterator[Problem]:
    day = _day(case)
    message = _(
        "The picture “%(title)s” may be shown until %(end)s only. Choose another one, or have the right"
        " extended and change the day on the page of the picture."
    )
    for image, field in _pictures(case):
        if image.has_expired(day):
            yield _at(image, field, message, end=_in_words(image.expires_on))


def expires_soon(case: Case) -> Iterator[Problem]:
    day = _day(case)
    message = _(
        "The picture “%(title)s” may be shown until %(end)s. Have the right extended in time, or choose"
        " another."
    )
    for image, field in _pictures(case):
        if not image.has_expired(day) and image.has_expired(day + datetime.timedelta(days=ENDS_SOON)):
            yield _at(image, field, message, end=_in_words(image.expires_on))


def quoted_in_caption(case: Case) -> Iterator[Problem]:
    message = _(
        "The caption of “%(title)s” quotes “%(words)s”, which is nobody's words in this story. Words in a"
        " caption have no record: quote them in the text as well, where they are checked, or take them out."
    )
    records = Passage("\n\n".join(quote.words for _quotation, quote in case.material.uses))
    for image, field in _pictures(case):
        for found in find_quotations(image.caption):
            words = [segment.text for segment in found.segments]
            if found.is_speech and compare(words, records).grade in NOT_THERE:
                yield _at(image, field, message, words=" … ".join(words))


def _day(case: Case) -> datetime.date:
    # A right ends with the day of the newsroom, and a scheduled story is asked for the day it goes live.
    return timezone.localdate(case.at)


def _in_words(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _pictures(case: Case) -> Iterator[tuple[Image, str]]:
    """Every picture of the story, with the field that holds it."""
    if case.story.lead_image:
        yield case.story.lead_image, "lead_image"
    for image in case.material.pictures.values():
        yield image, "body"


def _at(image: Image, field: str, message: str, **more: Any) -> Problem:
    values = {"title": image.title, "width": image.width, "least": SMALLEST_WIDTH, **more}
    return Problem(message % values, place=f"image:{image.pk}", field=field)


CHECKS = (
    Check("G401", gettext_lazy("A picture has no alt text"), no_alt_text),
    Check("G402", gettext_lazy("A picture has no credit"), no_credit),
    Check("G403", gettext_lazy("A picture is small"), too_small, Severity.WARNING),
    Check("G404", gettext_lazy("A picture may no longer be shown"), expired, overridable=False),
    Check("G405", gettext_lazy("A picture may soon not be shown"), expires_soon, Severity.WARNING),
    Check("G406", gettext_lazy("A caption quotes nobody's words"), quoted_in_caption, Severity.WARNING),
)
