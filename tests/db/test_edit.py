"""Saving a story: cleaned, in step with its quotations, and never over somebody else's words."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from articles.models import Event, Quotation, Story
from articles.workflow.edit import StoryEdit, create_story, free_slug, save_story
from articles.workflow.errors import Invalid, NotAllowed, StaleStory, WrongState
from tests.factories import BODY, make_author, make_quoting_story, make_section, make_story, make_user

pytestmark = pytest.mark.django_db
Status = Story.Status


def save(story: Story, by: User, **changes: object) -> Story:
    """Save `story` with `changes` as somebody would who has its newest version on screen."""
    return save_story(story, by=by, edit=replace(StoryEdit.of(story), **changes), version=story.version)


def test_a_new_story_is_a_draft_of_its_writer_with_a_slug_and_its_quotes() -> None:
    reporter = make_user("Reporter")
    story = create_story(by=reporter, edit=StoryEdit(headline="Lamp stays lit", body=BODY))
    assert (story.status, story.owner, story.slug) == (Status.DRAFT, reporter, "lamp-stays-lit")
    quotation = story.quotations.get()
    assert quotation.quote.speaker.name == "Ilse Marrow"
    assert quotation.quote.written_by == reporter
    event = Event.objects.get(action="story.created")
    assert (event.story, event.by) == (story, reporter)


def test_saving_cleans_the_body_and_writes_one_event_with_the_old_values() -> None:
    editor, story = make_user(), make_story()
    old = story.body
    saved = save(story, editor, body="<p onclick='x()'>Open <script>y()</script><b>late</b>.</p>", dek="New")
    assert saved.body == "<p>Open <strong>late</strong>.</p>"
    assert saved.version == story.version + 1
    event = Event.objects.get(action="story.saved")
    assert event.before == {"body": old, "dek": ""}
    assert event.after["dek"] == "New"


def test_saving_what_is_stored_does_nothing() -> None:
    editor, story = make_user(), make_story(topics=["Tides"])
    assert save(story, editor).version == story.version
    assert not Event.objects.exists()


def test_bylines_keep_their_order_and_topics_are_tidied() -> None:
    first, second = make_author("Ada Pell"), make_author("Bo Lind")
    story = save(
        make_story(authors=[first]),
        make_user(),
        author_ids=(second.pk, first.pk),
        topics=(" sea  wall", "Sea wall"),
    )
    assert [byline.author for byline in story.bylines.all()] == [second, first]
    assert [topic.name for topic in story.topics.all()] == ["Sea wall"]


def test_an_old_version_is_refused_with_both_versions_in_hand() -> None:
    story, first, second = make_story(), make_user(), make_user()
    mine = replace(StoryEdit.of(story), headline="Mine")
    save(story, first, headline="Theirs")
    with pytest.raises(StaleStory) as refusal:
        save_story(story, by=second, edit=mine, version=story.version)
    assert refusal.value.mine.headline == "Mine"
    assert refusal.value.current.headline == "Theirs"
    assert refusal.value.changed_fields == ("headline",)
    assert first.get_full_name() in refusal.value.message
    story.refresh_from_db()
    assert story.headline == "Theirs"


def test_pressing_save_twice_saves_once() -> None:
    story, editor = make_story(), make_user()
    edit = replace(StoryEdit.of(story), headline="Once")
    first = save_story(story, by=editor, edit=edit, version=1)
    assert save_story(story, by=editor, edit=edit, version=1).version == first.version


@pytest.mark.parametrize(
    ("role", "own", "status", "allowed"),
    [
        ("Reporter", True, Status.DRAFT, True),
        ("Reporter", True, Status.IN_REVIEW, True),
        ("Reporter", True, Status.APPROVED, False),
        ("Reporter", False, Status.DRAFT, False),
        ("Editor", False, Status.APPROVED, True),
        ("Auditor", True, Status.DRAFT, False),
    ],
)
def test_who_may_save(role: str, own: bool, status: str, allowed: bool) -> None:
    user = make_user(role)
    story = make_story(status=status, owner=user if own else make_user("Reporter"))
    if allowed:
        assert save(story, user, dek="Changed").dek == "Changed"
    else:
        with pytest.raises(NotAllowed):
            save(story, user, dek="Changed")


def test_a_change_that_readers_see_takes_back_the_approval() -> None:
    story = save(make_story(status=Status.APPROVED), make_user(), headline="Another")
    assert (story.status, story.approved_by) == (Status.IN_REVIEW, None)


def test_a_note_for_the_desk_leaves_the_approval() -> None:
    story = save(make_story(status=Status.APPROVED), make_user(), editors_note="Call Otto", slugline="lamp")
    assert story.status == Status.APPROVED


@pytest.mark.parametrize("status", [Status.SPIKED, Status.KILLED])
def test_a_closed_story_cannot_be_changed(status: str) -> None:
    with pytest.raises(WrongState):
        save(make_story(status=status), make_user("Managing editor"), dek="Changed")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headline": "x" * 301}, "headline"),
        ({"dek": "a\0b"}, "dek"),
        ({"kicker": "\ud800"}, "kicker"),
        ({"section_id": 987654}, "section_id"),
        ({"author_ids": (987654,)}, "author_ids"),
        ({"topics": ("t" * 101,)}, "topics"),
        ({"slug": "not a slug"}, "slug"),
    ],
)
def test_what_cannot_be_stored_is_refused_at_its_field_and_nothing_is_written(
    changes: dict[str, object], field: str
) -> None:
    story = make_story()
    with pytest.raises(Invalid) as refusal:
        save(story, make_user(), **changes)
    assert list(refusal.value.errors) == [field]
    assert Story.objects.get().version == story.version


def test_a_reporter_cannot_give_a_story_away() -> None:
    reporter, other = make_user("Reporter"), make_user("Reporter")
    with pytest.raises(NotAllowed):
        save(make_story(owner=reporter), reporter, owner_id=other.pk)


def test_slugs_made_by_the_program_are_not_used_twice() -> None:
    make_story(slug="lamp-lit")
    assert free_slug("Lamp lit!", pk=None) == "lamp-lit-2"
    assert free_slug("Маяк", pk=None) == ""


def test_altering_quoted_words_shows_on_the_quotation() -> None:
    story = make_quoting_story()
    saved = save(story, make_user(), body=story.body.replace("open", "shut"))
    quotation = saved.quotations.get()
    assert (quotation.state, quotation.grade) == (Quotation.State.ALTERED, "altered")
    assert Event.objects.get(action="story.saved").after["quotations_altered"] == 1


def test_moving_to_another_section_needs_no_new_quotes() -> None:
    story = make_quoting_story()
    assert save(story, make_user(), section_id=make_section("Sport").pk).quotations.get().state == "matched"
