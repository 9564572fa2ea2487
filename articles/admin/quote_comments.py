"""What the desk said about a quote: the comments on its words, in whichever stories print them.

A comment belongs to the passage of a story, stays with it, and is answered there; the record gathers them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from articles.admin.comments import Shown, show_thread
from articles.models import Quotation, Quote, Thread
from articles.text.markup import plain_text
from articles.workflow.comments import may_comment

MOST = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A story that prints the quote, and the threads on these words there."""

    use: Quotation
    near: int
    threads: list[Shown]


def quote_comments(quote: Quote, request: HttpRequest) -> dict[str, Any]:
    """The context of the panel, in three queries; nothing for who may not read comments."""
    if not request.user.has_perms(["articles.view_comment", "articles.view_story"]):
        return {}
    rows = quote.quotations.in_text().select_related("story").order_by("-story__updated_at", "position")
    uses = [use for use in rows[:MOST] if use.spans]
    threads = Thread.objects.filter(story__in=[use.story_id for use in uses], start__isnull=False)
    found = list(threads.with_comments()) if uses else []
    places = [Place(use, use.spans[0][0], list(_on(use, found, request))) for use in uses]
    return {"places": places, "may_comment": may_comment(request.user), "shows_comments": True}


def _on(use: Quotation, threads: list[Thread], request: HttpRequest) -> Iterable[Shown]:
    """The threads that share a character with the words of `use`."""
    text = plain_text(use.story.body).text
    for thread in threads:
        if thread.story_id == use.story_id and any(
            start < thread.end and thread.start < end for start, end in use.spans
        ):
            yield show_thread(thread, text, request)
