"""The HTML with which other sites show a quote."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.jsonld import absolute
from articles.models import EditionQuote, Paper

WIDTH = 600


def frame_code(quote: EditionQuote, paper: Paper, *, width: int = WIDTH) -> str:
    """The HTML that shows a quote on another site, in a frame."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>',
        absolute(reverse("articles:embed_quote", args=[quote.quote_key])),
        _("%(name)s, on the record in %(paper)s") % {"name": quote.speaker_name, "paper": paper.name},
        width,
        frame_height(quote, width),
    )


def quotation_code(quote: EditionQuote, paper: Paper) -> str:
    """The HTML of a quote as plain text with a link, for sites that allow no frame."""
    who = ", ".join(filter(None, [quote.speaker_name, quote.role_line]))
    address = absolute(quote.get_absolute_url())
    return format_html(
        '<blockquote cite="{}"><p>{}</p><p>— {}. <a href="{}">{}</a></p></blockquote>',
        address,
        quote.in_marks,
        who,
        address,
        _("On the record in %(paper)s") % {"paper": paper.name},
    )


def frame_height(quote: EditionQuote, width: int) -> int:
    """How high the frame must be so that nothing scrolls: letters are about 10 px wide."""
    lines = len(quote.in_marks) // max(12, (width - 48) // 10) + 1
    wraps = len(quote.speaker_name + quote.role_line) * 9 // width + (width < 480) + 2 * (width < 320)
    return 176 + 31 * lines + 26 * wraps + (46 if quote.contested else 0)
