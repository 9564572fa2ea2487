"""The editions of one story in time: which readers see, which waits, which were never seen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from articles.models import Edition, Story
from articles.workflow.readers import readers_see_edition


@dataclass(frozen=True, slots=True)
class Timeline:
    """The editions of a story as they stand at `now`, oldest first."""

    now: datetime.datetime
    editions: tuple[Edition, ...]

    @classmethod
    def of(cls, story: Story, now: datetime.datetime) -> Timeline:
        """Read the editions of `story`, without their bodies: one query."""
        editions = Edition.objects.filter(story=story).order_by("number")
        return cls(now, tuple(editions.defer("body_html", "body_text")))

    @property
    def current(self) -> Edition | None:
        """What readers are told now: the live edition, or the notice that the story is gone."""
        live = [each for each in self.editions if each.live_from <= self.now and _lasts(each, self.now)]
        return live[-1] if live else None

    @property
    def pending(self) -> Edition | None:
        """The edition whose time is still to come."""
        later = [each for each in self.editions if each.live_until is None and each.live_from > self.now]
        return later[0] if later else None

    @property
    def last_read(self) -> Edition | None:
        """The newest edition that readers could read, whether or not it is gone now."""
        seen = [each for each in self._seen if not each.gone]
        return seen[-1] if seen else None

    @property
    def was_published(self) -> bool:
        """Whether readers have ever seen the story."""
        return bool(self._seen)

    def numbered(self, live_from: datetime.datetime) -> dict[str, Any]:
        """The columns that place the next edition after these."""
        first = min([live_from, *(each.first_live_from for each in self._seen)])
        number = max((each.number for each in self.editions), default=0) + 1
        return {"number": number, "live_from": live_from, "first_live_from": first}

    def make_room(self, live_from: datetime.datetime) -> None:
        """End the current edition when the next begins. Cancel what is pending first."""
        if self.current is not None:
            Edition.objects.filter(pk=self.current.pk).end(live_from)

    def cancel_pending(self) -> None:
        """Let what is pending never be seen, and what it was to follow stay."""
        pending, current = self.pending, self.current
        if pending is not None:
            Edition.objects.filter(pk=pending.pk).end(pending.live_from)
            if current is not None:
                Edition.objects.filter(pk=current.pk).reopen()
            readers_see_edition(pending)

    @property
    def _seen(self) -> list[Edition]:
        begun = [each for each in self.editions if each.live_from <= self.now]
        return [each for each in begun if each.live_until is None or each.live_until > each.live_from]


def _lasts(edition: Edition, now: datetime.datetime) -> bool:
    return edition.live_until is None or edition.live_until > now
