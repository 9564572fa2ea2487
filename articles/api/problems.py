"""Answers that are none: JSON in the form of RFC 9457, in sentences that say what to do."""

import logging
from collections.abc import Iterable

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

logger = logging.getLogger("django.request")


class Refused(Exception):
    """What was asked cannot be read; the message says why."""


class Gone(Exception):
    """What readers could see once, and now cannot; the message is the notice, if there is one."""


def problem(status: int, title: str, detail: str, errors: Iterable[dict[str, str]] = ()) -> HttpResponse:
    """The answer for something that went wrong."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if found := list(errors):
        content["errors"] = found
    return JsonResponse(content, status=status, content_type="application/problem+json")


def answer_problems(api: NinjaAPI) -> None:
    """Let `api` answer everything that its operations raise as a problem."""

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [{"parameter": str(each["loc"][-1]), "detail": str(each["msg"])} for each in error.errors]
        detail = _("Some parameters cannot be read. Each is named below.")
        return problem(422, _("Unreadable parameters"), detail, faults)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(400, _("Cannot be answered"), str(error))

    @api.exception_handler(Gone)
    def gone(request: HttpRequest, error: Gone) -> HttpResponse:
        detail = str(error) or _("Every story that showed it was taken back.")
        return problem(410, _("Gone"), detail)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return not_found()

    @api.exception_handler(SuspiciousOperation)
    def suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
        return problem(400, _("Cannot be answered"), _("There is too much in this address. Ask for less."))

    @api.exception_handler(Exception)
    def failed(request: HttpRequest, error: Exception) -> HttpResponse:
        logger.error("Internal Server Error: %s", request.path, exc_info=error)
        return problem(500, _("A fault of ours"), _("Something went wrong here. Please try again later."))


def not_found() -> HttpResponse:
    """Nothing of that name is published."""
    return problem(404, _("Not found"), _("Nothing of that name is published here."))
