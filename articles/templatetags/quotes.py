"""Quotations on readers' pages: the body with its contested words marked, passages and found words lit up."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.jsonld import absolute
from articles.models import Edition, EditionQuote, Quote, Source
from articles.text import excerpts
from articles.text.syndicated import syndicated
from articles.text.terms import Terms

register = template.Library()

_PULL = re.compile(r'<aside class="pull" data-quote="([0-9a-z]+)">.*?</aside>', re.DOTALL)
_END = re.compile(r'([^\s<>]*<button type="button" class="quotation-note"[^>]*>\d+</button>)')

_NOTE = re.compile(
    r'<button type="button" class="quotation-note" popovertarget="(?P<key>p-[0-9a-z]+)"'
    r'(?P<name> aria-label="[^"]*")>(?P<number>\d+)</button>'
)
_OWN_LINK = re.compile(r'<a (?=href="(/[^"]*)")')

EXCERPT = 230  # characters of a story that a search result shows


@register.filter
def marked_body(edition: Edition, contested: Iterable[EditionQuote] = ()) -> SafeString:
    """The rendered body; disputed and withdrawn words say that they are, beside their number.

    The HTML was cleaned and written by the program when the edition was made, and cannot change since.
    """
    # A line may not end between the closing mark and its number.
    body = _END.sub(r'<span class="together">\1</span>', edition.body_html)
    contested = list(contested)
    doubted = {quote.quote_key for quote in contested}
    body = _PULL.sub(lambda pull: "" if pull[1] in doubted else pull[0], body)  # nothing doubted is set large
    for quote in contested:
        key, state = re.escape(quote.quote_key), quote.verification
        body = body.replace(
            f'data-quote="{quote.quote_key}"', f'data-quote="{quote.quote_key}" data-verification="{state}"'
        )
        label = format_html('<a class="contested" href="#p-{}">({})</a>', quote.quote_key, state_name(state))
        body = re.sub(
            rf'(<button[^>]*popovertarget="p-{key}"[^>]*>\d+</button>)',
            lambda match, label=label: f"{match[1]} {label}",
            body,
        )
    body = _NOTE.sub(_with_link, body)
    body = _OWN_LINK.sub(lambda link: f'<a data-address="{absolute(link[1])}" ', body)
    return mark_safe(body)  # noqa: S308


def _with_link(note: re.Match[str]) -> str:
    """The button of a quotation and, for browsers without popovers and for paper, a link to the same entry.

    The stylesheet writes the number of the button, so that what reads no stylesheet shows one number.
    """
    key, name, number = note["key"], note["name"], note["number"]
    return (
        f'<button type="button" class="quotation-note" popovertarget="{key}" data-number="{number}"{name}>'
        f'</button><a class="quotation-link" href="#{key}"{name}>{number}</a>'
    )


@register.filter
def plain_body(edition: Edition) -> SafeString:
    """The body for a feed, without what only the page can do."""
    return mark_safe(syndicated(edition.body_html))  # noqa: S308


@register.filter
def marked_passage(source: dict[str, Any]) -> str:
    """The passage of a source with the quoted words in <mark>."""
    text = source.get("passage", "")
    pieces, written = [], 0
    for start, end in source.get("passage_spans", []):
        if written <= start < end <= len(text):
            pieces += [(text[written:start], text[start:end])]
            written = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[written:])


@register.filter
def state_name(verification: str) -> str:
    """The name of a state of verification, for readers."""
    return str(Quote.Verification(verification).label)


@register.filter
def step_line(step: dict[str, str]) -> str:
    """Who took a step of verification and how, in a few words."""
    if step["verification"] == Quote.Verification.UNVERIFIED:
        return _("Recorded by %(name)s") % {"name": step["by"]}
    if step["verification"] == Quote.Verification.IN_SOURCE and step["method"]:
        return capfirst(step["method"])
    return ": ".join(filter(None, [capfirst(step["by"]), step["method"]]))


@register.filter
def terms_name(terms: str) -> str:
    """The terms on which somebody spoke, for readers."""
    return str(Source.Terms(terms).label) if terms in Source.Terms.values else ""


@register.filter
def alone(segment: str) -> str:
    """The words as they are shown outside their sentence."""
    return excerpts.alone(segment)


@register.filter
def role_line(quote: EditionQuote) -> str:
    """What the speaker was when the words were said."""
    return quote.role_line


@register.filter
def highlight(text: str, terms: Terms) -> str:
    """The text with the words searched for in <mark>."""
    pattern = terms.pattern
    if pattern is None:
        return text
    pieces, written = [], 0
    for match in pattern.finditer(text):
        pieces.append((text[written : match.start()], match[0]))
        written = match.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[written:])


@register.filter
def excerpt(edition: Edition, terms: Terms) -> str:
    """A few lines of the story around the first word searched for, lit up; else its dek."""
    text = " ".join(edition.body_text.split())
    match = terms.pattern.search(text) if terms.pattern else None
    if match is None:
        return highlight(edition.dek or text[:EXCERPT], terms)
    start = max(0, match.start() - EXCERPT // 3)
    if start:
        start = text.find(" ", start, match.start()) + 1 or match.start()
    end = start + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), match.end())
    cut = text[start:end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, highlight(cut, terms), after)


@register.filter
def verification_sentence(quote: EditionQuote) -> str:
    """What the paper did to check the words, as one sentence."""
    state = Quote.Verification
    sentences = {
        state.VERIFIED: _("Checked against the source by a second person."),
        state.IN_SOURCE: _("Found in the source by the program. No second person has checked it."),
        state.UNVERIFIED: _("Not checked yet."),
        state.DISPUTED: _("The paper is looking into whether this was said."),
        state.WITHDRAWN: _("The paper no longer stands by these words."),
    }
    return sentences[Quote.Verification(quote.verification)]
