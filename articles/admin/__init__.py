"""The door for editors: the stock Django admin with our own pages. It holds no rules; it calls `workflow`."""

from articles.admin import (
    assignment,
    disputes,
    edition,
    event,
    image,
    people,
    policies,
    quotes,
    source,
    speaker,
    story,
    story_template,
)

__all__ = [
    "assignment",
    "disputes",
    "edition",
    "event",
    "image",
    "people",
    "policies",
    "quotes",
    "source",
    "speaker",
    "story",
    "story_template",
]
