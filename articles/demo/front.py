"""The front page of the demo, as an editor arranged it a few minutes ago."""

from __future__ import annotations

import datetime
from typing import Final

from articles.demo.desk import Desk
from articles.models import FrontPage, Place, Slot
from articles.workflow.front import SHOWN, arrange_front_page

EDITOR: Final = "constance"
PLACES: Final = (
    (Place.LEAD, "live-barrier-closing-surge"),
    (Place.SECOND, "analysis-how-gate-four-failed"),
    (Place.SECOND, "editorial-harbour-master-close-early"),
    (Place.UNDER, "minister-committee-gate-four"),
    (Place.UNDER, "tribunal-suspends-ostrey-ferry-contract"),
    (Place.SECTION, "hospital-told-roof-could-fall"),
    (Place.SECTION, "interview-harbour-pilot-solvei-marn"),
)
LIVE_FOR: Final = datetime.timedelta(hours=36)


def arrange_front(desk: Desk, now: datetime.datetime) -> None:
    """Let the live story lead until the surge is past; what is not loaded leaves its place to the program."""
    by_slug = {story.slug: story for story in desk.stories.values() if story.status in SHOWN}
    slots = [
        Slot(place, by_slug[slug].pk, now + LIVE_FOR if place == Place.LEAD else None)
        for place, slug in PLACES
        if slug in by_slug
    ]
    number = FrontPage.objects.arrangement().number
    arrange_front_page(by=desk.staff.users[EDITOR], slots=slots, number=number)
