"""Search over published stories and quotes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.house import page, public_page
from articles.search import search_quotes, search_stories
from articles.text.terms import read_terms
from articles.views.lists import records_page

PER_PAGE = 15


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `?q=`: stories, or quotes with `?in=quotes`. Both are counted."""
    now = request.house.now
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    among_quotes = request.GET.get("in") == "quotes"
    terms = read_terms(asked)
    stories, quotes = search_stories(terms, now), search_quotes(terms, now)
    found = records_page(quotes if among_quotes else stories, request, size=PER_PAGE)
    others = (stories if among_quotes else quotes).count()
    context = {
        "asked": asked,
        "terms": terms,
        "among_quotes": among_quotes,
        "page": found,
        "story_count": others if among_quotes else found.paginator.count,
        "quote_count": found.paginator.count if among_quotes else others,
    }
    response = page(request, "articles/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
