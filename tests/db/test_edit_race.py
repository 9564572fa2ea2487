"""Two people writing at the same moment: one is told, nothing comes in twice."""

from dataclasses import replace

import pytest

from articles.models import Copy, Event, Quote, Snapshot, Source, Story
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import StaleStory, WrongState
from articles.workflow.intake import Intake, intake_copy
from articles.workflow.verify import verify_quote
from tests.db.test_publish_race import together
from tests.factories import make_quote, make_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)

COPY = "Lamp lit\n\n“The lamp will burn all winter long,” said Keeper Ilse Marrow.\n\nIt was cold.\n"


def test_two_editors_who_save_at_once_lose_nothing() -> None:
    story, editors = make_story(), [make_user(), make_user()]
    edits = [replace(StoryEdit.of(story), headline=f"Headline {number}") for number in range(2)]
    results = together(
        *(
            lambda editor=editor, edit=edit: save_story(story, by=editor, edit=edit, version=1)
            for editor, edit in zip(editors, edits, strict=True)
        )
    )
    (saved,) = [result for result in results if isinstance(result, Story)]
    (stale,) = [result for result in results if isinstance(result, StaleStory)]
    assert Story.objects.get().headline == saved.headline
    assert {saved.headline, stale.mine.headline} == {"Headline 0", "Headline 1"}
    assert stale.current.version == 2
    assert Event.objects.filter(action="story.saved").count() == 1


def test_one_copy_that_comes_in_four_times_at_once_comes_in_once() -> None:
    results = together(*[lambda: intake_copy(COPY, by=None)] * 4)
    assert all(isinstance(result, Intake) for result in results)
    assert sum(result.created for result in results if isinstance(result, Intake)) == 1
    for model in (Story, Copy, Source, Snapshot, Quote):
        assert model._default_manager.count() == 1


def test_a_quote_is_verified_once() -> None:
    quote, editors = make_quote(), [make_user() for _ in range(3)]
    snapshot = quote.source.snapshots.get()
    seen = [Quote.objects.with_people().get() for _ in editors]
    results = together(
        *(
            lambda copy=copy, editor=editor: verify_quote(copy, by=editor, against=snapshot, method="read")
            for copy, editor in zip(seen, editors, strict=True)
        )
    )
    assert sum(isinstance(result, WrongState) for result in results) == 2
    assert Event.objects.filter(action="quote.verified").count() == 1
