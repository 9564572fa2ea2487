"""The gate as a whole, and its checks on the fields and the picture of a story."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from articles.models import Section, Story
from articles.workflow.gate import CHECKS, Finding, Severity, blocking, check_gate
from articles.workflow.publish import publish_story
from tests.db.many import story_with_quotes
from tests.factories import make_image, make_quoting_story, make_section, make_story, make_user

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[2] / "docs/gate.md"


def codes(story: Story) -> list[str]:
    return [finding.code for finding in check_gate(story)]


def only(story: Story) -> Finding:
    """The one finding on `story`."""
    (finding,) = check_gate(story)
    return finding


def test_a_complete_story_passes() -> None:
    assert check_gate(make_quoting_story()) == []


def test_a_story_without_quotations_passes() -> None:
    assert check_gate(make_story()) == []


def change(**fields) -> Callable[[Story], None]:
    return lambda story: Story.objects.filter(pk=story.pk).update(**fields)


@pytest.mark.parametrize(
    ("code", "field", "spoil"),
    [
        ("G101", "headline", change(headline="  ")),
        ("G102", "slug", change(slug="")),
        ("G103", "section", change(section=None)),
        ("G104", "bylines", lambda story: story.bylines.all().delete()),
        ("G105", "headline", change(headline="Council votes TK to TK")),
        ("G105", "dek", change(dek="The bill comes to XXX crowns.")),
        ("G105", "kicker", change(kicker="TKTK")),
        ("G105", "dateline", change(dateline="TK, Monday")),
        ("G105", "body", change(body="<p>The bridge opened in <em>TK</em> and is closed.</p>")),
        ("G108", "embargo_until", change(embargo_until=timezone.now() + datetime.timedelta(days=365 * 40))),
        ("G109", "body", change(body="<p> </p>")),
    ],
)
def test_a_spoiled_field_is_a_blocker_at_that_field(code: str, field: str, spoil) -> None:
    story = make_story()
    spoil(story)
    finding = only(story)
    assert (finding.code, finding.field, finding.place) == (code, field, f"field:{field}")
    assert finding.severity == Severity.BLOCKER
    assert finding.blocks


@pytest.mark.parametrize(
    "text", ["The Atkins report names 20 gates.", "An xxx-rated film.", "Model TKX9 was sold.", "Level XX."]
)
def test_words_that_only_look_like_a_placeholder_pass(text: str) -> None:
    assert check_gate(make_story(body=f"<p>{text}</p>")) == []


def test_the_sentence_about_a_placeholder_quotes_the_words_around_it() -> None:
    body = "<p>First paragraph.</p><p>The bridge opened in TK and was closed again.</p>"
    assert "near “The bridge opened in TK and was closed" in only(make_story(body=body)).message


def test_a_reserved_section_is_refused() -> None:
    story = make_story(section=make_section())
    Section.objects.update(slug="search")
    assert codes(story) == ["G110"]


def test_the_slug_of_a_published_story_is_taken_in_every_section() -> None:
    first = make_quoting_story(status=Story.Status.APPROVED)
    publish_story(first, by=make_user())
    second = make_story(slug=first.slug, section=make_section("Politics"))
    finding = only(second)
    assert (finding.code, finding.place) == ("G106", "field:slug")
    assert first.headline in finding.message


def test_a_former_address_is_taken_in_its_section_only() -> None:
    first = make_quoting_story(status=Story.Status.APPROVED, slug="old-address")
    publish_story(first, by=make_user())
    change(slug="new-address", version=2)(first)
    first.refresh_from_db()
    publish_story(first, by=make_user(), kind="same")
    assert "former address" in only(make_story(slug="old-address")).message
    assert codes(make_story(slug="old-address", section=make_section("Politics"))) == ["G107"]


def test_a_story_may_have_its_own_former_address_again() -> None:
    story = make_quoting_story(status=Story.Status.APPROVED)
    publish_story(story, by=make_user())
    assert check_gate(story) == []


def test_another_draft_with_the_slug_is_a_warning() -> None:
    make_story(slug="barrier-vote", headline="Vote on the barrier")
    make_story(slug="barrier-vote", status=Story.Status.SPIKED)
    finding = only(make_story(slug="barrier-vote"))
    assert (finding.code, finding.severity) == ("G107", Severity.WARNING)
    assert "Vote on the barrier" in finding.message
    assert blocking([finding]) == []


@pytest.mark.parametrize(
    ("code", "fields"), [("G401", {"alt": " "}), ("G402", {"credit": ""}), ("G403", {"width": 800})]
)
def test_a_picture_needs_its_words_and_a_size(code: str, fields: dict) -> None:
    image = make_image(**fields)
    finding = only(make_story(lead_image=image))
    assert (finding.code, finding.field, finding.place) == (code, "lead_image", f"image:{image.pk}")
    assert finding.blocks is (code != "G403")


def test_the_gate_may_be_asked_about_a_later_moment() -> None:
    later = timezone.now() + datetime.timedelta(days=1)
    story = make_story(embargo_until=later)
    assert codes(story) == ["G108"]
    assert check_gate(story, at=later) == []


def test_everything_is_told_at_once() -> None:
    story = make_story(headline="", slug="", section=None, authors=[], body="")
    assert codes(story) == ["G101", "G102", "G103", "G104", "G109"]


@pytest.mark.parametrize("quotes", [1, 40])
def test_the_gate_asks_ten_queries_whatever_the_number_of_quotes(
    quotes: int, django_assert_num_queries
) -> None:
    story = story_with_quotes(quotes)
    with django_assert_num_queries(10):
        assert check_gate(story) == []


def test_messages_are_whole_sentences() -> None:
    story = make_story(headline="", slug="", section=None, authors=[], body="", lead_image=make_image(alt=""))
    for finding in check_gate(story):
        assert re.fullmatch(r"[A-Z“].*[.!?]", finding.message)


def test_every_check_has_its_section_and_says_who_may_override_it() -> None:
    text = DOCS.read_text(encoding="utf-8")
    sections = {part[:4]: part for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}
    for check in CHECKS:
        section = sections[check.code]
        assert f'<a id="{check.code.lower()}"></a>' in text
        assert section.startswith(f"{check.code} {check.title}\n")
        if check.severity == Severity.WARNING:
            expected = "A warning: nothing to set aside."
        elif check.overridable:
            expected = "A managing editor may set it aside, with a reason."
        else:
            expected = "Nobody may set it aside."
        assert expected in section, check.code
