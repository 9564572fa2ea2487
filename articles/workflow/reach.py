"""Doubting or withdrawing a quote or a source, with all that follows: which stories it reaches, and doing it.

The page that asks for confirmation shows a `Reach`; the verb compares it with what is there once everything
is locked, and does nothing when the two differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Edition, EditionQuote, Event, Quotation, Quote, Source, Story
from articles.models.quote import QuoteQuerySet
from articles.workflow.amend import Correcting
from articles.workflow.edition_quote import DOUBTED
from articles.workflow.errors import Invalid, NotAllowed
from articles.workflow.gate_people import gives_away
from articles.workflow.lifecycle import needed
from articles.workflow.people import require
from articles.workflow.sources import dispute_source, withdraw_source
from articles.workflow.stamp import refuse_changed, stamp
from articles.workflow.steps import STEPS
from articles.workflow.verify import dispute_quote, withdraw_quote

CORRECTING_KINDS: Final = (Edition.Kind.CORRECTION, Edition.Kind.CLARIFICATION, Edition.Kind.UPDATE)


@dataclass(frozen=True, slots=True)
class Action:
    """A verb that reaches further than its record. `shown` and `gate` say what it means for a story."""

    call: Callable[..., Any]
    permission: str
    shown: str | Promise
    gate: str | Promise


ACTIONS: Final[Mapping[str, Action]] = {
    "dispute_quote": Action(
        dispute_quote,
        "articles.dispute_quote",
        gettext_lazy("The page is renewed: readers are told at once that the quote is disputed."),
        gettext_lazy("The gate stops its next publication until that is settled or the words go (G210)."),
    ),
    "withdraw_quote": Action(
        withdraw_quote,
        "articles.withdraw_quote",
        gettext_lazy("The page is renewed: readers are told at once that the quote is withdrawn."),
        gettext_lazy("The gate stops its next publication until the words are out of the text (G211)."),
    ),
    "dispute_source": Action(
        dispute_source,
        "articles.dispute_quote",
        gettext_lazy("The page is renewed: readers are told at once that the quotes are disputed."),
        gettext_lazy("The gate stops its next publication until each dispute is settled (G210)."),
    ),
    "withdraw_source": Action(
        withdraw_source,
        "articles.withdraw_source",
        gettext_lazy("The page is renewed: readers no longer see the quotes as verified."),
        gettext_lazy("The gate stops its next publication until the quotes have another source (G305)."),
    ),
}


@dataclass(frozen=True, slots=True)
class Use:
    """A story that uses the words: `printed` times in its text, on its live page, in a scheduled edition."""

    story: Story
    printed: int
    live: Edition | None
    pending: Edition | None
    effects: tuple[str, ...]

    @property
    def correctable(self) -> bool:
        """Whether readers see the words there now, so that they can be told."""
        return self.live is not None


@dataclass(frozen=True, slots=True)
class Reach:
    """Every story that uses the quotes, and `seen`, which the verb wants back."""

    quotes: tuple[Quote, ...]
    uses: tuple[Use, ...]
    seen: str

    @property
    def correctable(self) -> tuple[Use, ...]:
        """The stories whose readers can be told."""
        return tuple(use for use in self.uses if use.correctable)


def reach_of(name: str, record: Quote | Source) -> Reach:
    """What the action `name` would do with every story that uses `record`. Four queries."""
    return _reach(name, _quotes(name, record), lock=False)


def carry_through(
    name: str,
    record: Quote | Source,
    *,
    by: User,
    reason: str,
    seen: str,
    correcting: Correcting | None = None,
) -> list[Event]:
    """Do the action `name` with all that follows, in one transaction; returns the events, oldest first.

    `seen` is that of the reach that `by` read. With `correcting`, one text is published in every chosen
    story. Raises what the verb raises, NotAllowed, Invalid for a note that gives a confidential source away,
    and WrongState when the reach is another by now.
    """
    action = ACTIONS[name]
    require(by, action.permission, _("Your role does not include this. Ask a managing editor."))
    with transaction.atomic():
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if isinstance(record, Source):
            list(Source.objects.select_for_update().filter(pk=record.pk).values_list("pk"))
        reach = _reach(name, _quotes(name, record), lock=True)
        refuse_changed(seen, reach.seen)
        if correcting is not None:
            _check_note(correcting, reach, record, by)
        current = record if isinstance(record, Source) else reach.quotes[0]
        action.call(current, by=by, reason=reason, correcting=correcting)
        return list(Event.objects.filter(pk__gt=last, by=by).order_by("pk"))


def _quotes(name: str, record: Quote | Source) -> QuoteQuerySet:
    """The quotes that the action changes."""
    if isinstance(record, Quote):
        return Quote.objects.filter(pk=record.pk)
    quotes = Quote.objects.filter(source=record.pk)
    return quotes.exclude(verification__in=DOUBTED) if name == "dispute_source" else quotes


def _reach(name: str, wanted: QuoteQuerySet, *, lock: bool) -> Reach:
    """Read the reach; with `lock`, hold quotes and stories, in the order in which everybody locks them."""
    quotes = wanted.with_people().order_by("pk")
    rows = list(quotes.select_for_update(of=("self",)) if lock else quotes)
    texts = _texts(rows)
    editions = _editions(rows)
    stories = _stories({*texts, *editions}, lock=lock)
    uses = tuple(_use(name, story, texts.get(story.pk, 0), editions.get(story.pk, ())) for story in stories)
    seen = stamp(
        *((quote.pk, quote.words, quote.verification) for quote in rows),
        *((use.story.pk, use.story.status, use.printed, _pk(use.live), _pk(use.pending)) for use in uses),
    )
    return Reach(tuple(rows), uses, seen)


def _texts(quotes: Sequence[Quote]) -> dict[int, int]:
    """How often the text of each story has one of `quotes`; stories that lost them count none."""
    found: dict[int, int] = {}
    rows = Quotation.objects.filter(quote__in=[quote.pk for quote in quotes]).order_by()
    for story, state in rows.values_list("story", "state"):
        found[story] = found.get(story, 0) + (state in Quotation.State.in_text())
    return found


def _editions(quotes: Sequence[Quote]) -> dict[int, tuple[Edition, ...]]:
    """The live and scheduled editions that print one of `quotes`, by story, the live one first."""
    now = timezone.now()
    printing = EditionQuote.objects.filter(quote_key__in=[quote.key for quote in quotes])
    lasting = Q(live_until__isnull=True) | Q(live_until__gt=now)
    rows = Edition.objects.filter(lasting, pk__in=printing.order_by().values("edition"), gone=False)
    found: dict[int, tuple[Edition, ...]] = {}
    for edition in rows.defer("body_html", "body_text").order_by("live_from", "number"):
        found[edition.story_id] = (*found.get(edition.story_id, ()), edition)
    return found


def _stories(numbers: set[int], *, lock: bool) -> QuerySet[Story]:
    stories: QuerySet[Story] = Story.objects.filter(pk__in=numbers).defer("body").order_by("pk")
    return stories.select_for_update(of=("self",)) if lock else stories.select_related("section")


def _use(name: str, story: Story, printed: int, editions: Sequence[Edition]) -> Use:
    now, action = timezone.now(), ACTIONS[name]
    live = next((each for each in editions if each.live_from <= now), None)
    pending = next((each for each in editions if each.live_from > now), None)
    effects = []
    if live is not None:
        effects.append(str(action.shown))
    if pending is not None:
        when = date_format(timezone.localtime(pending.live_from), "DATETIME_FORMAT")
        effects.append(_("The edition that is scheduled for %(time)s is cancelled.") % {"time": when})
    if printed and story.status not in (Story.Status.KILLED, Story.Status.SPIKED):
        effects.append(str(action.gate))
    return Use(story, printed, live, pending, tuple(effects or [_("Nothing changes for it.")]))


def _check_note(correcting: Correcting, reach: Reach, record: models.Model, by: User) -> None:
    """Refuse a note that may not be published, or not by `by`."""
    require(by, STEPS["correct"].permission, STEPS["correct"].denied)
    if correcting.kind not in CORRECTING_KINDS:
        raise NotAllowed(_("Retract a story on its own page; here you can correct, clarify or update it."))
    needed(correcting.note, _("Tell readers what was wrong and what is right, in a sentence or two."))
    stories = [use.story.pk for use in reach.uses]
    used = Q(quotes__quotations__story__in=stories) | Q(quotes__in=[quote.pk for quote in reach.quotes])
    for source in Source.objects.filter(used, confidential=True).distinct():
        if gives_away(source, correcting.note):
            raise Invalid(
                {
                    "note": [
                        _("Words in it identify the confidential source [%(key)s]. Reword the note.")
                        % {"key": source.key}
                    ]
                }
            )


def _pk(record: models.Model | None) -> object:
    return record.pk if record is not None else ""
