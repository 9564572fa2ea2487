"""The judges look at one site, which `python -m tests.judges.site` serves; without it nothing is here."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import QUIET, find_chromium
from tests.judges.crawl import FOLDER, Site, judged_site

# `make judges` starts the site first.
collect_ignore_glob = [] if FOLDER in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def site() -> Site:
    """The judged site, and what it answered to every address."""
    return judged_site()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the Chromium of this machine, which makes no requests of its own."""
    return browser_type_launch_args | {"executable_path": find_chromium(), "args": QUIET}


@pytest.fixture(scope="module")
def window(browser: Browser, site: Site) -> Iterator[Page]:
    """One window for all tests of a module. Paths are addresses of the judged site."""
    context = browser.new_context(base_url=site.url, reduced_motion="reduce", locale="en-GB")
    yield context.new_page()
    context.close()
