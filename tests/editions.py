"""Editions for tests of readers' pages: rows as publishing writes them, without the verbs.

All people, places and papers are invented.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from articles.models import (
    Correction,
    Edition,
    EditionByline,
    EditionQuote,
    EditionTopic,
    QuotedName,
    Section,
    Story,
)
from articles.workflow.published_words import index_edition
from tests.factories import make_section, make_user

WORDS = "We will keep the lighthouse open through the winter."
PASSAGE = f"The commissioner rose and said: {WORDS} Then she sat down."
SHA256 = "5f" * 32

_numbers = count(1)


def make_edition(
    *, quotes: Sequence[dict[str, Any]] = (), section: Section | None = None, **fields: Any
) -> Edition:
    """An edition that went live an hour ago, with a byline, a topic and the `quotes` given as columns.

    `story` makes it a later edition of that story; end the one before with `replace_edition`.
    """
    number = next(_numbers)
    section = section or make_section()
    live_from = fields.setdefault("live_from", timezone.now() - timedelta(hours=1))
    headline = fields.setdefault("headline", f"Lighthouse stays open in winter {number}")
    values: dict[str, Any] = {
        "story": fields.pop("story", None) or Story.objects.create(headline="", section=section),
        "number": 1,
        "kind": Edition.Kind.FIRST,
        "story_version": 1,
        "first_live_from": live_from,
        "section_slug": section.slug,
        "section_name": section.name,
        "slug": slugify(headline)[:110],
        "dek": "The harbour council voted on Tuesday.",
        "type_of_work": "news",
        "bylines": [{"name": "Wilma Fenn", "slug": "wilma-fenn"}],
        "topics": [{"name": "lighthouses", "slug": "lighthouses"}],
        "approved_by_name": "Alma Quill",
        "body_text": "The harbour council decided on Tuesday. " + " ".join(f"“{WORDS}”" for _ in quotes),
    } | fields
    rows = [edition_quote_values(position, **quote) for position, quote in enumerate(quotes)]
    values.setdefault("body_html", body_html(rows))
    values.setdefault("word_count", len(values["body_text"].split()))
    edition = Edition.objects.create(**values)
    EditionByline.objects.bulk_create(
        EditionByline(edition=edition, position=place, **byline)
        for place, byline in enumerate(edition.bylines)
    )
    EditionTopic.objects.bulk_create(EditionTopic(edition=edition, **topic) for topic in edition.topics)
    printed = EditionQuote.objects.bulk_create(EditionQuote(edition=edition, **row) for row in rows)
    index_edition(edition, printed)
    QuotedName.objects.remember(rows)
    return edition


def edition_quote_values(position: int, **fields: Any) -> dict[str, Any]:
    """The columns of a verified quote of Ilse Marrow from a speech that the paper archived."""
    words = fields.setdefault("words", WORDS)
    return {
        "position": position,
        "quote_key": f"key{next(_numbers)}",
        "segments": [words],
        "kind": "direct",
        "speaker_slug": "ilse-marrow",
        "speaker_name": "Ilse Marrow",
        "speaker": speaker_json(),
        "role_title": "Harbour Commissioner",
        "role_organisation": "Harbour Council",
        "occasion": "Debate on the harbour budget",
        "place": "Town hall, Sandholm",
        "said_on": timezone.localdate() - timedelta(days=2),
        "source_key": "source1",
        "source": source_json(),
        "verification": "verified",
        "verified_by_name": "Tove Reed",
        "verified_at": timezone.now() - timedelta(hours=2),
        "history": [step("in_source", by=""), step("verified", by="Tove Reed", method="read in the source")],
    } | fields


def speaker_json(**fields: Any) -> dict[str, Any]:
    """What an edition keeps of a speaker."""
    roles = [
        {"title": "Pilot", "organisation": "Harbour Council", "since": "2011-03-01", "until": "2020-06-30"},
        {
            "title": "Harbour Commissioner",
            "organisation": "Harbour Council",
            "since": "2020-07-01",
            "until": None,
        },
    ]
    known = {"kind": "person", "bio": "Runs the harbour.", "unnamed": False, "unnamed_reason": ""}
    return known | {"external_ids": {"wikidata": "Q100000000"}, "roles": roles} | fields


def source_json(**fields: Any) -> dict[str, Any]:
    """What an edition keeps of a source that may show."""
    start = PASSAGE.index(WORDS)
    return {
        "kind": "speech",
        "kind_name": "speech",
        "title": "Speech to the harbour council",
        "publisher": "Sandholm Harbour Council",
        "url": "https://council.example/speech",
        "date": "2026-05-10",
        "terms": "on_the_record",
        "terms_name": "on the record",
        "place": "page 3",
        "sha256": SHA256,
        "captured_at": "2026-05-10T09:30:00+00:00",
        "passage": PASSAGE,
        "passage_spans": [[start, start + len(WORDS)]],
    } | fields


def step(verification: str, *, by: str, method: str = "", note: str = "") -> dict[str, str]:
    """A step of the history of a quote."""
    label = verification.replace("_", " ")
    return {
        "at": "2026-05-10T10:00:00+00:00",
        "verification": verification,
        "label": label,
        "by": by,
        "method": method,
        "note": note,
    }


def body_html(rows: Sequence[dict[str, Any]]) -> str:
    """A body that prints the quotes, marked as publishing marks them."""
    used: dict[str, int] = {}
    paragraphs = ["<p>The harbour council decided on Tuesday.</p>"]
    for row in rows:
        key = row["quote_key"]
        used[key] = used.get(key, 0) + 1
        anchor = f"q-{key}" if used[key] == 1 else f"q-{key}-{used[key]}"
        words = " … ".join(map(escape, row["segments"]))
        number, name = row["position"] + 1, escape(row["speaker_name"])
        paragraphs.append(
            f'<p>“<span class="quotation" id="{anchor}" data-quote="{key}">{words}</span>”'
            f'<button type="button" class="quotation-note" popovertarget="p-{key}"'
            f' aria-label="{number}. Where this quotation is from: {name}">{number}</button> said {name}.</p>'
        )
    return "".join(paragraphs)


def replace_edition(edition: Edition, at: datetime | None = None, **fields: Any) -> Edition:
    """The next edition of the story of `edition`, which ends when it begins."""
    moment = at or timezone.now()
    Edition.objects.filter(pk=edition.pk).end(moment)
    kept = ("section_slug", "section_name", "slug", "headline", "first_live_from", "story")
    values = {name: getattr(edition, name) for name in kept} | {
        "number": edition.number + 1,
        "kind": Edition.Kind.SAME,
        "live_from": moment,
    }
    return make_edition(**(values | fields))


def withdraw_edition(edition: Edition, notice: str, **fields: Any) -> Edition:
    """The last edition of a killed story: its address and the notice, and nothing else."""
    empty = {"headline": "This story was withdrawn", "body_html": "", "body_text": "", "dek": ""}
    lists: dict[str, Any] = {"bylines": [], "topics": []}
    killed = {"kind": Edition.Kind.KILLED, "gone": True, "notice": notice}
    return replace_edition(edition, **(empty | lists | killed | fields))


def make_correction(
    edition: Edition, text: str = "The council has nine members, not eight.", **fields: Any
) -> Correction:
    """A correction that `edition` made and shows."""
    fields.setdefault("kind", Correction.Kind.CORRECTION)
    fields.setdefault("at", edition.live_from)
    if "by" not in fields:
        fields["by"] = make_user("Editor")
    correction = Correction.objects.create(made_in=edition, text=text, **fields)
    correction.editions.add(edition)
    return correction
