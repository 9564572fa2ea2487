"""Comments at the desk: the panel, the page without JavaScript, and that no reader sees a word."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Comment, Story, Thread
from articles.workflow.comments import open_thread, reply, resolve_thread
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.preview import share_preview
from articles.workflow.publish import publish_story
from tests.doors.desk import enter, words
from tests.factories import make_quoting_story, make_section, make_story, make_user

pytestmark = pytest.mark.django_db

BODY = "<p>Seven boats were in the basin when the council rose.</p>"


def page(story: Story, name: str = "change") -> str:
    return f"/admin/articles/story/{story.pk}/{name}/"


def say(client: Client, story: Story, **typed: Any) -> Any:
    return client.post(page(story, "comments"), {"do": "open", "text": "Who counted?"} | typed)


class TestWithoutJavaScript:
    def test_a_comment_on_words_is_said_answered_edited_and_resolved(self) -> None:
        story = make_story(body=BODY)
        client = enter("Editor")
        response = say(client, story, words="Seven boats", back="story")
        thread = Thread.objects.get()
        assert response.url == f"{page(story)}#thread-{thread.pk}"
        assert "Who counted?" in words(client.get(page(story)))
        say(client, story, do="reply", thread=thread.pk, text="The harbour master.")
        comment = thread.comments.last()
        say(client, story, do="edit", comment=comment.pk, text="The harbour master did.")
        response = say(client, story, do="resolve", thread=thread.pk)
        assert response.url == f"{page(story, 'comments')}#thread-{thread.pk}"
        shown = words(client.get(page(story, "comments")))
        assert "The harbour master did." in shown
        assert "Resolved by" in shown
        say(client, story, do="delete", comment=comment.pk)
        shown = words(client.get(page(story, "comments")))
        assert "The harbour master did." not in shown
        assert "Deleted." in shown

    def test_what_was_typed_is_still_there_after_a_refusal(self) -> None:
        story, client = make_story(body=BODY), enter("Editor")
        thread = open_thread(story, by=make_user("Editor"), text="Who?").thread
        resolve_thread(thread, by=make_user("Editor"))
        other = open_thread(story, by=make_user("Editor"), text="When?").thread
        typed = {"do": "edit", "comment": other.comments.get().pk, "text": "Not mine to edit."}
        response = say(client, story, **typed)
        assert "somebody else" in words(response)
        response = say(client, story, words="Seven boats", text="   ")
        assert 'value="Seven boats"' in words(response)
        assert "The comment is empty." in words(response)

    def test_a_thread_says_that_its_words_changed_or_are_gone(self) -> None:
        story, editor = make_story(body=BODY), make_user("Editor")
        open_thread(story, by=editor, text="Who?", words="Seven boats were in the basin")
        client = enter(editor)
        for body, told in [
            (BODY.replace("Seven", "Nine"), "Now: “Nine boats were in the basin”"),
            ("<p>All is quiet.</p>", "The words it was about are no longer in the text."),
        ]:
            story.refresh_from_db()
            edit = replace(StoryEdit.of(story), body=body)
            save_story(story, by=editor, edit=edit, version=story.version)
            shown = words(client.get(page(story, "comments")))
            assert told in shown
            assert "“Seven boats were in the basin”" in shown

    def test_the_page_shows_the_text_with_its_passages(self) -> None:
        story, editor = make_story(body=BODY), make_user("Editor")
        inside = open_thread(story, by=editor, text="Inside?", words="boats").thread
        outer = open_thread(story, by=editor, text="Who?", words="Seven boats").thread
        shown = words(enter(editor).get(page(story, "comments")))
        link = f'<a class="passage" href="#thread-{outer.pk}">Seven boats</a> were in the basin'
        assert link in shown
        assert f'href="#thread-{inside.pk}"' not in shown

    def test_words_that_are_not_in_the_text_are_kept_with_a_warning(self) -> None:
        story, client = make_story(body=BODY), enter("Editor")
        response = client.get(say(client, story, words="Eight boats").url)
        assert "These words are not in the saved text." in words(response)

    def test_a_name_that_is_nobodys_is_told(self) -> None:
        story, client = make_story(body=BODY), enter("Editor")
        assert "@zoe" in words(client.get(say(client, story, text="Ask @zoe.").url))

    def test_an_empty_page_says_what_it_is_for(self) -> None:
        assert "Readers never see" in words(enter("Editor").get(page(make_story(), "comments")))


class TestScripted:
    def post(self, client: Client, story: Story, **typed: Any) -> Any:
        typed = {"do": "open", "text": "Who counted?"} | typed
        return client.post(page(story, "comments"), typed, headers={"accept": "application/json"})

    def test_the_panel_comes_again_with_the_thread(self) -> None:
        story, client = make_story(body=BODY), enter("Editor")
        answer = self.post(client, story, words="Seven boats", near="3").json()
        assert f'id="thread-{answer["thread"]}"' in answer["html"]
        assert 'data-start="0"' in answer["html"]
        again = client.get(page(story, "comments"), headers={"accept": "application/json"}).json()
        assert "Who counted?" in again["html"]

    def test_a_refusal_is_a_sentence(self) -> None:
        answer = self.post(enter("Editor"), make_story(), text="")
        assert (answer.status_code, answer.json()["refused"][:22]) == (400, "The comment is empty. ")

    def test_the_list_of_people_has_who_may_read_stories(self) -> None:
        make_user("", username="visitor")
        editor = make_user("Editor", username="mara", first_name="Mara", last_name="Holt")
        answer = enter(editor).get("/admin/articles/story/people/").json()
        assert answer["people"] == [{"name": "mara", "full": "Mara Holt"}]


@pytest.mark.parametrize("role", ["Auditor", "Administrator"])
def test_who_only_reads_sees_comments_and_no_forms(role: str) -> None:
    story = make_story(body=BODY)
    open_thread(story, by=make_user("Editor"), text="Who counted?")
    client = enter(role)
    shown = words(client.get(page(story)))
    assert "Who counted?" in shown
    assert 'name="text"' not in shown
    refused = say(client, story)
    assert "but not write any" in words(refused)
    assert client.get("/admin/articles/story/people/").status_code == 403
    assert Comment.objects.count() == 1


def test_without_a_role_there_is_nothing() -> None:
    story, client = make_story(), enter("")
    assert client.get(page(story, "comments")).status_code == 403
    assert say(client, story).status_code == 403


@pytest.mark.parametrize("typed", [{"do": "reply", "thread": "1"}, {"do": "edit"}, {"do": "nothing"}])
def test_what_is_not_there_is_not_found(typed: dict[str, str]) -> None:
    other = make_story(headline="Another")
    open_thread(other, by=make_user("Editor"), text="Elsewhere.")
    assert say(enter("Editor"), make_story(), **typed).status_code == 404


def test_what_was_typed_is_shown_as_text() -> None:
    story, client = make_story(body=BODY), enter("Editor")
    say(client, story, text="<script>alert(1)</script> @mara", words="Seven boats")
    shown = client.get(page(story)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_comments_cost_two_queries_however_many_there_are() -> None:
    story, editor = make_story(body=BODY), make_user("Editor")
    client = enter(editor)
    counts = []
    for number in (0, 1, 6):
        for _each in range(number):
            thread = open_thread(story, by=editor, text="One.", words="Seven boats").thread
            reply(thread, by=make_user("Reporter"), text="Two.")
        client.get(page(story))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(story)).status_code == 200
        counts.append(len(queries))
        asked = [query["sql"] for query in queries if "articles_thread" in query["sql"]]
        assert len(asked) <= 2
    assert counts[1] == counts[2] <= counts[0] + 1


def test_no_reader_sees_what_the_desk_says(client: Client) -> None:
    canary = "quokkazephyr"
    editor = make_user("Managing editor")
    story = make_story(body=BODY, section=make_section(), status="approved", approved_by=editor)
    thread = open_thread(story, by=editor, text=f"{canary} one", words="Seven boats").thread
    reply(thread, by=editor, text=f"{canary} two")
    link = share_preview(story, by=editor, recipient="counsel", lasts=timedelta(days=1))
    edition = publish_story(story, by=editor)
    stored = json.dumps([str(getattr(edition, field.attname)) for field in edition._meta.concrete_fields])
    assert canary not in stored
    pages = [
        "/",
        edition.get_absolute_url(),
        reverse("articles:feed"),
        "/sitemap.xml",
        link.get_absolute_url(),
    ]
    for address in pages:
        response = client.get(address, follow=True)
        assert response.status_code == 200
        assert canary not in response.content.decode(), address
    found = client.get("/search/", {"q": canary}).content.decode()
    assert "Nothing that is published holds all of these words." in found
    assert canary not in enter(editor).get("/admin/articles/event/").content.decode()


def test_a_quote_gathers_what_was_said_about_its_words() -> None:
    story = make_quoting_story()
    use, client = story.quotations.get(), enter("Editor")
    record = f"/admin/articles/quote/{use.quote_id}/change/"
    assert "Nobody has said anything about these words here." in words(client.get(record))
    typed = {"words": use.segments[0], "near": use.spans[0][0], "back": "quote", "quote": use.quote_id}
    assert say(client, story, **typed).url == f"{record}#comments-on-quote"
    say(client, story, text="About all of it.")
    shown = words(client.get(record))
    assert "Who counted?" in shown
    assert "About all of it." not in shown
    assert f"/comments/#thread-{Thread.objects.order_by('pk').first().pk}" in shown
    assert "comments-on-quote" not in words(enter("").get(record))


def test_a_window_hears_of_what_others_say() -> None:
    story, client = make_story(body=BODY), enter("Editor")
    sign = {"key": "w" * 24, "version": story.version}
    before = client.post(page(story, "sitting"), sign).json()["said"]
    open_thread(story, by=make_user("Reporter"), text="Who counted?")
    now = client.post(page(story, "sitting"), sign).json()["said"]
    assert now > before
    ask = {"headers": {"Accept": "application/json"}}
    assert "Who counted?" in client.get(f"{page(story, 'comments')}?since={before}", **ask).json()["html"]
    assert client.get(f"{page(story, 'comments')}?since={now}", **ask).json() == {"said": now}
