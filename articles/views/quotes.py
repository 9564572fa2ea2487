"""Quotes: each with all that is known about it, and everything on record, the latest first."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import jsonld
from articles.house import House, depends_on, page, public_page
from articles.models import Edition, EditionQuote, Quote
from articles.models.surrogate import LISTS, quote_key
from articles.text.cite import Citation, Work, cite
from articles.views.embed_code import frame_code, quotation_code
from articles.views.errors import gone
from articles.views.lists import quotes_page

USES = 100  # stories that the page of a quote names at most


@public_page
def quotes(request: HttpRequest) -> HttpResponse:
    """Everything on record, the latest printed first; of one section or one state when that is asked for."""
    house: House = request.house
    section, state = request.GET.get("section", ""), request.GET.get("state", "")
    depends_on(request, LISTS)
    asked = {"section": section, "state": state}
    on_record = EditionQuote.objects.once_each(house.now).with_edition()
    if section:
        if house.section(section) is None:
            raise Http404(_("There is no section of that name."))
        on_record = on_record.filter(edition__section_slug__in=house.section_slugs(section))
    if state:
        if state not in Quote.Verification.values:
            raise Http404(_("There is no such page in this list."))
        on_record = on_record.filter(verification=state)
    context = {
        "page": quotes_page(on_record, request),
        **asked,
        "narrowed": urlencode({name: value for name, value in asked.items() if value}),
        "states": [(each.value, each.label) for each in Quote.Verification],
    }
    return page(request, "articles/quote_list.html", context)


@public_page
def quote(request: HttpRequest, key: str) -> HttpResponse:
    """One quote, with everything that is known about it and the stories that print it."""
    house: House = request.house
    depends_on(request, quote_key(key))
    uses = list(prints(key, house.now)[:USES])
    if not uses:
        missing(key, house.now)
        return gone(request)
    stories = {use.edition_id: use for use in reversed(uses)}.values()
    context = {
        "quote": uses[0],
        "uses": sorted(stories, key=lambda use: use.edition.first_live_from),
        "citations": citations(uses[0], house),
        "frame_code": frame_code(uses[0], house.paper),
        "quotation_code": quotation_code(uses[0], house.paper),
        "jsonld": jsonld.dump(
            jsonld.quotation(uses[0], whole=True), jsonld.quote_trail(uses[0], house.paper)
        ),
    }
    return page(request, "articles/quote_detail.html", context)


def prints(key: str, now: datetime) -> QuerySet[EditionQuote]:
    """The quote as each story prints it that readers can see, the newest edition first."""
    return EditionQuote.objects.published(now).filter(quote_key=key).with_edition().order_by("-pk")


def newest_print(key: str, now: datetime) -> EditionQuote | None:
    """The quote as the newest edition has it; None when it was taken back.

    One query when it is there, two when it is not. Raises Http404 for what readers never saw.
    """
    quote = prints(key, now).first()
    if quote is None:
        missing(key, now)
    return quote


def missing(key: str, now: datetime) -> None:
    """Raise Http404 unless readers saw the quote once."""
    if not Edition.objects.once_live(now).filter(quotes__quote_key=key).exists():
        raise Http404(_("There is no such record."))


def citations(quote: EditionQuote, house: House) -> tuple[Citation, ...]:
    """How the record of a quote is cited: the paper keeps it, so nobody is its author."""
    title = _("On the record: %(name)s, %(words)s") % {
        "name": quote.speaker_name or _("speaker not recorded"),
        "words": quote.in_marks.replace("“", "‘").replace("”", "’"),
    }
    published = quote.edition.first_live_from.date()
    address = jsonld.absolute(quote.get_absolute_url())
    return cite(Work(title, (), house.paper.name, published, address))
