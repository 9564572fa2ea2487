"""What the demo's desk says about a story, and what its people have read of that."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Final

from articles.demo.desk import Desk
from articles.models import Notification, Story, Thread
from articles.workflow.comments import open_thread, reply, resolve_thread

STORY: Final = "cable-works-night-shift-talks"
OLD: Final = datetime.timedelta(hours=20)
MINUTE: Final = datetime.timedelta(minutes=1)


def talk(desk: Desk, now: datetime.datetime) -> Iterator[tuple[datetime.datetime, Callable[[], None]]]:
    """What three people say about the story in review, and when each says it; nothing without that story."""
    people = desk.staff.users
    threads: dict[str, Thread] = {}

    def story() -> Story | None:
        return next((story for story in desk.stories.values() if story.slug == STORY), None)

    def ask(name: str, who: str, text: str, words: str = "") -> None:
        if (about := story()) is not None:
            threads[name] = open_thread(about, by=people[who], text=text, words=words).thread

    def answer(name: str, who: str, text: str) -> None:
        if name in threads:
            reply(threads[name], by=people[who], text=text)

    def end(name: str, who: str) -> None:
        if name in threads:
            resolve_thread(threads[name], by=people[who])

    watch = "@jonah She says fifty-three further down. Which is it, and who held the watch?"
    yield now - 19 * MINUTE, lambda: ask("box", "constance", "Could the timetable of the 14 stand in a box?")
    yield now - 16 * MINUTE, lambda: ask("walk", "farid", watch, "the bridge is a walk of 50 minutes")
    map_says = "Fifty by the map, fifty-three with her dog. I will say so."
    yield now - 11 * MINUTE, lambda: answer("walk", "jonah", map_says)
    no_room = "It is in the picture’s caption now; there is no room for both."
    yield now - 11 * MINUTE, lambda: answer("box", "jonah", no_room)
    yield now - 9 * MINUTE, lambda: end("box", "constance")


def settle_inboxes(now: datetime.datetime) -> None:
    """Let what is older be read, and no mail be sent."""
    Notification.objects.filter(read_at=None, at__lt=now - OLD).update(read_at=now)
    Notification.objects.filter(mail=Notification.Mail.WAITING).update(mail=Notification.Mail.SENT)
