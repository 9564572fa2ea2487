"""The inbox: what is new, read and unread, where it leads, and how each person chooses."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.models import Notification
from articles.workflow.comments import delete_comment, open_thread, resolve_thread
from articles.workflow.notify import Way, choices_of
from articles.workflow.verify import dispute_quote
from tests.doors.desk import enter, words
from tests.factories import make_quote, make_source, make_story, make_user

pytestmark = pytest.mark.django_db

INBOX = "/admin/notifications/"
CHOICES = "/admin/notifications/choices/"
Kind = Notification.Kind


def tell(person: User, text: str = "Who counted?") -> Notification:
    """Let somebody comment on a story of `person`."""
    open_thread(make_story(owner=person), by=make_user("Editor"), text=text)
    return Notification.objects.filter(to=person).latest("pk")


def test_an_empty_inbox_says_what_will_stand_in_it() -> None:
    client = enter("Reporter")
    assert "Nobody has told you anything yet." in words(client.get(INBOX))
    assert "You have read everything." in words(client.get(f"{INBOX}?unread"))


def test_the_number_of_unread_stands_on_every_page_and_costs_one_query() -> None:
    person = make_user("Reporter")
    client = enter(person)
    tell(person)
    tell(person)
    with CaptureQueriesContext(connection) as queries:
        shown = words(client.get("/admin/articles/story/"))
    assert '<span class="chip" data-state="work">2<span' in shown
    assert sum("articles_notification" in query["sql"] for query in queries) == 1


def test_many_are_not_counted_to_the_end() -> None:
    person = make_user("Reporter")
    one = tell(person)
    for _each in range(120):
        event = one.event
        event.pk, event._state.adding = None, True
        event.save(force_insert=True)
        Notification.objects.create(to=person, kind=Kind.COMMENT, event_id=event.pk, at=event.at)
    assert "99+" in words(enter(person).get("/admin/"))


def test_opening_one_reads_it_and_leads_to_the_comment() -> None:
    person = make_user("Reporter")
    told, client = tell(person), enter(person)
    response = client.get(f"{INBOX}{told.pk}/")
    assert response.url == f"/admin/articles/story/{told.story_id}/change/#comment-{told.comment_id}"
    told.refresh_from_db()
    assert told.read_at is not None


def test_a_thread_and_a_quote_are_led_to() -> None:
    person = make_user("Editor")
    thread = open_thread(make_story(), by=person, text="Who?").thread
    resolve_thread(thread, by=make_user("Editor"))
    quote = make_quote(written_by=person)
    dispute_quote(quote, by=make_user("Editor"), reason="She denies it.")
    client = enter(person)
    mine = Notification.objects.filter(to=person).order_by("pk")
    leads = [client.get(f"{INBOX}{row.pk}/").url for row in mine]
    assert leads[0].endswith(f"#thread-{thread.pk}")
    assert leads[1] == f"/admin/articles/quote/{quote.pk}/change/"


def test_what_is_told_to_others_is_not_found() -> None:
    told = tell(make_user("Reporter"))
    client = enter("Managing editor")
    assert client.get(f"{INBOX}{told.pk}/").status_code == 404
    client.post(INBOX, {"read": told.pk})
    client.post(INBOX, {"all": "1"})
    told.refresh_from_db()
    assert told.read_at is None


def test_one_is_marked_and_all_are() -> None:
    person = make_user("Reporter")
    first, second = tell(person), tell(person)
    client = enter(person)
    client.post(INBOX, {"read": first.pk})
    assert list(Notification.objects.inbox(person).unread()) == [second]
    client.post(INBOX, {"unread": first.pk})
    assert Notification.objects.inbox(person).unread().count() == 2
    response = client.post(f"{INBOX}?unread", {"all": "1"}, follow=True)
    assert "2 notifications are read now." in words(response)


def test_a_comment_that_was_deleted_is_not_quoted() -> None:
    person = make_user("Reporter")
    told = tell(person, "Rash words.")
    client = enter(person)
    assert "Rash words." in words(client.get(INBOX))
    delete_comment(told.comment, by=told.comment.by)
    shown = words(client.get(INBOX))
    assert "Rash words." not in shown
    assert "The comment was deleted." in shown


def test_the_inbox_costs_the_same_however_much_stands_in_it() -> None:
    person = make_user("Reporter")
    client = enter(person)
    counts = []
    for number in (1, 7):
        for _each in range(number):
            tell(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(INBOX)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_inbox_costs_the_same_however_many_sources_became_confidential() -> None:
    person, owner = make_user("Reporter"), make_user("Reporter")
    client, counts = enter(person), []
    for number in (1, 5):
        for _each in range(number):
            told = tell(person)
            secret = make_source(confidential=True, owner=owner)
            Notification.objects.filter(pk=told.pk).update(
                quote=make_quote("The gates stay shut.", source=secret), comment=None
            )
        with CaptureQueriesContext(connection) as queries:
            assert "The gates stay shut." not in words(client.get(INBOX))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_person_chooses() -> None:
    person = make_user("Reporter", email="mara@kelder.example")
    client = enter(person)
    assert "mara@kelder.example" in words(client.get(CHOICES))
    client.post(CHOICES, {"mentioned-mail": "on", "returned-admin": "on"})
    chosen = choices_of(person)
    assert chosen[Kind.MENTIONED] == Way(in_admin=False, by_mail=True)
    assert chosen[Kind.RETURNED] == Way(in_admin=True, by_mail=False)
    assert chosen[Kind.COMMENT] == Way(in_admin=False, by_mail=False)
    open_thread(make_story(owner=person), by=make_user("Editor"), text="Who counted?")
    assert not Notification.objects.filter(to=person).exists()


def test_the_choices_say_why_no_mail_comes(settings: Settings) -> None:
    client = enter(make_user("Reporter", email=""))
    assert "There is no e-mail address for you on file." in words(client.get(CHOICES))
    settings.NEWSROOM_MAIL = False
    assert "This newsroom sends no mail yet." in words(client.get(CHOICES))


def test_what_is_about_one_story_stands_together_and_is_read_at_once() -> None:
    person = make_user("Reporter")
    client, story = enter(person), make_story(owner=person, headline="Ferry tender opened")
    for number in range(5):
        open_thread(story, by=make_user("Editor"), text=f"Remark {number}")
    tell(person, "Elsewhere")
    shown = words(client.get(INBOX))
    assert shown.count("inbox-group") == 1
    assert "Earlier ones about this story" in shown
    group = client.get(INBOX).context["groups"][1]
    assert len(group.rows) == 5
    client.post(INBOX, {"read": group.unread})
    assert Notification.objects.inbox(person).unread().count() == 1
    assert client.post(INBOX, {"read": "1,x,²,"}).status_code == 302
