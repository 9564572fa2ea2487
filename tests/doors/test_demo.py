"""`manage.py demo` loads a whole newsroom through the verbs: what stands in the database afterwards."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from articles.demo.content import read_newsroom
from articles.demo.load import empty_newsroom
from articles.demo.staff import PASSWORD
from articles.models import (
    Correction,
    Edition,
    EditionQuote,
    Event,
    Quotation,
    Quote,
    RenderedEdition,
    Snapshot,
    Speaker,
    Story,
)
from articles.workflow.gate import check_gate
from articles.workflow.gate_finding import Severity
from tests.factories import make_user
from tests.small_pictures import small_picture


def run(*args: str) -> str:
    out = StringIO()
    call_command("demo", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


FAST_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as in every other test


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The demo, loaded once for this module; what the command printed."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=FAST_HASHERS),
        pytest.MonkeyPatch.context() as monkeypatch,
        transaction.atomic(),
    ):
        monkeypatch.setattr("articles.demo.desk.make_picture", small_picture)
        yield run()
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_every_story_stands_where_the_files_say(self) -> None:
        cards = read_newsroom(timezone.localtime()).stories
        stands = dict(Story.objects.values_list("slug", "status"))
        assert stands == {card.slug: card.status for card in cards}

    def test_published_stories_went_live_when_the_files_say(self) -> None:
        cards = {card.slug: card for card in read_newsroom(timezone.localtime()).stories}
        editions = Edition.objects.published()
        assert editions.count() >= 22
        for edition in editions:
            at = cards[edition.slug].at
            assert at is not None
            assert abs((edition.first_live_from - at).total_seconds()) <= 600

    def test_every_published_quotation_has_a_verified_record_but_the_disputed_one(self) -> None:
        states = list(EditionQuote.objects.published().values_list("verification", flat=True))
        assert len(states) > 100
        assert sorted(set(states)) == ["disputed", "verified"]
        assert states.count("disputed") == 1

    def test_nobody_verified_what_they_wrote(self) -> None:
        quotes = Quote.objects.filter(verification="verified")
        assert [quote for quote in quotes if quote.verified_by_id == quote.written_by_id] == []

    def test_one_quote_stands_in_three_stories(self) -> None:
        words = "When it is built, the gates will close"
        rows = EditionQuote.objects.published().filter(words__startswith=words)
        assert rows.count() == 3
        assert rows.values("quote_key").distinct().count() == 1

    def test_a_speaker_is_quoted_in_the_role_of_the_time(self) -> None:
        rows = EditionQuote.objects.published().filter(speaker_name="Tamsin Orrowby")
        roles = set(rows.values_list("role_title", flat=True))
        assert roles == {"Deputy harbour master", "Harbour master"}

    def test_every_page_joined_from_its_parts_is_the_page_that_is_rendered_for_a_reader(
        self, client: Client
    ) -> None:
        assert not Edition.objects.published().filter(rendered__isnull=True).exists()
        addresses = [edition.get_absolute_url() for edition in Edition.objects.published()]
        joined = [client.get(address).content for address in addresses]
        RenderedEdition.objects.update(stamp="that of older templates")
        for address, page in zip(addresses, joined, strict=True):
            assert client.get(address).content == page

    def test_translated_quotes_keep_the_original(self) -> None:
        quote = Quote.objects.get(words__startswith="A barrier does not buy safety")
        assert quote.original_language == "de"
        assert quote.original_words.startswith("Eine Sperre")

    def test_the_confidential_source_reaches_no_reader(self) -> None:
        rows = EditionQuote.objects.published().filter(speaker_name="a senior estates official")
        assert rows.count() == 2
        assert set(rows.values_list("source_key", flat=True)) == {""}
        secret = Snapshot.objects.get(source__confidential=True)
        assert not any(secret.sha256 in json.dumps(row.source) for row in rows)

    def test_corrections_the_kill_and_the_dispute_are_on_record(self) -> None:
        assert Correction.objects.published().count() == 4
        gone = Edition.objects.live().get(gone=True)
        assert "mislabelled" in gone.notice
        assert Quote.objects.get(verification="disputed").words == "a subsidy with a view"

    def test_the_gate_blocks_the_altered_drafts_and_nothing_that_waits(self) -> None:
        altered = Story.objects.get(slug="cable-works-night-shift-talks")
        codes = {finding.code for finding in check_gate(altered) if finding.severity == Severity.BLOCKER}
        assert codes
        approved = Story.objects.get(status="approved")
        assert [each for each in check_gate(approved) if each.severity == Severity.BLOCKER] == []

    def test_events_happened_over_weeks_and_in_order(self) -> None:
        times = list(Event.objects.order_by("pk").values_list("at", flat=True))
        assert (times[-1] - times[0]).days > 30
        assert times == sorted(times)

    def test_no_speaker_is_left_that_nobody_asked_for(self) -> None:
        names = {card.name for card in read_newsroom(timezone.localtime()).speakers}
        assert set(Speaker.objects.values_list("name", flat=True)) == names

    def test_readers_see_no_role_that_the_program_only_guessed(self) -> None:
        printed = EditionQuote.objects.published().filter(speaker_name="Tamsin Orrowby")
        roles = {role["title"] for row in printed for role in row.speaker["roles"]}
        assert roles == {"Deputy harbour master", "Harbour master"}

    def test_the_wire_story_kept_its_copy_and_what_was_cut(self) -> None:
        story = Story.objects.exclude(raw=None).get()
        assert story.raw is not None
        assert "Source link" in story.raw.text
        assert any("Source link" in cut["text"] for cut in story.raw.cuts)

    def test_every_quotation_of_a_published_story_is_matched(self) -> None:
        rows = Quotation.objects.filter(story__status="published").exclude(state="dismissed")
        assert set(rows.values_list("state", flat=True)) == {"matched"}

    def test_the_printed_log_ins_work(self, loaded: str, client: Client) -> None:
        assert PASSWORD in loaded
        for user in User.objects.filter(email__endswith="@kelder.example"):
            assert f"  {user.username}" in loaded
            assert client.login(username=user.username, password=PASSWORD)
            assert user.groups.count() == 1

    def test_readers_get_the_front_page_and_the_newest_story(self, client: Client) -> None:
        edition = Edition.objects.published().newest_first()[0]
        assert edition.headline in client.get("/").content.decode()
        page = client.get(edition.get_absolute_url())
        assert page.status_code == 200

    def test_running_it_again_changes_nothing(self) -> None:
        before = (Story.objects.count(), Event.objects.count(), User.objects.count())
        out = run()
        assert "loaded already" in out
        assert before == (Story.objects.count(), Event.objects.count(), User.objects.count())

    def test_emptying_takes_everything_but_the_log_ins_of_others(self) -> None:
        other = make_user("Editor")
        connection.check_constraints()  # nothing may be waiting in a table that PostgreSQL is to empty
        empty_newsroom()
        assert not any(model.objects.exists() for model in (Story, Edition, Event, Quote, Speaker))
        assert list(User.objects.all()) == [other]
