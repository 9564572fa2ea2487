"""The addresses of the paper, and one that says nothing, to measure against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.urls import handler403, handler404, handler500
from newsroom.urls import urlpatterns as paper

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def constant(request: HttpRequest) -> HttpResponse:
    """The least that a view can do."""
    return HttpResponse("Nothing new.")


urlpatterns = [path("constant/", constant), *paper]
