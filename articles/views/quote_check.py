"""The page where readers paste a quotation and learn whether it is on record here."""

from django.http import HttpRequest, HttpResponse

from articles.house import depends_on, page, public_page
from articles.models.surrogate import LISTS, SEARCH
from articles.quote_check import FEWEST_WORDS, MOST_CHARACTERS, check_quote

KEPT = 8000  # characters of what was pasted that the form shows again


@public_page
def quote_check(request: HttpRequest) -> HttpResponse:
    """The answer for the words in `?words=`: an address that anybody can pass on. Nothing is kept."""
    words = request.GET.get("words", "").replace("\x00", "").strip()
    depends_on(request, *((LISTS, SEARCH) if words else ()))
    context = {
        "words": words[:KEPT],
        "check": check_quote(words, request.house.now) if words else None,
        "most": MOST_CHARACTERS,
        "fewest": FEWEST_WORDS,
    }
    response = page(request, "articles/quote_check.html", context)
    if words:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
