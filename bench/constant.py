"""The least that Django can do, to measure against: one view that says one thing, and no middleware."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    USE_I18N=False,
)

from django.core.wsgi import get_wsgi_application  # noqa: E402


def constant(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return HttpResponse("Nothing new.")


urlpatterns = [path("", constant)]
application = get_wsgi_application()
