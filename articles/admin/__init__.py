"""The door for editors: the stock Django admin with our own pages. It holds no rules; it calls `workflow`."""

from articles.admin import (
    edition,
    event,
    image,
    people,
    quotes,
    source,
    speaker,
    story,
)

__all__ = ["edition", "event", "image", "people", "quotes", "source", "speaker", "story"]
