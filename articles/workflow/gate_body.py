"""Checks of the gate on what stands in the body by reference: pictures, pull quotes, footnotes, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Quote
from articles.text.elements import read_elements
from articles.text.markup import plain_text
from articles.workflow.gate_finding import Case, Check, Problem, Severity, first_words
from articles.workflow.links import Leads

LONGEST = 70  # characters of an address in the place of a finding


def picture_gone(case: Case) -> Iterator[Problem]:
    for element in read_elements(case.story.body):
        if element.kind == "picture" and int(element.ref) not in case.material.pictures:
            yield _at(
                f"image:{element.ref}",
                _("A picture in the text is no longer in the library. Choose another, or delete it."),
            )


def pull_not_in_story(case: Case) -> Iterator[Problem]:
    printed = {quote.key for _use, quote in case.material.uses}
    for key in _pulls(case):
        if key not in printed:
            yield _at(
                f"pull:{key}",
                _(
                    "A pull quote is of words that this story does not print. Put the quotation into the"
                    " text, or delete the pull quote."
                ),
            )


def pull_not_verified(case: Case) -> Iterator[Problem]:
    quotes = {quote.key: quote for _use, quote in case.material.uses}
    for key in _pulls(case):
        quote = quotes.get(key)
        if quote is not None and quote.verification != Quote.Verification.VERIFIED:
            yield _at(
                f"pull:{key}",
                _(
                    "The pull quote “%(words)s” is not verified. Words set large are checked first: verify"
                    " the quotation, or delete the pull quote."
                )
                % {"words": first_words(quote.words)},
            )


def link_to_nothing(case: Case) -> Iterator[Problem]:
    for address, leads in case.links.items():
        if leads is Leads.NOWHERE:
            yield _at(
                f"link:{address[-LONGEST:]}",
                _("The link to %(address)s leads to no page of the paper. Choose where it leads again.")
                % {"address": address},
            )


def link_too_early(case: Case) -> Iterator[Problem]:
    for address, leads in case.links.items():
        if leads is Leads.LATER:
            yield _at(
                f"link:{address[-LONGEST:]}",
                _(
                    "The link to %(address)s leads to something that is not published yet. Until it is,"
                    " readers find nothing there."
                )
                % {"address": address},
            )


def footnote_broken(case: Case) -> Iterator[Problem]:
    elements = read_elements(case.story.body)
    notes = Counter(each.ref for each in elements if each.kind == "note")
    marks = [each.ref for each in elements if each.kind == "mark"]
    for ref in dict.fromkeys(marks):
        if ref not in notes:
            message = _("A mark in the text belongs to no footnote. Delete the mark, or write the footnote.")
            yield _at(f"note:{ref}", message)
    for ref, times in notes.items():
        if times > 1:
            message = _("Two footnotes have the same mark. Delete one, and make it again at its place.")
            yield _at(f"note:{ref}", message)


def footnote_loose(case: Case) -> Iterator[Problem]:
    elements = read_elements(case.story.body)
    marks = {each.ref for each in elements if each.kind == "mark"}
    for note in elements:
        if note.kind != "note":
            continue
        words = first_words(plain_text(note.inner).text)
        if not words:
            yield _at(f"note:{note.ref}", _("A footnote is empty. Write it, or delete it with its mark."))
        elif note.ref not in marks:
            message = _("Nothing in the text leads to the footnote “%(words)s”. Put its mark into the text.")
            yield _at(f"note:{note.ref}", message % {"words": words})


def _pulls(case: Case) -> list[str]:
    return [each.ref for each in read_elements(case.story.body) if each.kind == "pull"]


def _at(place: str, message: str) -> Problem:
    return Problem(message, place=place, field="body")


CHECKS = (
    Check("G501", gettext_lazy("A picture in the text is gone"), picture_gone),
    Check("G502", gettext_lazy("A pull quote is not in the story"), pull_not_in_story, overridable=False),
    Check("G503", gettext_lazy("A pull quote is not verified"), pull_not_verified),
    Check("G504", gettext_lazy("A link leads nowhere"), link_to_nothing),
    Check("G505", gettext_lazy("A link leads to what is not published"), link_too_early, Severity.WARNING),
    Check("G506", gettext_lazy("A footnote is broken"), footnote_broken),
    Check("G507", gettext_lazy("A footnote is loose"), footnote_loose, Severity.WARNING),
)
