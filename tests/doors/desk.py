"""The way into the desk for tests: a logged-in client, and the fields of a story's form."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from articles.models import Story
from tests.factories import make_user

BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(who: User | str) -> Client:
    """A client logged in as `who`: a user, or the name of a role, for whom a user is made."""
    user = make_user(who) if isinstance(who, str) else who
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def typed(story: Story | None = None, **changes: Any) -> dict[str, Any]:
    """What a browser would post from the form of `story`, with `changes`."""
    fields: dict[str, Any] = {"headline": "", "body": "", "type_of_work": "news"}
    if story is not None:
        names = ["headline", "kicker", "dek", "body", "slug", "slugline", "dateline", "type_of_work"]
        fields |= {name: getattr(story, name) for name in [*names, "editors_note"]}
        fields |= {"version": story.version, "section": story.section_id or "", "owner": story.owner_id or ""}
        fields |= {f"authors_{row.position}": row.author_id for row in story.bylines.all()}
        fields["topics"] = ", ".join(sorted(topic.name for topic in story.topics.all()))
    return fields | changes


def words(response: Any) -> str:
    """The text of a page, as one line."""
    return " ".join(response.content.decode().split())
