"""What stands beside the form of a story: the gate, the quotations as cards, the cuts, the history."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from articles.admin.told import told
from articles.models import Edition, Event, Quotation, Quote, Story
from articles.text.difference import Part, word_diff
from articles.text.identity import Proposal
from articles.workflow.gate import Finding, Severity, check_material
from articles.workflow.identify import speaker_questions
from articles.workflow.interview import questions_waiting
from articles.workflow.material import Material

# Where the form has a field under another name than the gate's.
FIELD_IDS = {
    "authors": "id_authors_0",
    "bylines": "id_authors_0",
    "byline": "id_authors_0",
    "lead_image": "id_lead_image",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A quotation of the story with its record, as the panel and the review screen show it."""

    quotation: Quotation
    number: int
    may_see_source: bool
    proposals: tuple[Proposal, ...] = ()  # whom the speaker may be instead

    @property
    def quote(self) -> Any:
        """The record, or None."""
        return self.quotation.quote

    @property
    def state(self) -> str:
        """What matters most about it: the state in the text, or how far it is checked."""
        if self.quotation.state == Quotation.State.MATCHED:
            return self.quote.verification
        return self.quotation.state

    @property
    def state_words(self) -> str:
        """The state in words."""
        if self.quotation.state == Quotation.State.MATCHED:
            return str(Quote.Verification(self.quote.verification).label)
        return str(Quotation.State(self.quotation.state).label)

    @property
    def kind_words(self) -> str:
        """Whether it is a whole statement or a fragment, in words."""
        return str(Quotation.Kind(self.quotation.kind).label)

    @property
    def difference(self) -> list[Part]:
        """The record's words and the printed ones, when they differ."""
        if self.quotation.state != Quotation.State.ALTERED:
            return []
        return word_diff(self.quote.words, self.quotation.words)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A finding of the gate, with the place to mend it."""

    finding: Finding
    url: str


def story_panels(material: Material, user: User) -> dict[str, Any]:
    """The context of the panels."""
    story = material.story
    obstacles = [Obstacle(finding, place_url(story, finding)) for finding in check_material(material)]
    blockers = [item for item in obstacles if item.finding.severity == Severity.BLOCKER]
    cards = quotation_cards(story, user)
    in_text = [card for card in cards if card.quotation.state in Quotation.State.in_text()]
    return {
        "blockers": [item for item in blockers if not item.finding.overridden],
        "overridden": [item for item in blockers if item.finding.overridden],
        "warnings": [item for item in obstacles if item.finding.severity != Severity.BLOCKER],
        "may_override": user.has_perm("articles.override_gate"),
        "cards": in_text,
        "set_aside": [card for card in cards if card not in in_text],
        "questions": questions_waiting(story, [card.quotation for card in in_text]),
        "askers": [byline.author for byline in story.bylines.all()],
        "checked": sum(card.state == "verified" for card in in_text),
        "cuts": cuts_of(story),
        "events": told(Event.objects.filter(story=story).visible_to(user).select_related("by")[:40]),
        "edition": Edition.objects.open().filter(story=story).for_list().first(),
    }


def quotation_cards(story: Story, user: User) -> list[Card]:
    """All quotations of a story in the order of the text; numbers count those that stand in it."""
    cards = []
    number = 0
    questions = speaker_questions(story.quotations.all())
    for quotation in story.quotations.all():
        number += quotation.state in Quotation.State.in_text()
        source = quotation.quote.source if quotation.quote else None
        visible = source is None or source.is_visible_to(user)
        cards.append(Card(quotation, number, visible, questions.get(quotation.pk, ())))
    return cards


def cuts_of(story: Story) -> list[dict[str, Any]]:
    """What cleaning cut from the copy, each with the index that the verb takes."""
    cuts = story.raw.cuts if story.raw_id else []
    return [cut | {"index": index} for index, cut in enumerate(cuts)]


def place_url(story: Story, finding: Finding) -> str:
    """Where the editor goes to clear a finding."""
    kind, _colon, name = finding.place.partition(":")
    if kind == "field":
        return f"#{FIELD_IDS.get(name, f'id_{name}')}"
    if finding.quotation_id:
        return f"#quotation-{finding.quotation_id}"
    if kind == "image" and name.isdigit():
        return reverse("admin:articles_image_change", args=[name])
    if kind == "quote":
        for quotation in story.quotations.all():
            if quotation.quote and quotation.quote.key == name:
                return f"#quotation-{quotation.pk}"
    return "#story-form"
