"""Raw copy in, a clean draft out, once."""

import hashlib

import pytest

from articles.models import Copy, Event, Quotation, Quote, Source, Story
from articles.text.spans import Span
from articles.workflow.errors import Invalid, NotAllowed, StaleStory, WrongState
from articles.workflow.intake import intake_copy, preview_copy, restore_cut
from tests.factories import make_author, make_section, make_user

pytestmark = pytest.mark.django_db

COPY = """Lamplighter PRO is the best app for selling lamps

Harbour Commissioner Marrow Keeps the Lighthouse Open

By Wilma Fenn

Harbour Commissioner Ilse Marrow called the plan to close the lighthouse “unthinkable” and said so twice.

“We will keep the lamp lit through the winter,” Marrow said in a long session. “Then we count our money.”

She added, “Nobody who has been at sea in November would ask for less,” before she left.

Otto Reed, who sells ropes, listened to her from the gallery and went home without a word to anybody there.

This is a developing story and will be updated.

Source link

Sell anything with Lamplighter PRO
"""


def test_copy_becomes_a_draft_with_quotes_from_the_copy_itself() -> None:
    reporter, section = make_user("Reporter"), make_section()
    intake = intake_copy(
        COPY, by=reporter, origin="lamp.txt", source_url="https://wire.example/lamp", section=section,
        topics=["Lighthouse"],
    )  # fmt: skip
    story = intake.story
    assert intake.created
    assert story.headline == "Harbour Commissioner Marrow Keeps the Lighthouse Open"
    assert (story.owner, story.section, story.status, story.developing) == (reporter, section, "draft", True)
    assert [topic.name for topic in story.topics.all()] == ["Lighthouse"]
    quotations = list(story.quotations.with_quotes())
    assert [len(each.segments) for each in quotations] == [1, 2, 1]
    assert {each.state for each in quotations} == {Quotation.State.MATCHED}
    assert {each.quote.speaker.name for each in quotations} == {"Ilse Marrow"}
    assert {each.quote.role.title for each in quotations} == {"Harbour Commissioner"}
    assert {each.quote.verification for each in quotations} == {"in_source"}
    assert {each.quote.written_by for each in quotations} == {reporter}


def test_the_copy_is_filed_untouched_as_the_source_of_its_quotes() -> None:
    story = intake_copy(COPY, by=make_user("Reporter"), source_url="https://wire.example/lamp").story
    source = Source.objects.get()
    snapshot = source.snapshots.get()
    assert (source.kind, source.url, source.title) == ("wire", "https://wire.example/lamp", story.headline)
    assert bytes(snapshot.data) == COPY.encode()
    assert snapshot.sha256 == story.raw.sha256 == hashlib.sha256(COPY.encode()).hexdigest()
    assert story.raw.text == COPY
    assert set(Quote.objects.values_list("source", flat=True)) == {source.pk}
    entry = Quote.objects.first().history.last()
    assert (entry.method, entry.grade, entry.snapshot, entry.by) == ("machine", "identical", snapshot, None)


def test_what_was_cut_is_kept_with_its_reason_and_no_word_of_the_story_is_lost() -> None:
    intake = intake_copy(COPY, by=None)
    cuts = intake.story.raw.cuts
    assert [cut["text"] for cut in cuts] == [
        "Lamplighter PRO is the best app for selling lamps",
        "This is a developing story and will be updated.",
        "Source link",
        "Sell anything with Lamplighter PRO",
    ]
    assert all(cut["reason"] and COPY[cut["start"] : cut["end"]] == cut["text"] for cut in cuts)
    assert "Otto Reed, who sells ropes" in intake.story.body
    assert intake.story.body.count("<p>") == 4


def test_one_event_tells_of_it() -> None:
    reporter = make_user("Reporter")
    story = intake_copy(COPY, by=reporter, origin="lamp.txt").story
    event = Event.objects.get()
    assert (event.action, event.story, event.by) == ("story.imported", story, reporter)
    assert event.after == {"origin": "lamp.txt", "cuts": 4, "quotations_new": 3}


@pytest.mark.parametrize("again", [COPY, COPY.strip(), COPY.replace("\n", "\r\n"), f"\n\n{COPY}"])
def test_the_same_copy_comes_in_once(again: str) -> None:
    first = intake_copy(COPY, by=None)
    second = intake_copy(again, by=None)
    assert second.story == first.story
    assert not second.created
    assert Story.objects.count() == Copy.objects.count() == Source.objects.count() == 1


def test_a_byline_on_file_is_taken_over_and_another_is_noted() -> None:
    assert intake_copy(COPY, by=None).story.editors_note == "Byline in the copy: By Wilma Fenn"
    author = make_author("Wilma Fenn")
    other = intake_copy(COPY.replace("winter", "spring"), by=None).story
    assert [byline.author for byline in other.bylines.all()] == [author]


def test_a_preview_stores_nothing_and_its_spans_lead_to_the_copy() -> None:
    preview = preview_copy(COPY)
    spans = [
        preview.parsed.original_span(Span(segment.start, segment.end))
        for found in preview.quotations
        for segment in found.quotation.segments
    ]
    assert COPY[spans[0].start : spans[0].end] == "unthinkable"
    assert COPY[spans[2].start : spans[2].end] == "Then we count our money."
    assert preview.duplicate_of is None
    assert not Story.objects.exists()


def test_a_cut_can_be_undone_before_the_draft_is_made() -> None:
    preview = preview_copy(COPY, put_back=[2])
    assert preview.paragraphs[-1] == "Source link"
    assert len(preview.cuts) == 4
    story = intake_copy(COPY, by=None, put_back=[2]).story
    assert [cut["restored"] for cut in story.raw.cuts] == [False, False, True, False]


def test_a_cut_goes_back_to_its_place_in_a_body_that_was_edited() -> None:
    editor = make_user()
    copy = COPY.replace("Otto Reed,", "Share this on Facebook\n\nOtto Reed,")
    story = intake_copy(copy, by=editor).story
    index = [cut["text"] for cut in story.raw.cuts].index("Share this on Facebook")
    story.body = story.body.replace("long session", "session")
    story.save()
    saved = restore_cut(story, by=editor, index=index, version=story.version)
    blocks = saved.body.split("</p>")
    assert blocks[3] == "<p>Share this on Facebook"
    assert blocks[4].startswith("<p>Otto Reed")
    assert saved.version == story.version + 1
    assert Event.objects.filter(action="story.cut_restored", by=editor).count() == 1
    with pytest.raises(WrongState):
        restore_cut(saved, by=editor, index=index, version=saved.version)
    with pytest.raises(WrongState):
        restore_cut(saved, by=editor, index=99, version=saved.version)


def test_a_cut_is_not_put_over_somebody_elses_change() -> None:
    editor = make_user()
    story = intake_copy(COPY, by=editor).story
    with pytest.raises(StaleStory):
        restore_cut(story, by=editor, index=0, version=story.version - 1)
    assert not Copy.objects.get().cuts[0]["restored"]


@pytest.mark.parametrize("text", ["", " \n ", "a\0b", "half \ud83d", "x" * 3_000_000])
def test_text_that_cannot_be_read_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        intake_copy(text, by=None)
    assert refusal.value.message.endswith(".")
    assert not Copy.objects.exists()


def test_an_address_that_is_none_and_a_person_who_may_not_are_refused() -> None:
    with pytest.raises(Invalid):
        intake_copy(COPY, by=None, source_url="javascript:alert(1)")
    with pytest.raises(NotAllowed):
        intake_copy(COPY, by=make_user("Auditor"))
    assert not Story.objects.exists()


def test_markup_in_copy_stays_words() -> None:
    story = intake_copy("Lamp lit\n\nThe <script>alert(1)</script> sign & the lamp were lit.", by=None).story
    assert story.body == "<p>The &lt;script&gt;alert(1)&lt;/script&gt; sign &amp; the lamp were lit.</p>"
