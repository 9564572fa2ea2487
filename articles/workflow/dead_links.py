"""Asking whether the addresses of sources still answer, before a reader finds that they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.utils import timezone

from articles import archive
from articles.models import Source
from articles.workflow.record import record_event

LONGEST: Final = 300  # characters of a problem


def check_link(source: Source, *, fetch: Callable[[str], archive.Capture] = archive.capture) -> Source:
    """Ask for the address of `source` and note whether it answered. What is there is not kept.

    The request is made outside the transaction. When an address stops or begins to answer, an Event says so.
    Nothing is asked for a confidential source or one without an address.
    """
    if source.confidential or not source.url:
        return source
    try:
        fetch(source.url)
    except archive.CaptureError as error:
        problem = str(error)[:LONGEST]
    else:
        problem = ""
    with transaction.atomic():
        current = Source.objects.select_for_update().get(pk=source.pk)
        if current.url != source.url or current.confidential:
            return current  # somebody changed it meanwhile: it is asked again another time
        before, current.link_problem = current.link_problem, problem
        current.link_checked_at = timezone.now()
        current.save(update_fields=["link_problem", "link_checked_at"])
        if bool(before) != bool(problem):
            action = "source.link_dead" if problem else "source.link_answers"
            record_event(action=action, record=current, by=None, reason=problem)
    return current
