"""Those who write."""

from django.http import HttpRequest, HttpResponse

from articles import jsonld
from articles.house import depends_on, page, public_page
from articles.models import Author, Edition, FormerAddress
from articles.models.surrogate import author_key
from articles.moved import where_author
from articles.views.errors import elsewhere
from articles.views.lists import stories_page


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author and the stories signed by her."""
    now = request.house.now
    known = FormerAddress.objects.known(FormerAddress.Kind.AUTHOR, slug)
    depends_on(request, *map(author_key, known.slugs))
    signed = Edition.objects.published(now).filter(byline_rows__slug__in=known.slugs)
    found = stories_page(signed, request)
    if known.now or not found.stories:
        return elsewhere(request, where_author(known, now), "articles:author")
    names = [byline["name"] for byline in found.stories[0].bylines if byline["slug"] in known.slugs]
    # The name is the one that the paper printed; only the biography is asked of the author's record.
    bio = Author.objects.filter(slug=slug).values_list("bio", flat=True).first()
    author = Author(name=names[0], slug=slug, bio=bio or "")
    context = {"author": author, "page": found, "jsonld": jsonld.dump(jsonld.author_page(author))}
    return page(request, "articles/author_detail.html", context)
