"""Notifications: who is told of what, who is not, and mail that never stands in the way."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from articles.models import Author, Byline, Event, Notification, Source, Story
from articles.workflow.comments import delete_comment, edit_comment, open_thread, reply, resolve_thread
from articles.workflow.lifecycle import approve_story, return_story, spike_story, submit_story
from articles.workflow.mail import send_letters, write_letters
from articles.workflow.notify import Way, choices_of, choose_ways, read_notifications
from articles.workflow.notify_rules import RULES, excerpt, sentence
from articles.workflow.verify import dispute_quote
from tests.factories import make_quote, make_source, make_story, make_user

pytestmark = pytest.mark.django_db

Kind = Notification.Kind


def told(person: Any) -> list[str]:
    """The kinds of what `person` is told, in the order in which it happened."""
    return list(Notification.objects.filter(to=person).order_by("pk").values_list("kind", flat=True))


class TestComments:
    def test_the_mentioned_the_thread_and_the_owner_are_told_and_once_each(self) -> None:
        owner, mara, jon = make_user("Reporter"), make_user("Editor", username="mara"), make_user("Editor")
        story = make_story(owner=owner)
        thread = open_thread(story, by=jon, text="Look, @mara.").thread
        assert (told(mara), told(owner), told(jon)) == ([Kind.MENTIONED], [Kind.COMMENT], [])
        reply(thread, by=mara, text="@mara talks to herself.")
        assert (told(mara), told(jon)) == ([Kind.MENTIONED], [Kind.REPLY])
        assert told(owner) == [Kind.COMMENT] * 2
        resolve_thread(thread, by=owner)
        assert (told(mara)[-1], told(jon)[-1]) == (Kind.REPLY, Kind.REPLY)

    def test_who_signs_a_story_is_told_as_its_owner_is(self) -> None:
        signer, story = make_user("Reporter"), make_story()
        Byline.objects.create(
            story=story, author=Author.objects.create(name="Wil Fenn", slug="wil", user=signer)
        )
        open_thread(story, by=make_user("Editor"), text="Nice lede.")
        assert told(signer) == [Kind.COMMENT]

    def test_an_edit_tells_whom_it_mentions_anew(self) -> None:
        jon, mara = make_user("Editor"), make_user("Editor", username="mara")
        tove = make_user("Editor", username="tove")
        comment = open_thread(make_story(owner=jon), by=jon, text="@mara, look.")
        edit_comment(comment, by=jon, text="@mara, look. And @tove.")
        assert (told(mara), told(tove)) == ([Kind.MENTIONED], [Kind.MENTIONED])

    def test_who_may_not_read_stories_or_left_is_not_told(self) -> None:
        make_user("", username="visitor")
        make_user("Editor", username="gone", is_active=False)
        jon = make_user("Editor")
        open_thread(make_story(owner=jon), by=jon, text="@visitor @gone @nobody")
        assert not Notification.objects.exists()

    def test_a_deleted_comment_is_in_no_inbox(self) -> None:
        owner, jon = make_user("Reporter"), make_user("Editor")
        comment = open_thread(make_story(owner=owner), by=jon, text="Rash words.")
        row = Notification.objects.with_records().get(to=owner)
        assert excerpt(row) == "Rash words."
        delete_comment(comment, by=jon)
        assert excerpt(Notification.objects.with_records().get(to=owner)) == ""


class TestTheLifeOfAStory:
    def test_editors_hear_of_a_submission_and_the_owner_of_what_comes_of_it(self) -> None:
        owner, editor, auditor = make_user("Reporter"), make_user("Editor"), make_user("Auditor")
        story = make_story(owner=owner)
        submit_story(story, by=owner)
        assert (told(editor), told(auditor), told(owner)) == ([Kind.SUBMITTED], [], [])
        return_story(story, by=editor, reason="Say who voted.")
        row = Notification.objects.with_records().get(to=owner)
        assert (row.kind, excerpt(row)) == (Kind.RETURNED, "Say who voted.")
        assert sentence(row) == f"{editor.get_full_name()} returned your story “{story}”."
        submit_story(story, by=owner)
        approve_story(story, by=editor)
        spike_story(story, by=editor, reason="Overtaken.")
        assert told(owner) == [Kind.RETURNED, Kind.APPROVED, Kind.TAKEN_DOWN]

    def test_telling_everybody_costs_the_same_however_many_they_are(self) -> None:
        counts = []
        for number in (1, 8):
            for _each in range(number):
                make_user("Editor")
            story = make_story()
            with CaptureQueriesContext(connection) as queries:
                submit_story(story, by=story.owner)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestConfidentialSources:
    def test_a_dispute_is_told_to_a_writer_who_may_see_the_source_alone(self) -> None:
        source = make_source("We will keep it.", confidential=True, owner=make_user("Reporter"))
        quote = make_quote(source=source)
        dispute_quote(quote, by=make_user("Managing editor"), reason="Its source denies it.")
        assert told(quote.written_by) == []
        writer = make_user("Reporter")
        known = make_quote(
            "We will keep the pier.",
            source=make_source("x", confidential=True, owner=writer),
            written_by=writer,
        )
        dispute_quote(known, by=make_user("Managing editor"), reason="Its source denies it.")
        assert told(writer) == [Kind.DISPUTED]

    def test_a_source_that_becomes_confidential_silences_what_was_told(self) -> None:
        quote = make_quote()
        dispute_quote(quote, by=make_user("Editor"), reason="She denies it.")
        assert "She denies it." in excerpt(Notification.objects.with_records().get())
        Source.objects.filter(pk=quote.source_id).update(confidential=True, owner=make_user("Reporter"))
        assert excerpt(Notification.objects.with_records().get()) == ""

    def test_no_mail_holds_what_is_confidential(self, settings: Settings) -> None:
        writer = make_user("Reporter", email="writer@kelder.example")
        quote = make_quote(source=make_source("x", confidential=True, owner=writer), written_by=writer)
        dispute_quote(quote, by=make_user("Managing editor"), reason="Quokkazephyr denies it.")
        (letter,) = write_letters(Notification.objects.all())
        assert "disputed a quote that you wrote in." in letter.body
        assert "uokka" not in letter.body
        assert quote.words not in letter.body


class TestChoices:
    def test_each_person_chooses_for_each_kind(self) -> None:
        owner, editor = make_user("Reporter", email="o@kelder.example"), make_user("Editor")
        story = make_story(owner=owner)
        choose_ways(owner, {Kind.COMMENT: Way(in_admin=False, by_mail=True)})
        open_thread(story, by=editor, text="One.")
        assert not Notification.objects.inbox(owner).exists()
        assert Notification.objects.get(to=owner).mail == Notification.Mail.WAITING
        choose_ways(owner, {Kind.COMMENT: Way(in_admin=False, by_mail=False)})
        open_thread(story, by=editor, text="Two.")
        assert Notification.objects.filter(to=owner).count() == 1
        assert choices_of(owner)[Kind.RETURNED] == Way(in_admin=True, by_mail=True)

    def test_without_mail_set_up_none_waits(self, settings: Settings) -> None:
        settings.NEWSROOM_MAIL = False
        owner = make_user("Reporter")
        open_thread(make_story(owner=owner), by=make_user("Editor"), text=f"@{owner.username}")
        assert Notification.objects.get().mail == Notification.Mail.NONE

    def test_reading_is_for_ones_own(self) -> None:
        owner, other = make_user("Reporter"), make_user("Reporter")
        open_thread(make_story(owner=owner), by=make_user("Editor"), text="One.")
        number = Notification.objects.get().pk
        assert read_notifications(other, numbers=[number]) == 0
        assert read_notifications(owner) == 1
        assert not Notification.objects.inbox(owner).unread().exists()
        assert read_notifications(owner, numbers=[number], read=False) == 1


class TestMail:
    def mention(self, capture: DjangoCaptureOnCommitCallbacks, **fields: Any) -> Story:
        make_user("Reporter", username="mara", email="mara@kelder.example")
        story = make_story()
        with capture(execute=True):
            open_thread(story, by=make_user("Editor"), text="Look, @mara.")
        return story

    def test_it_leaves_after_the_commit(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        story = self.mention(django_capture_on_commit_callbacks)
        (letter,) = mail.outbox
        assert letter.to == ["mara@kelder.example"]
        assert f"“{story}”" in letter.subject
        assert "Look, @mara." in letter.body
        number = Notification.objects.get(kind=Kind.MENTIONED).pk
        assert f"/admin/notifications/{number}/" in letter.body
        assert Notification.objects.get(kind=Kind.MENTIONED).mail == Notification.Mail.SENT

    def test_a_server_that_fails_breaks_nothing_and_the_mail_waits(
        self,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def fail(*_args: Any, **_kwargs: Any) -> int:
            raise smtplib.SMTPServerDisconnected("Look, @mara.")

        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
            self.mention(django_capture_on_commit_callbacks)
        assert Event.objects.filter(action="comment.made").exists()
        assert "Look" not in caplog.text
        posted = send_letters(write_letters(Notification.objects.all()))
        assert len(posted.sent) == 1
        assert len(mail.outbox) == 1
        assert send_letters(write_letters(Notification.objects.all())).sent == ()

    def test_it_waits_for_the_command_where_the_newsroom_says_so(
        self,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
        settings: Settings,
    ) -> None:
        settings.NEWSROOM_MAIL_AT_ONCE = False
        self.mention(django_capture_on_commit_callbacks)
        assert mail.outbox == []

    def test_old_news_is_not_mailed(self) -> None:
        make_user("Reporter", username="mara", email="mara@kelder.example")
        open_thread(make_story(), by=make_user("Editor"), text="Look, @mara.")
        Notification.objects.update(at=timezone.now() - timedelta(days=4))
        assert write_letters(Notification.objects.all()) == []

    def test_everything_that_waits_is_one_mail(self) -> None:
        make_user("Reporter", username="mara", email="mara@kelder.example")
        for text in ("One, @mara.", "Two, @mara."):
            open_thread(make_story(), by=make_user("Editor"), text=text)
        (letter,) = write_letters(Notification.objects.all())
        assert letter.subject == "2 things are new at the desk"
        assert "One, @mara." in letter.body
        assert "Two, @mara." in letter.body


def test_every_rule_says_a_whole_sentence() -> None:
    places = {"name": "Mara", "story": "A vote", "label": "Cover the vote"}
    words = [str(rule.words) % places for rules in RULES.values() for rule in rules]
    assert words
    assert [each for each in words if not (each[0].isupper() or each[0] == "“") or each[-1] != "."] == []
