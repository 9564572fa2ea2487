"""A watched browser: anything on the console, or any request that fails, fails the test."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import QUIET, SCREENS, find_chromium

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Problems:
    """What the browser complained about. A test that provokes a complaint tolerates it by its words."""

    found: list[str] = field(default_factory=list)
    tolerated: list[str] = field(default_factory=list)

    def tolerate(self, words: str) -> None:
        """Expect complaints that contain `words`; the test fails when none comes."""
        self.tolerated.append(words)

    def watch(self, page: Page) -> None:
        """Note every console warning, script error and failed request of `page`."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", lambda request: self._failed(request.url, str(request.failure)))

    def check(self) -> None:
        """Fail for complaints that nobody expected, and for expected ones that never came."""
        unexpected = [text for text in self.found if not any(words in text for words in self.tolerated)]
        absent = [words for words in self.tolerated if not any(words in text for text in self.found)]
        assert not unexpected, "The browser complained:\n" + "\n".join(unexpected)
        assert not absent, f"Expected complaints never came: {absent}"

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            where = (message.location or {}).get("url", "")
            self.found.append(f"console {message.type}: {message.text} ({where})")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.found.append(f"{response.status}: {response.url}")

    def _failed(self, url: str, failure: str) -> None:
        # A page that moves on before its last request ended is no failure.
        if "ERR_ABORTED" not in failure:
            self.found.append(f"request failed: {url} {failure}")


class OpenPage(Protocol):
    """Open a watched page; see the fixture `open_page`."""

    def __call__(
        self,
        path: str = "",
        *,
        screen: str = "desktop",
        scheme: str = "light",
        user: User | None = None,
        javascript: bool = True,
        zone: str = settings.TIME_ZONE,
    ) -> Page: ...


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser() -> Iterator[None]:
    # Playwright keeps an event loop in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the Chromium of this machine, which makes no requests of its own."""
    path = find_chromium()
    if path is None:
        pytest.fail("The browser tests need Chromium. On Debian: apt-get install chromium", pytrace=False)
    return browser_type_launch_args | {"executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    """Take paths for addresses of the live server, and be where the newsroom speaks its language."""
    here = {"base_url": live_server.url, "locale": "en-GB"}
    return browser_context_args | here


@pytest.fixture
def problems(live_server: LiveServer) -> Iterator[Problems]:
    """What the browser complained about; checked when the test ends."""
    problems = Problems()
    yield problems
    problems.check()


@pytest.fixture
def open_page(
    live_server: LiveServer, browser: Browser, browser_context_args: dict[str, Any], problems: Problems
) -> Iterator[OpenPage]:
    """Return a function that opens a path on a screen ("desktop", "phone"), in a scheme ("light", "dark").

    Each call is a browser of its own, logged in as `user` if one is given, so that two people can work
    in one test.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "",
        *,
        screen: str = "desktop",
        scheme: str = "light",
        user: User | None = None,
        javascript: bool = True,
        zone: str = settings.TIME_ZONE,
    ) -> Page:
        context = browser.new_context(
            **browser_context_args | {"timezone_id": zone},
            **SCREENS[screen],
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        if user is not None:
            log_in(context, user, live_server.url)
        page = context.new_page()
        problems.watch(page)
        if path:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One watched page on a desktop, in light colours, that nobody is logged in to."""
    return open_page()


def log_in(context: BrowserContext, user: User, url: str) -> None:
    """Give the browser a session of `user` without going through the log-in form."""
    client = Client()
    client.force_login(user, backend=MODEL_BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
