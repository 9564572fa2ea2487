"""What programs ask a site for: what they may read, where things are, and how it looks as an app."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from articles.house import depends_on, public_page, read_only
from articles.jsonld import absolute

PAPER_COLOUR = "#fcfbf8"  # the ground of newsroom.css, where the paper has no colour of its own


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone, and where the maps are."""
    closed = [reverse("admin:index"), reverse("articles:search"), "/preview/"]
    maps = [reverse("articles:sitemap"), reverse("articles:sitemap_news")]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        *(f"Sitemap: {absolute(path)}" for path in maps),
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@public_page
def llms(request: HttpRequest) -> HttpResponse:
    """What the site is and where its records are, in Markdown, for programs that read for people."""
    depends_on(request)
    text = render_to_string("articles/llms.txt", {"house": request.house, "paper": request.house.paper})
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The paper as an app on somebody's phone: its name, its mark and its colour."""
    depends_on(request)
    paper = request.house.paper
    icon = {"src": staticfiles_storage.url("articles/favicon.svg"), "type": "image/svg+xml", "sizes": "any"}
    about = {
        "name": paper.name,
        "short_name": paper.name,
        "description": paper.tagline,
        "id": "/",
        "start_url": reverse("articles:front"),
        "scope": "/",
        "display": "browser",
        "background_color": paper.ground or PAPER_COLOUR,
        "theme_color": paper.ground or PAPER_COLOUR,
        "icons": [icon],
    }
    return JsonResponse(about, content_type="application/manifest+json")
