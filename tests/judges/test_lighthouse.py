"""Lighthouse gives at least 99 of 100, on its settings for phones, for all that it judges."""

import json
import subprocess
from pathlib import Path

from tests.browser.chromium import find_chromium
from tests.judges.crawl import Site
from tests.judges.site import TOOLS

SCRIPT = Path(__file__).with_name("lighthouse.mjs")
SECONDS = 240
VIEWS = ("front", "story", "quote", "speaker")
JUDGED = {"performance", "accessibility", "best-practices", "seo"}


def test_phones_get_the_best_of_pages(site: Site) -> None:
    urls = [site.url + site.fullest_of(view).address for view in VIEWS]
    command = ["node", SCRIPT, find_chromium(), *urls]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS, cwd=TOOLS)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == set(urls)
    assert all(set(each["score"]) == JUDGED for each in found.values())
    assert {url: each for url, each in found.items() if min(each["score"].values()) < 0.99} == {}
