"""Readers' pages are read from a replica of the database, unless it is behind what this process knows.

`PublicReads` is the middleware that decides for a request, `ReplicaRouter` what then asks. Only pages of the
list below, only GET and HEAD, only what the paper prints: the desk, commands, forms, everything in a
transaction and everything that writes go to the primary.

A replica is used while it has at least the site's version that the primary gave last: nobody reads the old
page from it once the new one was there, nor a killed story. When the primary does not answer, the last
version that it gave counts: a replica that has it goes on serving readers.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from newsroom.page_store.rules import PARAMETERS
from newsroom.page_store.store import calm_page
from newsroom.page_store.version import SiteVersion

logger = logging.getLogger("articles.replica")

REPLICA: Final = "replica"
LOSS: Final = "The replica does not answer; readers' pages are read from the primary: %s"
# Pages that are not kept, but follow the site's version as those do.
ALSO: Final = frozenset({"articles:oembed", "articles:quote_image", "articles:story_image"})
API: Final = "articles:api"  # how the names of its addresses begin: it only reads
PRINTED: Final = frozenset({"articles", "taggit"})  # not sessions, not accounts

_from: ContextVar[str] = ContextVar("newsroom.replica", default=DEFAULT_DB_ALIAS)

View = Callable[..., HttpResponse]


class ReplicaRouter:
    """Reads from where the request at hand may read, writes to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The replica in a reader's page, outside of transactions; the primary everywhere else."""
        alias = _from.get()
        if alias == DEFAULT_DB_ALIAS or model._meta.app_label not in PRINTED:
            return DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else alias

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Always the primary, wherever a record came from."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        """Both are the same database, at two moments."""
        return True

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool:
        """A replica gets its tables from the primary."""
        return alias != REPLICA


class PublicReads:
    """Middleware, the last of all: lets readers' pages read from the replica."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self._get_response = get_response
        interval = settings.NEWSROOM_PAGE_STORE_MILLISECONDS / 1000
        self._primary = SiteVersion(interval)
        self._replica = SiteVersion(interval, REPLICA, LOSS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and forget what was decided for the request."""
        token = _from.set(DEFAULT_DB_ALIAS)
        try:
            return self._get_response(request)
        finally:
            _from.reset(token)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Make the page from the replica. None where the primary has to: so too when the replica fails.

        The calm 503 at once, for no thread is to wait, when it is known that neither can.
        """
        if request.method not in {"GET", "HEAD"} or not is_public(request):
            return None
        if request.META.get("newsroom.primary"):  # the page store knows of a change that the page lacked
            return None
        if not self._may_use():
            return None if self._primary.now().answers else _calm()
        _from.set(REPLICA)
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as problem:
            _from.set(DEFAULT_DB_ALIAS)
            self._replica.lost(problem)
            return None if self._primary.now().answers else _calm()

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A readers' page on which the primary failed: made from the replica, or the calm 503."""
        if not isinstance(problem, OperationalError | InterfaceError) or not is_public(request):
            return None
        logger.warning("%s could not be made from the primary: %s", request.path, problem)
        made = None
        if request.method in {"GET", "HEAD"} and not request.META.get("newsroom.primary"):
            self._primary.lost(problem)
            match = request.resolver_match
            made = self.process_view(request, match.func, match.args, match.kwargs)
        return made or _calm()

    def _may_use(self) -> bool:
        """Whether the replica has all that is known. Who never heard the primary does not know."""
        primary, replica = self._primary.now(), self._replica.now()
        return replica.answers and primary.turn > 0 and replica.version >= primary.version


def _calm() -> HttpResponse:
    answer = calm_page()
    return HttpResponse(answer.body, status=answer.code, headers=dict(answer.headers))


def is_public(request: HttpRequest) -> bool:
    """Whether the address is that of a page which follows the site's version and belongs to no person."""
    match = request.resolver_match
    if match is None:
        return False
    return match.view_name in PARAMETERS or match.view_name in ALSO or match.view_name.startswith(API)
