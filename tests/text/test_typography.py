"""Typography as printed, and that it changes no recorded word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.compare import Grade, compare
from articles.text.markup import plain_text
from articles.text.typography import marks_of, set_html, set_text

NB = "\u00a0"

ENGLISH = {
    "quotation marks": ('"Yes," she said. "No."', "“Yes,” she said. “No.”"),
    "marks in marks": ("\"He said 'no'.\"", "“He said ‘no’.”"),
    "marks that open together": ("\"'No' is no.\"", "“‘No’ is no.”"),
    "marks in brackets": ('("Why?")', "(“Why?”)"),
    "apostrophes": ("It's the Fenns' ferry.", "It’s the Fenns’ ferry."),
    "letters left out": ("'Tis the '90s rock 'n' roll.", "’Tis the ’90s rock ’n’ roll."),
    "feet and inches": ("It is 6'2\" tall.", "It is 6'2\" tall."),
    "a mark after a number": ('"In 1990" it was.', "“In 1990” it was."),
    "a dash with spaces": ("One -- two - three --- four.", f"One{NB}– two{NB}– three{NB}– four."),
    "a dash without": ("One--two", "One—two"),
    "speech that breaks off": ('"I was--"', "“I was—”"),
    "a hyphen stays": ("a well-known 10-12 score", "a well-known 10-12 score"),
    "an ellipsis": ("Well... no. . . yes", "Well… no… yes"),
    "four dots stay": ("Well....", "Well...."),
    "numbers and units": ("10 km and 20 % of 5 kg, 3 men", f"10{NB}km and 20{NB}% of 5{NB}kg, 3 men"),
    "titles": ("Dr. Fenn met Mr Tolle, No. 5", f"Dr.{NB}Fenn met Mr{NB}Tolle, No.{NB}5"),
    "addresses stay": (
        'At http://x.example/a--b?q="c" and a--b@x.example now',
        'At http://x.example/a--b?q="c" and a--b@x.example now',
    ),
    "set already": (f"“Yes,” she said{NB}– ‘no’…", f"“Yes,” she said{NB}– ‘no’…"),
    "nothing": ("", ""),
}

LANGUAGES = {
    "de": ('"Ja", sagte er. "Nicht \'nein\'."', "„Ja“, sagte er. „Nicht ‚nein‘.“"),
    "de-AT": ('"Ja"', "„Ja“"),
    "fr": ('"Oui" ! Et "non" ?', "«\u202fOui\u202f»\u202f! Et «\u202fnon\u202f»\u202f?"),
    "sv": ('"Ja"', "”Ja”"),
    "xx": ('"Yes"', "“Yes”"),
}

BODIES = {
    "over elements": (
        '<p>"Yes, <em>now</em>," she <strong>said</strong>.</p>',
        "<p>“Yes, <em>now</em>,” she <strong>said</strong>.</p>",
    ),
    "entities": ("<p>&quot;Yes&quot;</p>", "<p>“Yes”</p>"),
    "links stay": (
        '<p>"Yes" <a href="/a/">a "b" -- c</a></p>',
        '<p>“Yes” <a href="/a/" rel="noopener noreferrer">a "b" -- c</a></p>',
    ),
    "each block for itself": ('<p>"Yes</p><p>"No"</p>', "<p>“Yes</p><p>“No”</p>"),
    "cells and footnotes": (
        '<table><tbody><tr><td>"a"</td></tr></tbody></table><aside data-note="n1"><p>"b"</p></aside>',
        '<table><tbody><tr><td>“a”</td></tr></tbody></table><aside data-note="n1"><p>“b”</p></aside>',
    ),
    "titles of cards stay": (
        '<figure data-card="https://x.example/" title="A &quot;b&quot;"></figure>',
        '<figure data-card="https://x.example/" title="A &quot;b&quot;"></figure>',
    ),
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.values(), ids=ENGLISH)
def test_english(text: str, expected: str) -> None:
    assert set_text(text, language="en-gb") == expected


@pytest.mark.parametrize(("language", "case"), LANGUAGES.items(), ids=LANGUAGES)
def test_languages(language: str, case: tuple[str, str]) -> None:
    assert set_text(case[0], language=language) == case[1]


@pytest.mark.parametrize(("html", "expected"), BODIES.values(), ids=BODIES)
def test_bodies(html: str, expected: str) -> None:
    assert set_html(html, language="en") == expected


SPEECH = st.text(alphabet="abI \"'-.10%km“”’‘–—…\u00a0", max_size=30)


@settings(max_examples=500, deadline=None)
@given(SPEECH, st.sampled_from(["en", "de", "fr", "sv", "pl"]))
def test_setting_twice_changes_nothing_more(text: str, language: str) -> None:
    once = set_text(text, language=language)
    assert set_text(once, language=language) == once


WORDS = st.lists(
    st.sampled_from(
        ["we", "don't", '"stay"', "open", "--", "10 km", "...", "Dr. Fenn", "well-known", "'no'", "now."]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(WORDS)
def test_recorded_words_are_never_called_altered(words: list[str]) -> None:
    said = f"We said {' '.join(words)} today"
    printed = set_text(said, language="en")
    assert compare([printed], said).grade not in {Grade.ALTERED, Grade.ABSENT}
    assert compare([said], printed).grade not in {Grade.ALTERED, Grade.ABSENT}


def test_a_body_keeps_its_words() -> None:
    html = '<p>"We stay -- open," she said. 10 km...</p>'
    before, after = plain_text(html).text, plain_text(set_html(html, language="en")).text
    assert compare([after], before).grade is Grade.TYPOGRAPHIC


def test_the_marks_of_a_language_that_is_not_known_are_english() -> None:
    assert marks_of("tlh") == marks_of("en")
