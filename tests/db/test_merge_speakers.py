"""Two records of one person become one; two people are remembered as two."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Edition, EditionQuote, Event, Quote, Role, Speaker, SpeakerName, SpeakersApart
from articles.text.markup import plain_text
from articles.workflow.attribute import attribute_quote, save_speaker
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.merge import keep_apart, merge_speakers, plan_merge
from articles.workflow.propose import find_speakers
from articles.workflow.publish import publish_story
from tests.factories import (
    make_image,
    make_quotation,
    make_quote,
    make_role,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

WHY = "Both are the harbour commissioner of Sandholm."
VERIFIED = Quote.Verification.VERIFIED


def merge(keep: Speaker, other: Speaker, **fields: object) -> Speaker:
    return merge_speakers(keep, other=other, by=make_user("Editor"), reason=WHY, **fields)


def publish(speaker: Speaker, line: str) -> Edition:
    """A live story that prints `line`, said by `speaker`."""
    quote = make_quote(line, speaker=speaker, verification=VERIFIED)
    story = make_story(status="approved", body=f"<p>“{line}” {speaker} told the council.</p>", dek="A vote.")
    make_quotation(story, quote, spans=[[1, 1 + len(line)]])
    return publish_story(story, by=make_user("Managing editor"), kind=Edition.Kind.SAME)


def test_everything_moves_to_the_record_that_is_kept() -> None:
    keep = make_speaker("Ruth Amadi", aliases=["Commissioner Amadi"])
    other = make_speaker(
        "R. Amadi", aliases=["Ruthie Amadi"], bio="Runs the harbour.", external_ids={"wikidata": "Q1"}
    )
    Speaker.objects.filter(pk=other.pk).update(photo=make_image())
    role = make_role(other, "Pilot")
    quote = make_quote(speaker=other, role=role, verification=VERIFIED)
    other.refresh_from_db()
    kept = merge(keep, other)
    assert kept.aliases == ["Commissioner Amadi", "R. Amadi", "Ruthie Amadi"]
    assert (kept.bio, kept.external_ids, kept.photo) == ("Runs the harbour.", {"wikidata": "Q1"}, other.photo)
    quote.refresh_from_db()
    assert (quote.speaker, quote.role, quote.role.speaker) == (keep, role, keep)
    assert quote.verification == VERIFIED, "Nobody else is said to have said it."
    other.refresh_from_db()
    assert other.merged_into == keep
    assert list(Speaker.objects.standing()) == [keep]


def test_one_event_says_who_and_why_and_what_went_over() -> None:
    keep, other = make_speaker("Ruth Amadi"), make_speaker("R. Amadi", slug="r-amadi")
    quote = make_quote(speaker=other)
    merge(keep, other)
    event = Event.objects.get()
    assert (event.action, event.record_id, event.reason) == ("speaker.merged", keep.pk, WHY)
    assert event.before == {"name": "R. Amadi", "slug": "r-amadi", "roles": []}
    assert event.after["quotes"] == [quote.key]


def test_what_the_kept_record_has_stays() -> None:
    keep = make_speaker("Ruth Amadi", bio="Commissioner.", external_ids={"wikidata": "Q1"})
    other = make_speaker("R. Amadi", bio="Somebody.", external_ids={"wikidata": "Q1", "viaf": "7"})
    kept = merge(keep, other)
    assert (kept.bio, kept.external_ids) == ("Commissioner.", {"wikidata": "Q1", "viaf": "7"})


def day(year: int) -> datetime.date:
    return datetime.date(year, 1, 1)


ROLES = [
    # dates of the kept record's role, of the other's, what is left
    pytest.param((2015, None), (None, None), [(2015, None)], id="undated says nothing"),
    pytest.param((None, None), (2015, 2019), [(2015, 2019)], id="the dated one is better"),
    pytest.param((2015, 2019), (2017, 2022), [(2015, 2022)], id="overlapping terms are one"),
    pytest.param((2015, 2019), (2017, None), [(2015, None)], id="one is still held"),
    pytest.param((2001, 2005), (2010, 2014), [(2001, 2005), (2010, 2014)], id="two terms of office stay two"),
]


@pytest.mark.parametrize(("mine", "theirs", "left"), ROLES)
def test_the_same_role_is_kept_once(mine: tuple, theirs: tuple, left: list[tuple]) -> None:
    keep, other = make_speaker("Ruth Amadi"), make_speaker("R. Amadi")
    make_role(keep, "Commissioner", since=mine[0] and day(mine[0]), until=mine[1] and day(mine[1]))
    dates = {"since": theirs[0] and day(theirs[0]), "until": theirs[1] and day(theirs[1])}
    role = make_role(other, "commissioner", organisation="Port", **dates)
    quote = make_quote(speaker=other, role=role)
    merge(keep, other)
    found = Role.objects.order_by("since")
    assert [(role.since and role.since.year, role.until and role.until.year) for role in found] == left
    quote.refresh_from_db()
    assert quote.role.speaker == keep
    assert "Port" in [role.organisation for role in found]


def test_the_other_name_finds_the_kept_record_from_now_on() -> None:
    keep, other = make_speaker("Ruth Amadi"), make_speaker("R. Amadi")
    merge(keep, other)
    assert find_speakers(["R. Amadi", "Ruth Amadi"]) == {"r amadi": [keep], "ruth amadi": [keep]}
    assert not SpeakerName.objects.filter(speaker=other).exists()


def test_a_record_that_held_another_passes_it_on() -> None:
    first, second, third = (make_speaker(name) for name in ("R. Amadi", "Ruth Amadi", "Ruth J. Amadi"))
    merge(second, first)
    merge(third, second)
    assert set(Speaker.objects.filter(merged_into=third)) == {first, second}


def test_live_pages_are_renewed_and_the_old_ones_stay_as_they_were() -> None:
    keep, other = make_speaker("Ruth Amadi", slug="ruth-amadi"), make_speaker("R. Amadi", slug="r-amadi")
    make_role(keep, "Harbour Commissioner")
    old = publish(other, "The gate will be closed before the tide turns.")
    merge(keep, other)
    shown = Edition.objects.published().get()
    assert (shown.story, shown.kind, shown.number) == (old.story, Edition.Kind.RECORD, old.number + 1)
    row = shown.quotes.get()
    assert (row.speaker_slug, row.speaker_name, row.verification) == ("ruth-amadi", "Ruth Amadi", "verified")
    assert [role["title"] for role in row.speaker["roles"]] == ["Harbour Commissioner"]
    assert EditionQuote.objects.get(edition=old).speaker_name == "R. Amadi"


def test_a_plan_says_what_the_merge_then_does() -> None:
    keep, other = make_speaker("Ruth Amadi", "Commissioner"), make_speaker("R. Amadi", "commissioner")
    make_role(other, "Pilot")
    publish(other, "The gate will be closed before the tide turns.")
    make_quote("The pier stays open.", speaker=other)
    plan = plan_merge(keep, other)
    assert (plan.quotes, plan.stories, plan.names) == (2, 1, ("R. Amadi",))
    assert ([str(role) for role in plan.roles], len(plan.folded)) == (["Pilot"], 1)


@pytest.mark.parametrize(("fields", "words"), [
    ({"unnamed": True}, "unnamed speaker"),
    ({"kind": "organisation"}, "person and an organisation"),
    ({"external_ids": {"wikidata": "Q2"}}, "different identifiers"),
])  # fmt: skip
def test_what_cannot_be_merged_is_refused_with_a_sentence(fields: dict[str, object], words: str) -> None:
    keep = make_speaker("Ruth Amadi", external_ids={"wikidata": "Q1"})
    other = make_speaker("R. Amadi", **fields)
    with pytest.raises(WrongState, match=words):
        merge(keep, other)
    with pytest.raises(WrongState, match=words):
        merge(other, keep)
    assert not Event.objects.exists()


def test_a_record_is_not_merged_with_itself_nor_twice() -> None:
    keep, other, third = make_speaker("Ruth Amadi"), make_speaker("R. Amadi"), make_speaker("Rut Amadi")
    with pytest.raises(WrongState, match="not two records but one"):
        merge(keep, keep)
    merge(keep, other)
    for pair in ((third, other), (other, third)):
        with pytest.raises(WrongState, match="was merged into “Ruth Amadi” already"):
            merge(*pair)


def test_a_merge_needs_a_reason() -> None:
    with pytest.raises(Invalid, match="how you know"):
        merge_speakers(
            make_speaker("Ruth Amadi"), other=make_speaker("R. Amadi"), by=make_user("Editor"), reason=" "
        )


@pytest.mark.parametrize(("role", "merges", "parts"), [
    ("Reporter", False, True),
    ("Editor", True, True),
    ("Managing editor", True, True),
    ("Auditor", False, False),
    ("Administrator", False, False),
    ("", False, False),
])  # fmt: skip
def test_who_may_merge_and_who_may_part(role: str, merges: bool, parts: bool) -> None:
    keep, other, by = make_speaker("Ruth Amadi"), make_speaker("R. Amadi"), make_user(role)
    outcomes = []
    for verb in (
        lambda: keep_apart(keep, other=other, by=by),
        lambda: merge_speakers(keep, other=other, by=by, reason=WHY),
    ):
        try:
            verb()
            outcomes.append(True)
        except NotAllowed:
            outcomes.append(False)
    assert outcomes == [parts, merges]


def test_two_people_are_remembered_once_whichever_is_named_first() -> None:
    one, other, editor = make_speaker("Ruth Amadi"), make_speaker("Ruth Amadi"), make_user("Editor")
    keep_apart(one, other=other, by=editor)
    keep_apart(other, other=one, by=editor)
    assert SpeakersApart.objects.get().first == one
    assert Event.objects.get().action == "speaker.kept_apart"


def test_who_is_not_the_other_is_not_the_kept_one_either() -> None:
    keep, other, third = (make_speaker(name) for name in ("Ruth Amadi", "R. Amadi", "Rosa Amadi"))
    editor = make_user("Editor")
    keep_apart(third, other=other, by=editor)
    keep_apart(keep, other=other, by=editor)
    merge(keep, other)
    apart = SpeakersApart.objects.get()
    assert (apart.first, apart.second, apart.by) == (keep, third, editor)


def test_a_merged_record_takes_no_quote_and_no_change() -> None:
    keep, other = make_speaker("Ruth Amadi"), make_speaker("R. Amadi")
    merge(keep, other)
    quote = make_quote("The pier stays open.")
    with pytest.raises(Invalid, match="merged into another"):
        attribute_quote(quote, by=make_user("Editor"), speaker=Speaker.objects.get(pk=other.pk))
    with pytest.raises(WrongState, match="merged into another"):
        save_speaker(other, by=make_user("Editor"), bio="New.")


def test_the_database_refuses_a_speaker_merged_into_herself() -> None:
    speaker = make_speaker()
    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.filter(pk=speaker.pk).update(merged_into=speaker)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakersApart.objects.create(first=speaker, second=speaker, by=make_user("Editor"))


def test_a_merge_costs_the_same_for_a_story_with_many_quotes_of_the_speaker() -> None:
    assert _cost("Ruth Amadi", 1) == _cost("Ilse Marrow", 9)


def _cost(name: str, quotes: int) -> int:
    """How many queries it takes to merge a speaker whom one live story quotes so often."""
    keep, other = make_speaker(name), make_speaker(f"Dr {name}")
    lines = [f"The {name} pier opens on day {number} of the month." for number in range(quotes)]
    body = "".join(f"<p>“{line}” {other} told the council.</p>" for line in lines)
    story = make_story(status="approved", body=body, dek="A vote.")
    text = plain_text(body).text
    for position, line in enumerate(lines):
        quote = make_quote(line, speaker=other, verification=VERIFIED)
        start = text.index(line)
        make_quotation(story, quote, position=position, spans=[[start, start + len(line)]])
    publish_story(story, by=make_user("Managing editor"), kind=Edition.Kind.SAME)
    by = User.objects.get(pk=make_user("Editor").pk)
    with CaptureQueriesContext(connection) as made:
        merge_speakers(keep, other=other, by=by, reason=WHY)
    assert EditionQuote.objects.filter(speaker_slug=keep.slug).count() == quotes
    return len(made)
