"""Rendering the pages of editions beforehand: when one is written, and again after the templates changed.

Nothing that readers see depends on it but their waiting: a page that is not rendered is rendered for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import OuterRef, Q
from django.utils import timezone

from articles.models import Brand, Edition, Paper, RenderedEdition, Story, count_versions
from articles.models.edition import EditionQuerySet
from articles.story_page import render_parts, render_teaser, stamp

_CHANGING: Final = ("stamp", "versions", "parts", "teaser")


def render_story(story: Story) -> None:
    """Render what readers of `story` see now and what waits for its hour; forget the rest.

    For the transaction of the verb that wrote an edition, after its corrections. Six queries.
    """
    lasting = waiting_for_readers().filter(story=story)
    _write(list(_with_all(lasting)), Brand.objects.paper())
    past = RenderedEdition.objects.filter(edition__story=story, edition__live_until__lte=timezone.now())
    past.delete()


def render_editions(numbers: Sequence[int], paper: Paper) -> int:
    """Render those of the editions with these numbers that readers see or will see; return how many.

    One transaction. Whoever publishes one of these stories meanwhile waits, and then renders it again.
    """
    with transaction.atomic():
        locked = waiting_for_readers().filter(pk__in=numbers).select_for_update(of=("self",))
        list(locked.order_by("pk").values_list("pk"))
        editions = list(_with_all(waiting_for_readers().filter(pk__in=numbers)))
        _write(editions, paper)
    return len(editions)


def waiting_for_readers() -> EditionQuerySet:
    """Editions with a page, now or later."""
    lasting = Q(live_until__isnull=True) | Q(live_until__gt=timezone.now())
    return Edition.objects.filter(lasting, gone=False)


def not_rendered(paper: Paper) -> EditionQuerySet:
    """Editions with a page that was not rendered as it would be today."""
    return waiting_for_readers().exclude(rendered__stamp=stamp(paper))


def _with_all(editions: EditionQuerySet) -> EditionQuerySet:
    # What waits for its hour counts those that will have been seen by then.
    counted: EditionQuerySet = editions.annotate(versions=count_versions(OuterRef("live_from")))
    return counted.with_everything()


def _write(editions: Iterable[Edition], paper: Paper) -> None:
    today = stamp(paper)
    RenderedEdition.objects.bulk_create(
        [
            RenderedEdition(
                edition=edition,
                stamp=today,
                versions=vars(edition)["versions"],
                parts=render_parts(edition, paper).pack(),
                teaser=render_teaser(edition),
            )
            for edition in editions
        ],
        update_conflicts=True,
        unique_fields=["edition"],
        update_fields=_CHANGING,
    )
