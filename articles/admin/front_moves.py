"""What the buttons on the page of the front page do to an arrangement that is not published yet."""

import datetime
from dataclasses import replace

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.admin.numbers import read_number
from articles.admin.widgets import YEARS
from articles.models import Arrangement, Part, Place, Slot
from articles.models.front import MOST

ORDER = list(Place)


def posted_arrangement(data: QueryDict) -> Arrangement:
    """The arrangement that the form carries; a time beside a story counts more than the one it had."""
    slots = []
    for code in data.getlist("slot"):
        slot = Slot.read(code)
        if slot is not None:
            name = f"until-{slot.story_id}"
            slots.append(replace(slot, until=_local(data[name])) if name in data else slot)
    hidden = [part for part in data.getlist("hide") if part in Part.values]
    number = data.get("number", "")
    known = read_number(number) or 0
    return Arrangement(in_order(slots), tuple(hidden), known)


def in_order(slots: list[Slot]) -> tuple[Slot, ...]:
    """The slots from the lead downwards; those of one place as they were."""
    return tuple(sorted(slots, key=lambda slot: ORDER.index(Place(slot.place))))


def act(arrangement: Arrangement, deed: str) -> Arrangement:
    """The arrangement after a button: `up:12`, `down:12`, `out:12`, `add:lead:12`; else as it was."""
    verb, _colon, rest = deed.partition(":")
    place, _colon, number = rest.rpartition(":")
    story_id = read_number(number)
    if story_id is None:
        return arrangement
    slots = list(arrangement.slots)
    if verb == "add" and place in Place.values:
        slots = [*(slot for slot in slots if slot.story_id != story_id), Slot(place, story_id)]
        slots = _make_room(slots, place)
    elif verb == "out":
        slots = [slot for slot in slots if slot.story_id != story_id]
    elif verb in ("up", "down"):
        slots = _move(slots, story_id, -1 if verb == "up" else 1)
    return replace(arrangement, slots=in_order(slots))


def _move(slots: list[Slot], story_id: int, step: int) -> list[Slot]:
    """Past its neighbour; from the end of a place into the next one, or in exchange when that is full."""
    at = next((n for n, slot in enumerate(slots) if slot.story_id == story_id), None)
    if at is None:
        return slots
    mine, other = slots[at], at + step
    target = ORDER.index(Place(mine.place)) + step
    neighbour = slots[other] if 0 <= other < len(slots) else None
    if neighbour is not None and neighbour.place == mine.place:
        slots[at], slots[other] = neighbour, mine
    elif 0 <= target < len(ORDER):
        place = ORDER[target]
        if sum(slot.place == place for slot in slots) < MOST[place] or neighbour is None:
            slots[at] = replace(mine, place=place)
        else:
            slots[at], slots[other] = replace(neighbour, place=mine.place), replace(mine, place=place)
    return slots


def _make_room(slots: list[Slot], place: str) -> list[Slot]:
    """The newest in a full place drives the first of it out: the lead is exchanged in one step."""
    here = [slot for slot in slots if slot.place == place]
    gone = here[: max(0, len(here) - MOST[Place(place)])]
    return [slot for slot in slots if slot not in gone]


def _local(text: str) -> datetime.datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment is None or moment.year not in YEARS:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
