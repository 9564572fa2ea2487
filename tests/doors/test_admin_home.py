"""The home of the desk, its menu, and the page that explains the gate."""

from typing import Any

import pytest

from articles.admin.gate_page import Block, _blocks
from articles.models import Quote, Story
from tests.doors.desk import enter, words
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db


def test_the_home_page_lists_what_waits() -> None:
    reporter = make_user("Reporter")
    make_story(headline="My own draft", owner=reporter)
    make_story(headline="Somebody's draft")
    make_story(headline="Read me please", status=Story.Status.IN_REVIEW)
    make_quoting_story(Quote.Verification.UNVERIFIED, headline="Check my words")
    page = words(enter(reporter).get("/admin/"))
    assert "My own draft" in page
    assert "Somebody&#x27;s draft" not in page
    assert "Read me please" in page
    assert "Check my words" in page


def test_the_home_page_counts_what_this_person_can_check() -> None:
    editor = make_user("Editor")
    make_quoting_story(Quote.Verification.UNVERIFIED)
    make_quoting_story(Quote.Verification.VERIFIED)
    own = make_quoting_story(Quote.Verification.UNVERIFIED)
    Quote.objects.filter(quotations__story=own).update(written_by=editor)
    link = 'data-key="c">To check <span class="chip" data-state="work">1</span>'
    assert link in words(enter(editor).get("/admin/"))
    assert "To check <span" not in words(enter("Reporter").get("/admin/"))


def test_the_home_page_says_when_nothing_waits() -> None:
    page = words(enter("Editor").get("/admin/"))
    assert "Nothing waits for review." in page
    assert "Every quote is verified." in page


def test_the_home_page_costs_the_same_however_much_waits(django_assert_max_num_queries: Any) -> None:
    client = enter("Editor")
    for number in range(12):
        make_quoting_story(Quote.Verification.UNVERIFIED, headline=f"Story {number}")
    with django_assert_max_num_queries(20):
        client.get("/admin/")


def test_an_auditor_is_offered_no_new_story() -> None:
    assert "admin/articles/story/add" not in words(enter("Auditor").get("/admin/"))


def test_the_menu_shows_users_to_administrators_only() -> None:
    assert "/admin/auth/user/" in words(enter("Administrator").get("/admin/"))
    assert "/admin/auth/user/" not in words(enter("Editor").get("/admin/"))


def test_somebody_without_a_role_is_told_what_to_do() -> None:
    assert "Ask an administrator" in words(enter("").get("/admin/"))


def test_the_page_of_the_gate_has_an_anchor_for_each_code() -> None:
    page = words(enter("Reporter").get("/admin/articles/gate/"))
    assert 'id="G' in page


def test_the_handbook_is_read_as_headings_paragraphs_and_items() -> None:
    source = "# The gate\n\nTwo lines\nof one paragraph.\n\n## `G201` No source\nWhy **not**.\n\n"
    source += "- one\n- two\n  more"
    assert _blocks(source) == [
        Block("heading", "The gate", level=1),
        Block("paragraph", "Two lines of one paragraph."),
        Block("heading", "G201 No source", level=2, anchor="G201"),
        Block("paragraph", "Why not."),
        Block("item", "one"),
        Block("item", "two more"),
    ]
