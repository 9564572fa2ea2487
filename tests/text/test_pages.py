"""Whole pages, marked line by line: how much of the stories is kept, and how much around them is removed."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from articles.text.clean import clean_copy

COPY = Path(__file__).parent.parent / "copy"
PAGES = Path(__file__).parent.parent / "pages"
WRAPPED = {"17-pdf-copy", "40-e-edition-scan"}  # lines of these are no paragraphs: always close together
FLOORS = {
    "seen": (0.99, 0.95),
    "fresh": (0.99, 0.95),
    "later": (0.99, 0.95),
}  # words of stories kept, lines of pages removed


@dataclass
class Count:
    words: int = 0
    kept: int = 0
    lines: int = 0
    removed: int = 0
    lost: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kept / self.words:.4f} of {self.words} words kept, {self.removed / self.lines:.4f} of "
            f"{self.lines} lines removed\nlost: {self.lost}\nleft: {self.left}"
        )


def count_page(count: Count, page: Path, end: str) -> None:
    """Clean ``page`` with ``end`` between its lines, and add what became of each."""
    marked = [(line[0], line[2:]) for line in page.read_text(encoding="utf-8").splitlines()]
    cuts = clean_copy(end.join(text for _, text in marked)).cuts
    offset = 0
    for mark, text in marked:
        words = [(offset + word.start(), offset + word.end()) for word in re.finditer(r"\S+", text)]
        gone = sum(any(cut.start <= start and stop <= cut.end for cut in cuts) for start, stop in words)
        offset += len(text) + len(end)
        if mark == "S":
            count.words += len(words)
            count.kept += len(words) - gone
            count.lost += [f"{page.stem}: {text}"] * bool(gone)
        elif mark == "B":
            count.lines += 1
            count.removed += gone == len(words)
            count.left += [f"{page.stem}: {text}"] * (gone < len(words))


def count_part(part: str) -> Count:
    count = Count()
    for page in sorted((PAGES / part).glob("*.txt")):
        for end in ["\n"] if page.stem in WRAPPED else ["\n\n", "\n"]:
            count_page(count, page, end)
    return count


@pytest.mark.parametrize("part", FLOORS)
def test_stories_are_kept_and_pages_removed(part: str) -> None:
    count = count_part(part)
    kept, removed = FLOORS[part]
    assert count.kept / count.words >= kept, count
    assert count.removed / count.lines >= removed, count


def test_annotated_stories_are_kept() -> None:
    lost = words = 0
    for story in COPY.glob("*.txt"):
        text = story.read_text(encoding="utf-8")
        words += len(text.split())
        lost += sum(len(cut.text.split()) for cut in clean_copy(text).cuts)
    assert lost <= words / 1000


STORY_LINES = {
    "a subhead": "What to plant instead",
    "a question and an answer": "Q. Have you tried the app?",
    "a time of a live report": "10:10 a.m.",
    "a time with its zone": "14:05 CET",
    "a number that a paragraph is about": "30,000.",
    "an order in an opinion": "Follow the money and you find a subscription that nobody remembers.",
    "a line about privacy": "The company shares data with its partners when a user clicks on the app.",
    "a correction": "This article was amended on 5 February. An earlier version gave another cost.",
    "a helpline": "Anyone with information is asked to call the sheriff's office at 555-0119.",
    "a list": "- Nine million crowns for the wall",
    "somebody speaks in a transcript": "PETER ASH: We're not against quiet. You can subscribe to that.",
    "a name": "Mirela Voss",
}


@pytest.mark.parametrize("line", STORY_LINES.values(), ids=STORY_LINES)
def test_lines_of_stories_stay_between_paragraphs(line: str) -> None:
    paragraph = "The council of Port Hale voted on Tuesday to rebuild the wall, which fell in January."
    other = "Work is to begin in May and to cost nine million crowns, most of it from the port’s own fund."
    found = clean_copy(f"Harbour wall to be rebuilt\n\n{paragraph}\n\n{line}\n\n{other}")
    assert found.cuts == ()


COUNTED = {
    "times": ("14:05", "13:50 CET", "12:10 p.m.", "9.40"),
    "numbers": ("9,000,000", "72", "4.2%", "3"),
}


@pytest.mark.parametrize("lines", COUNTED.values(), ids=COUNTED)
def test_times_and_numbers_that_part_a_story_stay(lines: tuple[str, ...]) -> None:
    paragraph = "The council of Port Hale voted on Tuesday to rebuild the wall, which fell in January."
    told = [f"{line}\n\n{'Money and stone' if line == '72' else 'Share'}\n\n{paragraph}" for line in lines]
    found = clean_copy("\n\n".join(["Harbour wall, hour by hour", paragraph, *told]))
    assert not {cut.text for cut in found.cuts} & set(lines)


def test_every_page_is_marked() -> None:
    pages = list(PAGES.glob("*/*.txt"))
    assert len(pages) >= 40
    for page in pages:
        assert all(
            line[:2] in {"S ", "B ", "? "} for line in page.read_text(encoding="utf-8").splitlines()
        ), page


HOSTILE = {
    "short lines": "Share\n\nMost read\n\nA goose of bronze\n\n",
    "one sentence": "You and our partners may share cookies with the app, the site and this page. ",
    "paragraphs": "The council of Port Hale voted on Tuesday to rebuild the harbour wall, which fell.\n\n",
    "names": "Ada Thrupp of the Wexcombe and Hale / ",
    "capitals": "BIN THERE AND BACK ",
    "numbers": "12,000.00:11 | ",
    "marks": "( [ © : / | > ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_cleaning_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        start = time.process_time()
        clean_copy(piece * times)
        return time.process_time() - start

    size = 60_000 // len(piece)
    seconds(size)
    once = min(seconds(size) for _ in range(3))
    twice = min(seconds(2 * size) for _ in range(3))
    assert twice <= max(2.5 * once, 0.05)
