"""What a reviewer can decide about one quotation: each a verb, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from articles.admin.copies import fetch_copy, keep_copy
from articles.models import Quotation, Role, Snapshot, Source, Speaker, Story
from articles.workflow.alter import accept_alteration, restore_words
from articles.workflow.attribute import (
    add_role,
    attribute_quote,
    create_speaker,
    dismiss_quotation,
    record_quote,
    reinstate_quotation,
)
from articles.workflow.errors import WrongState
from articles.workflow.identify import identify_speaker
from articles.workflow.merge import keep_apart
from articles.workflow.sources import create_source
from articles.workflow.verify import dispute_quote, unverify_quote, verify_quote

Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """A verb for a quotation. `moves_on`: the screen then goes to the next one."""

    call: Callable[[Story, Quotation, User, Typed], str]
    moves_on: bool = False


def decide(name: str, story: Story, quotation: Quotation, *, by: User, typed: Typed) -> str:
    """Carry out the decision `name` and return the words for it. Raises Refusal."""
    decision = DECISIONS.get(name)
    if decision is None:
        raise Http404
    return decision.call(story, quotation, by, typed)


def _verify(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    quote = _record(quotation)
    # What the reviewer read: the verb refuses when the record is another by now.
    quote.words = typed["words"] or quote.words
    copies = Snapshot.objects.filter(source=quote.source_id).defer("data")
    against = copies.filter(pk=typed["snapshot"]).first() if typed["snapshot"] else None
    verify_quote(quote, by=by, against=against, method=typed["method"], note=typed["note"])
    return _("Verified.")


def _unverify(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    unverify_quote(_record(quotation), by=by, reason=typed.get("reason", ""))
    return _("The verification is taken back.")


def _dispute(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    dispute_quote(_record(quotation), by=by, reason=typed["reason"])
    return _("The quote is disputed. Every live story that prints it says so now.")


def _dismiss(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    dismiss_quotation(quotation, by=by, reason=typed.get("reason", ""))
    return _("Set aside: these words are not a quotation.")


def _reinstate(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    reinstate_quotation(quotation, by=by)
    return _("It counts as a quotation again.")


def _accept(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    accept_alteration(quotation, by=by)
    return _("The printed words are the record now. They have to be checked again.")


def _restore(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    restore_words(quotation, by=by, version=story.version)
    return _("The record's words are back in the story.")


def _attribute(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    facts = {name: typed[name] for name in ("occasion", "place", "said_on")}
    with transaction.atomic():
        speaker = typed["speaker"] or create_speaker(by=by, name=typed["new_speaker"])
        role = _role(speaker, by, typed)
        if quotation.quote is None:
            record_quote(quotation, by=by, speaker=speaker, role=role, **facts)
        else:
            attribute_quote(quotation.quote, by=by, speaker=speaker, role=role, **facts)
    return _("The words are attributed to %(speaker)s.") % {"speaker": speaker}


def _identify(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    """Take the proposed speaker, or somebody new who is none of those of that name."""
    speaker = identify_speaker(quotation, speaker=typed["speaker"], by=by)
    return _("The words are attributed to %(speaker)s.") % {"speaker": speaker}


def _apart(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    speaker = _record(quotation).speaker
    if speaker is None:
        raise WrongState(_("Nobody is on record for these words. Say first who said them."))
    keep_apart(speaker, other=typed["speaker"], by=by)
    return _("“%(one)s” and “%(other)s” are two people. Nobody is asked again.") % {
        "one": speaker,
        "other": typed["speaker"],
    }


def _role(speaker: Speaker, by: User, typed: Typed) -> Role | None:
    """The chosen role, or a new one when one was written."""
    if typed["role"] or not typed["new_role"]:
        return typed["role"]
    known = speaker.roles.filter(
        title__iexact=typed["new_role"], organisation__iexact=typed["new_organisation"]
    )
    return known.first() or add_role(
        speaker, by=by, title=typed["new_role"], organisation=typed["new_organisation"]
    )


def _source(story: Story, quotation: Quotation, by: User, typed: Typed) -> str:
    """Give the quote a source, and the source a copy of itself."""
    quote = _record(quotation)
    with transaction.atomic():
        source: Source = typed["source"] or create_source(
            by=by, kind=typed["kind"] or Source.Kind.DOCUMENT, title=typed["title"], url=typed["url"]
        )
        attribute_quote(
            quote, by=by, speaker=quote.speaker, role=quote.role,
            source=source, source_place=typed["source_place"],
        )  # fmt: skip
        keep_copy(source, by=by, typed=typed)
    fetch_copy(source, by=by, typed=typed)
    return _("The source is kept, and the words were looked up in it.")


def _record(quotation: Quotation) -> Any:
    if quotation.quote is None:
        raise WrongState(
            _("These words have no record yet. Say first who said them, with “Another speaker”.")
        )
    return quotation.quote


DECISIONS: dict[str, Decision] = {
    "verify": Decision(_verify, moves_on=True),
    "unverify": Decision(_unverify),
    "dispute": Decision(_dispute, moves_on=True),
    "dismiss": Decision(_dismiss, moves_on=True),
    "reinstate": Decision(_reinstate),
    "accept": Decision(_accept),
    "restore": Decision(_restore),
    "attribute": Decision(_attribute),
    "identify": Decision(_identify),
    "apart": Decision(_apart),
    "source": Decision(_source),
}
