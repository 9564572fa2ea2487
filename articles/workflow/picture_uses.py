"""Where a picture is used: kept beside the records, so that nobody has to read bodies to know."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, QuerySet

from articles.models import Edition, EditionImage, Image, Speaker, Story
from articles.text.elements import read_elements

SOON: Final = 30  # days: how long before its end a picture that readers see is listed
SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Uses:
    """Who shows a picture; of each kind the newest, at most `SHOWN`."""

    leads: Sequence[Story]
    bodies: Sequence[Story]
    speakers: Sequence[Speaker]
    editions: Sequence[Edition]  # those that readers see now

    def __bool__(self) -> bool:
        return bool(self.leads or self.bodies or self.speakers or self.editions)


def find_uses(image: Image) -> Uses:
    """Where `image` is used now. Four queries."""
    rows = EditionImage.objects.filter(image=image)
    editions = Edition.objects.published().filter(image_rows__in=rows)
    speakers = Speaker.objects.standing().filter(photo=image)
    return Uses(
        leads=_stories(image.stories.all()),
        bodies=_stories(image.in_bodies.all()),
        speakers=list(speakers[:SHOWN]),
        editions=list(editions.for_list()[:SHOWN]),
    )


def expiring_live(day: datetime.date, *, days: int = SOON) -> list[Image]:
    """Pictures that readers see and may not be shown `days` from `day` on; the first to end comes first.

    Those whose time is over already are among them. Each has `live_rows`, its editions. Three queries.
    """
    editions = Edition.objects.published().for_list()
    rows = EditionImage.objects.live().prefetch_related(Prefetch("edition", queryset=editions))
    ending = Image.objects.live().filter(expires_on__lt=day + datetime.timedelta(days=days))
    return list(
        ending.order_by("expires_on", "pk").prefetch_related(
            Prefetch("edition_rows", queryset=rows, to_attr="live_rows")
        )[:SHOWN]
    )


def keep_body_images(story: Story, *, before: str) -> None:
    """Note which pictures the body of `story` shows; `before` is the body until now. No query without any."""
    numbers = picture_numbers(story.body)
    if numbers != picture_numbers(before):
        story.body_images.set(Image.objects.filter(pk__in=numbers))


def picture_numbers(body: str) -> set[int]:
    """The numbers of the pictures that stand in a body."""
    return {int(each.ref) for each in read_elements(body) if each.kind == "picture"}


def _stories(stories: QuerySet[Story]) -> list[Story]:
    rows = stories.select_related("section", "owner").defer("body", "editors_note")
    return list(rows.order_by("-updated_at")[:SHOWN])
