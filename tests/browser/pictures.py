"""Take the pictures of the documentation from the demo newsroom: `make pictures`.

Serves a demo newsroom of its own from a temporary folder, so that nothing of yours is touched.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import QUIET, SCREENS, find_chromium

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
PORT = 8769
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "kelder-demo"

STORY = "/news/hospital-told-roof-could-fall/"
REACHING = "does+not+get+tired"  # words of a quote that two stories use
DESK_STORY = "Cable workers ask for the bus before the bonus"


def wait_until_served(seconds: float = 60) -> None:
    """Return when the newsroom answers; raise TimeoutError when it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{BASE}/robots.txt", timeout=2):  # noqa: S310 (a fixed address)
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"Nothing answered at {BASE}.")


def open_page(browser: Browser, *, screen: str, dark: bool = False, user: str = "") -> Page:
    """A page of a new visitor, logged in as `user` if there is one."""
    context = browser.new_context(**SCREENS[screen], color_scheme="dark" if dark else "light")
    page = context.new_page()
    if user:
        page.goto(f"{BASE}/admin/login/")
        page.fill("#id_username", user)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{BASE}/admin/")
    return page


def take(page: Page, name: str) -> None:
    """Save what the window shows now."""
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"{name}.png")
    sys.stdout.write(f"docs/pictures/{name}.png\n")


def reader_pictures(browser: Browser) -> None:
    """The front page, a story with a quotation opened, a speaker."""
    page = open_page(browser, screen="desktop")
    page.goto(f"{BASE}/")
    take(page, "front")
    page.goto(BASE + STORY)
    note = page.locator("button.quotation-note").first
    note.scroll_into_view_if_needed()
    note.click()
    take(page, "story-quotation")
    page = open_page(browser, screen="phone", dark=True)
    page.goto(BASE + STORY)
    note = page.locator("button.quotation-note").first
    note.scroll_into_view_if_needed()
    note.click()
    take(page, "story-phone-dark")


def desk_pictures(browser: Browser) -> None:
    """The story form with its gate, the review beside the source, two versions, and the desk that checks."""
    page = open_page(browser, screen="desktop", user="constance")
    take(page, "desk-home")
    page.goto(f"{BASE}/admin/articles/story/?q=cable-night-shift")
    page.get_by_role("link", name=DESK_STORY).first.click()
    page.wait_for_selector(".ProseMirror[contenteditable=true]")
    take(page, "desk-story")
    form = page.url.split("?")[0]
    page.goto(form.replace("/change/", "/review/"))
    take(page, "desk-review")
    page.goto(form)
    page.wait_for_selector(".ProseMirror[contenteditable=true]")
    page.locator("#id_headline").fill("Cable workers want the bus before the bonus")
    page.locator("[data-save]").click()
    page.goto(form.replace("/change/", "/versions/"))
    take(page, "desk-versions")
    page.goto(f"{BASE}/admin/articles/check/")
    page.get_by_role("button", name="Start checking").click()
    take(page, "desk-check")
    page.goto(f"{BASE}/admin/articles/front/")
    take(page, "desk-front")
    page.goto(f"{BASE}/admin/articles/dispute/")
    page.locator("#result_list tbody a").first.click()
    take(page, "desk-dispute")
    reach_picture(open_page(browser, screen="desktop", user="ottoline"))


def reach_picture(page: Page) -> None:
    """What the withdrawal of a quote that several stories use would do to each."""
    page.goto(f"{BASE}/admin/articles/quote/?q={REACHING}")
    page.locator("#result_list tbody a").first.click()
    page.get_by_role("link", name="Withdraw", exact=True).click()
    take(page, "desk-reach")


def main() -> int:
    """Load, serve, take, stop."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("Chromium is not installed: apt-get install chromium\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "NEWSROOM_DEV": "1",
            "DEBUG": "0",
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
            "NEWSROOM_MEDIA_ROOT": f"{folder}/media",
            "NEWSROOM_URL": BASE,
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        for arguments in (["migrate", "--verbosity", "0"], ["demo"]):
            subprocess.run([*manage, *arguments], env=environment, check=True, stdout=sys.stderr)
        server = subprocess.Popen([*manage, "runserver", "--noreload", str(PORT)], env=environment)
        try:
            wait_until_served()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
                reader_pictures(browser)
                desk_pictures(browser)
        finally:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
