"""Arranging the front page: what leads, what stands beside it, what opens a section, and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import FrontPage, FrontSlot, Part, Place, Slot, Story
from articles.models.front import MOST
from articles.models.surrogate import FRONT
from articles.workflow.errors import Invalid, WrongState
from articles.workflow.people import require
from articles.workflow.readers import readers_see
from articles.workflow.record import record_event

Status = Story.Status
SHOWN = frozenset({Status.PUBLISHED, Status.SCHEDULED})


def arrange_front_page(
    *, by: User, slots: Sequence[Slot], hidden: Sequence[str] = (), number: int
) -> FrontPage:
    """Let readers see the front page so from now on; without slots it fills itself. Returns the arrangement.

    `number` is that of the arrangement which `by` saw, 0 for none. A slot whose story is scheduled waits:
    until readers see it, the place is filled as if nobody had chosen. Raises NotAllowed, WrongState when
    somebody else arranged the page since, and Invalid.
    """
    require(
        by, "articles.arrange_frontpage", _("You may not arrange the front page. Ask an editor to do it.")
    )
    _check_slots(slots, hidden)
    with transaction.atomic():
        before = FrontPage.objects.arrangement()
        if before.number != number:
            raise _too_late()
        stories = _check_stories(slots)
        front = _write(by, slots, hidden, number + 1)
        record_event(
            action="front.arranged",
            record=front,
            by=by,
            before={"slots": [slot.code for slot in before.slots], "hidden": before.hidden},
            after=_in_words(slots, stories) | {"slots": [slot.code for slot in slots], "hidden": hidden},
        )
        readers_see(FRONT)
    return front


def _write(by: User, slots: Sequence[Slot], hidden: Sequence[str], number: int) -> FrontPage:
    try:
        with transaction.atomic():
            front = FrontPage.objects.create(number=number, hidden=list(hidden), by=by, at=timezone.now())
    except IntegrityError as error:  # of two who were asked at once, the number lets one through
        raise _too_late() from error
    FrontSlot.objects.bulk_create(
        FrontSlot(front=front, place=slot.place, position=place, story_id=slot.story_id, until=slot.until)
        for place, slot in enumerate(slots)
    )
    return front


def _check_slots(slots: Sequence[Slot], hidden: Sequence[str]) -> None:
    problems = []
    if set(hidden) - set(Part.values) or {slot.place for slot in slots} - set(Place.values):
        problems.append(_("A part of the front page has a name that does not exist. Load the page again."))
    counts = Counter(slot.place for slot in slots)
    problems += [
        _("“%(place)s” has room for %(most)d. Take one out or move it.")
        % {"place": place.label, "most": MOST[place]}
        for place in Place
        if counts[place] > MOST[place]
    ]
    if len({slot.story_id for slot in slots}) < len(slots):
        problems.append(_("A story stands in two places. Take it out of one of them."))
    now = timezone.now()
    if any(slot.until and slot.until <= now for slot in slots):
        problems.append(_("A place ends in the past. Choose a later time, or take the story out."))
    if problems:
        raise Invalid({"": problems})


def _check_stories(slots: Sequence[Slot]) -> dict[int, Story]:
    numbers = [slot.story_id for slot in slots]
    stories = Story.objects.only("headline", "slugline", "status", "type_of_work").in_bulk(numbers)
    problems = []
    for slot in slots:
        story = stories.get(slot.story_id)
        if story is None:
            problems.append(_("A story that you chose is no more. Take it out."))
        elif story.status not in SHOWN:
            problems.append(
                _("“%(story)s” is neither published nor scheduled. Take it out, or publish it first.")
                % {"story": story}
            )
        elif story.type_of_work == Story.TypeOfWork.ADVERTISER:
            problems.append(
                _("“%(story)s” was paid for by an advertiser and stands in its section only. Take it out.")
                % {"story": story}
            )
    if problems:
        raise Invalid({"": problems})
    return stories


def _in_words(slots: Sequence[Slot], stories: dict[int, Story]) -> dict[str, list[str]]:
    """What stands where, for people who read the event later."""
    words: dict[str, list[str]] = {}
    for slot in slots:
        words.setdefault(slot.place, []).append(str(stories[slot.story_id]))
    return words


def _too_late() -> WrongState:
    return WrongState(
        _(
            "Somebody else arranged the front page since you opened it, so yours was not published. "
            "Look at theirs in another window, then publish yours again or leave it."
        )
    )
