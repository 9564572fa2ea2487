"""The house's own stories are read strictly: a slip in an annotation is told in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.gold import GoldError, Place, is_gold, load_gold
from bench.measures import calibration, indirect, measure_gold, phenomena
from bench.outcomes import Outcome, judge_gold, overlap, same_name

README = "# Stories\n\nPhenomena: `plain`, `split`,\n`title`.\n\nMore words.\n"
TEXT = "Pier shuts\n\n“It leaks,” Ada Morrow said. “It always did.” She said that the pier would close.\n"
QUOTATION: dict[str, Any] = {
    "kind": "direct",
    "segments": ["It leaks,", "It always did."],
    "speaker": "Ada Morrow",
    "how": "named",
    "role": "",
    "phenomena": ["split"],
}
REPORT: dict[str, Any] = {"words": "the pier would close", "speaker": "Ada Morrow", "how": "pronoun"}


def write(folder: Path, quotation: dict[str, Any] = QUOTATION, report: dict[str, Any] = REPORT) -> Path:
    (folder / "README.md").write_text(README)
    (folder / "01-pier.txt").write_text(TEXT)
    (folder / "01-pier.json").write_text(json.dumps({"quotations": [quotation], "indirect": [report]}))
    return folder


def test_a_story_is_read_with_the_places_of_its_words(tmp_path: Path) -> None:
    (story,) = load_gold(write(tmp_path))
    assert is_gold(tmp_path)
    assert (story.name, story.headline) == ("01-pier", "Pier shuts")
    (quotation,) = story.quotations
    assert [TEXT[place.start : place.end] for place in quotation.places] == QUOTATION["segments"]
    assert TEXT[story.reports[0].place.start :].startswith("the pier would close")


def test_words_are_looked_for_inside_marks_first(tmp_path: Path) -> None:
    text = "Pier shuts\n\nIt leaks, they feared. “It leaks,” Ada Morrow said.\n"
    write(tmp_path, QUOTATION | {"segments": ["It leaks,"]}, REPORT | {"words": "they feared"})
    (tmp_path / "01-pier.txt").write_text(text)
    (story,) = load_gold(tmp_path)
    assert story.quotations[0].places[0].start == text.index("“") + 1


@pytest.mark.parametrize(("change", "message"), [
    ({"kind": "speech"}, "“speech” is no kind"),
    ({"how": "loud"}, "no way to speak"),
    ({"speaker": ""}, "neither"),
    ({"speaker": "", "how": "", "role": "mayor"}, "no role"),
    ({"kind": "title"}, "nobody's speech"),
    ({"phenomena": []}, "does not know nothing"),
    ({"phenomena": ["dance"]}, "does not know dance"),
    ({"segments": []}, "at least one segment"),
    ({"segments": ["It always did.", "It leaks,"]}, "does not stand in the text"),
    ({"segments": ["t leaks,"]}, "does not stand in the text"),
    ({"segments": [""]}, "does not stand in the text"),
    ({"note": "well"}, "exactly these keys"),
])  # fmt: skip
def test_a_slip_in_a_quotation_is_told(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    write(tmp_path, QUOTATION | change)
    with pytest.raises(GoldError, match=message) as caught:
        load_gold(tmp_path)
    assert "01-pier.json, quotation 1" in str(caught.value)


@pytest.mark.parametrize(("change", "message"), [
    ({"words": "the pier would open"}, "does not stand in the text"),
    ({"words": "It always did."}, "reported speech has no marks"),
    ({"role": "mayor"}, "exactly these keys"),
    ({"speaker": ""}, "neither"),
])  # fmt: skip
def test_a_slip_in_a_report_is_told(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    write(tmp_path, report=REPORT | change)
    with pytest.raises(GoldError, match=message):
        load_gold(tmp_path)


@pytest.mark.parametrize(("name", "content", "message"), [
    ("01-pier.json", "{", "is no JSON"),
    ("01-pier.json", "[]", "exactly these keys"),
    ("01-pier.txt", "Only a headline", "a headline of one line"),
    ("02-quay.txt", TEXT, "02-quay: a story is a .txt and a .json"),
    ("README.md", "# Stories", "does not list the phenomena"),
])  # fmt: skip
def test_a_slip_in_a_file_is_told(tmp_path: Path, name: str, content: str, message: str) -> None:
    write(tmp_path)
    (tmp_path / name).write_text(content)
    with pytest.raises(GoldError, match=message):
        load_gold(tmp_path)


def test_what_is_read_rightly_has_no_mistakes(tmp_path: Path) -> None:
    judged = judge_gold(load_gold(write(tmp_path))[0])
    figures = measure_gold(judged.outcomes)
    assert figures["quotations"]["f1"] == figures["speaker"]["right"] == figures["kind"]["right"] == 1.0
    assert set(figures["mistakes"].values()) == {0}
    assert [row["wrong"] for row in phenomena(judged.outcomes)] == [0]
    assert indirect(judged.reports)["f1"] == 1.0


def test_every_mistake_is_counted_under_its_phenomenon(tmp_path: Path) -> None:
    wrong = {"speaker": "Bo Lind", "role": "warden", "kind": "partial", "segments": ["It leaks,"]}
    judged = judge_gold(load_gold(write(tmp_path, QUOTATION | wrong, REPORT | {"words": "She said"}))[0])
    (row,) = phenomena(judged.outcomes)
    assert (row["phenomenon"], row["of"]) == ("split", 1)
    assert (row["segments"], row["kind"], row["speaker"], row["role"], row["extra"]) == (1, 1, 1, 1, 0)
    assert row["examples"][0]["found"] == {"kind": "direct", "speaker": "Ada Morrow", "role": ""}
    assert [one["wrong"] for one in indirect(judged.reports)["mistakes"]] == ["missed", "extra"]


def test_what_nobody_marked_counts_as_extra_and_what_was_missed_as_not_found(tmp_path: Path) -> None:
    write(tmp_path, QUOTATION | {"segments": ["Ada Morrow said"], "phenomena": ["title"]})
    outcomes = judge_gold(load_gold(tmp_path)[0]).outcomes
    figures = measure_gold(outcomes)
    assert figures["kinds"] == {"direct": {"not found": 1}, "nobody's words": {"direct": 1}}
    assert (figures["extra"], figures["quotations"]["r"]) == (1, 0.0)
    assert {row["phenomenon"] for row in phenomena(outcomes)} == {"title", "not marked"}


def test_confidence_is_tabled_by_deciles() -> None:
    rows = [(0.95, True), (1.0, True), (0.93, False), (0.41, True)]
    outcomes = [
        Outcome("a", "b", ("plain",), kind="direct", speaker_right=right, confidence=value, sure=value > 0.9)
        for value, right in rows
    ]
    figures = calibration(outcomes)
    assert (figures["sure"], figures["right_when_sure"], figures["of"]) == (0.75, 0.6667, 4)
    assert [(row["from"], row["right"], row["of"]) for row in figures["deciles"]] == [
        (0.4, 1.0, 1),
        (0.9, 0.6667, 3),
    ]


def test_overlap_and_names() -> None:
    assert overlap(Place(0, 10), Place(2, 10)) == 0.8
    assert overlap(Place(0, 4), Place(6, 9)) == 0
    assert same_name("A senior official", "senior official")
    assert not same_name("Ada Morrow", "Morrow")
