"""Checks of the gate on people and sources: promises that were made, and names that must not show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Source
from articles.workflow.gate_finding import Case, Check, Problem, problem_with

SHORTEST_TITLE = 12  # a shorter title of one word, such as “Interview”, would be found in any text


def unnamed_without_reason(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.speaker and quote.speaker.unnamed and not quote.speaker.unnamed_reason.strip():
            yield problem_with(
                quotation,
                _("Who said “%(words)s” is not named, and no reason is given. Write the reason for readers."),
            )


def unnamed_and_unknown(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.speaker and quote.speaker.unnamed and quote.speaker.known_to_id is None:
            yield problem_with(
                quotation,
                _("No editor knows who said “%(words)s”. Tell one, and enter that editor at the speaker."),
            )


def confidential_shows(case: Case) -> Iterator[Problem]:
    """A confidential source's title, address or publisher is in what readers would see.

    The sentence names neither the source nor its words: who reads it may not know of them.
    """
    sources = {quote.source.pk: quote.source for _use, quote in case.material.uses if quote.source}
    for source in sources.values():
        if not source.confidential:
            continue
        for field, text in _printed(case).items():
            if any(part in text for part in _telling(source)):
                message = _(
                    "Words that identify the confidential source [%(key)s] are in the field “%(field)s”. Its"
                    " owner or a managing editor can see which; reword them."
                )
                yield Problem(
                    message % {"key": source.key, "field": field}, place=f"source:{source.key}", field=field
                )


def confidential_but_named(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.source and quote.source.confidential and quote.speaker and not quote.speaker.unnamed:
            yield problem_with(
                quotation,
                _(
                    "“%(words)s” is printed under a name, and its only source is confidential. Make the"
                    " speaker an unnamed one with a reason, or link a source that may be shown."
                ),
            )


def source_withdrawn(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.source and quote.source.withdrawn_reason:
            yield problem_with(
                quotation,
                _("The source of “%(words)s” was withdrawn. Link another source, or take the words out."),
            )


def background_but_named(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        named = quote.speaker and not quote.speaker.unnamed
        if quote.source and quote.source.terms == Source.Terms.BACKGROUND and named:
            yield problem_with(
                quotation,
                _(
                    "“%(words)s” was said on background, so the name may not be printed. Describe the speaker"
                    " without a name; if other terms were agreed, change them at the source."
                ),
            )


def deep_background_quoted(case: Case) -> Iterator[Problem]:
    for quotation, quote in case.material.uses:
        if quote.source and quote.source.terms == Source.Terms.DEEP_BACKGROUND:
            yield problem_with(
                quotation,
                _(
                    "“%(words)s” was said on deep background, so the words may not be quoted. Take them out;"
                    " if other terms were agreed, change them at the source."
                ),
            )


def gives_away(source: Source, text: str) -> bool:
    """Whether readers of `text` would learn which source `source` is."""
    return any(part in _plain(text) for part in _telling(source))


def _printed(case: Case) -> dict[str, str]:
    """What readers would see, by field, ready for looking up."""
    story, image = case.story, case.story.lead_image
    texts = {
        "headline": story.headline,
        "kicker": story.kicker,
        "dek": story.dek,
        "dateline": story.dateline,
        "body": f"{case.material.plain.text}\n{html.unescape(story.body)}",
        "lead_image": f"{image.caption}\n{image.credit}\n{image.alt}" if image else "",
        "note": case.note,
    }
    return {field: _plain(text) for field, text in texts.items()}


def _telling(source: Source) -> list[str]:
    """The words that would tell readers which source it is."""
    title, publisher = _plain(source.title), _plain(source.publisher)
    address = re.sub(r"^https?://(?:www\.)?", "", _plain(source.url)).rstrip("/")
    words = [address] if address else []
    if " " in title or len(title) >= SHORTEST_TITLE:
        words.append(title)
    if publisher and publisher != _plain(settings.NEWSROOM_NAME):
        words.append(publisher)
    return words


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


CHECKS = (
    Check("G301", gettext_lazy("An unnamed speaker without a reason"), unnamed_without_reason),
    Check("G302", gettext_lazy("An unnamed speaker whom no editor knows"), unnamed_and_unknown),
    Check("G303", gettext_lazy("A confidential source would show"), confidential_shows, overridable=False),
    Check(
        "G304",
        gettext_lazy("A named speaker whose only source is confidential"),
        confidential_but_named,
        overridable=False,
    ),
    Check("G305", gettext_lazy("The source was withdrawn"), source_withdrawn),
    Check("G306", gettext_lazy("A name on background"), background_but_named, overridable=False),
    Check("G307", gettext_lazy("A quotation on deep background"), deep_background_quoted, overridable=False),
)
