"""Pages joined from what was rendered beforehand are, to the byte, those that are rendered for a reader."""

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from time_machine import TimeMachineFixture

from articles import story_page
from articles.models import Brand, Edition, Paper, Quote, RenderedEdition, Story
from articles.story_page import Parts, render_parts, stamp, templates_used
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story, unpublish_story
from articles.workflow.rendered import render_editions
from articles.workflow.verify import dispute_quote, withdraw_quote
from tests.disputes import make_dispute
from tests.editions import make_correction, make_edition, replace_edition, withdraw_edition
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db

Kind = Edition.Kind
SOON = timedelta(hours=1)
BODY = (
    "<h2>A table</h2><table><tbody><tr><td>Tide</td><td>4 m</td></tr></tbody></table>"
    '<aside class="pull" data-quote="k1"><p>“We will keep it open.”</p></aside>'
    "<p>Fog &amp; mist \ue000title\ue001 \x1f</p>"
)


def published() -> Story:
    story = make_quoting_story(status=Story.Status.APPROVED)
    publish_story(story, by=make_user())
    return story


def edit(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(dek="Something else.", version=story.version + 1)
    story.refresh_from_db()


def assert_same_pages(client: Client) -> None:
    """Every story's page is served from its parts, in three queries, and is the same without them."""
    editions = list(Edition.objects.published())
    assert editions
    kept = {}
    client.get("/harbour/")  # a process asks the database once what it is able to
    for edition in editions:
        with CaptureQueriesContext(connection) as queries:
            kept[edition.get_absolute_url()] = client.get(edition.get_absolute_url()).content
        assert len(queries) == 3
    RenderedEdition.objects.all().delete()
    for address, page in kept.items():
        assert client.get(address).content == page


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("render_editions", *arguments, stdout=out)
    return out.getvalue()


class TestVerbs:
    def test_publishing_renders(self, client: Client) -> None:
        published()
        assert_same_pages(client)

    @pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE, Kind.RETRACTION])
    @pytest.mark.parametrize("place", ["top", "bottom"])
    def test_what_readers_are_told_is_rendered(
        self, client: Client, settings: Settings, kind: str, place: str
    ) -> None:
        settings.NEWSROOM_CORRECTIONS_AT = place
        story = published()
        edit(story)
        publish_story(story, by=make_user("Managing editor"), kind=kind, note="It was <nine> members.")
        assert b"&lt;nine&gt;" in client.get(Edition.objects.published().get().get_absolute_url()).content
        assert_same_pages(client)

    @pytest.mark.parametrize("doubt", [dispute_quote, withdraw_quote])
    def test_doubt_about_a_quote_is_rendered(self, client: Client, doubt) -> None:
        published()
        doubt(Quote.objects.get(), by=make_user("Managing editor"), reason="She never said it.")
        assert RenderedEdition.objects.count() == 1
        assert_same_pages(client)

    def test_the_next_edition_is_rendered_before_its_hour(
        self, client: Client, clock: TimeMachineFixture
    ) -> None:
        story = published()
        clock.shift(SOON)
        edit(story)
        schedule_story(
            story, by=make_user(), at=timezone.now() + SOON, kind=Kind.UPDATE, note="More is known."
        )
        assert RenderedEdition.objects.count() == 2
        address = Edition.objects.published().get().get_absolute_url()
        assert b"More is known." not in client.get(address).content
        clock.shift(SOON)
        assert b"2 versions" in client.get(address).content
        assert_same_pages(client)

    def test_doubt_about_a_story_whose_next_edition_waits(
        self, client: Client, clock: TimeMachineFixture
    ) -> None:
        story = published()
        clock.shift(SOON)
        edit(story)
        schedule_story(story, by=make_user(), at=timezone.now() + SOON, kind=Kind.SAME)
        clock.shift(SOON / 2)
        dispute_quote(Quote.objects.get(), by=make_user(), reason="She never said it.")
        clock.shift(SOON)
        assert b"2 versions" in client.get(Edition.objects.published().get().get_absolute_url()).content
        assert_same_pages(client)

    def test_what_was_to_come_and_does_not(self, client: Client, clock: TimeMachineFixture) -> None:
        story = published()
        clock.shift(SOON)
        edit(story)
        schedule_story(story, by=make_user(), at=timezone.now() + SOON, kind=Kind.SAME)
        cancel_schedule(story, by=make_user())
        assert_same_pages(client)

    def test_of_a_story_that_is_gone_nothing_is_kept(self, client: Client) -> None:
        story = published()
        address = Edition.objects.get().get_absolute_url()
        unpublish_story(story, by=make_user(), notice="We are looking into it.")
        assert not RenderedEdition.objects.exists()
        assert client.get(address).status_code == 410


class TestPages:
    def test_whatever_stands_in_a_story(self, client: Client) -> None:
        for number, fields in enumerate(
            [{"body_html": BODY}, {"developing": True}, {"type_of_work": "advertiser"}, {"bylines": []},
             {"topics": []}, {"type_of_work": "opinion", "kicker": "A <view>"},
             {"dek": "", "dateline": "Sandholm"}]
        ):  # fmt: skip
            make_edition(
                headline=f"Fish & chips “{number}” <b> \ue000title\ue001 \x1f",
                quotes=[{}, {"verification": "disputed"}, {"verification": "withdrawn"}],
                **fields,
            )
        edition = make_edition(quotes=[{"speaker_name": "O’Neill & Sons"}])
        make_correction(edition)
        make_dispute(edition, outcome="upheld", published_at=timezone.now())
        run()
        assert_same_pages(client)

    def test_parts_that_were_made_otherwise_count_for_nothing(
        self, client: Client, settings: Settings
    ) -> None:
        edition = make_edition()
        run()
        RenderedEdition.objects.update(parts=b"never read", stamp="old")
        assert client.get(edition.get_absolute_url()).status_code == 200

    def test_another_name_of_the_paper_shows_at_once(self, client: Client) -> None:
        edition = make_edition()
        run()
        Brand.objects.create(pk=1, name="The Sandholm Herald")
        page = client.get(edition.get_absolute_url()).content.decode()
        assert page.count("The Sandholm Herald") > 5
        assert "Kelder Courier" not in page

    def test_packed_and_unpacked_they_are_the_same(self) -> None:
        made = make_edition(headline="A & B \x1f", quotes=[{}], body_html=BODY)
        made.versions = 1
        parts = render_parts(made, Paper())
        assert Parts.unpack(parts.pack()) == parts


class TestStamp:
    def test_it_knows_every_template_that_parts_are_made_of(self) -> None:
        names: set[str] = set()

        def note(template, **_rest) -> None:
            names.add(template.name)

        template_rendered.connect(note)
        try:
            edition = make_edition(quotes=[{}, {"verification": "disputed"}])
            make_correction(edition)
            make_edition(image={"url": "/media/x.jpg", "width": 1200, "height": 800, "alt": "A quay"})
            run()
        finally:
            template_rendered.disconnect(note)
        assert "articles/_quote.html" in names
        assert names <= templates_used()

    def test_it_knows_every_module_that_templates_call(self) -> None:
        folder = Path(story_page.__file__).parent
        # These make searches, feeds and policies; no story page.
        unseen = {folder / f"text/{name}.py" for name in ("fit", "markup", "syndicated", "terms")}
        known = {path for pattern in story_page._CODE for path in folder.glob(pattern)}
        for path in sorted(known):
            for name in re.findall(r"^from articles\.text\.(\w+) import", path.read_text(), re.MULTILINE):
                assert folder / f"text/{name}.py" in known | unseen, f"{path} imports {name}"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("LANGUAGE_CODE", "de"),
            ("TIME_ZONE", "Europe/Oslo"),
            ("NEWSROOM_URL", "https://news.example"),
            ("NEWSROOM_CORRECTIONS_AT", "bottom"),
        ],
    )
    def test_it_is_another_with_other_settings(self, settings: Settings, name: str, value: str) -> None:
        before = stamp(Paper())
        setattr(settings, name, value)
        assert stamp(Paper()) != before

    def test_a_look_that_no_part_shows_makes_no_difference(self) -> None:
        assert stamp(Paper(tagline="One")) == stamp(Paper(tagline="Another"))
        assert stamp(Paper(name="One")) != stamp(Paper(name="Another"))


class TestCommand:
    def test_it_renders_what_is_not_rendered_and_nothing_else(self) -> None:
        replace_edition(make_edition())
        withdraw_edition(make_edition(), "It was not so.")
        assert json.loads(run("--dry-run", "--json")) == {"rendered": 0, "waiting": 1}
        assert run() == "editions: 1 rendered\n"
        assert RenderedEdition.objects.get().edition == Edition.objects.published().get()
        assert run() == "editions: 0 rendered\n"
        RenderedEdition.objects.update(stamp="old")
        assert run() == "editions: 1 rendered\n"

    def test_it_can_stop_and_begins_with_the_newest(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.management.commands.render_editions.BATCH", 2)
        editions = [make_edition() for _ in range(6)]
        assert json.loads(run("--most", "3", "--json")) == {"rendered": 3, "waiting": 3}
        assert set(RenderedEdition.objects.values_list("pk", flat=True)) == {e.pk for e in editions[3:]}
        assert run() == "editions: 3 rendered\n"

    def test_its_queries_do_not_grow_with_the_stories(self) -> None:
        costs = []
        for count in (1, 8):
            numbers = [make_edition(quotes=[{}]).pk for _ in range(count)]
            with CaptureQueriesContext(connection) as queries:
                assert render_editions(numbers, Paper()) == count
            costs.append(len(queries))
        assert costs[0] == costs[1]
