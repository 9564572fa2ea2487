"""Who counts as the writer of a quote, so that somebody else verifies it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q

from articles.models import Byline, Quotation, Quote


def writers(quotes: Sequence[Quote]) -> dict[int, frozenset[int]]:
    """For each of `quotes`, the people who cannot verify it, by primary key. Two queries at most.

    They are who brought the words in (or, where the program did, said first whose they are), and who wrote
    them into a story that prints them. Where nobody did either, since the copy came in by a command, they are
    those who answer for the stories that print the words: owners, and authors who sign.
    """
    uses = list(
        Quotation.objects.filter(quote__in=[quote.pk for quote in quotes])
        .in_text()
        .order_by()
        .values_list("quote", "written_by", "story", "story__owner")
    )
    found: dict[int, set[int | None]] = {quote.pk: {quote.written_by_id} for quote in quotes}
    for quote, writer, _story, _owner in uses:
        found[quote].add(writer)
    nobody = {quote for quote, people in found.items() if people == {None}}
    signers = _signers({story for quote, _writer, story, _owner in uses if quote in nobody})
    for quote, _writer, story, owner in uses:
        if quote in nobody:
            found[quote] |= {owner, *signers.get(story, ())}
    return {quote: frozenset(each for each in people if each is not None) for quote, people in found.items()}


def answers_for(user: User | AnonymousUser) -> Q:
    """The condition “`user` counts as a writer of the words”, for quotations, as `writers` has it."""
    signed = Byline.objects.filter(author__user=user.pk).order_by().values("story")
    nobody = Q(written_by__isnull=True) & (Q(quote__isnull=True) | Q(quote__written_by__isnull=True))
    own = Q(story__owner=user.pk) | Q(story__in=signed)
    return Q(written_by=user.pk) | Q(quote__written_by=user.pk) | (nobody & own)


def _signers(stories: set[int]) -> dict[int, list[int]]:
    """The log-ins of the authors who sign each of `stories`."""
    signers: dict[int, list[int]] = {}
    if stories:
        rows = Byline.objects.filter(story__in=stories, author__user__isnull=False).order_by()
        for story, user in rows.values_list("story", "author__user"):
            signers.setdefault(story, []).append(user)
    return signers
