"""Every address that readers ever had answers for ever: with its page, in one hop, or that it is gone."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from taggit.models import Tag
from time_machine import TimeMachineFixture

from articles.models import Author, Edition, FormerAddress, Quote, Section, Story
from articles.workflow.addresses import rename_topic
from articles.workflow.amend import kill_story
from articles.workflow.errors import Invalid, NotAllowed, Refusal, WrongState
from articles.workflow.lifecycle import approve_story, restore_story, submit_story
from articles.workflow.publish import publish_story, unpublish_story
from articles.workflow.sections import delete_section, save_author, save_section
from tests.doors.desk import enter, words
from tests.factories import (
    make_author,
    make_quotation,
    make_quote,
    make_section,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

LINE = "The gate will be closed before the tide turns."
ADDRESS = re.compile(
    r'(?:href|src)="(?:http://127\.0\.0\.1:8000)?(/[^"#]*)|<loc>http://127\.0\.0\.1:8000([^<]*)'
)
PAGES = ("/", "/sitemap-pages.xml", "/sitemap-topics.xml", "/sitemap-authors.xml", "/feeds/", "/feeds/json/")


def publish(story: Story, by: User) -> None:
    """Publish the story, or its next edition."""
    if story.status == Story.Status.UNPUBLISHED:
        approve_story(submit_story(restore_story(story, by=by), by=by), by=by)
    publish_story(story, by=by, kind=Edition.Kind.SAME)


def quoting_story(slug: str, section: Section, author: Author) -> Story:
    """An approved story with a topic, an author and a quotation of its own."""
    quote = make_quote(f"{LINE[:-1]}, {slug}.", speaker=make_speaker("Ruth Amadi"),
                       verification=Quote.Verification.VERIFIED)  # fmt: skip
    story = make_story(status="approved", slug=slug, headline=f"Gate {slug}", section=section, dek="A vote.",
                       body=f"<p>“{quote.words}” Ruth Amadi said.</p>", topics=["tides"],
                       authors=[author])  # fmt: skip
    make_quotation(story, quote, spans=[[1, 1 + len(quote.words)]])
    return story


def rename(record: Section | Author, *, by: User, **values: str) -> None:
    """Store a section or an author with other values, as the desk does."""
    for name, value in values.items():
        setattr(record, name, value)
    if isinstance(record, Section):
        save_section(record, by=by)
    else:
        save_author(record, by=by)


# --- Single moves ---------------------------------------------------------------------------------


def answer(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


@pytest.fixture
def chief() -> User:
    return make_user("Managing editor", is_superuser=True)


@pytest.fixture
def story(chief: User) -> Story:
    made = quoting_story("gate", make_section("Port"), make_author("Wilma Fenn", slug="wilma-fenn"))
    publish(made, chief)
    return made


def test_a_section_renamed_twice_is_found_in_one_hop(client: Client, story: Story, chief: User) -> None:
    for name, slug in (("Coast", "coast"), ("Shore", "shore")):
        rename(Section.objects.get(), by=chief, name=name, slug=slug)
    assert answer(client, "/port/?before=9-9") == (301, "/shore/?before=9-9")
    assert answer(client, "/coast/") == (301, "/shore/")
    assert answer(client, "/feeds/port/json/") == (301, "/feeds/shore/json/")
    assert "Gate gate" in client.get("/shore/").content.decode()
    assert "Gate gate" in client.get("/feeds/shore/atom/").content.decode()
    assert client.get("/port/gate/").status_code == 200, (
        "A story keeps the address under which it was printed."
    )
    publish(story, chief)
    assert answer(client, "/port/gate/") == (301, "/shore/gate/")


def test_a_section_that_gets_its_old_name_back(client: Client, story: Story, chief: User) -> None:
    for slug in ("coast", "port"):
        rename(Section.objects.get(), by=chief, slug=slug)
    assert client.get("/port/").status_code == 200
    assert answer(client, "/coast/") == (301, "/port/")


def test_a_section_that_was_taken_away_is_gone(client: Client, story: Story, chief: User) -> None:
    empty = save_section(Section(name="Chess", slug="chess"), by=chief)
    assert client.get("/chess/").status_code == 200
    delete_section(empty, by=chief)
    assert client.get("/chess/").status_code == 410
    assert client.get("/feeds/chess/atom/").status_code == 410


def test_a_section_with_stories_is_not_taken_away(story: Story, chief: User) -> None:
    with pytest.raises(WrongState, match="Move them to another section"):
        delete_section(Section.objects.get(), by=chief)
    assert not FormerAddress.objects.exists()


def test_an_address_that_readers_know_is_not_given_to_another(story: Story, chief: User) -> None:
    rename(Section.objects.get(), by=chief, slug="coast")
    with pytest.raises(Invalid, match="earlier address of “coast”"):
        save_section(Section(name="Old Port", slug="port"), by=chief)


def test_an_author_with_another_name(client: Client, story: Story, chief: User) -> None:
    rename(Author.objects.get(), by=chief, name="Wilma Reed", slug="wilma-reed")
    assert answer(client, "/authors/wilma-fenn/") == (301, "/authors/wilma-reed/")
    assert answer(client, "/feeds/authors/wilma-fenn/rss/") == (301, "/feeds/authors/wilma-reed/rss/")
    assert "Gate gate" in client.get("/authors/wilma-reed/").content.decode()
    assert "/authors/wilma-reed/" in client.get("/sitemap-authors.xml").content.decode()
    assert "/authors/wilma-fenn/" not in client.get("/sitemap-authors.xml").content.decode()


def test_a_topic_with_another_name(client: Client, story: Story, chief: User) -> None:
    rename_topic(Tag.objects.get(), by=chief, name="tides and floods", slug="floods")
    assert answer(client, "/topics/tides/") == (301, "/topics/floods/")
    assert answer(client, "/feeds/topics/tides/json/") == (301, "/feeds/topics/floods/json/")
    assert "Gate gate" in client.get("/topics/floods/").content.decode()


def test_editors_rename_a_topic_at_the_desk(client: Client, story: Story) -> None:
    topic = Tag.objects.get()
    desk, address = enter("Editor"), f"/admin/taggit/tag/{topic.pk}/change/"
    assert "The old address leads to the new one" in words(desk.get(address))
    assert desk.post(address, {"name": "floods", "slug": "floods"}).status_code == 302
    assert answer(client, "/topics/tides/") == (301, "/topics/floods/")
    assert enter("Auditor").post(address, {"name": "x", "slug": "x"}).status_code == 403
    assert "floods" in words(desk.get("/admin/taggit/tag/?q=flo"))


def test_who_may_rename(story: Story) -> None:
    for role in ("Reporter", "Auditor"):
        nobody = make_user(role)
        calls: list[Callable[[], object]] = [
            lambda by=nobody: save_section(Section.objects.get(), by=by),
            lambda by=nobody: delete_section(Section.objects.get(), by=by),
            lambda by=nobody: rename_topic(Tag.objects.get(), by=by, name="x", slug="x"),
        ]
        for call in calls:
            with pytest.raises(NotAllowed):
                call()
    with pytest.raises(NotAllowed):
        save_author(Author.objects.get(), by=make_user("Auditor"))


# --- Any order of moves ---------------------------------------------------------------------------

STEPS = ("publish", "rename", "move", "unpublish", "kill", "section", "author", "topic", "delete", "later")


class Newsroom:
    """Two stories in two sections, and the steps that move their pages about."""

    def __init__(self) -> None:
        self.by = make_user("Managing editor", is_superuser=True)
        sections = [make_section("Port"), make_section("Town")]
        author = make_author("Wilma Fenn", slug="wilma-fenn")
        self.stories = [quoting_story(f"gate-{number}", sections[number], author) for number in range(2)]
        self.count = 0

    def take(self, step: str, number: int) -> None:
        """One step, which the desk may refuse."""
        self.count += 1
        story = self.stories[number]
        story.refresh_from_db()
        sections = list(Section.objects.order_by("pk"))
        fresh = f"{step}-{self.count if number else 1}"  # a name comes back now and then
        if step == "publish":
            publish(story, self.by)
        elif step == "rename":
            Story.objects.filter(pk=story.pk).update(slug=fresh)
        elif step == "move":
            Story.objects.filter(pk=story.pk).update(section=sections[(number + self.count) % len(sections)])
        elif step == "unpublish":
            unpublish_story(story, by=self.by, notice="Taken down for a check.")
        elif step == "kill":
            kill_story(story, by=self.by, notice="The story was wrong.")
        elif step == "section":
            rename(sections[number % len(sections)], by=self.by, name=fresh, slug=fresh)
        elif step == "author":
            rename(Author.objects.get(), by=self.by, name=fresh, slug=fresh)
        elif step == "topic":
            rename_topic(Tag.objects.get(), by=self.by, name=fresh, slug=fresh)
        elif step == "delete":
            delete_section(sections[0], by=self.by)


def addresses_on(client: Client, page: str) -> set[str]:
    """The addresses of this site that stand on a page, a sitemap or a feed."""
    text = client.get(page).content.decode().replace("&amp;", "&")
    found = {first or second for first, second in ADDRESS.findall(text)}
    return {address for address in found if not address.startswith(("/static/", "/media/"))}


@settings(max_examples=2, deadline=None, phases=[Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from([0, 1])), min_size=4, max_size=9))
def test_every_address_that_ever_was_answers_for_ever(
    client: Client, clock: TimeMachineFixture, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        newsroom, ever = Newsroom(), set()
        for step, number in [("publish", 0), ("publish", 1), *steps]:
            clock.shift(60)
            try:
                newsroom.take(step, number)
            except Refusal:
                continue  # the desk said why
            ever |= {address for page in PAGES for address in addresses_on(client, page)}
            ever |= {e.get_absolute_url() for e in Edition.objects.once_live(timezone.now())}
        for address in sorted(ever):
            status, location = answer(client, address)
            assert status in (200, 301, 410), (steps, address, status)
            if status == 301:
                assert client.get(location).status_code in (200, 410), (steps, address, location)
        transaction.set_rollback(True)
