"""Where a picture is used, which nobody uses, and which readers will soon not be allowed to see."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Edition, EditionImage, FrozenRecordError, Image, Story
from articles.workflow.amend import correct_story
from articles.workflow.edit import StoryEdit, create_story, save_story
from articles.workflow.picture_uses import expiring_live, find_uses
from articles.workflow.publish import publish_story, unpublish_story
from tests.factories import make_image, make_section, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def figure(*images: Image) -> str:
    """A body that shows `images`."""
    frames = "".join(f'<figure data-picture="{image.pk}"></figure>' for image in images)
    return f"<p>The lighthouse stays open.</p>{frames}"


def published(**fields: object) -> Story:
    """A story that readers see."""
    story = make_story(status=Story.Status.APPROVED, **fields)
    publish_story(story, by=make_user())
    story.refresh_from_db()
    return story


def printed(edition: Edition) -> set[int]:
    """The pictures that an edition says it prints."""
    return set(edition.image_rows.values_list("image_id", flat=True))


def test_a_saved_body_says_which_pictures_it_shows() -> None:
    one, two = make_image(), make_image()
    editor = make_user()
    edit = StoryEdit(headline="Light", body=figure(one, two, one), section_id=make_section().pk)
    story = create_story(by=editor, edit=edit)
    assert set(story.body_images.all()) == {one, two}
    story = save_story(story, by=editor, edit=replace(StoryEdit.of(story), body=figure(two)), version=1)
    assert set(story.body_images.all()) == {two}
    missing = '<p>Light.</p><figure data-picture="987654321"></figure>'
    save_story(story, by=editor, edit=replace(StoryEdit.of(story), body=missing), version=story.version)
    assert not story.body_images.exists()


def test_an_edition_says_which_pictures_it_prints() -> None:
    lead, inside = make_image(), make_image()
    story = published(lead_image=lead, body=figure(inside, lead))
    first = Edition.objects.get()
    assert printed(first) == {lead.pk, inside.pk}
    edit = replace(StoryEdit.of(story), lead_image_id=inside.pk, body=figure())
    story = save_story(story, by=make_user(), edit=edit, version=story.version)
    second = correct_story(story, by=make_user(), kind=Edition.Kind.CORRECTION, note="Another light.")
    assert printed(Edition.objects.get(story=story, live_until=None)) == {inside.pk}, second
    assert find_uses(lead).editions == []
    with pytest.raises(FrozenRecordError):
        EditionImage.objects.all().delete()


def test_every_use_is_found() -> None:
    image = make_image()
    leading = published(lead_image=image)
    writing = create_story(by=make_user(), edit=StoryEdit(headline="Light", body=figure(image)))
    speaker = make_speaker(photo=image)
    uses = find_uses(image)
    assert uses.leads == [leading]
    assert uses.bodies == [writing]
    assert uses.speakers == [speaker]
    assert [edition.story for edition in uses.editions] == [leading]
    assert uses
    assert not find_uses(make_image())


def test_a_picture_is_unused_when_nothing_shows_it_or_ever_did() -> None:
    unused, led, photo, inside, gone = (make_image() for _ in range(5))
    make_story(lead_image=led)
    make_speaker(photo=photo)
    create_story(by=make_user(), edit=StoryEdit(headline="Light", body=figure(inside)))
    story = published(lead_image=gone)
    Story.objects.filter(pk=story.pk).update(lead_image=None)
    assert list(Image.objects.unused()) == [unused]
    assert list(Image.objects.live()) == [gone]
    unpublish_story(story, by=make_user(), notice="Taken down for a check.")
    assert not Image.objects.live().exists()


def test_what_readers_see_and_ends_soon_is_listed_the_first_to_end_first(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    over, soon, later, draft = make_image(), make_image(), make_image(), make_image()
    stories = {image: published(lead_image=image) for image in (soon, over, later)}
    make_story(lead_image=draft)
    for image, days in ((over, -1), (soon, 29), (later, 30), (draft, 1)):
        Image.objects.filter(pk=image.pk).update(expires_on=TODAY + datetime.timedelta(days=days))
    with django_assert_num_queries(3):
        ending = expiring_live(TODAY)
        assert [image.pk for image in ending] == [over.pk, soon.pk]
        assert ending[0].live_rows[0].edition.story_id == stories[over].pk
    assert [image.has_expired(TODAY) for image in ending] == [True, False]
