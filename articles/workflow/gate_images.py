"""Checks of the gate on pictures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Image
from articles.workflow.gate_finding import Case, Check, Problem, Severity

SMALLEST_WIDTH = 1200  # what search engines and social sites ask for at least


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


def _pictures(case: Case) -> Iterator[tuple[Image, str]]:
    """Every picture of the story, with the field that holds it."""
    if case.story.lead_image:
        yield case.story.lead_image, "lead_image"
    for image in case.material.pictures.values():
        yield image, "body"


def _at(image: Image, field: str, message: str) -> Problem:
    values = {"title": image.title, "width": image.width, "least": SMALLEST_WIDTH}
    return Problem(message % values, place=f"image:{image.pk}", field=field)


CHECKS = (
    Check("G401", gettext_lazy("A picture has no alt text"), no_alt_text),
    Check("G402", gettext_lazy("A picture has no credit"), no_credit),
    Check("G403", gettext_lazy("A picture is small"), too_small, Severity.WARNING),
)
