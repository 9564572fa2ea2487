"""The door for editors: the stock Django admin with our own pages. It holds no rules; it calls `workflow`."""

from articles.admin import (
    assignment,
    brand,
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
    topics,
)

__all__ = [
    "assignment",
    "brand",
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
    "topics",
]
