"""What the database itself refuses, and records that are written once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.models import (
    Byline,
    Copy,
    Edition,
    Event,
    FrozenRecordError,
    Override,
    Quotation,
    Quote,
    Role,
    Snapshot,
    Source,
    Speaker,
    Story,
    VerificationEntry,
)
from articles.workflow.record import plain, record_event
from tests.factories import (
    make_image,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def change(record: models.Model, **values: Any) -> None:
    """Write `values` past every rule but those of the database."""
    models.QuerySet(type(record)).filter(pk=record.pk).update(**values)


REFUSED: dict[str, Callable[[], object]] = {
    "a story of no known status": lambda: change(make_story(), status="lost"),
    "an approved story that nobody approved": lambda: change(make_story(), status="approved"),
    "a version before the first": lambda: change(make_story(), version=0),
    "matched words without a quote": lambda: change(make_quotation(make_story()), state="matched"),
    "unattributed words with a quote": lambda: change(
        make_quotation(make_story(), make_quote()), state="unattributed"
    ),
    "a quote without words": lambda: change(make_quote(), words=""),
    "a quote verified by nobody": lambda: change(make_quote(), verification="verified"),
    "a quote verified by its writer": lambda: verified_by_its_writer(),
    "a verified quote without a source": lambda: change(make_quote(verification="verified"), source=None),
    "a verified quote without a speaker": lambda: change(make_quote(verification="verified"), speaker=None),
    "a translation without its language": lambda: change(make_quote(), original_words="Non."),
    "a speaker without a name": lambda: change(make_speaker(), name=""),
    "a reason for not naming who is named": lambda: change(make_speaker(), unnamed_reason="Fear."),
    "a role without a title": lambda: Role.objects.create(speaker=make_speaker(), title=""),
    "a role that ends before it begins": lambda: Role.objects.create(
        speaker=make_speaker(), title="Keeper", since="2026-02-01", until="2026-01-01"
    ),
    "a source without a title": lambda: change(make_source(), title=""),
    "a confidential source without an owner": lambda: change(make_source(), confidential=True),
    "a focal point outside the picture": lambda: change(make_image(), focus_x=101),
    "one author twice in a byline": lambda: repeat_byline(make_story()),
    "one copy twice": lambda: [Copy.objects.create(text="a", sha256="f" * 64) for _ in range(2)],
    "doubt without a note": lambda: VerificationEntry.objects.create(
        quote=make_quote(), verification="disputed", by=make_user(), at=timezone.now()
    ),
    "a verification by nobody": lambda: VerificationEntry.objects.create(
        quote=make_quote(), verification="verified", at=timezone.now()
    ),
    "an event without an action": lambda: record_event(action="", record=make_story(), by=None),
    "an override without a reason": lambda: Override.objects.create(
        story=make_story(), code="G101", reason="", by=make_user(), at=timezone.now(), story_version=1
    ),
    "a snapshot with half a hash": lambda: Snapshot.objects.create(
        source=make_source(), data=b"a", text="a", sha256="f" * 32, captured_at=timezone.now()
    ),
}


def verified_by_its_writer() -> None:
    quote = make_quote()
    change(quote, verification="verified", verified_by=quote.written_by, verified_at=timezone.now())


def repeat_byline(story: Story) -> None:
    Byline.objects.create(story=story, author=story.bylines.get().author)


@pytest.mark.parametrize("case", REFUSED)
def test_the_database_refuses(case: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[case]()


def snapshot() -> Snapshot:
    return make_source(text="Words.").snapshots.get()


def entry() -> VerificationEntry:
    return make_quote().history.get()


def event() -> Event:
    return record_event(action="story.saved", record=make_story(), by=None)


@pytest.mark.parametrize("make", [snapshot, entry, event])
def test_a_record_that_is_written_once_is_never_changed_or_deleted(make: Callable[[], models.Model]) -> None:
    record = make()
    rows = type(record)._default_manager.filter(pk=record.pk)
    for attempt in (
        record.save,
        record.delete,
        rows.delete,
        lambda: rows.update(pk=1),
        lambda: rows.bulk_update([record], ["pk"]),
        lambda: type(record)._base_manager.filter(pk=record.pk).delete(),
    ):
        with pytest.raises(FrozenRecordError):
            attempt()
    assert rows.exists()


def test_what_is_quoted_cannot_be_deleted_away() -> None:
    quotation = make_quoting_story().quotations.get()
    for record in (quotation.quote, quotation.quote.speaker, quotation.quote.source):
        with pytest.raises((models.ProtectedError, FrozenRecordError)), transaction.atomic():
            record.delete()
    assert Quote.objects.exists()
    assert Speaker.objects.exists()
    assert Source.objects.exists()


def test_named_questions_about_stories() -> None:
    checked, open_story = make_quoting_story(), make_quoting_story(Quote.Verification.UNVERIFIED)
    make_quotation(checked, state=Quotation.State.DISMISSED)
    assert list(Story.objects.needing_verification()) == [open_story]
    rows = {story.pk: story for story in Story.objects.for_desk_list()}
    assert (rows[checked.pk].quotation_count, rows[checked.pk].unverified_count) == (1, 0)
    assert (rows[open_story.pk].quotation_count, rows[open_story.pk].unverified_count) == (1, 1)
    assert rows[checked.pk].live_from is None
    assert not Edition.objects.live().exists()


def test_an_event_says_things_in_plain_words() -> None:
    source = make_source(title="Letter of the keeper")
    assert plain({"source": source, "spans": [(1, 2)], "none": None, "state": Quotation.State.MATCHED}) == {
        "source": f"[{source.key}]",
        "spans": [[1, 2]],
        "none": None,
        "state": "matched",
    }
