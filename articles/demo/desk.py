"""What the demo's reporters and editors do with a story, each through the verb that anybody would use."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User

from articles.demo.bodies import body_html, wants_records
from articles.demo.content import CorrectionCard, PictureCard, QuoteCard, SourceCard, StoryCard
from articles.demo.pictures import make_picture
from articles.demo.staff import Proposals, Staff
from articles.models import Edition, Image, Quotation, Quote, Role, Source, Story, VerificationEntry
from articles.workflow.amend import correct_story, kill_story
from articles.workflow.attribute import attribute_quote, dismiss_quotation, record_quote
from articles.workflow.edit import StoryEdit, create_story, save_story
from articles.workflow.intake import intake_copy
from articles.workflow.lifecycle import approve_story, spike_story, submit_story
from articles.workflow.pictures import add_image, save_image
from articles.workflow.publish import publish_story, schedule_story
from articles.workflow.sources import add_snapshot, create_source
from articles.workflow.verify import dispute_quote, verify_quote

TEXT = "text/plain; charset=utf-8"
HEARD = frozenset({"recording", "broadcast"})
CHIEF = "ottoline"


class ContentMismatch(Exception):
    """The files and what the program finds in them do not agree; the message says where."""


@dataclass(slots=True)
class Desk:
    """The newsroom at work: the staff, and what they have made so far, by the keys that the files use."""

    staff: Staff
    proposals: Proposals
    sources: dict[str, Source] = field(default_factory=dict)
    cards: dict[str, SourceCard] = field(default_factory=dict)
    shared: dict[str, Quote] = field(default_factory=dict)
    pictures: dict[str, Image] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def write(self, card: StoryCard) -> None:
        """The owner writes the story, or the wire's copy comes in and the owner edits it."""
        owner = self.staff.users[card.owner]
        edit = self._edit(card, owner)
        if not card.wire_copy:
            self.stories[card.file] = create_story(by=owner, edit=edit)
            return
        intake = intake_copy(
            card.wire_copy,
            by=owner,
            origin="Ansterby Press, national wire",
            section=self.staff.sections[card.section],
        )
        self.stories[card.file] = save_story(intake.story, by=owner, edit=edit, version=intake.story.version)

    def file_sources(self, card: StoryCard) -> None:
        """The owner files the sources with what was captured of them, and says whose words are whose."""
        owner = self.staff.users[card.owner]
        for source in card.sources:
            self.cards[source.key] = source
            self.sources[source.key] = self._file(source, owner)
        for opening in card.not_quotations:
            for quotation in self._opening_with(card, opening):
                dismiss_quotation(quotation, by=owner, reason="A term, not somebody’s words.")
        for quote in card.quotes:
            self._attribute(card, quote, owner)
        if wants_records(card.body):  # the quotes that it sets large are on record only now
            self._rewrite(card, owner, 0)
        self.proposals.drop_new(self.staff)

    def submit(self, card: StoryCard) -> None:
        """The owner hands the story over."""
        self._update(card, submit_story(self._story(card), by=self.staff.users[card.owner]))

    def verify(self, card: StoryCard, quote_card: QuoteCard) -> None:
        """A second person checks one quote against its source."""
        if self._quote(card, quote_card).verification != Quote.Verification.VERIFIED:
            self._sign(card, quote_card, quote_card.note if quote_card.verification == "verified" else "")

    def settle(self, card: StoryCard, quote_card: QuoteCard) -> None:
        """The checker reads a doubted quote in its source again, and writes what came out."""
        self._sign(card, quote_card, quote_card.settled)

    def limit_picture(self, card: StoryCard, until: datetime.date) -> None:
        """The checker notes until when the picture of a story may be shown."""
        image = self._story(card).lead_image
        if image and card.picture:
            checker = self.staff.users[card.checker]
            save_image(image, by=checker, rights=card.picture.rights, expires_on=until)

    def approve(self, card: StoryCard) -> None:
        """The checker signs the story."""
        self._update(card, approve_story(self._story(card), by=self.staff.users[card.checker]))

    def publish(self, card: StoryCard) -> None:
        """The checker publishes the story."""
        publish_story(self._story(card), by=self.staff.users[card.checker])

    def schedule(self, card: StoryCard, at: datetime.datetime) -> None:
        """The checker schedules the story."""
        schedule_story(self._story(card), by=self.staff.users[card.checker], at=at)

    def correct(self, card: StoryCard, number: int, correction: CorrectionCard) -> None:
        """The checker changes the published text and tells readers."""
        checker = self.staff.users[card.checker]
        self._rewrite(card, checker, number + 1)
        story = self._story(card)
        correct_story(story, by=checker, kind=Edition.Kind(correction.kind), note=correction.text)
        self._update(card, story)

    def dispute(self, card: StoryCard, quote_card: QuoteCard) -> None:
        """Somebody says that a published quote is wrong, and an editor notes it."""
        quote = self._quote(card, quote_card)
        dispute_quote(quote, by=self.staff.users[card.checker], reason=quote_card.doubted or quote_card.note)

    def kill(self, card: StoryCard) -> None:
        """The managing editor withdraws the story."""
        kill_story(self._story(card), by=self.staff.users[CHIEF], notice=card.notice)

    def spike(self, card: StoryCard) -> None:
        """The owner drops the story."""
        self._update(
            card, spike_story(self._story(card), by=self.staff.users[card.owner], reason=card.reason)
        )

    def _sign(self, card: StoryCard, quote_card: QuoteCard, note: str) -> None:
        source = self.cards[quote_card.source]
        checker = self.staff.users[CHIEF if source.confidential else card.checker]
        method = VerificationEntry.Method.LISTENED if source.kind in HEARD else VerificationEntry.Method.READ
        snapshot = self.sources[source.key].snapshots.first()
        quote = self._quote(card, quote_card)
        verify_quote(quote, by=checker, against=snapshot, method=method, note=note)

    def _rewrite(self, card: StoryCard, by: User, corrected: int) -> None:
        story = self._story(card)
        edit = replace(StoryEdit.of(story), body=self._body(card, corrected))
        self._update(card, save_story(story, by=by, edit=edit, version=story.version))

    def _body(self, card: StoryCard, corrected: int) -> str:
        """The body after its first corrections, with the pictures and quotes that are on record by now."""
        records = {key: str(image.pk) for key, image in self.pictures.items()}
        records |= {key: quote.key for key, quote in self.shared.items()}
        return body_html(card.body_before(corrected), records)

    def _edit(self, card: StoryCard, owner: User) -> StoryEdit:
        names = ("headline", "slug", "slugline", "kicker", "dek", "dateline", "type_of_work")
        for key, picture in card.body_pictures.items():
            self.pictures[key] = self._picture(picture, card, owner)
        return StoryEdit(
            **{name: getattr(card, name) for name in names},
            body=self._body(card, 0),
            section_id=self.staff.sections[card.section].pk,
            author_ids=tuple(self.staff.authors[key].pk for key in card.authors),
            topics=card.topics,
            lead_image_id=self._picture(card.picture, card, owner).pk if card.picture else None,
            developing=card.developing,
            editors_note=card.editors_note,
            owner_id=owner.pk,
        )

    def _picture(self, picture: PictureCard, card: StoryCard, owner: User) -> Image:
        return add_image(
            by=owner,
            data=make_picture(picture.recipe, seed=picture.seed, palette=card.section),
            filename=f"{card.slug}.jpg",
            title=f"Illustration: {card.slugline}",
            alt=picture.alt,
            caption=picture.caption,
            credit=picture.credit,
        )

    def _file(self, card: SourceCard, owner: User) -> Source:
        names = ("kind", "title", "publisher", "url", "published_on", "terms", "confidential")
        source = create_source(by=owner, owner=owner, **{name: getattr(card, name) for name in names})
        captured_from = card.url or "pasted"
        add_snapshot(source, by=owner, data=card.text.encode(), media_type=TEXT, captured_from=captured_from)
        return source

    def _attribute(self, card: StoryCard, quote_card: QuoteCard, owner: User) -> None:
        if quote_card.same_as:
            self._expect_shared(card, quote_card)
            return
        quotation = self._quotation(card, quote_card)
        speaker = self.staff.speakers[quote_card.speaker]
        source = self.cards.get(quote_card.source)
        said_on = source.published_on if source else None
        known = {"speaker": speaker, "role": self._role(card, quote_card, said_on)}
        facts = known | {
            "source": self.sources[source.key] if source else None,
            "source_place": quote_card.where,
            "occasion": source.occasion if source else "",
            "place": source.place if source else "",
            "said_on": said_on,
            "original_words": quote_card.original_words,
            "original_language": quote_card.original_language,
        }
        quote = quotation.quote or record_quote(quotation, by=owner, **known)
        attribute_quote(quote, by=owner, **facts)
        if quote_card.key:
            self.shared[quote_card.key] = quote

    def _role(self, card: StoryCard, quote_card: QuoteCard, day: datetime.date | None) -> Role | None:
        """The role that the card names, else the one held on the day; most people have only one."""
        roles = self.staff.roles[quote_card.speaker]
        if quote_card.role:
            found = [role for role in roles if role.title == quote_card.role]
        else:
            found = [role for role in roles if day is None or _held_on(role, day)]
        if len(found) > 1:
            raise ContentMismatch(
                f"{card.file}: name the role of the quotation “{quote_card.opening}”, there are {len(found)}."
            )
        return found[0] if found else None

    def _expect_shared(self, card: StoryCard, quote_card: QuoteCard) -> None:
        quote = self._quotation(card, quote_card).quote
        if quote is None or quote.pk != self.shared[quote_card.same_as].pk:
            raise ContentMismatch(f"{card.file}: “{quote_card.opening}” did not get the quote on record.")

    def _quotation(self, card: StoryCard, quote_card: QuoteCard) -> Quotation:
        found = self._opening_with(card, quote_card.opening.replace("*", ""))
        if len(found) != 1:
            raise ContentMismatch(
                f"{card.file}: {len(found)} quotations open with “{quote_card.opening}”, expected one."
            )
        return found[0]

    def _opening_with(self, card: StoryCard, opening: str) -> list[Quotation]:
        quotations = self._story(card).quotations.select_related("quote")
        return [row for row in quotations if row.segments and row.segments[0].startswith(opening)]

    def _quote(self, card: StoryCard, quote_card: QuoteCard) -> Quote:
        quote = self._quotation(card, quote_card).quote
        if quote is None:
            raise ContentMismatch(f"{card.file}: “{quote_card.opening}” has no quote.")
        return quote

    def _story(self, card: StoryCard) -> Story:
        return self.stories[card.file]

    def _update(self, card: StoryCard, story: Story) -> None:
        self.stories[card.file] = story


def _held_on(role: Role, day: datetime.date) -> bool:
    return (role.since is None or role.since <= day) and (role.until is None or role.until >= day)
