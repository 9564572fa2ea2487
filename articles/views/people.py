"""Those who are quoted and those who write."""

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import jsonld
from articles.house import page, public_page
from articles.models import Author, Edition, EditionQuote
from articles.moved import where_author, where_speaker
from articles.views.errors import elsewhere
from articles.views.lists import records_page, stories_page

SPEAKERS_PER_PAGE = 60


@require_safe
@public_page
def speakers(request: HttpRequest) -> HttpResponse:
    """Everybody on record, by name, with the number of quotes."""
    named = EditionQuote.objects.published(request.house.now).of_named_speakers().values("speaker_slug")
    everybody = named.annotate(name=Max("speaker_name"), quotes=Count("quote_key", distinct=True))
    found = records_page(everybody.order_by("name", "speaker_slug"), request, size=SPEAKERS_PER_PAGE)
    return page(request, "articles/speaker_list.html", {"page": found})


@require_safe
@public_page
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """A speaker: what she was and when, and all her quotes on record, by the date when they were said."""
    now = request.house.now
    quotes = EditionQuote.objects.once_each(now).of_named_speakers().filter(speaker_slug=slug)
    found = records_page(quotes.with_edition().by_date(), request)
    if not found.object_list:
        return elsewhere(request, where_speaker(slug, now), "articles:speaker")
    newest = max(found.object_list, key=lambda quote: quote.edition_id)
    context = {
        "speaker": newest,
        "page": found,
        "jsonld": jsonld.dump(jsonld.speaker(newest, profile=True)),
    }
    return page(request, "articles/speaker_detail.html", context)


@require_safe
@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author and the stories signed by her."""
    now = request.house.now
    found = stories_page(Edition.objects.published(now).filter(byline_rows__slug=slug), request)
    if not found.stories:
        return elsewhere(request, where_author(slug, now), "articles:author")
    names = {byline["slug"]: byline["name"] for byline in found.stories[0].bylines}
    # The name is the one that the paper printed; only the biography is asked of the author's record.
    bio = Author.objects.filter(slug=slug).values_list("bio", flat=True).first()
    author = Author(name=names.get(slug, slug), slug=slug, bio=bio or "")
    context = {"author": author, "page": found, "jsonld": jsonld.dump(jsonld.author_page(author))}
    return page(request, "articles/author_detail.html", context)
