"""What stands around the text of a story: its corrections, who checked it, how it is cited and passed on."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote as percent

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.jsonld import absolute
from articles.models import Correction, Edition, EditionQuote
from articles.text.cite import Citation, Work, cite

register = template.Library()


@register.filter
def standing(corrections: Iterable[Correction], place: str) -> list[Correction]:
    """The corrections that stand at the “top” or the “bottom” of a story, as the house has chosen.

    A retraction stands at the top always.
    """
    top = settings.NEWSROOM_CORRECTIONS_AT == "top"
    serious = Correction.Kind.RETRACTION
    return [each for each in corrections if (top or each.kind == serious) == (place == "top")]


@register.filter
def citations(edition: Edition, paper: str) -> Sequence[Citation]:
    """How the story is cited, in each form; `paper` is the name of the paper."""
    return cite(
        Work(
            title=edition.headline,
            authors=tuple(author["name"] for author in edition.bylines),
            paper=paper,
            published=timezone.localdate(edition.first_live_from),
            address=absolute(edition.get_absolute_url()),
            version=getattr(edition, "versions", 1) or 1,
        )
    )


@register.filter
def mail_link(edition: Edition) -> str:
    """An address that opens a letter with the headline and the story's address."""
    body = absolute(edition.get_absolute_url())
    return f"mailto:?subject={percent(edition.headline)}&body={percent(body)}"


@register.filter
def checkers(quotes: Iterable[EditionQuote]) -> str:
    """Who checked the quotes of a story against their sources, each named once."""
    return ", ".join(dict.fromkeys(quote.verified_by_name for quote in quotes if quote.verified_by_name))


@register.filter
def checked_how(quote: EditionQuote) -> str:
    """How the words were checked when they were verified last."""
    steps = [step for step in quote.history if step.get("verification") == "verified"]
    return steps[-1].get("method", "") if steps else ""


@register.filter
def tally(quotes: Sequence[EditionQuote]) -> str:
    """How many quotes of a story are verified, and how many sources are confidential, in a sentence."""
    verified = sum(quote.verification == "verified" for quote in quotes)
    hidden = sum(bool(quote.source.get("confidential")) for quote in quotes)
    words = _("%(verified)d of %(all)d checked against the source by a second person.")
    said = [words % {"verified": verified, "all": len(quotes)}]
    if hidden:
        said.append(_("From a confidential source: %(count)d.") % {"count": hidden})
    return " ".join(said)
