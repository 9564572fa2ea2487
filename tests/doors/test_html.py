"""Every screen is valid HTML: it parses, an id names one thing, and what is referred to is there."""

import re
from collections import Counter

import html5lib
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from tests.doors.desk import enter
from tests.screens import find_screens
from tests.small_pictures import small_picture

ID = re.compile(r'<[a-z][^>]*\sid="([^"]+)"')
REFERS = re.compile(
    r'\s(?:for|headers|aria-labelledby|aria-describedby|aria-controls|popovertarget)="([^"<>]+)"(?=[^<>]*>)'
)
ROLES = ("ottoline", "imke", "constance", "maren", "gideon")  # each role once, of the demo


def faults(page: str) -> list[str]:
    """What is wrong with the HTML of a page."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    lines = page.splitlines()
    wrong = [f"{code} in {lines[place[0] - 1].strip()[:120]!r}" for place, code, _data in parser.errors]
    ids = Counter(ID.findall(page))
    wrong += [f"the id {name} is there {count} times" for name, count in ids.items() if count > 1]
    referred = {name for names in REFERS.findall(page) for name in names.split()}
    return wrong + [f"nothing has the id {name}" for name in sorted(referred - set(ids))]


def test_the_check_finds_faults() -> None:
    page = (
        '<!doctype html><title>t</title><p id="a"><div id="a"></p>'
        '<label for="b">x</label><input aria-describedby="c a"></div>'
    )
    found = " ".join(faults(page))
    assert "the id a is there 2 times" in found
    assert "nothing has the id b" in found
    assert "nothing has the id c" in found
    assert "unexpected-end-tag" in found


@pytest.mark.django_db
def test_every_screen_is_valid_html(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.demo.desk.make_picture", small_picture)
    call_command("demo", verbosity=0)
    clients = {name: (enter(User.objects.get(username=name)), "/admin/") for name in ROLES}
    clients["a reader"] = (Client(), "/")
    wrong: dict[str, list[str]] = {}
    number = 0
    for name, (client, start) in clients.items():
        for screen in find_screens(client, start, below=start).values():
            number += 1
            if found := faults(screen.html):
                wrong[f"{screen.address} for {name}"] = found
    assert number > 200
    assert wrong == {}
