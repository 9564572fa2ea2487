"""Checks of the gate on the fields of a story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import RESERVED_SLUGS
from articles.workflow.gate_finding import Case, Check, Problem, Severity, first_words

# What people type to be replaced later. Capitals only: “tk” and “xxx” occur in words and addresses.
PLACEHOLDER = re.compile(r"\b(?:(?:TK)+|X{3,})\b|\blorem ipsum\b")


def no_headline(case: Case) -> Iterator[Problem]:
    if not case.story.headline.strip():
        yield _at("headline", _("The story has no headline. Write one in the field “Headline”."))


def no_slug(case: Case) -> Iterator[Problem]:
    if not case.story.slug:
        yield _at(
            "slug", _("The story has no slug, so it would have no address. Write one, or save a headline.")
        )


def no_section(case: Case) -> Iterator[Problem]:
    if case.story.section is None:
        yield _at("section", _("The story is in no section. Choose the desk that it belongs to."))


def no_byline(case: Case) -> Iterator[Problem]:
    if not case.story.bylines.all():
        yield _at("bylines", _("Nobody signs the story. Add an author, or the agency that it came from."))


def placeholder_left(case: Case) -> Iterator[Problem]:
    story = case.story
    texts = {
        "headline": story.headline,
        "kicker": story.kicker,
        "dek": story.dek,
        "dateline": story.dateline,
        "body": case.material.plain.text,
    }
    for field, text in texts.items():
        if found := PLACEHOLDER.search(text):
            around = first_words(text[text.rfind("\n", 0, found.start()) + 1 :][:200] or found[0])
            yield _at(
                field,
                _("“%(mark)s” still stands near “%(around)s”. Write what belongs there, or delete it.")
                % {"mark": found[0], "around": around},
            )


def address_taken(case: Case) -> Iterator[Problem]:
    other = case.edition_with_slug
    if other is None:
        return
    if other.live_until is None:
        message = _(
            "The slug “%(slug)s” belongs to the published story “%(headline)s”. Choose another, for example"
            " with a word that only this story has."
        )
    else:
        message = _(
            "“%(slug)s” is a former address of the story “%(headline)s”, and old links to it would come here."
            " Choose another slug."
        )
    yield _at("slug", message % {"slug": case.story.slug, "headline": other.headline})


def slug_planned(case: Case) -> Iterator[Problem]:
    other = case.story_with_slug
    if other is not None and case.edition_with_slug is None:
        yield _at(
            "slug",
            _(
                "Another story on the desk, “%(headline)s”, has the slug “%(slug)s” too. Make sure that it is"
                " not the same story; only one of the two can be published under it."
            )
            % {"headline": str(other), "slug": case.story.slug},
        )


def embargoed(case: Case) -> Iterator[Problem]:
    until = case.story.embargo_until
    if until is not None and until > case.at:
        yield _at(
            "embargo_until",
            _("The story is under embargo until %(time)s. Schedule it for that time or later.")
            % {"time": date_format(timezone.localtime(until), "DATETIME_FORMAT")},
        )


def no_body(case: Case) -> Iterator[Problem]:
    if not case.material.plain.text.strip():
        yield _at("body", _("The story has no text. Write it, or paste the copy into the body."))


def address_reserved(case: Case) -> Iterator[Problem]:
    section = case.story.section
    if section is not None and section.slug in RESERVED_SLUGS:
        yield _at(
            "section",
            _(
                "The section “%(section)s” has the address of one of the site's own pages. Ask a managing"
                " editor to change the section's slug."
            )
            % {"section": section.name},
        )


def _at(field: str, message: str) -> Problem:
    return Problem(message, place=f"field:{field}", field=field)


CHECKS = (
    Check("G101", gettext_lazy("No headline"), no_headline, overridable=False),
    Check("G102", gettext_lazy("No slug"), no_slug, overridable=False),
    Check("G103", gettext_lazy("No section"), no_section, overridable=False),
    Check("G104", gettext_lazy("No byline"), no_byline),
    Check("G105", gettext_lazy("A placeholder is left in the text"), placeholder_left),
    Check("G106", gettext_lazy("The address belongs to another story"), address_taken, overridable=False),
    Check(
        "G107", gettext_lazy("Another story on the desk has the same slug"), slug_planned, Severity.WARNING
    ),
    Check("G108", gettext_lazy("The embargo has not ended"), embargoed, overridable=False),
    Check("G109", gettext_lazy("No text"), no_body, overridable=False),
    Check("G110", gettext_lazy("The address is reserved"), address_reserved, overridable=False),
)
