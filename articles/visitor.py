"""Who sends a form without a log-in: from which network address, and from whose page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def network_address(request: HttpRequest) -> str:
    """The address that the request came from, as the last of our own proxies saw it.

    What stands further left in X-Forwarded-For was typed by whoever sent it, and is not believed.
    """
    proxies = settings.NEWSROOM_PROXIES
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def is_sent_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of this site, as far as the browser tells.

    There is no session to abuse, so a program that says nothing may send; a browser that names another site
    is being used by it. This takes the place of a token, which would make every page one person's.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
