"""The home of the desk, its menu, and the page that explains the gate."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles.admin.gate_page import Block, _blocks
from articles.models import Quote, Sitting, Story
from tests.doors.desk import enter, words
from tests.editions import make_edition
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
    with django_assert_max_num_queries(23):
        client.get("/admin/")


def test_the_home_page_leads_back_to_words_that_were_never_saved() -> None:
    reporter, story = make_user("Reporter"), make_story(headline="The ferry")
    left = timezone.now() - timedelta(hours=1)

    def keep(**values: Any) -> Sitting:
        fields = {"by": reporter, "opened_at": left, "seen_at": left, "kept_at": left} | values
        return Sitting.objects.create(key=f"window-{Sitting.objects.count()}", **fields)

    new = keep(typed={"headline": "Not one word lost"})
    begun = keep(story=story, version=1, typed={"body": "<p>More</p>"})
    keep(by=make_user("Reporter"), typed={"headline": "Somebody else's"})
    keep(seen_at=timezone.now(), typed={"headline": "Still being written"})
    page = words(enter(reporter).get("/admin/"))
    assert "Not one word lost" in page
    assert f'href="/admin/articles/story/add/?unsaved={new.pk}"' in page
    assert f'href="/admin/articles/story/{story.pk}/change/?unsaved={begun.pk}"' in page
    assert "Somebody else" not in page
    assert "Still being written" not in page
    assert "You never saved this" not in words(enter("Reporter").get("/admin/"))


def test_the_home_page_says_what_is_scheduled_for_today(clock: TimeMachineFixture) -> None:
    for headline, hours in (("This evening", 6), ("This afternoon", 2), ("The day after", 30)):
        story = make_story(headline=headline, status=Story.Status.SCHEDULED)
        make_edition(story=story, live_from=timezone.now() + timedelta(hours=hours))
    page = words(enter("Editor").get("/admin/"))
    pile = page[page.index("Scheduled today") : page.index("Latest published")]
    assert pile.index("This afternoon") < pile.index("This evening")
    assert "The day after" not in pile


def test_the_list_of_stories_leads_to_the_bin() -> None:
    make_story(headline="Whale seen", status=Story.Status.SPIKED)
    make_story(headline="Ferry late")
    editor = enter("Editor")
    assert 'href="?status__exact=spiked"' in words(editor.get("/admin/articles/story/"))
    page = words(editor.get("/admin/articles/story/?status__exact=spiked"))
    assert "This is the bin." in page
    assert "Whale seen" in page
    assert "Ferry late" not in page


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
