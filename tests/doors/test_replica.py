"""Readers' pages read from the replica while it has what is known; everything else reads from the primary."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from articles.models import Edition
from newsroom.page_store.version import Known
from newsroom.replica import ALSO, PublicReads, ReplicaRouter

STORY = "/harbour/ferry-returns/"


class Told:
    """Stands for what a process knows of a database."""

    def __init__(self, version: int, answers: bool = True, turn: int = 1) -> None:
        self.known = Known(version, answers, turn)

    def now(self) -> Known:
        return self.known

    def lost(self, problem: Exception) -> None:
        self.known = self.known._replace(answers=False)


def asked_by(model: type = Edition) -> str:
    return ReplicaRouter().db_for_read(model)


def from_where(request: HttpRequest) -> HttpResponse:
    return HttpResponse(asked_by())


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Ask for an address, with what the process knows of primary and replica; where it was read from."""

    def answer(
        path: str = STORY,
        *,
        method: str = "GET",
        primary: Told | None = None,
        replica: Told | None = None,
        view: Callable[[HttpRequest], HttpResponse] = from_where,
        **environ: object,
    ) -> str:
        monkeypatch.setitem(settings.DATABASES, "replica", {})
        request = RequestFactory().generic(method, path, **environ)
        request.resolver_match = resolve(path)

        def get_response(request: HttpRequest) -> HttpResponse:
            return reads.process_view(request, view, (), {}) or view(request)

        reads = PublicReads(get_response)
        reads._primary, reads._replica = primary or Told(7), replica or Told(7)
        return reads(request).content.decode()

    return answer


@pytest.mark.parametrize("path", ["/", STORY, "/search/", "/oembed/", "/feeds/", "/api/v1/stories/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_readers_pages_are_read_from_the_replica(ask: Callable[..., str], path: str, method: str) -> None:
    assert ask(path, method=method) == "replica"
    assert asked_by() == "default"  # and nothing after them


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin/"),
        ("GET", "/health/"),
        ("GET", "/preview/12/"),
        ("GET", "/preview/front/"),
        ("GET", "/disputes/abc/"),  # who has sent a report sees it at once
        ("POST", "/disputes/new/"),
        ("POST", STORY),
    ],
)
def test_everything_else_is_read_from_the_primary(ask: Callable[..., str], method: str, path: str) -> None:
    assert ask(path, method=method) == "default"


@pytest.mark.parametrize(
    ("primary", "replica", "source"),
    [
        (Told(8), Told(7), "default"),  # something was published that the replica lacks
        (Told(8), Told(9), "replica"),  # asked a moment later
        (Told(8), Told(8, answers=False), "default"),
        (
            Told(8, answers=False),
            Told(8),
            "replica",
        ),  # the primary is away: the replica has all that is known
    ],
)
def test_a_replica_that_is_behind_is_not_read(
    ask: Callable[..., str], primary: Told, replica: Told, source: str
) -> None:
    assert ask(primary=primary, replica=replica) == source


@pytest.mark.parametrize(
    ("primary", "replica"),
    [
        (Told(8, answers=False), Told(7)),  # it may show what was killed
        (Told(8, answers=False), Told(8, answers=False)),
        (Told(0, answers=False, turn=0), Told(8)),  # a process that never heard the primary
    ],
)
def test_without_a_database_that_may_be_read_nobody_waits(
    ask: Callable[..., str], primary: Told, replica: Told
) -> None:
    assert "Back in a moment" in ask(primary=primary, replica=replica)


def test_a_page_on_which_the_replica_fails_is_made_from_the_primary(ask: Callable[..., str]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        if asked_by() == "replica":
            raise OperationalError("canceling statement due to conflict with recovery")
        return from_where(request)

    replica = Told(7)
    assert ask(replica=replica, view=view) == "default"
    assert not replica.known.answers


def test_what_fails_on_the_replica_while_the_primary_is_away_fails_at_once(ask: Callable[..., str]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise OperationalError(asked_by())

    assert "Back in a moment" in ask(primary=Told(7, answers=False), view=view)


@pytest.fixture
def failed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., HttpResponse | None]:
    """What becomes of a page on which the primary failed with `problem`, with such a replica."""

    def answer(problem: Exception, *, replica: Told, path: str = STORY) -> HttpResponse | None:
        monkeypatch.setitem(settings.DATABASES, "replica", {})
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        request.resolver_match.func = from_where
        request.resolver_match.args, request.resolver_match.kwargs = (), {}
        reads = PublicReads(from_where)
        reads._primary, reads._replica = Told(7), replica
        reads.process_view(request, from_where, (), {})
        return reads.process_exception(request, problem)

    return answer


def test_a_page_on_which_the_primary_fails_is_made_from_the_replica(
    failed: Callable[..., HttpResponse | None],
) -> None:
    response = failed(OperationalError("the server closed the connection"), replica=Told(7))
    assert response is not None
    assert response.content == b"replica"


def test_a_page_on_which_the_primary_fails_is_a_calm_one_when_the_replica_is_behind(
    failed: Callable[..., HttpResponse | None],
) -> None:
    response = failed(OperationalError("the server closed the connection"), replica=Told(6))
    assert response is not None
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
    assert int(response.headers["Retry-After"]) > 0


def test_other_failures_stay_what_they_are(failed: Callable[..., HttpResponse | None]) -> None:
    assert failed(ValueError("a mistake in a view"), replica=Told(7)) is None
    assert failed(OperationalError("at the desk"), replica=Told(7), path="/admin/") is None


def test_the_page_store_may_ask_for_a_page_from_the_primary(ask: Callable[..., str]) -> None:
    assert ask(**{"newsroom.primary": True}) == "default"
    assert ask(**{"newsroom.primary": False}) == "replica"


def test_accounts_are_never_read_from_the_replica(ask: Callable[..., str]) -> None:
    assert ask(view=lambda request: HttpResponse(asked_by(User))) == "default"


@pytest.mark.django_db
def test_in_a_transaction_everything_is_read_from_the_primary(ask: Callable[..., str]) -> None:
    with transaction.atomic():
        assert ask() == "default"


def test_writes_and_tables_are_the_primarys() -> None:
    router = ReplicaRouter()
    assert router.db_for_write(Edition) == "default"
    assert router.allow_migrate("default", "articles")
    assert not router.allow_migrate("replica", "articles")


def test_without_a_replica_the_middleware_is_not_there() -> None:
    with pytest.raises(MiddlewareNotUsed):
        PublicReads(from_where)


def test_the_pages_beside_those_that_are_kept_have_addresses() -> None:
    names = get_resolver("articles.urls").reverse_dict
    assert all(name.partition(":")[2] in names for name in ALSO)
    named = [name for name in get_resolver("articles.api.urls").reverse_dict if isinstance(name, str)]
    assert all(name.startswith("api") for name in named)
