"""A small paper in which everything happens that readers may notice, one deed after the other."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils import timezone
from taggit.models import Tag
from time_machine import TimeMachineFixture

from articles.models import Author, Brand, Dispute, Edition, Policy, Quote, Slot, Source, Speaker, Story
from articles.workflow.addresses import rename_topic
from articles.workflow.amend import correct_story, kill_story
from articles.workflow.brand import save_brand
from articles.workflow.disputes import Answer, answer_dispute, publish_outcome, withdraw_outcome
from articles.workflow.front import arrange_front_page
from articles.workflow.merge import merge_speakers
from articles.workflow.policies import publish_policy, withdraw_policy
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story, unpublish_story
from articles.workflow.readers import save_account
from articles.workflow.sections import delete_section, save_author, save_section
from articles.workflow.sources import withdraw_source
from articles.workflow.verify import dispute_quote, unverify_quote, withdraw_quote
from tests.disputes import make_dispute, make_policy
from tests.factories import make_author, make_quoting_story, make_section, make_speaker, make_user

Kind = Edition.Kind
OTHER_WORDS: Final = "The ferry will sail on every day of the winter, whatever the weather office says."
NOTICE: Final = "It was not true, and we are sorry."

Deed = Callable[[], Any]


class World:
    """The paper before the first deed: six stories in two sections, published by the verbs."""

    def __init__(self, clock: TimeMachineFixture) -> None:
        self._clock = clock
        self.chief: User = make_user("Managing editor", is_superuser=True)
        self.editor: User = make_user("Editor", is_superuser=True)
        self.harbour, self.town = make_section("Harbour"), make_section("Town")
        self.writer: User = make_user("Reporter")
        self.wilma = make_author("Wilma Fenn", user=self.writer)
        self.tom = make_author("Tom Reed")
        self.stories = {
            name: self.write(name, section=section, topics=topics, authors=[author])
            for name, section, topics, author in [
                ("gate", self.harbour, ["Tides"], self.wilma),
                ("boat", self.harbour, ["Tides", "Boats"], self.wilma),
                ("roof", self.town, ["Boats"], self.tom),
                ("tram", self.town, [], self.tom),
                ("bell", self.harbour, ["Bells"], self.tom),
                ("lamp", self.town, ["Bells"], self.wilma),
            ]
        }
        for story in self.stories.values():
            self.publish(story)
            clock.shift(timedelta(minutes=1))

    def write(self, name: str, **fields: Any) -> Story:
        """An approved story with a quote of its own."""
        words = f"{OTHER_WORDS} {name.capitalize()} or no {name}."
        return make_quoting_story(
            status="approved", words=words, headline=f"What the {name} said", slug=f"the-{name}", **fields
        )

    def publish(self, story: Story, **how: Any) -> Edition:
        return publish_story(story, by=self.chief, **how)

    def story(self, name: str) -> Story:
        return Story.objects.get(pk=self.stories[name].pk)

    def quote(self, name: str) -> Quote:
        return self.story(name).quotations.first().quote

    def correct(self, name: str, kind: Kind, **fields: Any) -> None:
        """Change columns of a story as a save does, and print it so."""
        story = self.story(name)
        Story.objects.filter(pk=story.pk).update(version=story.version + 1, **fields)
        correct_story(self.story(name), by=self.chief, kind=kind, note=f"Wrong in version {story.version}.")

    def publish_new(self) -> None:
        self.stories["new"] = self.write("new", section=self.harbour, topics=["Tides"], authors=[self.wilma])
        self.publish(self.stories["new"])

    def plan(self, name: str) -> None:
        self.stories[name] = self.write(name, section=self.town, topics=["Bells"], authors=[self.tom])
        schedule_story(self.stories[name], by=self.chief, at=timezone.now() + timedelta(minutes=30))

    def plan_correction(self) -> None:
        story = self.story("tram")
        Story.objects.filter(pk=story.pk).update(version=story.version + 1, headline="The tram waits")
        at = timezone.now() + timedelta(minutes=30)
        schedule_story(self.story("tram"), by=self.chief, at=at, kind=Kind.UPDATE, note="It waits.")

    def wait(self) -> None:
        self._clock.shift(timedelta(hours=1))

    def use_quote_elsewhere(self) -> None:
        """Print the record of one story in another, where somebody else of that name is said to speak."""
        quote = self.quote("gate")
        Quote.objects.filter(pk=quote.pk).update(speaker=make_speaker("Ilse Marrow"))
        story = self.write("gate", section=self.town, topics=["Bells"], authors=[self.tom])
        self.stories["echo"] = story
        Story.objects.filter(pk=story.pk).update(slug="the-echo", headline="What the echo said")
        story.quotations.update(quote=quote)
        self.publish(self.story("echo"))

    def rename_section(self) -> None:
        self.town.slug, self.town.name = "city", "City"
        save_section(self.town, by=self.chief)

    def reorder_sections(self) -> None:
        self.town.position = 0
        self.harbour.position = 5
        save_section(self.harbour, by=self.chief)

    def add_and_delete_section(self) -> None:
        section = save_section(make_section("Weather"), by=self.chief)
        delete_section(section, by=self.chief)

    def rename_author(self) -> None:
        self.wilma.slug, self.wilma.bio = "wilma-fenn-reed", "She has written about boats for ten years."
        save_author(self.wilma, by=self.chief)

    def give_author_an_account(self) -> None:
        author = Author.objects.get(pk=self.tom.pk)
        author.user = make_user("Reporter")
        save_author(author, by=self.chief)

    def close_account(self) -> None:
        self.writer.is_active = False
        save_account(self.writer)

    def rename_topic(self) -> None:
        rename_topic(Tag.objects.get(name="Tides"), by=self.chief, name="High tides", slug="high-tides")

    def merge(self) -> None:
        keep, other = self.quote("roof").speaker, self.quote("boat").speaker
        assert keep is not None
        assert other is not None
        Speaker.objects.filter(pk=other.pk).update(name="I. Marrow")
        merge_speakers(keep, other=Speaker.objects.get(pk=other.pk), by=self.chief, reason="The same person.")

    def promise(self) -> None:
        publish_policy(make_policy(), by=self.chief, reason="First published.")

    def withdraw_source(self) -> None:
        source = Source.objects.get(pk=self.quote("bell").source_id)
        withdraw_source(source, by=self.chief, reason="The office took the paper back.")

    def answer(self) -> None:
        edition = Edition.objects.published().get(story=self.stories["boat"])
        dispute = make_dispute(edition, quote_key=self.quote("boat").key)
        text = "We looked at the roll: there are two keepers."
        answer_dispute(dispute, Answer(outcome="upheld", text=text), by=self.chief)
        publish_outcome(Dispute.objects.get(pk=dispute.pk), by=self.chief)

    def deeds(self) -> Iterator[tuple[str, Deed]]:
        """Everything that happens, in its order, each with a name for who reads of a failure."""
        chief, arrange = self.chief, partial(arrange_front_page, by=self.chief)
        yield "publish", self.publish_new
        yield "schedule", partial(self.plan, "plan")
        yield "the scheduled hour", self.wait
        yield "schedule a second", partial(self.plan, "hope")
        yield "cancel", lambda: cancel_schedule(self.story("hope"), by=chief)
        yield "schedule a correction", self.plan_correction
        yield "the hour of the correction", self.wait
        yield "correct", partial(self.correct, "gate", Kind.CORRECTION, headline="What the gate did not say")
        yield "clarify", partial(self.correct, "boat", Kind.CLARIFICATION, dek="It was one boat.")
        yield "update", partial(self.correct, "roof", Kind.UPDATE, developing=True)
        yield "another address", partial(self.correct, "roof", Kind.UPDATE, slug="the-old-roof")
        yield "another section", partial(self.correct, "bell", Kind.CORRECTION, section=self.town)
        yield "the same words elsewhere", self.use_quote_elsewhere
        yield "dispute a quote", lambda: dispute_quote(self.quote("roof"), by=chief, reason="She denies it.")
        yield "withdraw a quote", lambda: withdraw_quote(self.quote("tram"), by=chief, reason="Not hers.")
        yield "doubt a signature", lambda: unverify_quote(self.quote("new"), by=chief, reason="Too soon.")
        yield "withdraw a source", self.withdraw_source
        yield "answer a reader", self.answer
        yield (
            "withdraw the answer",
            lambda: withdraw_outcome(Dispute.objects.get(), by=chief, reason="It names the reader."),
        )
        yield (
            "arrange the front page",
            lambda: arrange(
                slots=[Slot("lead", self.stories["boat"].pk, timezone.now() + timedelta(minutes=30))],
                number=0,
            ),
        )
        yield "the end of a place", self.wait
        yield "hide a part", lambda: arrange(slots=[], hidden=["recent"], number=1)
        yield "publish a policy", self.promise
        yield "withdraw a policy", lambda: withdraw_policy(Policy.objects.get(), by=chief, reason="Old.")
        yield "rename a section", self.rename_section
        yield "reorder sections", self.reorder_sections
        yield "add and delete a section", self.add_and_delete_section
        yield "rename an author", self.rename_author
        yield "give an author an account", self.give_author_an_account
        yield "close an account", self.close_account
        yield "rename a topic", self.rename_topic
        yield "merge speakers", self.merge
        yield (
            "change the look",
            lambda: save_brand(
                by=chief, version=getattr(Brand.objects.first(), "version", 0), name="The Sandholm Post"
            ),
        )
        yield "retract", partial(self.correct, "gate", Kind.RETRACTION, headline="We were wrong")
        yield "kill", lambda: kill_story(self.story("boat"), by=chief, notice=NOTICE)
        yield "unpublish", lambda: unpublish_story(self.story("lamp"), by=chief, notice=NOTICE)
