"""Those who are quoted and those who write."""

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import jsonld
from articles.house import page, public_page
from articles.models import Author, Edition, EditionQuote
from articles.views.errors import gone
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
        return _former_speaker(request, slug)
    newest = max(found.object_list, key=lambda quote: quote.edition_id)
    context = {
        "speaker": newest,
        "page": found,
        "jsonld": jsonld.dump(jsonld.speaker(newest, profile=True)),
    }
    return page(request, "articles/speaker_detail.html", context)


def _former_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """301 to the new address of a speaker whose name changed or who was merged; 410; or 404."""
    now = request.house.now
    shown = Edition.objects.once_live(now)
    former = EditionQuote.objects.of_named_speakers().filter(speaker_slug=slug, edition__in=shown)
    current = EditionQuote.objects.published(now).of_named_speakers()
    newest = current.filter(quote_key__in=former.values("quote_key")).order_by("-pk").first()
    if newest is None:
        # Every story with these words is gone; the one into whom the speaker was merged may have others.
        merged = shown.filter(kind=Edition.Kind.RECORD)
        later = EditionQuote.objects.of_named_speakers().filter(edition__in=merged).order_by("-pk")
        last = later.filter(quote_key__in=former.values("quote_key")).first()
        newest = last and current.filter(speaker_slug=last.speaker_slug).first()
    if newest is not None:
        return HttpResponsePermanentRedirect(reverse("articles:speaker", args=[newest.speaker_slug]))
    if former.exists():
        return gone(request)
    raise Http404(_("There is nobody of that name on record."))


@require_safe
@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author and the stories signed by her."""
    now = request.house.now
    found = stories_page(Edition.objects.published(now).filter(byline_rows__slug=slug), request)
    if not found.stories:
        if Edition.objects.once_live(now).filter(byline_rows__slug=slug).exists():
            return gone(request)
        raise Http404(_("There is no author of that name."))
    names = {byline["slug"]: byline["name"] for byline in found.stories[0].bylines}
    # The name is the one that the paper printed; only the biography is asked of the author's record.
    bio = Author.objects.filter(slug=slug).values_list("bio", flat=True).first()
    author = Author(name=names.get(slug, slug), slug=slug, bio=bio or "")
    context = {"author": author, "page": found, "jsonld": jsonld.dump(jsonld.author_page(author))}
    return page(request, "articles/author_detail.html", context)
