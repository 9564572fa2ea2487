"""What the body editor asks: what can be put in, what is pasted, and how the text reads."""

import json

import pytest
from django.urls import reverse

from articles.models import Edition, Quote, Story
from articles.templatetags.quotes import marked_body, plain_body
from articles.workflow.find import index_records
from articles.workflow.publish import publish_story
from tests.doors.desk import enter
from tests.factories import (
    WORDS,
    bring_to,
    make_image,
    make_quoting_story,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/story/elements/"


def items(role: str = "Reporter", **query: object) -> list[dict[str, str]]:
    return enter(role).get(LIST, query).json()["items"]


def test_pictures_are_the_newest_or_those_found() -> None:
    ferry, tower = make_image(title="Ferry at dusk"), make_image(title="Tower", alt="")
    index_records([ferry, tower])
    assert [each["title"] for each in items(kind="picture")] == ["Tower", "Ferry at dusk"]
    assert [each["ref"] for each in items(kind="picture", q="ferry")] == [str(ferry.pk)]
    assert items(kind="picture", ref=tower.pk)[0]["beside"].startswith("no alt text yet")
    assert items(kind="picture", ref="1 or 1") == items(kind="picture", ref=999) == []


def test_pull_quotes_are_those_of_the_story() -> None:
    story = make_quoting_story()
    make_quoting_story(words="Another story says this.")
    (item,) = items(kind="pull", story=story.pk)
    assert item == {
        "ref": story.quotations.get().quote.key,
        "title": f"“{WORDS}”",
        "beside": "Ilse Marrow · verified",
    }
    assert items(kind="pull", story=story.pk, q="nothing like it") == []
    assert items(kind="pull", story="x") == items(kind="pull") == []


def test_links_are_to_stories_and_speakers_by_the_address_that_readers_use() -> None:
    story, planned = make_quoting_story(headline="Ferry runs"), make_story(headline="Ferry sold")
    spiked = make_story(headline="Ferry spiked", status=Story.Status.SPIKED)
    speaker, unnamed = make_speaker("Ferry Olsen"), make_speaker("Ferry clerk", unnamed=True)
    index_records([story, planned, spiked, speaker, unnamed])
    edition = publish_story(bring_to(Story.Status.APPROVED, story), by=make_user())
    Story.objects.filter(pk=story.pk).update(slug="ferry-moved")
    found = {each["title"]: (each["ref"], each["beside"]) for each in items(kind="link", q="ferry")}
    assert found == {
        "Ferry runs": (edition.get_absolute_url(), "story"),
        "Ferry sold": (f"/harbour/{planned.slug}/", "story, not published yet"),
        "Ferry Olsen": (f"/speakers/{speaker.slug}/", "speaker"),
    }
    assert items(kind="link") == []


def test_nothing_is_listed_for_who_may_not_see_it() -> None:
    make_image()
    assert items(role="", kind="picture") == []
    assert items(kind="secrets") == []
    assert enter("").post("/admin/articles/story/typeset/", {"html": "a"}).status_code == 403


def test_lists_ask_the_same_however_much_is_found(django_assert_max_num_queries) -> None:
    stories = [make_story(headline=f"Ferry {number}") for number in range(12)]
    index_records([*stories, *[make_speaker(f"Ferry Olsen {number}") for number in range(12)]])
    client = enter("Reporter")
    with django_assert_max_num_queries(10):
        assert len(client.get(LIST, {"kind": "link", "q": "ferry"}).json()["items"]) == 24


def test_what_is_pasted_comes_back_clean() -> None:
    client = enter("Reporter")
    answer = client.post(
        "/admin/articles/story/clean-paste/", {"html": "<p class=MsoNormal>a<script>b</script>"}
    )
    assert answer.json() == {"html": "<p>a</p>"}
    assert client.get("/admin/articles/story/clean-paste/").status_code == 405


def test_a_body_is_typeset_in_the_language_of_the_paper(settings) -> None:
    settings.LANGUAGE_CODE = "de"
    answer = enter("Reporter").post("/admin/articles/story/typeset/", {"html": '<p>"Ja"</p>'})
    assert answer.json() == {"html": "<p>„Ja“</p>"}


def test_the_editor_is_told_how_the_text_reads() -> None:
    answer = enter("Reporter").post(
        reverse("admin:articles_story_read_new"), {"body": f"<p>{'The dog sat on mats. ' * 20}</p>"}
    )
    assert answer.json()["about"] == (
        "20 sentences · 5 words in each · 1 minute to read · reads easy (Flesch 117 of 100)"
    )


def test_the_editor_has_every_module_and_its_words() -> None:
    page = enter("Editor").get("/admin/articles/story/add/").content.decode()
    config = page.partition('data-django-prose-editor-configurable="')[2].partition('"')[0]
    settings = json.loads(config.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&"))
    assert settings["extensions"]["Elements"]["words"]["note"] == "Footnote"
    assert settings["extensions"]["Typography"]["marks"]["open"] == "“"
    assert len(settings["js_modules"]) == len(set(settings["js_modules"]))


def published(story: Story) -> Edition:
    return publish_story(bring_to(Story.Status.APPROVED, story), by=make_user())


def story_with_all() -> Story:
    story = make_quoting_story()
    key = story.quotations.get().quote.key
    body = (
        f'<p>One<sup data-note="a"></sup>.</p><aside data-pull="{key}"></aside>'
        f'<figure data-picture="{make_image().pk}"></figure><aside data-note="a"><p>Page 4.</p></aside>'
    )
    Story.objects.filter(pk=story.pk).update(body=story.body + body)
    return story


def test_readers_get_all_that_stands_in_a_body(client) -> None:
    page = client.get(published(story_with_all()).get_absolute_url()).content.decode()
    assert page.count(f"“{WORDS}”") >= 2
    assert 'class="pull"' in page
    assert 'class="body-picture"' in page
    assert 'role="doc-endnotes"' in page


@pytest.mark.parametrize("verification", [Quote.Verification.DISPUTED, Quote.Verification.WITHDRAWN])
def test_doubted_words_are_not_set_large(verification: str) -> None:
    edition = published(story_with_all())
    (row,) = edition.quotes.all()
    assert 'class="pull"' in marked_body(edition)
    row.verification = verification
    body = marked_body(edition, [row])
    assert 'class="pull"' not in body
    assert f'data-verification="{verification}"' in body


def test_a_feed_has_the_words_once_and_footnotes_to_read() -> None:
    body = plain_body(published(story_with_all()))
    assert body.count(WORDS) == 1
    assert "One[1]." in body.replace("</a>", "").replace('<a rel="noopener noreferrer">', "")
    assert "Page 4." in body
    assert "Back to the text" not in body
