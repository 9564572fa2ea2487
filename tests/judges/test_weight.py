"""A story comes at once, stands still, and can be read in a terminal."""

import re
import subprocess
from urllib.parse import urljoin

import brotli
from playwright.sync_api import Browser

from tests.judges.crawl import Site, fetch

LIMIT = 60_000  # bytes of HTML, styles and scripts, compressed
STILL = 0.001  # a hundredth of what counts as good: nobody sees it
ASSET = re.compile(r'<link\b[^>]*\brel="?stylesheet[^>]*>|<script\b[^>]*\bsrc=[^>]*>')
ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')
# Adds up what moves after it was first shown, and not because of somebody's click.
SHIFTS = """() => { window.shifted = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; })
    .observe({ type: 'layout-shift', buffered: true }); }"""


def test_a_story_weighs_at_most_sixty_kilobytes(site: Site) -> None:
    story = site.fullest_of("story")
    parts = {story.address: story.body}
    for tag in ASSET.findall(story.text):
        address = urljoin(site.url + story.address, ADDRESS.search(tag)[1]).removeprefix(site.url)
        parts[address] = fetch(site.url, address).body
    weights = {address: len(brotli.compress(body, quality=5)) for address, body in parts.items()}
    assert any(address.endswith(".css") for address in weights)
    assert sum(weights.values()) <= LIMIT, weights


def test_nothing_moves_while_a_page_loads(site: Site, browser: Browser) -> None:
    moved = {}
    for view in ("front", "story", "quote"):
        for width in (1280, 390):
            context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 800})
            page = context.new_page()
            page.add_init_script(f"({SHIFTS})()")
            page.goto(site.fullest_of(view).address, wait_until="load")
            page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
            if (shifted := page.evaluate("window.shifted")) > STILL:
                moved[f"{view} at {width} px"] = shifted
            context.close()
    assert moved == {}


def test_a_story_reads_well_in_a_terminal(site: Site) -> None:
    story = site.fullest_of("story")
    command = ["w3m", "-dump", "-cols", "80", "-T", "text/html", "-I", "utf-8", "-O", "utf-8"]
    shown = subprocess.run(command, input=story.body, capture_output=True, check=True).stdout.decode()
    headline = re.search(r"<h1[^>]*>\s*([^<]+?)\s*</h1>", story.text)[1]
    flat = re.sub(r"\s+", " ", shown)
    assert headline[:40] in flat
    assert "Skip to the story" in flat or "Skip to" in flat
    # The story comes within two screens, and no markup or script is read out.
    assert flat.index(headline[:40]) < 1600
    assert not re.search(r"</?[a-z]+>|\{[^}]*:[^}]*;\}|@context|function\s*\(", flat)
    words = re.sub(r"<[^>]+>", "", re.search(r"<p[^>]*>(.+?)</p>", story.text.partition("</h1>")[2], re.S)[1])
    assert " ".join(words.split())[:30] in flat
