"""How the API behaves whatever it is asked: reading only, from anywhere, in measure, and not twice."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from articles.api.problems import problem
from articles.house import public_page
from articles.visitor import network_address

View = Callable[..., HttpResponse]

METHODS: Final = "GET, HEAD, OPTIONS"
WINDOW: Final = 60  # seconds for which requests are counted
# What a script on another site may read, and may send. No cookie is sent, and none is looked at.
CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT: Final = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one network address may still ask for, and in how many seconds it may ask anew."""

    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The allowance as programs read it."""
        return {
            "RateLimit-Policy": f'"reading";q={self.limit};w={WINDOW}',
            "RateLimit": f'"reading";r={max(0, self.left)};t={self.seconds}',
        }


def reading(view: View) -> View:
    """Let everybody read what `view` answers, but not too fast; answer 304 for what somebody has already."""
    current = public_page(view)

    @csrf_exempt  # there is nothing to write
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=CORS | PREFLIGHT)
        if request.method not in ("GET", "HEAD"):
            response = problem(405, _("Not allowed"), _("This API only reads: ask with GET."))
            response.headers["Allow"] = METHODS
            return _open(response)
        allowance = take(network_address(request))
        if allowance and allowance.left < 0:
            return _open(_too_many(allowance), allowance)
        method, request.method = request.method, "GET"
        try:
            response = current(request, *args, **kwargs)
        finally:
            request.method = method
        return _open(response, allowance)

    return wrapped


def take(address: str) -> Allowance | None:
    """Count a request of a network address; None when nothing is counted.

    The count is kept in the cache, for a minute, under a name that does not tell the address.
    """
    limit = settings.NEWSROOM_API_RATE
    if not limit:
        return None
    now = int(time.time())
    key = salted_hmac("articles.api", f"{address} {now // WINDOW}").hexdigest()
    cache.add(f"api:{key}", 0, timeout=2 * WINDOW)
    try:
        used = cache.incr(f"api:{key}")
    except ValueError:  # a full cache has dropped it
        used = 1
    return Allowance(limit, limit - used, WINDOW - now % WINDOW)


def _too_many(allowance: Allowance) -> HttpResponse:
    detail = _("At most %(limit)d requests a minute are answered. Ask again in %(seconds)d seconds.")
    values = {"limit": allowance.limit, "seconds": allowance.seconds}
    response = problem(429, _("Too many requests"), detail % values)
    response.headers["Retry-After"] = str(allowance.seconds)
    return response


def _open(response: HttpResponse, allowance: Allowance | None = None) -> HttpResponse:
    for name, value in (CORS | (allowance.headers if allowance else {})).items():
        response.headers[name] = value
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
