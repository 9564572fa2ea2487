"""Which record a name in a text is tied to, which question is asked instead, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Quotation, Speaker, SpeakerName, Story
from articles.text.identity import Verdict
from articles.workflow.attribute import create_speaker, record_quote, save_speaker
from articles.workflow.identify import pairs_of, pairs_to_look_at, speaker_questions
from articles.workflow.merge import keep_apart
from articles.workflow.propose import find_speakers
from articles.workflow.quotations import sync_quotations
from tests.factories import make_role, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db

FIRST = "We close all nine gates on Tuesday and will not guess the time."
SECOND = "The water was higher last year than anybody can remember."


def telling(*lines: tuple[str, str]) -> Story:
    """A saved story in which each line is said by somebody."""
    body = "".join(f"<p>“{line}” said {name}.</p>" for line, name in lines)
    story = make_story(body=body)
    sync_quotations(story, by=story.owner)
    return story


def state_of(story: Story) -> list[tuple[str, Speaker | None]]:
    rows = story.quotations.select_related("quote__speaker").order_by("position")
    return [(row.state, row.quote.speaker if row.quote else None) for row in rows]


def test_one_speaker_of_the_name_is_taken_without_a_question() -> None:
    speaker = make_speaker("Ilse Bramley", aliases=["Ilsa Bramley"])
    assert state_of(telling((FIRST, "Ilsa Bramley"))) == [("matched", speaker)]


def test_of_two_namesakes_none_is_taken_until_somebody_says_who() -> None:
    pilot, cook = make_speaker("Ilse Bramley", "Pilot"), make_speaker("Ilse Bramley", "Cook")
    story = telling((FIRST, "Ilse Bramley"))
    assert state_of(story) == [("unattributed", None)]
    quotation = story.quotations.get()
    asked = speaker_questions([quotation])[quotation.pk]
    assert [each.known and each.known.key for each in asked] == [str(pilot.pk), str(cook.pk), None]
    assert [each.verdict for each in asked] == [Verdict.NAMESAKE, Verdict.NAMESAKE, Verdict.NEW]


def test_a_namesake_whom_the_story_quotes_already_is_meant_again() -> None:
    make_speaker("Ilse Bramley", "Cook")
    pilot = make_speaker("Ilse Bramley", "Pilot")
    story = telling((FIRST, "Ilse Bramley"))
    record_quote(story.quotations.get(), by=make_user("Editor"), speaker=pilot)
    story.body += f"<p>“{SECOND}” Bramley said.</p>"
    story.save()
    sync_quotations(story, by=story.owner)
    assert state_of(story) == [("matched", pilot), ("matched", pilot)]


def test_two_namesakes_in_one_story_are_told_apart_by_their_roles() -> None:
    cook, pilot = make_speaker("Ilse Bramley"), make_speaker("Ilse Bramley")
    roles = [make_role(cook, "pastry cook"), make_role(pilot, "harbour pilot")]
    story, editor = telling((FIRST, "Ilse Bramley"), (SECOND, "Ilse Bramley")), make_user("Editor")
    for row, role in zip(story.quotations.order_by("position"), roles, strict=True):
        record_quote(row, by=editor, speaker=role.speaker, role=role)
    third = "Nobody has asked the island what it wants from all of this."
    story.body = f"<p>“{third}” said Ilse Bramley, the harbour pilot.</p>"
    story.save()
    sync_quotations(story, by=story.owner)
    row = story.quotations.get(state="matched")
    assert row.quote.speaker == pilot


def test_a_likely_speaker_is_proposed_and_never_taken() -> None:
    known = make_speaker("Ruth Amadi", "Harbour Commissioner")
    story = telling((FIRST, "R. Amadi, the harbour commissioner"))
    [(state, speaker)] = state_of(story)
    assert (state, speaker != known) == ("matched", True)
    quotation = story.quotations.with_quotes().get()
    [asked] = speaker_questions([quotation])[quotation.pk]
    assert (asked.verdict, asked.known.key) == (Verdict.LIKELY, str(known.pk))


def test_names_are_found_after_they_changed() -> None:
    editor = make_user("Editor")
    speaker = create_speaker(by=editor, name="Ruth Amadi", aliases=["The Commissioner"])
    save_speaker(speaker, by=editor, name="Ruth Bell", aliases=["Ruth Amadi-Bell"])
    found = find_speakers(["Ruth Amadi", "ruth bell", "Ruth Amadi-Bell", "The Commissioner"])
    assert found == {"ruth bell": [speaker], "ruth amadi-bell": [speaker]}


def test_an_unnamed_speaker_has_no_keys_and_is_in_no_pair() -> None:
    make_speaker("a senior official", unnamed=True)
    make_speaker("a senior official", unnamed=True)
    assert not SpeakerName.objects.exists()
    assert pairs_to_look_at(weak=True).pairs == ()


def test_a_pair_is_listed_once_with_the_better_known_record_kept() -> None:
    old, new = make_speaker("R. Amadi", "Pilot"), make_speaker("Ruth Amadi", "Pilot")
    story = telling((FIRST, "Ruth Amadi"))
    assert state_of(story) == [("matched", new)]
    [pair] = pairs_to_look_at().pairs
    assert (pair.keep, pair.other, pair.quotes) == (new, old, (1, 0))
    assert [each.keep for each in pairs_of(old)] == [new]
    keep_apart(old, other=new, by=make_user("Editor"))
    assert pairs_to_look_at().pairs == ()
    assert pairs_of(new) == []


def test_a_surname_alone_finds_the_full_name_in_either_order() -> None:
    for names in (("Bramley", "Ilse Bramley"), ("Ole Marn", "Marn")):
        for name in names:
            make_speaker(name, "Pilot")
    assert len(pairs_to_look_at().pairs) == 2


def test_the_list_goes_further_back_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.workflow.identify.LOOKED_AT", 2)
    for number in range(3):
        make_speaker(f"Ilse Marn{number}ley", "Pilot")
        make_speaker(f"I. Marn{number}ley", "Pilot")
    seen, before = [], None
    for _page in range(4):
        found = pairs_to_look_at(before)
        seen += [pair.keep.name for pair in found.pairs]
        before = found.before
        if before is None:
            break
    assert seen == ["Ilse Marn2ley", "Ilse Marn1ley", "Ilse Marn0ley"]


def test_a_text_costs_the_same_however_many_speakers_are_on_record() -> None:
    counts, loaded = [], []
    telling((FIRST, "Pia Sund"))  # warms what is asked once
    for number in range(2):
        for extra in range(40 * number):
            make_speaker(f"Ilse Odal{extra}ley", aliases=[f"Odal{extra}ley"])
        with CaptureQueriesContext(connection) as queries:
            telling((FIRST, f"Tam Reed{number}ley"), (SECOND, f"Ole Marn{number}ley"))
        counts.append(len(queries))
        loaded.append(len(find_speakers([f"Tam Reed{number}ley"])))
    assert counts[0] == counts[1]
    assert loaded == [1, 1]


def test_questions_cost_the_same_however_many_quotations_there_are() -> None:
    costs = []
    for number in (2, 9):
        lines = [
            (f"{FIRST[:-1]} at gate {index}.", f"R. Amadi{index}ley, the pilot") for index in range(number)
        ]
        for index in range(number):
            make_speaker(f"Ruth Amadi{index}ley", "Pilot")
        story = telling(*lines)
        quotations = list(Quotation.objects.filter(story=story).with_quotes())
        with CaptureQueriesContext(connection) as queries:
            assert len(speaker_questions(quotations)) == number
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 5
