"""The picture and the ways of sharing in the head of a page."""

from typing import Any

from django import template
from django.urls import reverse

from articles import share_image
from articles.jsonld import absolute
from articles.models import Edition, EditionQuote

register = template.Library()


@register.inclusion_tag("articles/_share_image.html", takes_context=True)
def quote_card(context: template.Context, quote: EditionQuote) -> dict[str, Any]:
    """The picture of a quote, for the head of its page."""
    paper = context["house"].paper
    return _picture(share_image.quote_address(quote, paper), f"{quote.speaker_name}: {quote.in_marks}")


@register.inclusion_tag("articles/_share_image.html", takes_context=True)
def story_card(context: template.Context, edition: Edition) -> dict[str, Any]:
    """The picture of a story that has none of its own, for the head of its page."""
    return _picture(share_image.story_address(edition, context["newsroom"]), edition.headline)


@register.simple_tag(takes_context=True)
def quote_card_address(context: template.Context, quote: EditionQuote) -> str:
    """Where the picture of a quote is."""
    return share_image.quote_address(quote, context["house"].paper)


@register.inclusion_tag("articles/_oembed.html")
def oembed_links(address: str, title: str) -> dict[str, Any]:
    """The links by which other sites learn how to show the page at `address`."""
    return {"provider": absolute(reverse("articles:oembed")), "address": absolute(address), "title": title}


def _picture(address: str, alt: str) -> dict[str, Any]:
    return {
        "address": absolute(address),
        "alt": alt,
        "width": share_image.WIDTH,
        "height": share_image.HEIGHT,
    }
