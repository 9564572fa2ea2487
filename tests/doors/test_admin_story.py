"""The page of a story: saving, refusals that lose nothing, two editors at once, steps, and who may what."""

import pytest

from articles.models import Byline, Edition, Event, Quotation, Quote, Story
from tests.doors.desk import enter, typed, words
from tests.factories import (
    WORDS,
    make_author,
    make_quotation,
    make_quoting_story,
    make_section,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def url(story: Story, rest: str = "change/") -> str:
    return f"/admin/articles/story/{story.pk}/{rest}"


def test_a_new_story_is_made_from_the_form() -> None:
    reporter = make_user("Reporter")
    section, author = make_section("Council"), make_author("Wim Taal")
    fields = typed(
        headline="Ferry runs again", body="<p>It runs.</p><script>x</script>", section=section.pk,
        authors_0=author.pk, topics="ferry, islands",
    )  # fmt: skip
    response = enter(reporter).post("/admin/articles/story/add/", fields)
    story = Story.objects.get()
    assert response.headers["Location"] == url(story)
    assert (story.headline, story.slug, story.owner) == ("Ferry runs again", "ferry-runs-again", reporter)
    assert story.body == "<p>It runs.</p>"
    assert [row.author for row in story.bylines.all()] == [author]
    assert sorted(topic.name for topic in story.topics.all()) == ["ferry", "islands"]


def test_an_incomplete_story_is_saved_all_the_same() -> None:
    assert (
        enter("Reporter").post("/admin/articles/story/add/", typed(body="<p>Half a</p>")).status_code == 302
    )
    assert Story.objects.get().body == "<p>Half a</p>"


def test_bylines_keep_the_order_of_the_form() -> None:
    story = make_story()
    first, second = make_author("Wim Taal"), make_author("Ada Quist")
    enter("Editor").post(url(story), typed(story, authors_0=second.pk, authors_1=first.pk))
    rows = Byline.objects.filter(story=story).order_by("position")
    assert [row.author for row in rows] == [second, first]


def test_saving_makes_a_new_version_and_saving_nothing_does_not() -> None:
    story = make_story()
    client = enter("Editor")
    client.post(url(story), typed(story, headline="Another headline"))
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Another headline", 2)
    client.post(url(story), typed(story))
    story.refresh_from_db()
    assert story.version == 2


def test_a_field_that_is_wrong_keeps_everything_that_was_typed() -> None:
    story = make_story()
    fields = typed(story, headline="New words", body="<p>New body</p>", slug="not a slug")
    response = enter("Editor").post(url(story), fields)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors["slug"]
    assert form["headline"].value() == "New words"
    assert form["body"].value() == "<p>New body</p>"
    story.refresh_from_db()
    assert story.version == 1


def test_a_stale_save_shows_both_versions_and_keeps_the_second_in_the_form() -> None:
    story = make_story(headline="The first headline", body="<p>One two three.</p>")
    mine = typed(story, headline="My own headline", body="<p>One two four.</p>")
    other = make_user("Editor", first_name="Wim", last_name="Taal")
    enter(other).post(url(story), typed(story, headline="Their headline"))
    client = enter("Editor")
    response = client.post(url(story), mine)
    page = words(response)
    assert response.status_code == 200
    assert "Wim Taal saved version 2" in page
    assert "<del>Their</del>" in page
    assert "<ins>My own</ins>" in page
    assert response.context["form"]["headline"].value() == "My own headline"
    assert response.context["form"]["body"].value() == "<p>One two four.</p>"
    story.refresh_from_db()
    assert story.headline == "Their headline"
    # Deliberately on top of the newer version.
    assert (
        client.post(url(story), mine | {"version": response.context["form"]["version"].value()}).status_code
        == 302
    )
    story.refresh_from_db()
    assert (story.headline, story.version) == ("My own headline", 3)


FIELDS = ["headline", "body:0", "topics", "author_ids", "section_id", "kicker"]


@pytest.mark.parametrize("place", FIELDS)
def test_where_two_collide_the_saved_one_is_taken_and_the_rest_stays(place: str) -> None:
    story = make_story(headline="One", topics=["harbour"], kicker="Old", body="<p>Old</p><p>Same</p>")
    mine, theirs = (
        typed(
            story, headline=name, body=f"<p>{name}</p><p>Same</p>", topics=name, kicker=name,
            authors_0=make_author(name).pk, section=make_section(name).pk,
        )
        for name in ("Mine", "Theirs")
    )  # fmt: skip
    enter("Editor").post(url(story), theirs)
    client = enter("Editor")
    first = client.post(url(story), mine)
    assert {difference.place for difference in first.context["stale"].differences} == set(FIELDS)
    again = mine | {"version": 2, "_base": 1}
    response = client.post(url(story), again | {"_take": place})
    assert {difference.place for difference in response.context["stale"].differences} == set(FIELDS) - {place}
    assert client.post(url(story), again | {"_take": "nowhere:9"}).status_code == 200


def test_what_each_changed_alone_goes_together_and_nothing_is_saved_by_itself() -> None:
    story = make_story(headline="One", dek="Old", body="<p>a</p><p>b</p><p>c</p>", developing=False)
    mine = typed(story, headline="Mine", body="<p>A</p><p>b</p><p>c</p>")
    theirs = typed(story, dek="New", body="<p>a</p><p>b</p><p>C</p>", developing="on")
    enter("Editor").post(url(story), theirs)
    response = enter("Editor").post(url(story), mine)
    form, stale = response.context["form"], response.context["stale"]
    assert form["body"].value() == "<p>A</p><p>b</p><p>C</p>"
    assert (form["headline"].value(), form["dek"].value()) == ("Mine", "New")
    assert form["developing"].value() is True
    assert stale.differences == []
    assert stale.taken == ["Dek", "Developing", "1 paragraph of the body"]
    assert "Nothing collides" in words(response)
    story.refresh_from_db()
    assert story.version == 2


def test_both_versions_of_a_paragraph_can_stay() -> None:
    story = make_story(body="<p>a</p><p>b</p>")
    mine = typed(story, body="<p>a</p><p>mine</p>")
    enter("Editor").post(url(story), typed(story, body="<p>a</p><p>theirs</p>"))
    taken = mine | {"version": 2, "_base": 1, "_take": "body:0+"}
    response = enter("Editor").post(url(story), taken)
    assert response.context["form"]["body"].value() == "<p>a</p><p>mine</p><p>theirs</p>"


def test_a_reporter_reads_the_story_of_somebody_else_and_cannot_change_it() -> None:
    story = make_story(headline="Not yours")
    client = enter("Reporter")
    page = words(client.get(url(story)))
    assert "Not yours" in page
    assert 'id="story-form"' not in page
    story.refresh_from_db()
    assert story.headline == "Not yours"


def test_words_typed_while_the_story_left_the_desk_stay_on_the_screen_with_the_reason() -> None:
    reporter = make_user("Reporter")
    story = make_story(owner=reporter, status=Story.Status.APPROVED)
    response = enter(reporter).post(url(story), typed(story, body="<p>An hour of work.</p>"))
    assert response.status_code == 200
    assert response.context["form"]["body"].value() == "<p>An hour of work.</p>"
    assert "Your story has left your desk." in words(response)
    story.refresh_from_db()
    assert "An hour of work." not in story.body


def test_an_auditor_sees_the_story_and_no_button() -> None:
    story = make_quoting_story()
    page = words(enter("Auditor").get(url(story)))
    assert WORDS in page
    assert "data-save" not in page
    assert "/step/" not in page


def test_the_gate_lists_what_is_in_the_way_with_the_way_there_and_its_page() -> None:
    story = make_quoting_story(Quote.Verification.UNVERIFIED, headline="")
    page = words(enter("Editor").get(url(story)))
    assert "in the way" in page
    assert 'href="#id_headline"' in page
    assert 'href="/admin/articles/gate/#G' in page
    assert f'href="#quotation-{story.quotations.get().pk}"' in page


def test_pressing_a_step_saves_first_and_then_asks() -> None:
    reporter = make_user("Reporter")
    story = make_story(owner=reporter)
    client = enter(reporter)
    response = client.post(url(story), typed(story, headline="Newer") | {"_then": "submit"})
    assert response.headers["Location"] == url(story, "step/submit/")
    story.refresh_from_db()
    assert story.headline == "Newer"
    client.post(url(story, "step/submit/"), {"version": story.version})
    story.refresh_from_db()
    assert story.status == Story.Status.IN_REVIEW


def test_a_step_confirmed_on_an_old_page_is_refused_with_a_sentence() -> None:
    story = make_story(status=Story.Status.IN_REVIEW)
    response = enter("Editor").post(url(story, "step/approve/"), {"version": story.version + 1})
    assert response.status_code == 200
    assert "Reload the page" in words(response)


def test_a_story_is_published_and_corrected_from_the_desk() -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    client = enter("Editor")
    client.post(url(story, "step/publish/"), {"version": story.version})
    story.refresh_from_db()
    assert story.status == Story.Status.PUBLISHED
    client.post(url(story), typed(story, headline="A better headline"))
    story.refresh_from_db()
    missing = client.post(
        url(story, "step/correct/"), {"version": story.version, "kind": "correction", "note": ""}
    )
    assert missing.status_code == 200
    note = "The headline named the wrong lighthouse."
    client.post(url(story, "step/correct/"), {"version": story.version, "kind": "correction", "note": note})
    assert Edition.objects.open().get(story=story).change_note == note


def test_a_closed_gate_leads_back_to_the_panel() -> None:
    story = make_quoting_story(Quote.Verification.UNVERIFIED, status=Story.Status.APPROVED)
    response = enter("Editor").post(url(story, "step/publish/"), {"version": story.version})
    assert response.headers["Location"] == url(story) + "#gate"
    assert not Edition.objects.exists()


def test_a_story_is_scheduled_in_the_time_of_the_newsroom() -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    client = enter("Editor")
    page = words(client.get(url(story, "step/schedule/")))
    assert "Europe/London" in page
    client.post(url(story, "step/schedule/"), {"version": story.version, "at": "2037-07-01T08:30"})
    story.refresh_from_db()
    assert story.status == Story.Status.SCHEDULED
    assert Edition.objects.get().live_from.isoformat() == "2037-07-01T07:30:00+00:00"


def test_a_reason_that_is_missing_is_asked_for_and_what_was_typed_stays() -> None:
    story = make_story(status=Story.Status.IN_REVIEW)
    response = enter("Editor").post(url(story, "step/return/"), {"version": story.version, "reason": " "})
    assert response.status_code == 200
    assert response.context["form"].errors["reason"]
    refused = enter("Reporter").post(
        url(story, "step/return/"), {"version": story.version, "reason": "Too long."}
    )
    assert "Too long." in words(refused)


def test_a_managing_editor_sets_a_blocker_aside_with_a_reason() -> None:
    story = make_quoting_story(Quote.Verification.UNVERIFIED)
    client = enter("Managing editor")
    page = client.get(url(story))
    item = next(item for item in page.context["blockers"] if item.finding.overridable)
    where = url(story, f"override/?code={item.finding.code}&place={item.finding.place}")
    assert client.post(where, {"reason": ""}).status_code == 200
    assert client.post(where, {"reason": "The recording is with the court."}).status_code == 302
    assert story.overrides.get().reason == "The recording is with the court."
    assert "The recording is with the court." in words(client.get(url(story)))
    assert enter("Editor").get(where).status_code == 403


def test_a_reason_for_a_blocker_that_is_gone_stays_in_the_form() -> None:
    story = make_quoting_story()
    where = url(story, "override/?code=G208&place=quote:gone")
    client = enter("Managing editor")
    assert client.get(where).status_code == 302
    response = client.post(where, {"reason": "The recording is with the court."})
    assert "The recording is with the court." in words(response)
    assert "no longer stops this story" in words(response)


def test_words_that_are_no_quotation_are_set_aside_from_their_card() -> None:
    story = make_story(body="<p>He called it “a catastrophe” on Tuesday.</p>")
    quotation = make_quotation(story, segments=["a catastrophe"], kind="partial", spans=[[14, 27]])
    enter("Editor").post(url(story), typed(story) | {"_then": f"dismiss:{quotation.pk}"})
    quotation.refresh_from_db()
    assert quotation.state == Quotation.State.DISMISSED


def test_the_history_of_a_story_is_on_its_page() -> None:
    story = make_story()
    client = enter("Editor")
    client.post(url(story), typed(story, headline="Changed"))
    assert Event.objects.filter(story=story).exists()
    assert "saved the story: headline" in words(client.get(url(story)))
    assert client.get(url(story, "history/")).status_code == 200


def test_a_story_that_does_not_exist_is_a_404() -> None:
    assert enter("Editor").get("/admin/articles/story/999999/change/").status_code == 404
    assert enter("Editor").get("/admin/articles/story/abc/change/").status_code == 404
