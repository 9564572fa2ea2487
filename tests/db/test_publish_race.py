"""Two people at the same moment: what happens once must happen once, on either database."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Edition, Event, Quote, Story, VerificationEntry
from articles.workflow.amend import reissue_quote
from articles.workflow.errors import Refusal, WrongState
from articles.workflow.publish import publish_story
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Run `calls` at the same moment, each on its own connection; what they returned or raised."""
    barrier = Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[place] = call()
        except Refusal as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_publishing_at_the_same_moment_publishes_once() -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    editors = [make_user() for _ in range(4)]
    copies = [Story.objects.get(pk=story.pk) for _ in editors]
    results = together(
        *(
            lambda copy=copy, editor=editor: publish_story(copy, by=editor)
            for copy, editor in zip(copies, editors, strict=True)
        )
    )
    assert sum(isinstance(result, Edition) for result in results) == 1
    assert sum(isinstance(result, WrongState) for result in results) == 3
    assert Edition.objects.count() == 1
    assert Event.objects.filter(action="story.published").count() == 1


def test_two_stories_that_want_one_slug_at_the_same_moment() -> None:
    stories = [make_quoting_story(status=Story.Status.APPROVED, slug="one-slug") for _ in range(2)]
    editor = make_user()
    results = together(*(lambda story=story: publish_story(story, by=editor) for story in stories))
    assert sum(isinstance(result, Edition) for result in results) == 1
    assert sum(isinstance(result, Refusal) for result in results) == 1
    assert Edition.objects.live().count() == 1


@pytest.mark.parametrize("attempt", range(4))
def test_a_quote_disputed_while_it_is_published_is_never_shown_as_verified(attempt: int) -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    quote, editor = story.quotations.get().quote, make_user()

    def dispute() -> None:
        with transaction.atomic():
            locked = Quote.objects.select_for_update().get(pk=quote.pk)
            Quote.objects.filter(pk=quote.pk).update(verification="disputed")
            locked.verification = "disputed"
            VerificationEntry.objects.create(
                quote=locked, verification="disputed", by=editor, at=timezone.now(), note="She denies it."
            )
            reissue_quote(locked, by=editor, why="Denied.")

    together(lambda: publish_story(story, by=editor), dispute)
    shown = list(Edition.objects.published())
    assert all(edition.quotes.get().verification == "disputed" for edition in shown)
    assert Quote.objects.get().verification == "disputed"
