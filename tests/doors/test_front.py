"""The front page for readers, and the page at the desk that arranges it."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Arrangement, Edition, FrontPage, Slot, Story
from articles.workflow.front import arrange_front_page
from tests.doors.desk import enter, words
from tests.editions import make_edition
from tests.factories import bring_to, make_section, make_user

pytestmark = pytest.mark.django_db

DESK = "/admin/articles/front/"
HOUR = datetime.timedelta(hours=1)


def published(headline: str, hours: int = 1, **fields: object) -> Story:
    at = timezone.now() - hours * HOUR
    story = make_edition(headline=headline, live_from=at, first_live_from=at, **fields).story
    Story.objects.filter(pk=story.pk).update(headline=headline)
    return bring_to(Story.Status.PUBLISHED, story)


def arrange(*slots: Slot, hidden: tuple[str, ...] = ()) -> FrontPage:
    number = FrontPage.objects.arrangement().number
    return arrange_front_page(by=make_user("Editor"), slots=slots, hidden=hidden, number=number)


def lead(client: Client) -> str:
    return client.get("/").context["front"].lead.headline


def test_the_newest_leads_until_somebody_decides(client: Client) -> None:
    old = published("Old", 9)
    published("New", 1)
    assert lead(client) == "New"
    arrange(Slot("lead", old.pk))
    assert lead(client) == "Old"
    arrange()
    assert lead(client) == "New"


def test_each_place_is_filled_and_no_story_stands_twice(client: Client) -> None:
    stories = [published(f"Story {number}", number + 1) for number in range(9)]
    arrange(Slot("lead", stories[8].pk), Slot("second", stories[7].pk), Slot("under", stories[6].pk))
    front = client.get("/").context["front"]
    assert [story.headline for story in front.secondary] == ["Story 7", "Story 0", "Story 1"]
    assert [story.headline for story in front.under_lead] == ["Story 6", "Story 2"]
    top = [front.lead, *front.secondary, *front.under_lead, *front.brief]
    assert len({story.pk for story in top}) == len(top)


def test_a_place_ends_by_itself_and_pages_are_kept_no_longer(client: Client, clock) -> None:
    old = published("Old", 9)
    published("New", 1)
    arrange(Slot("lead", old.pk, timezone.now() + datetime.timedelta(seconds=30)))
    response = client.get("/")
    assert response.context["front"].lead.headline == "Old"
    assert response.headers["Cache-Control"] in ("public, max-age=29", "public, max-age=30")
    clock.shift(31)
    assert lead(client) == "New"


def test_what_readers_cannot_see_leaves_its_place(client: Client) -> None:
    story = published("Going", 1)
    published("Staying", 5)
    arrange(Slot("lead", story.pk))
    Edition.objects.filter(story=story).end(timezone.now())
    response = client.get("/")
    assert response.context["front"].lead.headline == "Staying"
    assert "Going" not in words(response)


def test_a_section_opens_with_the_story_of_an_editor(client: Client) -> None:
    coast = make_section("Coast", position=1)
    old = published("Old", 20, section=coast)
    for number in range(9):
        published(f"Coast {number}", number + 1, section=coast)
    arrange(Slot("section", old.pk))
    blocks = client.get("/").context["front"].blocks
    assert blocks[0].stories[0].headline == "Old"


def test_parts_can_be_left_out(client: Client) -> None:
    for number in range(9):
        published(f"Story {number}", number + 1)
    assert "Most recent" in words(client.get("/"))
    arrange(hidden=("recent",))
    assert "Most recent" not in words(client.get("/"))


def test_an_arrangement_costs_no_more(client: Client) -> None:
    stories = [published(f"Story {number}", number + 1) for number in range(9)]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    plain = cost()
    arrange(*[Slot("second", story.pk) for story in stories[:3]], Slot("lead", stories[8].pk))
    assert cost() == plain


def test_the_same_words_are_set_large_once(client: Client) -> None:
    words = "The gates will close before the water reaches a doorstep."
    make_edition(headline="Asked", quotes=[
        {"speaker_slug": "a", "speaker_name": "Anna", "words": f"You: ‘{words}’", "verification": "verified"}
    ])  # fmt: skip
    make_edition(headline="Said", quotes=[
        {"speaker_slug": "b", "speaker_name": "Berta", "words": words, "verification": "verified"}
    ])  # fmt: skip
    large = client.get("/").content.decode().split('id="on-record"')[1].split("</section>")[0]
    assert "Berta" in large
    assert "Anna" not in large


def test_developing_stories_stand_on_a_page_of_their_own(client: Client) -> None:
    assert "No story is developing" in words(client.get("/developing/"))
    published("Still moving", developing=True)
    published("Settled")
    page = words(client.get("/developing/"))
    assert "Still moving" in page
    assert "Settled" not in page


def test_the_desk_moves_stories_without_storing_anything() -> None:
    editor = enter("Editor")
    one, two = published("One", 1), published("Two", 2)
    page = words(editor.get(DESK))
    assert "The front page fills itself" in page
    page = editor.post(DESK, {"number": "0", "do": f"add:lead:{one.pk}"})
    assert page.context["arrangement"].slots == (Slot("lead", one.pk),)
    assert "Not published yet" in words(page)
    page = editor.post(DESK, {"number": "0", "slot": [f"lead:{one.pk}"], "do": f"add:lead:{two.pk}"})
    assert page.context["arrangement"].slots == (Slot("lead", two.pk),)
    page = editor.post(
        DESK, {"number": "0", "slot": [f"lead:{one.pk}", f"under:{two.pk}"], "do": f"up:{two.pk}"}
    )
    assert page.context["arrangement"].slots == (Slot("lead", two.pk), Slot("under", one.pk))
    page = editor.post(
        DESK, {"number": "0", "slot": [f"lead:{one.pk}", f"second:{two.pk}"], "do": f"out:{one.pk}"}
    )
    assert page.context["arrangement"].slots == (Slot("second", two.pk),)
    assert not FrontPage.objects.exists()


def test_the_desk_publishes_with_a_time(client: Client) -> None:
    editor, story = enter("Editor"), published("One")
    published("Two", 0)
    form = {
        "number": "0",
        "slot": f"lead:{story.pk}",
        f"until-{story.pk}": "2099-05-01T18:00",
        "do": "publish",
    }
    assert editor.post(DESK, form).status_code == 302
    slot = FrontPage.objects.arrangement().slots[0]
    assert timezone.localtime(slot.until).strftime("%Y-%m-%d %H:%M") == "2099-05-01 18:00"
    assert lead(client) == "One"


def test_of_two_editors_the_second_is_told_and_loses_nothing() -> None:
    story, editor = published("One"), enter("Editor")
    arrange()
    page = editor.post(DESK, {"number": "0", "slot": f"lead:{story.pk}", "do": "publish"})
    assert "Somebody else arranged the front page" in words(page)
    assert page.context["arrangement"] == Arrangement((Slot("lead", story.pk),), (), 1)
    again = {"number": "1", "slot": f"lead:{story.pk}", "do": "publish"}
    assert editor.post(DESK, again).status_code == 302


def test_stories_are_found_by_their_words() -> None:
    editor = enter("Editor")
    published("One")
    assert [story.headline for story in editor.post(DESK, {"do": "find"}).context["offered"]] == ["One"]
    assert "holds these words" in words(editor.post(DESK, {"do": "find", "q": "zeppelin"}))


@pytest.mark.parametrize("role", ["Reporter", "Auditor", "Administrator"])
def test_others_do_not_arrange(role: str) -> None:
    assert enter(role).get(DESK).status_code == 403
    assert enter(role).get("/preview/front/").status_code == 403


def test_the_preview_shows_what_would_be_and_is_not_kept(client: Client) -> None:
    old = published("Old", 9)
    published("New", 1)
    page = enter("Editor").get("/preview/front/", {"slot": f"lead:{old.pk}"})
    assert page.context["front"].lead.headline == "Old"
    assert "This is not published" in words(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert client.get("/preview/front/").status_code == 302


@pytest.mark.parametrize(
    "deed", ["", "up:", "up:x", "add:nowhere:1", "add:lead:", "out:99999999999999999999", "down:5"]
)
def test_odd_buttons_change_nothing(deed: str) -> None:
    page = enter("Editor").post(DESK, {"number": "x", "slot": ["lead:1", "no"], "do": deed})
    assert page.context["arrangement"].slots == (Slot("lead", 1),)


def test_no_page_is_kept_over_midnight(client: Client, clock) -> None:
    published("New", 1)
    clock.move_to(
        datetime.datetime(2026, 5, 12, 22, 59, 40, tzinfo=datetime.UTC)
    )  # 20 seconds before, in London
    assert client.get("/").headers["Cache-Control"] == "public, max-age=20"
