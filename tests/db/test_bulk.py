"""Many stories at once: the same rows as one by one, each once, nothing lost, nothing overwritten."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from articles.models import (
    Author,
    Copy,
    Edition,
    EditionQuote,
    Event,
    ImportedStory,
    Quotation,
    Quote,
    Role,
    SearchEntry,
    Section,
    SiteChange,
    Snapshot,
    Source,
    Speaker,
    SpeakerName,
    Story,
    StoryWords,
    VerificationEntry,
)
from articles.text.incoming import read_item
from articles.workflow.bulk import Became, Taken, Terms, known_items, rehearse, take_in
from articles.workflow.bulk_read import Draft, read_draft
from articles.workflow.errors import NotAllowed, WrongState
from articles.workflow.intake import intake_copy
from bench.archive import stories
from tests.factories import make_author, make_section, make_user

pytestmark = pytest.mark.django_db

WHY = "Our archive, in print since 2009."
KEPT = {
    "id", "key", "created_at", "updated_at", "received_at", "captured_at", "at", "record_id", "story_id",
    "speaker_id", "role_id", "quote_id", "source_id", "snapshot_id", "raw_id", "origin", "captured_from",
}  # fmt: skip
COMPARED = (
    Story, Copy, Source, Snapshot, Quotation, Quote, Speaker, SpeakerName, Role, VerificationEntry,
    SearchEntry, Event,
)  # fmt: skip


def draft(**values: Any) -> Draft:
    given = {
        "headline": "Ferry late again",
        "body": "<p>“We will wait for the tide, for nothing else,” said Ilse Marrow, the harbour master.</p>",
        "uri": "tag:old.example:1",
    }
    return read_draft(read_item(json.dumps(given | values)))


def archive(count: int, **values: Any) -> list[Draft]:
    for name in ("Harbour", "Town", "Schools", "Culture", "Sport"):
        make_section(name)
    return [read_draft(read_item(json.dumps(story | values))) for story in stories(count)]


def rows(*without: type[Model]) -> dict[str, list[str]]:
    """Everything that an import writes, but for numbers, keys and times; and who says what in which story."""
    found: dict[str, list[Any]] = {}
    for model in set(COMPARED) - set(without):
        fields = [field.attname for field in model._meta.concrete_fields if field.attname not in KEPT]
        found[model.__name__] = list(model._default_manager.values(*fields))
    found["links"] = [
        (each.words, str(each.speaker), str(each.role), str(each.source))
        for each in Quote.objects.with_people()
    ]
    found["uses"] = list(Quotation.objects.values_list("story__slug", "quote__words", "position"))
    found["topics"] = list(Story.objects.values_list("slug", "topics__name", "bylines__author__name"))
    return {name: sorted(map(repr, each)) for name, each in found.items()}


def undone(write: Callable[[], Any], *without: type[Model]) -> dict[str, list[str]]:
    """What `write` writes; then everything is as before."""
    with transaction.atomic():
        write()
        found = rows(*without)
        transaction.set_rollback(True)
    return found


def test_many_at_once_are_the_same_as_one_after_the_other() -> None:
    drafts = archive(24)
    make_author("Hanno Kestford")
    terms = Terms(by=make_user("Reporter"), origin="archive.ndjson")
    one_by_one = undone(lambda: [take_in([each], terms) for each in drafts])
    assert undone(lambda: take_in(drafts, terms)) == one_by_one
    assert len(one_by_one["Quote"]) == 24 * 8
    assert undone(lambda: [take_in(drafts[:7], terms), take_in(drafts[7:], terms)]) == one_by_one


def test_many_at_once_are_what_bringing_in_copy_makes_of_each() -> None:
    section, by = make_section(), make_user("Reporter")
    told = [
        (story["headline"], story["body"].removeprefix("<p>").removesuffix("</p>").split("</p><p>"))
        for story in stories(12)
    ]
    drafts = [
        draft(uri=name, headline=name, body="\n\n".join(body), topics=["ferries"]) for name, body in told
    ]

    def bring_in_copy() -> None:
        for name, body in told:
            intake_copy(
                "\n\n".join([name, *body]),
                by=by,
                headline=name,
                section=section,
                topics=["Ferries", "ferries"],
            )

    copies = undone(bring_in_copy, Copy, Snapshot)
    assert undone(lambda: take_in(drafts, Terms(by=by, section=section)), Copy, Snapshot) == copies
    assert len(copies["Quote"]) > 80


def test_speakers_and_quotes_on_record_are_used() -> None:
    first, again = draft(), draft(uri="2", body=f"{draft().item.body}<p>Then she left.</p>")
    take_in([first, again], Terms())
    assert (Speaker.objects.count(), Quote.objects.count(), Quotation.objects.count()) == (1, 1, 2)
    third = draft(uri="3", body=f"{draft().item.body}<p>Nobody spoke.</p>")
    take_in([third], Terms())
    assert (Speaker.objects.count(), Quote.objects.count(), Quotation.objects.count()) == (1, 1, 3)
    assert Quote.objects.get().verification == Quote.Verification.IN_SOURCE


def test_what_came_in_before_is_left_as_it_is() -> None:
    taken = take_in([draft()], Terms())
    before = rows()
    assert taken == [Taken(Became.CREATED, Story.objects.get().pk)]
    same, changed = take_in([draft(), draft(headline="Ferry on time")], Terms())
    copied = take_in([draft(uri="another")], Terms())[0]
    assert [same.became, changed.became, copied.became] == [Became.KNOWN, Became.CHANGED, Became.SAME_COPY]
    assert f"story {same.story_id}" in changed.message
    assert "save what should stand" in changed.message
    assert rows() == before
    assert [each and each.became for each in known_items([draft().item, draft(uri="9").item])] == [
        Became.KNOWN, None
    ]  # fmt: skip


def test_of_two_lines_that_say_the_same_one_comes_in() -> None:
    one, two, three = take_in([draft(), draft(), draft(uri="b")], Terms())
    assert [one.became, two.became, three.became] == [Became.CREATED, Became.SAME_COPY, Became.SAME_COPY]
    assert {one.story_id, two.story_id, three.story_id} == {Story.objects.get().pk}


def test_slugs_are_those_of_the_old_address_and_never_taken_twice() -> None:
    drafts = [
        draft(
            uri=str(number),
            url=f"https://old.example/2009/{number}/ferry-late.html",
            body=f"<p>No {number}.</p>",
        )
        for number in range(14)
    ]
    take_in(drafts[:12], Terms())
    take_in(drafts[12:], Terms())
    expected = ["ferry-late", *(f"ferry-late-{number}" for number in range(2, 15))]
    assert list(Story.objects.order_by("pk").values_list("slug", flat=True)) == expected


def test_a_section_that_is_not_here_is_named_and_the_rest_goes_in() -> None:
    make_section("Harbour")
    refused, fine = take_in(
        [draft(section="Sewing"), draft(uri="2", section="harbour", body="<p>Hm.</p>")], Terms()
    )
    assert refused.became is Became.REFUSED
    assert "“Sewing”" in refused.message
    assert fine.became is Became.CREATED
    assert Story.objects.get().section == Section.objects.get()
    assert take_in([draft(section="Sewing")], Terms(section=make_section("Town")))[0].became is Became.CREATED


def test_rehearsing_writes_nothing() -> None:
    assert [each.became for each in rehearse([draft()], Terms())] == [Became.CREATED]
    assert not Story.objects.exists()
    assert not Speaker.objects.exists()
    assert not ImportedStory.objects.exists()


def test_who_may_not_write_stories_brings_none_in() -> None:
    with pytest.raises(NotAllowed):
        take_in([draft()], Terms(by=make_user("Auditor")))


def test_the_number_of_queries_does_not_depend_on_that_of_stories(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    drafts = archive(40, topics=["ferries"])
    take_in(drafts[:2], Terms())
    with django_assert_max_num_queries(48):
        take_in(drafts[2:4], Terms())
    with django_assert_max_num_queries(48):
        take_in(drafts[4:], Terms())


@pytest.fixture
def greta() -> User:
    return make_user("Managing editor")


def test_an_archive_that_readers_know_is_read_on_with_its_quotes_unverified(greta: User) -> None:
    drafts = archive(3)
    changes = SiteChange.objects.count()
    take_in(drafts, Terms(by=greta, already_public=WHY))
    story = Story.objects.order_by("pk").first()
    edition = Edition.objects.published().get(story=story)
    assert story is not None
    assert story.status == Story.Status.PUBLISHED
    assert edition.first_live_from == edition.live_from == drafts[0].item.published_at
    assert (edition.number, edition.approved_by_name, edition.bylines[0]["name"]) == (
        1, "", drafts[0].item.authors[0]
    )  # fmt: skip
    assert 'class="quotation"' in edition.body_html
    assert set(EditionQuote.objects.values_list("verification", flat=True)) == {"unverified"}
    assert not Source.objects.exists()
    assert set(Quote.objects.values_list("source", flat=True)) == {None}
    assert (StoryWords.objects.count(), Author.objects.count() > 0) == (3, True)
    assert SiteChange.objects.count() == changes + 1
    event = Event.objects.get(action="story.archive_published", story=story)
    assert (event.by, event.reason, event.after["edition"]) == (greta, WHY, 1)


def test_only_a_managing_editor_lets_an_archive_be_read_and_says_why(greta: User) -> None:
    public = draft(published_at="2009-03-02T11:00:00+00:00")
    for by in (None, make_user("Editor")):
        with pytest.raises((NotAllowed, WrongState), match="managing editor"):
            take_in([public], Terms(by=by, already_public=WHY))
    with pytest.raises(WrongState, match="Say why"):
        take_in([public], Terms(by=greta, already_public=" "))
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "published_at"),
        ({"published_at": "2999-01-01"}, "future"),
        ({"published_at": "2009-01-01"}, "no section"),
        ({"published_at": "2009-01-01", "section": "Harbour", "headline": "渡船"}, "slug"),
    ],
)
def test_what_cannot_have_been_public_is_refused(greta: User, values: dict[str, str], words: str) -> None:
    make_section("Harbour")
    taken = take_in([draft(**values)], Terms(by=greta, already_public=WHY))[0]
    assert taken.became is Became.REFUSED
    assert words in taken.message
    assert not Story.objects.exists()


def test_the_moment_is_kept_with_its_zone() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    item = draft(published_at="2009-03-02T11:00:00+02:00").item
    assert item.published_at == datetime.datetime(2009, 3, 2, 11, tzinfo=zone)
