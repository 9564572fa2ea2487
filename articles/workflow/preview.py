"""A story as readers would see it, before they do: from what is stored, or from what is being typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Correction, Edition, EditionQuote, PreviewLink, Quotation, Story
from articles.text.markup import clean_html, plain_text
from articles.text.quotations import find_quotations
from articles.workflow.edition import build_content
from articles.workflow.errors import WrongState, check_record
from articles.workflow.material import Material, body_pictures, gather
from articles.workflow.people import require_edit
from articles.workflow.quotations import read_body
from articles.workflow.record import record_event

LONGEST: Final = datetime.timedelta(days=14)
# What of a form changes the preview as one types; the rest is shown as stored.
TYPED: Final = ("kicker", "headline", "dek", "dateline", "body")
CLOSED: Final = frozenset({Story.Status.KILLED, Story.Status.SPIKED})


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edition made now would be. Nothing of it is stored."""

    edition: Edition
    quotes: Sequence[EditionQuote]
    corrections: Sequence[Correction]


def preview_story(story: Story, *, by: User, typed: Mapping[str, str] | None = None) -> Preview:
    """`story` as readers would see it if `by` published it now, with the words of `typed` in it.

    `typed` may hold any of `TYPED`; quotations follow their words. The gate is not asked. As in an edition,
    nothing of a confidential source is in it. A constant number of queries.
    """
    material = gather(story)
    if typed:
        material = _retyped(material, typed)
    content = build_content(material, editor=by)
    last = Edition.objects.filter(story=story, gone=False).order_by("-number").first()
    now = timezone.now()
    edition = Edition(
        story=material.story,
        number=last.number + 1 if last else 1,
        live_from=now,
        first_live_from=last.first_live_from if last else now,
        **{name: value or _MISSING.get(name, value) for name, value in content.columns.items()},
    )
    return Preview(
        edition,
        [EditionQuote(edition=edition, **columns) for columns in content.quotes],
        list(last.story_corrections.all()) if last else [],
    )


def share_preview(story: Story, *, by: User, recipient: str, lasts: datetime.timedelta) -> PreviewLink:
    """Make a link under which somebody without a log-in reads `story` as it stands, for at most two weeks.

    Raises NotAllowed (who may not change the story), WrongState, Invalid.
    """
    with transaction.atomic():
        current = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
        require_edit(by, current)
        if not datetime.timedelta() < lasts <= LONGEST:
            raise WrongState(_("A link works for two weeks at most. Choose a shorter time."))
        now = timezone.now()
        link = PreviewLink(
            story=current, recipient=recipient.strip(), made_by=by, made_at=now, expires_at=now + lasts
        )
        check_record(link)
        link.save(force_insert=True)
        record_event(
            action="story.preview_shared",
            record=current,
            by=by,
            after={"recipient": link.recipient, "until": link.expires_at},
        )
    return link


def revoke_preview(link: PreviewLink, *, by: User) -> PreviewLink:
    """Take a link back: it shows nothing from now on. Raises NotAllowed; one that is taken back stays so."""
    with transaction.atomic():
        current = PreviewLink.objects.select_for_update(of=("self",)).select_related("story").get(pk=link.pk)
        if current.story.status not in CLOSED:
            require_edit(by, current.story)
        if current.revoked_at is None:
            current.revoked_at = timezone.now()
            current.save(update_fields=["revoked_at"])
            record_event(
                action="story.preview_revoked",
                record=current.story,
                by=by,
                after={"recipient": current.recipient},
            )
    return current


def open_preview(key: str) -> PreviewLink | None:
    """The link named `key` if it shows its story now; that it was opened is noted."""
    link = PreviewLink.objects.open().select_related("story", "made_by").filter(key=key).first()
    if link is None or link.story.status in CLOSED:
        return None
    PreviewLink.objects.filter(pk=link.pk).update(opened_at=timezone.now())
    return link


# An edition has these; a draft may not yet, and is shown all the same.
_MISSING: Final[Mapping[str, Any]] = {
    "headline": gettext_lazy("No headline yet"),
    "slug": "preview",
    "section_slug": "preview",
    "section_name": gettext_lazy("No section yet"),
}


def _retyped(material: Material, typed: Mapping[str, str]) -> Material:
    """The material with other words in it; each quotation where its words stand now."""
    story = material.story
    for name in TYPED:
        if name in typed:
            setattr(story, name, clean_html(typed[name]) if name == "body" else " ".join(typed[name].split()))
    plain = plain_text(story.body)
    sightings = {each.quotation_id: each for each in read_body(story.body, story=story) if each.quotation_id}
    quotations = []
    for stored in material.quotations:
        shown = copy(stored)
        if seen := sightings.get(stored.pk):
            shown.spans = [[segment.start, segment.end] for segment in seen.segments]
            shown.segments = [segment.text for segment in seen.segments]
        else:
            shown.state = Quotation.State.MISSING
        quotations.append(shown)
    found = find_quotations(plain.text, doubled=True, labelled=True)
    pictures = body_pictures(plain.html)
    return replace(material, plain=plain, found=found, quotations=tuple(quotations), pictures=pictures)
