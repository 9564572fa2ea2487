"""Sources, their snapshots, and what becomes of quotes when they change."""

import datetime

import pytest
from time_machine import TimeMachineFixture

from articles.archive import Capture, CaptureError
from articles.models import Edition, Event, Snapshot, Source, Story
from articles.workflow.attribute import attribute_quote
from articles.workflow.errors import Invalid, NotAllowed, Refusal, WrongState
from articles.workflow.publish import publish_story
from articles.workflow.sources import (
    add_snapshot,
    capture_source,
    create_source,
    save_source,
    withdraw_source,
)
from tests.factories import WORDS, make_quote, make_quoting_story, make_source, make_user

pytestmark = pytest.mark.django_db
PLAIN = "text/plain; charset=utf-8"


def test_a_source_belongs_to_who_files_it() -> None:
    reporter = make_user("Reporter")
    source = create_source(by=reporter, kind="speech", title=" Speech ", url="https://council.example/4")
    assert (source.owner, source.title) == (reporter, "Speech")
    assert Event.objects.get().action == "source.created"


@pytest.mark.parametrize(
    "facts", [{"title": ""}, {"title": "A", "url": "ftp:/x y"}, {"title": "A", "kind": "rumour"}]
)
def test_a_source_that_cannot_be_stored_is_refused(facts: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        create_source(by=make_user(), **{"kind": "speech", **facts})
    assert not Source.objects.exists()


def test_a_confidential_source_leaves_its_name_in_no_event() -> None:
    owner = make_user("Reporter")
    source = create_source(by=owner, kind="document", title="Letter of the keeper")
    save_source(source, by=owner, confidential=True)
    save_source(source, by=owner, title="Second letter of the keeper")
    add_snapshot(source, by=owner, data=b"The keeper wrote.", media_type=PLAIN, captured_from="pasted")
    stranger, chief = make_user(), make_user("Managing editor")
    assert not Event.objects.visible_to(stranger).exists()
    assert Event.objects.visible_to(chief).count() == 4
    for event in Event.objects.exclude(action="source.created"):
        assert "keeper" not in f"{event.label} {event.before} {event.after} {event.reason}"
    with pytest.raises(NotAllowed) as refusal:
        save_source(source, by=stranger, title="Mine")
    assert "letter" not in refusal.value.message


@pytest.mark.parametrize("facts", [{"confidential": True}, {"terms": "background"}])
def test_a_source_that_may_no_longer_show_goes_from_live_editions(
    facts: dict[str, object], clock: TimeMachineFixture
) -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    source = story.quotations.get().quote.source
    edition = publish_story(story, by=make_user())
    assert edition.quotes.get().source["title"] == source.title
    clock.shift(datetime.timedelta(hours=1))
    save_source(source, by=make_user("Managing editor"), owner=make_user(), **facts)
    row = Edition.objects.live().get().quotes.get()
    assert (row.source, row.source_key) == ({"confidential": True}, "")


def test_a_source_that_a_quote_had_when_it_was_printed_goes_too(clock: TimeMachineFixture) -> None:
    story, chief = make_quoting_story(status=Story.Status.APPROVED), make_user("Managing editor")
    quote = story.quotations.get().quote
    publish_story(story, by=chief)
    printed = quote.source
    clock.shift(datetime.timedelta(hours=1))
    attribute_quote(quote, by=chief, source=make_source(text=WORDS))
    clock.shift(datetime.timedelta(hours=1))
    save_source(printed, by=chief, owner=chief, confidential=True)
    row = Edition.objects.live().get().quotes.get()
    assert (row.source, row.source_key) == ({"confidential": True}, "")


def test_only_what_changed_is_written() -> None:
    source, editor = make_source(title="Speech"), make_user()
    save_source(source, by=editor, title="Speech", publisher="Council")
    event = Event.objects.get()
    assert (event.before, event.after) == ({"publisher": ""}, {"changed": ["publisher"]})
    assert save_source(source, by=editor, title="Speech") == source
    assert Event.objects.count() == 1


def test_a_new_snapshot_looks_up_the_quotes_of_its_source() -> None:
    source, editor = make_source(), make_user()
    quote, other = make_quote(source=source), make_quote("Nothing of the kind was said.", source=source)
    snapshot = add_snapshot(
        source, by=editor, data=f"She said: “{WORDS}”".encode(), media_type=PLAIN, captured_from="pasted"
    )
    assert (snapshot.captured_by, snapshot.captured_from) == (editor, "pasted")
    for each, state in ((quote, "in_source"), (other, "unverified")):
        each.refresh_from_db()
        assert each.verification == state


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        ("caf\u00e9".encode(), PLAIN, "café"),
        ("caf\u00e9".encode("latin-1"), "text/html; charset=iso-8859-1", "café"),
        (
            b"<title>T</title><script>x()</script><p>One</p><p>two &amp; three</p>",
            "text/html",
            "One\n\ntwo & three",
        ),
        (b"\x00\x01RIFF", "audio/wav", ""),
    ],
)
def test_the_text_is_read_from_the_bytes(data: bytes, media_type: str, text: str) -> None:
    snapshot = add_snapshot(make_source(), by=make_user(), data=data, media_type=media_type)
    assert snapshot.text == text
    assert bytes(Snapshot.objects.get().data) == data


def test_a_recording_has_the_text_of_its_transcript() -> None:
    snapshot = add_snapshot(
        make_source(), by=make_user(), data=b"\x00\x01RIFF", media_type="audio/wav", text="She said it."
    )
    assert snapshot.text == "She said it."


def test_the_same_bytes_are_kept_once() -> None:
    source, editor = make_source(), make_user()
    first, second = (add_snapshot(source, by=editor, data=b"Once.", media_type=PLAIN) for _ in range(2))
    assert first == second
    assert Event.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"caf\xe9", b"a\0b", b"x" * 25_000_001])
def test_bytes_that_cannot_be_read_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        add_snapshot(make_source(), by=make_user(), data=data, media_type=PLAIN)
    assert refusal.value.message.endswith(".")


def test_an_address_is_captured_with_where_and_when() -> None:
    at = datetime.datetime(2026, 5, 12, 9, 0, tzinfo=datetime.UTC)
    source = make_source(url="https://council.example/4")
    quote = make_quote(source=source)
    page = f"<p>She said: “{WORDS}”</p>".encode()
    snapshot = capture_source(
        source, by=make_user(), fetch=lambda url: Capture(f"{url}/final", page, "text/html", at)
    )
    assert (snapshot.captured_from, snapshot.captured_at) == ("https://council.example/4/final", at)
    quote.refresh_from_db()
    assert quote.verification == "in_source"


def test_what_cannot_be_captured_says_why() -> None:
    def fail(url: str) -> Capture:
        raise CaptureError("The site does not answer.")

    with pytest.raises(WrongState):
        capture_source(make_source(), by=make_user(), fetch=fail)
    with pytest.raises(Refusal, match="does not answer"):
        capture_source(make_source(url="https://council.example"), by=make_user(), fetch=fail)


def test_a_withdrawn_source_leaves_its_quotes_unchecked_and_takes_no_more_copies() -> None:
    source, chief = make_source(text=WORDS), make_user("Managing editor")
    quote = make_quote(source=source, verification="verified")
    with pytest.raises(NotAllowed):
        withdraw_source(source, by=make_user(), reason="Forged.")
    withdraw_source(source, by=chief, reason="Forged.")
    quote.refresh_from_db()
    assert (quote.verification, quote.verified_by) == ("unverified", None)
    assert quote.history.last().note == "The source was withdrawn."
    with pytest.raises(WrongState):
        withdraw_source(source, by=chief, reason="Again.")
    with pytest.raises(WrongState):
        add_snapshot(source, by=chief, data=b"More.", media_type=PLAIN)
