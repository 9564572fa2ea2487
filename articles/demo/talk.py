"""What the demo's desk says about a story, and what its people have read of that."""

from __future__ import annotations

import datetime
from typing import Final

from articles.demo.clock import clock_at
from articles.demo.desk import Desk
from articles.models import Notification
from articles.workflow.comments import open_thread, reply, resolve_thread

STORY: Final = "cable-works-night-shift-talks"
OLD: Final = datetime.timedelta(hours=20)


def talk(desk: Desk, now: datetime.datetime) -> None:
    """Let three people comment on the story in review, and let what is older be read. No mail is sent."""
    story = next((story for story in desk.stories.values() if story.slug == STORY), None)
    if story is not None:
        jonah, farid, constance = (desk.staff.users[key] for key in ("jonah", "farid", "constance"))
        with clock_at(now - datetime.timedelta(minutes=19)):
            box = open_thread(story, by=constance, text="Could the timetable of the 14 stand in a box?")
        with clock_at(now - datetime.timedelta(minutes=16)):
            walk = open_thread(
                story,
                by=farid,
                words="the bridge is a walk of 50 minutes",
                text="@jonah She says fifty-three further down. Which is it, and who held the watch?",
            )
        with clock_at(now - datetime.timedelta(minutes=11)):
            reply(walk.thread, by=jonah, text="Fifty by the map, fifty-three with her dog. I will say so.")
            reply(box.thread, by=jonah, text="It is in the picture’s caption now; there is no room for both.")
        with clock_at(now - datetime.timedelta(minutes=9)):
            resolve_thread(box.thread, by=constance)
    Notification.objects.filter(read_at=None, at__lt=now - OLD).update(read_at=now)
    Notification.objects.filter(mail=Notification.Mail.WAITING).update(mail=Notification.Mail.SENT)
