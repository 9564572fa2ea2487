"""Raw copy as the parts of a story, in every layout that copy comes in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.parse import ParsedCopy, parse_copy
from articles.text.spans import Span

LEDE = "The old harbour wall fell into the sea on Tuesday, hours after the council had called it safe."
NEXT = "“We were lucky,” said Ruth Amadi, the harbour commissioner. “Next time we may not be.”"
LAST = "The council meets on Thursday to decide what is to be done about the rest of the wall."
STORY = f"{LEDE}\n\n{NEXT}\n\n{LAST}"
HEADLINE = "Harbour wall falls hours after it was called safe"
DEK = "Forty metres collapsed at dawn; nobody was hurt"
BYLINE = "By Ana Ruiz"
DATELINE = "PORT HALE, March 3 (Agency)"

# copy -> (headline, dek, byline, dateline); the paragraphs are always the same three
LAYOUTS = {
    "blank lines": (f"{HEADLINE}\n\n{STORY}\n", HEADLINE, "", "", ""),
    "single line ends": (f"{HEADLINE}\n{LEDE}\n{NEXT}\n{LAST}", HEADLINE, "", "", ""),
    "Windows line ends": (f"{HEADLINE}\r\n\r\n{LEDE}\r\n{NEXT}\r\n{LAST}", HEADLINE, "", "", ""),
    "white space around": (
        f"\n\n  {HEADLINE}  \n \t\n{LEDE} \n\n\n\n  {NEXT}\n\n{LAST}\n\n",
        HEADLINE,
        "",
        "",
        "",
    ),
    "all parts": (
        f"{HEADLINE}\n{DEK}\n{BYLINE}\n\n{DATELINE} — {STORY}",
        HEADLINE,
        DEK,
        BYLINE,
        DATELINE,
    ),
    "byline under the headline, then the dek": (
        f"{HEADLINE}\n\n{BYLINE}\n\n{DEK}\n\n{STORY}",
        HEADLINE,
        DEK,
        BYLINE,
        "",
    ),
    "byline first": (f"{BYLINE}\n\n{HEADLINE}\n\n{STORY}", HEADLINE, "", BYLINE, ""),
    "no headline": (f"{STORY}", "", "", "", ""),
    "no headline but a dateline": (f"{DATELINE} – {STORY}", "", "", "", DATELINE),
    "no headline but a byline": (f"{BYLINE}\n\n{STORY}", "", "", BYLINE, ""),
    "headline with a full stop above a dateline": (
        f"{HEADLINE}.\n\n{DATELINE} - {STORY}",
        f"{HEADLINE}.",
        "",
        "",
        DATELINE,
    ),
    "headline that asks": (f"{HEADLINE}?\n\n{STORY}", f"{HEADLINE}?", "", "", ""),
    "Markdown headings": (
        f"# {HEADLINE}\n\n## {DEK}.\n\n**{BYLINE}**\n\n{STORY}",
        HEADLINE,
        f"{DEK}.",
        BYLINE,
        "",
    ),
    "Markdown bold": (f"**{HEADLINE}**\n\n{STORY}", HEADLINE, "", "", ""),
    "labels": (
        f"Headline: {HEADLINE}\nSummary: {DEK}.\n{BYLINE}\n\n{STORY}",
        HEADLINE,
        f"{DEK}.",
        BYLINE,
        "",
    ),
    "writer and job": (
        f"{HEADLINE}\n\n{BYLINE}\nHarbour correspondent\n\n{STORY}",
        HEADLINE,
        "",
        f"{BYLINE}, Harbour correspondent",
        "",
    ),
    "around it a page": (
        f"Home > News\n\n{HEADLINE}\n\n4 min read\n\n{BYLINE}\n\nShare this story\n\n{LEDE}\n\n{NEXT}\n\n"
        f"ADVERTISEMENT\n\n{LAST}\n\nRead more\n\n© 2026 Hale Daily",
        HEADLINE,
        "",
        BYLINE,
        "",
    ),
    "hard-wrapped": (
        f"{HEADLINE}\n{BYLINE}\n\n{DATELINE} — The old harbour wall\nfell into the sea on Tuesday, "
        "hours after the "
        "council\nhad called it safe.\n\n“We were lucky,” said Ruth Amadi, the harbour\ncommissioner. "
        "“Next time we may not be.”\n\nThe council meets on "
        "Thursday to decide what is to be\ndone about the "
        "rest of the wall.\n",
        HEADLINE,
        "",
        BYLINE,
        DATELINE,
    ),
    "hard-wrapped with indents": (
        f"{HEADLINE}\n   The old harbour wall fell into the sea on Tuesday,\n"
        "hours after the council had called it "
        "safe.\n   “We were lucky,” said Ruth Amadi, the harbour\ncommissioner. “Next time we may not "
        "be.”\n   The council meets on Thursday to decide what is to\nbe done about the rest of the wall.",
        HEADLINE,
        "",
        "",
        "",
    ),
}

BYLINES = {
    "two writers": "By Ana Ruiz and Tom Okafor",
    "three writers": "By Ana Ruiz, Tom Okafor and Li Wei",
    "capitals": "BY ANA RUIZ",
    "agency": "By Ana Ruiz, Hale News Agency",
    "particles": "By Jan van der Berg",
    "place": "By Ana Ruiz in Port Hale",
    "other words": "Words by Ana O’Neill-Ruiz",
    "bar": "By Ana Ruiz | Hale Daily",
    "the desk": "By the Hale Daily Newsroom",
    "name and job": "Ana Ruiz, political correspondent",
}

DATELINES = {
    "place alone": "PORT HALE",
    "place and agency": "PORT HALE (HNA)",
    "place and region": "PORT HALE, Maine",
    "abbreviated region and agency": "ST. MARY, N.H. (HNA)",
    "date before the month": "PORT HALE, 3 March",
    "agency after a plain place": "Port Hale (HNA)",
    "two words with a hyphen": "HALE-ON-SEA",
}

NOT_DATELINES = {
    "a dash in a sentence": "Ruth Amadi — who ordered the boats out — said the wall had been weak for years.",
    "an acronym": "NATO ships lay outside the harbour when the wall fell into the sea on Tuesday morning.",
    "a label": "EXCLUSIVE — The council knew that the wall was weak, papers seen by this desk show.",
    "a hyphenated word": "A-level results came out on the day when the old harbour wall fell into the sea.",
}


def words(part: object) -> str:
    return getattr(part, "text", "")


@pytest.mark.parametrize(("copy", "headline", "dek", "byline", "dateline"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(copy: str, headline: str, dek: str, byline: str, dateline: str) -> None:
    parsed = parse_copy(copy)
    found = [words(part) for part in (parsed.headline, parsed.dek, parsed.byline, parsed.dateline)]
    assert found == [headline, dek, byline, dateline]
    assert [paragraph.text for paragraph in parsed.paragraphs] == [LEDE, NEXT, LAST]
    assert parsed.body == f"{STORY}"
    assert_places(parsed)


def assert_places(parsed: ParsedCopy) -> None:
    for word in ("harbour wall", "said Ruth", "Thursday", "fell into the sea on Tuesday, hours after"):
        start = parsed.body.index(word)
        span = parsed.original_span(Span(start, start + len(word)))
        assert " ".join(span.of(parsed.original).split()) == word


@pytest.mark.parametrize("byline", BYLINES.values(), ids=BYLINES)
def test_bylines(byline: str) -> None:
    parsed = parse_copy(f"{HEADLINE}\n\n{byline}\n\n{LEDE}\n\n{NEXT}")
    assert words(parsed.byline) == byline
    assert len(parsed.paragraphs) == 2


@pytest.mark.parametrize(
    "line",
    ["By Tuesday the wall had gone.", "By nightfall, nobody was left on the quay", "By far the worst storm"],
)
def test_a_sentence_that_starts_with_by_is_no_byline(line: str) -> None:
    assert parse_copy(f"{HEADLINE}\n\n{line}\n\n{LEDE}\n\n{NEXT}").byline is None


@pytest.mark.parametrize("dash", [" — ", " – ", " - ", " -- ", "—"], ids=repr)
@pytest.mark.parametrize("dateline", DATELINES.values(), ids=DATELINES)
def test_datelines(dateline: str, dash: str) -> None:
    parsed = parse_copy(f"{HEADLINE}\n\n{dateline}{dash}{LEDE}\n\n{NEXT}")
    assert (words(parsed.dateline), parsed.paragraphs[0].text) == (dateline, LEDE)


@pytest.mark.parametrize("lede", NOT_DATELINES.values(), ids=NOT_DATELINES)
def test_what_is_no_dateline(lede: str) -> None:
    parsed = parse_copy(f"{HEADLINE}\n\n{lede}\n\n{NEXT}")
    assert (parsed.dateline, parsed.paragraphs[0].text) == (None, lede)


def test_a_hyphen_at_a_line_end_stays() -> None:
    copy = (
        "The council had called the old wall well-\nbuilt and safe, and nobody had asked who had\n"
        "looked at it, or when that was, or whether any-\none had been down there at all.\n"
    )
    assert "well-built and safe" in parse_copy(copy).body


def test_developing_copy() -> None:
    parsed = parse_copy(f"{HEADLINE}\n\n{LEDE}\n\n{NEXT}\n\nThis is a developing story.")
    assert parsed.developing
    assert [cut.rule for cut in parsed.cuts] == ["developing"]


def test_a_cut_that_an_editor_put_back_is_a_paragraph() -> None:
    copy = f"{HEADLINE}\n\n{LEDE}\n\n{NEXT}\n\nSource link"
    cut = parse_copy(copy).cuts[0]
    parsed = parse_copy(copy, keep=[Span(cut.start, cut.end)])
    assert (parsed.cuts, parsed.paragraphs[-1].text) == ((), "Source link")


def test_one_line_is_a_paragraph() -> None:
    parsed = parse_copy("Just a line")
    assert (parsed.headline, parsed.body) == (None, "Just a line")


def test_no_copy() -> None:
    parsed = parse_copy(" \n ")
    assert (parsed.headline, parsed.paragraphs, parsed.body) == (None, (), "")
    assert parsed.original_span(Span(0, 0)) == Span(0, 0)


def test_a_span_outside_the_body_is_refused() -> None:
    with pytest.raises(ValueError, match="ends at"):
        parse_copy(LEDE).original_span(Span(0, 1000))


PARTS = st.sampled_from(
    [
        HEADLINE,
        DEK,
        BYLINE,
        f"{DATELINE} — {LEDE}",
        LEDE,
        NEXT,
        LAST,
        "# Wall",
        "**Wall** falls",
        "Read more",
    ]
    + ["Headline: x", "Staff writer", "", "By ", "__", "#", "Title: ", "a-\nb"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PARTS, st.text(max_size=30)), max_size=10), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_no_word_is_lost(lines: list[str], end: str) -> None:
    parsed = parse_copy(end.join(lines))
    named = [part for part in (parsed.headline, parsed.dek, parsed.byline, parsed.dateline) if part]
    spans = sorted((part.start, part.end) for part in (*named, *parsed.paragraphs, *parsed.cuts))
    outside = "".join(
        parsed.original[before:after]
        for (_, before), (after, _) in zip([(0, 0), *spans], [*spans, (len(parsed.original), 0)], strict=True)
    )
    for label in ("Headline", "Title", "Summary"):
        outside = outside.replace(f"{label}:", "")
    assert not any(character.isalnum() for character in outside)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PARTS, st.text(max_size=30)), max_size=8), st.data())
def test_every_word_of_the_body_is_found_in_the_copy(lines: list[str], data: st.DataObject) -> None:
    parsed = parse_copy("\n".join(lines))
    start = data.draw(st.integers(0, len(parsed.body)))
    span = Span(start, data.draw(st.integers(start, len(parsed.body))))
    found = parsed.original_span(span).of(parsed.original)
    if span.of(parsed.body).strip() == span.of(parsed.body) and "\n\n" not in span.of(parsed.body):
        assert "".join(found.split()) == "".join(span.of(parsed.body).split())


def test_a_line_cut_between_two_bylines_is_in_neither() -> None:
    parsed = parse_copy("Staff writer\n0\nStaff writer\nHarbour wall falls hours after it was called safe")
    assert parsed.byline is not None
    assert parsed.byline.text == "Staff writer"
