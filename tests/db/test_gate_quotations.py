"""The gate's checks on quotations and on the evidence for them."""

import datetime
from typing import Any

import pytest

from articles.models import Quotation, Quote, Story, VerificationEntry
from articles.workflow.gate import Finding, Severity, check_gate
from tests.factories import (
    WORDS,
    make_entry,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_role,
    make_snapshot,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

VERIFIED = Quote.Verification.VERIFIED
BODY = f"<p>“{WORDS}” Ilse Marrow told the harbour council on Tuesday.</p>"


def quoting(quote: Quote | None, **fields: Any) -> Story:
    """A story that prints WORDS as a use of `quote`."""
    story = make_story(body=BODY)
    make_quotation(story, quote, **{"segments": [WORDS], "spans": [[1, 1 + len(WORDS)]], **fields})
    return story


def only(story: Story) -> Finding:
    """The one finding on `story`."""
    (finding,) = check_gate(story)
    return finding


def codes(story: Story) -> list[str]:
    return [finding.code for finding in check_gate(story)]


def test_a_quotation_without_a_record_is_a_blocker_at_that_quotation() -> None:
    story = quoting(None)
    finding = only(story)
    quotation = story.quotations.get()
    assert (finding.code, finding.place) == ("G201", f"quotation:{quotation.pk}")
    assert finding.quotation_id == quotation.pk
    assert finding.message.startswith("“We will keep the lighthouse open through the …” has no record.")


def test_a_dismissed_quotation_passes() -> None:
    assert check_gate(quoting(None, state=Quotation.State.DISMISSED)) == []


def test_a_quote_without_a_speaker_is_a_blocker() -> None:
    quote = make_quote(no_speaker=True)
    assert codes(quoting(quote)) == ["G202", "G208"]


def test_a_quote_without_a_source_is_a_blocker() -> None:
    assert codes(quoting(make_quote(source=None))) == ["G203", "G208", "G212"]


def test_the_place_of_a_quotation_with_a_record_is_the_key_of_its_quote() -> None:
    quote = make_quote(source=None)
    assert check_gate(quoting(quote))[0].place == f"quote:{quote.key}"


def test_a_source_without_a_snapshot_is_a_blocker() -> None:
    assert codes(quoting(make_quote(source=make_source(), verification=VERIFIED))) == ["G204"]


def test_words_that_are_not_in_the_source_are_a_blocker() -> None:
    source = make_source(text="The minutes of another meeting, about dredging and mooring fees.")
    assert codes(quoting(make_quote(source=source, verification=VERIFIED))) == ["G205"]


def test_altered_words_are_a_blocker_that_shows_the_difference() -> None:
    source = make_source(text="She said: We will keep the lighthouse closed through the winter.")
    finding = only(quoting(make_quote(source=source, verification=VERIFIED)))
    assert finding.code == "G206"
    assert finding.message.count(".") > 2


def test_the_difference_from_a_confidential_source_is_not_shown() -> None:
    source = make_source(
        text="She said: We will keep the lighthouse closed through the winter.",
        confidential=True,
        owner=make_user(),
    )
    story = quoting(make_quote(source=source, verification=VERIFIED))
    assert "closed" not in " ".join(finding.message for finding in check_gate(story))


@pytest.mark.parametrize("method", ["listened", "called_back", "witnessed"])
@pytest.mark.parametrize("text", ["", "The minutes of another meeting, about dredging and mooring fees."])
def test_words_that_a_second_person_heard_need_no_snapshot(method: str, text: str) -> None:
    quote = make_quote(source=make_source(text=text), verification=VERIFIED)
    make_entry(quote, method=method)
    assert check_gate(quoting(quote)) == []


def test_the_evidence_is_the_snapshot_that_was_signed_against_not_a_newer_one() -> None:
    quote = make_quote(verification=VERIFIED)
    make_entry(quote, method="read", snapshot=quote.source.snapshots.get())
    make_snapshot(quote.source, "This page has been removed.")
    assert check_gate(quoting(quote)) == []


def test_an_unsigned_quote_is_compared_with_the_newest_snapshot() -> None:
    quote = make_quote()
    make_snapshot(quote.source, "This page has been removed.")
    assert codes(quoting(quote, sure=True)) == ["G205", "G208"]


def test_words_changed_in_the_text_are_a_blocker() -> None:
    quote = make_quote(verification=VERIFIED)
    story = quoting(quote, state=Quotation.State.ALTERED, grade="altered")
    assert codes(story) == ["G207"]


@pytest.mark.parametrize("grade", ["typographic", "permitted"])
def test_changes_that_the_house_allows_pass(grade: str) -> None:
    quote = make_quote(verification=VERIFIED)
    assert check_gate(quoting(quote, state=Quotation.State.ALTERED, grade=grade)) == []


@pytest.mark.parametrize(
    ("verification", "says"),
    [("unverified", "Nobody has verified"), ("in_source", "no second person has looked")],
)
def test_an_unverified_quote_is_a_blocker(verification: str, says: str) -> None:
    finding = only(quoting(make_quote(verification=verification), sure=True))
    assert finding.code == "G208"
    assert says in finding.message


def test_a_quote_verified_by_who_wrote_it_into_this_story_is_a_blocker() -> None:
    quote = make_quote(verification=VERIFIED)
    finding = only(quoting(quote, written_by=quote.verified_by))
    assert finding.code == "G209"
    assert quote.verified_by.get_full_name() in finding.message


@pytest.mark.parametrize(("verification", "code"), [("disputed", "G210"), ("withdrawn", "G211")])
def test_a_quote_in_doubt_is_a_blocker(verification: str, code: str) -> None:
    quote = make_quote(verification=verification, verified_by=make_user())
    assert codes(quoting(quote)) == [code]


def test_a_guessed_speaker_is_a_warning_until_the_quote_is_verified() -> None:
    story = quoting(make_quote(), sure=False)
    warning = check_gate(story)[-1]
    assert (warning.code, warning.severity) == ("G212", Severity.WARNING)
    assert codes(quoting(make_quote(verification=VERIFIED), sure=False)) == []


def test_a_quotation_that_left_the_text_is_a_warning() -> None:
    story = make_story()
    make_quotation(story, make_quote(), state=Quotation.State.MISSING)
    assert only(story).code == "G213"


def test_a_body_written_around_the_verbs_is_a_blocker() -> None:
    assert codes(make_story(body=BODY)) == ["G214"]
    doubled = BODY.replace("“", "''").replace("”", "''")
    assert codes(make_story(body=doubled)) == ["G214"]


def test_a_record_that_points_to_other_words_is_a_blocker() -> None:
    story = make_quoting_story()
    Story.objects.filter(pk=story.pk).update(body=BODY.replace("<p>", "<p>Yesterday, "))
    finding = only(story)
    assert (finding.code, finding.overridable) == ("G214", False)


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (datetime.date(2020, 1, 1), None, True),
        (datetime.date(2026, 6, 1), None, False),
        (None, datetime.date(2026, 1, 1), False),
        (None, None, True),
    ],
)
def test_a_role_of_another_day_is_a_warning(since, until, held: bool) -> None:
    speaker = make_speaker()
    role = make_role(speaker, since=since, until=until)
    day = datetime.date(2026, 5, 1)
    quote = make_quote(speaker=speaker, role=role, said_on=day, verification=VERIFIED)
    assert codes(quoting(quote)) == ([] if held else ["G215"])


def test_the_same_finding_about_a_quote_printed_twice_is_told_once() -> None:
    story = quoting(make_quote(), sure=True)
    quote = story.quotations.get().quote
    text = f"“{WORDS}” Ilse Marrow told the harbour council on Tuesday."
    Story.objects.filter(pk=story.pk).update(body=BODY + BODY)
    start = len(text) + 3
    make_quotation(story, quote, spans=[[start, start + len(WORDS)]], sure=True)
    assert codes(story) == ["G208"]


def test_what_a_person_signed_is_read_from_the_last_signature() -> None:
    quote = make_quote(source=make_source(), verification=VERIFIED)
    make_entry(quote, method=VerificationEntry.Method.LISTENED)
    make_entry(quote, verification="unverified", by=None)
    make_entry(quote, method=VerificationEntry.Method.READ)
    assert codes(quoting(quote)) == ["G204"]
