"""The addresses of the API, and its descriptions: one for programs, one for people."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI

from articles.api import finding, records, schemas, stories
from articles.api.conduct import reading
from articles.api.operations import read_operations
from articles.api.problems import answer_problems, not_found
from articles.api.write import page_address
from articles.house import depends_on, page

VERSION: Final = "1.0.0"

api = NinjaAPI(
    title="Newsroom",
    version=VERSION,
    description=str(_("What readers of the paper see: stories, and every quotation with its source.")),
    urls_namespace="articles_api",
    openapi_url=None,
    docs_url=None,
)
answer_problems(api)
for router in (stories.router, records.router, finding.router):
    api.add_router("", router)


@api.get("/", response=schemas.Entrance, url_name="api", tags=["entrance"])
def entrance(request: HttpRequest) -> schemas.Entrance:
    """Where everything is."""
    depends_on(request)
    names = ("stories", "quotes", "speakers", "sources", "corrections", "search", "quote_check")
    return schemas.Entrance(
        paper=request.house.paper.name,
        version=VERSION,
        openapi=page_address("api_openapi"),
        documentation=page_address("api_docs"),
        **{name: page_address(f"api_{name}") for name in names},
    )


def description() -> dict:
    """The API in the words of OpenAPI 3.1."""
    found = api.get_openapi_schema(path_prefix=reverse("articles:api"))
    return {**found, "servers": [{"url": page_address("api").removesuffix(reverse("articles:api"))}]}


def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    depends_on(request)
    return JsonResponse(description(), content_type="application/json")


def docs(request: HttpRequest) -> HttpResponse:
    """The description for people: a page of the paper, which loads nothing from anywhere else."""
    depends_on(request)
    return page(request, "articles/api_docs.html", {"operations": read_operations(description())})


def missing(request: HttpRequest) -> HttpResponse:
    """An address that the API does not have."""
    return not_found()


def _readable(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, reading(pattern.callback), pattern.default_args, pattern.name)


urlpatterns: list[URLPattern] = [
    path("openapi.json", reading(openapi), name="api_openapi"),
    path("docs/", reading(docs), name="api_docs"),
    *(_readable(pattern) for pattern in api.urls[0] if pattern.name != "api-root"),
    re_path(r"", reading(missing), name="api_missing"),
]
