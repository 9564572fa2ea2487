"""What is typed is kept before it is saved, and people at one story know of each other."""

import datetime
import json
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Sitting, Story
from articles.workflow.errors import NotAllowed
from articles.workflow.sittings import drop_typed
from tests.doors.desk import enter, typed, words
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db

WINDOW = "0123456789abcdef"


def url(story: Story | None, rest: str = "change/") -> str:
    return f"/admin/articles/story/{story.pk}/{rest}" if story else f"/admin/articles/story/{rest}"


def sit(client: Client, story: Story | None = None, key: str = WINDOW, **post: Any) -> dict[str, Any]:
    response = client.post(
        url(story, "sitting/"), {"key": key, "version": story.version if story else 0} | post
    )
    assert response.status_code == 200, response.content
    return response.json()


def kept(**fields: str) -> str:
    return json.dumps(fields)


def test_words_that_are_not_valid_yet_are_kept_and_come_back() -> None:
    story, client = make_story(headline="Old"), enter("Editor")
    assert sit(client, story, typed=kept(headline="Half a headl", slug="Not A Slug!", body="<p>Hm</p>"))[
        "kept"
    ]
    page = client.get(url(story))
    (offer,) = page.context["unsaved"]
    assert "never saved" in words(page)
    form = client.get(url(story), {"unsaved": offer.pk}).context["form"]
    assert form["headline"].value() == "Half a headl"
    assert form["slug"].value() == "Not A Slug!"
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Old", 1)


def test_a_story_that_was_never_saved_is_kept_too() -> None:
    client = enter("Reporter")
    assert sit(client, typed=kept(headline="A story begins"))["kept"]
    (offer,) = client.get(url(None, "add/")).context["unsaved"]
    form = client.get(url(None, "add/"), {"unsaved": offer.pk}).context["form"]
    assert form["headline"].value() == "A story begins"


def test_saving_ends_it_and_a_late_sign_of_life_brings_nothing_back() -> None:
    story, client = make_story(), enter("Editor")
    late = kept(headline="New")
    sit(client, story, typed=late)
    client.post(url(story), typed(story, headline="New", window=WINDOW))
    assert sit(client, story, typed=late)["kept"] is None
    assert list(client.get(url(story)).context["unsaved"]) == []


def test_saving_a_new_story_ends_it_too() -> None:
    client = enter("Editor")
    sit(client, typed=kept(headline="New"))
    client.post(url(None, "add/"), typed(headline="New", window=WINDOW))
    assert sit(client, typed=kept(headline="New"))["kept"] is None
    assert list(client.get(url(None, "add/")).context["unsaved"]) == []


def test_kept_words_began_with_a_version_and_are_merged_with_what_was_saved_since() -> None:
    story, client = make_story(headline="One", dek="Old"), enter("Editor")
    sit(client, story, typed=kept(**{**_strings(typed(story)), "headline": "Mine"}))
    enter("Editor").post(url(story), typed(story, dek="Theirs"))
    (offer,) = client.get(url(story)).context["unsaved"]
    form = client.get(url(story), {"unsaved": offer.pk}).context["form"]
    assert form["version"].value() == "1"
    response = client.post(url(story), _strings(form.data.dict()) | {"window": WINDOW})
    assert response.context["form"]["dek"].value() == "Theirs"
    assert response.context["form"]["headline"].value() == "Mine"


def _strings(fields: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in fields.items() if value is not None}


def test_nobody_reads_or_drops_what_somebody_else_typed() -> None:
    story, author = make_story(), make_user("Editor")
    sit(enter(author), story, typed=kept(headline="Private"))
    row = Sitting.objects.get()
    other = make_user("Editor")
    client = enter(other)
    assert "Private" not in words(client.get(url(story), {"unsaved": row.pk}))
    assert client.post(url(story), {"_drop": row.pk}).status_code == 404
    with pytest.raises(NotAllowed):
        drop_typed(row, by=other)
    assert enter(author).post(url(story), {"_drop": row.pk}).status_code == 302
    assert not Sitting.objects.exists()


def people() -> tuple[Story, User, Client, Client]:
    first = make_user("Editor", first_name="Wim", last_name="Taal")
    return make_story(), first, enter(first), enter("Editor")


def test_two_people_know_of_each_other_and_one_takes_over() -> None:
    story, _first, one, two = people()
    assert sit(one, story, "window-of-wim")["others"] == []
    (sentence,) = sit(two, story)["others"]
    assert sentence.startswith("Wim Taal has this story open")
    sit(one, story, "window-of-wim", typed=kept(headline="Now"))
    assert sit(two, story)["others"][0].startswith("Wim Taal is writing here")
    assert sit(two, story, take="1")["others"] == []
    assert "has taken this story over" in sit(one, story, "window-of-wim")["taken"]
    assert "taken" not in sit(one, story, "window-of-wim", take="1")
    assert "Wim Taal has taken this story over" in sit(two, story)["taken"]


def test_a_window_that_is_silent_or_closed_is_nobody() -> None:
    story, _first, one, two = people()
    sit(one, story, "window-of-wim")
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=60)):
        assert sit(two, story)["others"] == []
    sit(one, story, "window-of-wim")
    one.post(url(story, "sitting/"), {"key": "window-of-wim", "gone": "1"})
    assert sit(two, story)["others"] == []


def test_a_closed_window_keeps_its_unsaved_words() -> None:
    story, first, one, _two = people()
    sit(one, story, "window-of-wim", typed=kept(headline="Now"))
    one.post(url(story, "sitting/"), {"key": "window-of-wim", "gone": "1"})
    assert Sitting.objects.of(first).unsaved().get().typed == {"headline": "Now"}


def test_a_newer_version_is_told_while_typing_and_ones_own_save_is_none() -> None:
    story, _first, one, two = people()
    sit(two, story)
    one.post(url(story), typed(story, headline="Newer"))
    assert sit(two, story)["newer"].startswith("Wim Taal saved version 2")
    story.refresh_from_db()
    assert "newer" not in sit(one, story, "a-new-window")


def test_who_may_not_write_is_told_and_nothing_is_kept() -> None:
    story = make_story()
    assert "refused" in sit(enter("Reporter"), story, typed=kept(headline="No"))
    assert enter("").post(url(story, "sitting/"), {"key": WINDOW}).status_code == 403
    assert "refused" in sit(enter("Auditor"), typed=kept(headline="No"))
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("typed_text", ["{", "[]", '"x"', "", '{"a": "\\u0000\\ud800"}'])
def test_odd_input_is_answered(typed_text: str) -> None:
    assert "others" in sit(enter("Editor"), make_story(), typed=typed_text, version="x")


@pytest.mark.parametrize("key", ["", "short", "UPPER-CASE-KEY", "x" * 50])
def test_a_window_without_a_proper_name_is_refused(key: str) -> None:
    response = enter("Editor").post(url(make_story(), "sitting/"), {"key": key, "version": "1"})
    assert response.status_code == 400
    assert "Reload the page" in response.json()["refused"]


def test_too_much_is_refused() -> None:
    typed_text = kept(body="x" * 5_000_001)
    response = enter("Editor").post(
        url(None, "sitting/"), {"key": WINDOW, "version": "0", "typed": typed_text}
    )
    assert response.status_code == 400


def test_a_token_is_handed_out_for_forms_that_outlived_their_log_in() -> None:
    assert enter("Editor").get(url(None, "sitting/")).json()["token"]


def test_a_sign_of_life_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    story, client = make_story(), enter("Editor")
    for number in range(6):
        sit(enter("Editor"), story, f"window-{number}-x")
    sit(client, story)
    with django_assert_max_num_queries(14):
        sit(client, story, typed=kept(headline="New"))


def test_only_who_asks_for_kept_words_hears_that_they_are_gone() -> None:
    enter_here, story = enter("Editor"), make_story()
    gone = "These words were saved or thrown away meanwhile."
    page = f"/admin/articles/story/{story.pk}/change/"
    assert gone not in words(enter_here.get(page))
    assert gone in words(enter_here.get(page, {"unsaved": "977"}))
