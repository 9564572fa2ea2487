"""The page of a quote, the list of all quotes, and the page of a source."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.editions import (
    SHA256,
    WORDS,
    make_edition,
    replace_edition,
    source_json,
    speaker_json,
    step,
    withdraw_edition,
)
from tests.factories import make_section

pytestmark = pytest.mark.django_db

Read = Callable[[str], str]


@pytest.fixture
def read(client: Client) -> Read:
    def page(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, path
        return re.sub(r"\s+", " ", response.content.decode())

    return page


def test_a_quote_says_who_as_what_when_and_where(read: Read) -> None:
    make_edition(quotes=[{"quote_key": "k1", "said_on": date(2026, 5, 3)}])
    page = read("/quotes/k1/")
    for fact in ("Harbour Commissioner, Harbour Council", "3 May 2026",
                 "Debate on the harbour budget, Town hall, Sandholm", f"SHA-256 {SHA256}", "Speech, page 3",
                 "It may have changed since the paper archived it.", f"<mark>{WORDS}</mark>"):  # fmt: skip
        assert fact in page.replace("\u00a0", " "), fact


def test_a_story_that_prints_the_words_otherwise_shows_how(read: Read) -> None:
    make_edition(headline="As it was said", quotes=[{"quote_key": "k1", "words": "We will keep it open."}])
    make_edition(headline="In short", quotes=[{"quote_key": "k1", "words": "We will keep it open.",
                                               "segments": ["We will", "open,"]}])  # fmt: skip
    page = read("/quotes/k1/")
    assert page.count("There it stands as:") == 1
    after = page[page.index("As it was said") :]
    assert "“We will keep it open.”" in after[: after.index("In short")]
    assert "“We will” … “open”" in page[: page.index("Who, when and where")]


def test_words_in_doubt_are_plainly_so(read: Read) -> None:
    history = [step("withdrawn", by="Tove Reed", note="The recording is of somebody else.")]
    make_edition(quotes=[{"quote_key": "k1", "verification": "withdrawn", "history": history}])
    page = read("/quotes/k1/")
    assert "<strong>Withdrawn.</strong> The paper no longer stands by these words." in page
    assert "The recording is of somebody else." in page
    assert page.index("no longer stands by") < page.index("<blockquote")


def test_the_record_is_cited_as_the_papers(read: Read) -> None:
    make_edition(quotes=[{"quote_key": "k1", "words": "No."}])
    page = read("/quotes/k1/")
    assert "On the record: Ilse Marrow, ‘No.’" in page
    assert "@article{thekeldercourier" in page


def test_a_confidential_source_shows_nothing_but_that_it_is(read: Read) -> None:
    hidden = {
        "source_key": "",
        "source": {"confidential": True},
        "occasion": "",
        "place": "",
        "said_on": None,
    }
    make_edition(quotes=[{"quote_key": "k1", **hidden}])
    page = read("/quotes/k1/")
    assert "The source is confidential." in page
    assert "/sources/" not in page
    assert "SHA-256" not in page


# --- All quotes


def test_all_quotes_are_narrowed_by_section_and_state(read: Read, client: Client) -> None:
    coast = make_section("Coast", position=1)
    make_edition(quotes=[{"words": "From the harbour."}])
    make_edition(section=coast, quotes=[{"words": "From the coast."},
                                        {"words": "Doubted there.", "verification": "disputed"}])  # fmt: skip

    def shown(path: str) -> list[str]:
        return re.findall(r"<blockquote[^>]*><p>“([^”]+)”", read(path))

    assert shown("/quotes/") == ["Doubted there.", "From the coast.", "From the harbour."]
    assert shown("/quotes/?section=coast") == ["Doubted there.", "From the coast."]
    assert shown("/quotes/?section=coast&state=disputed") == ["Doubted there."]
    assert "No quotation on record is of this kind." in read("/quotes/?state=withdrawn")
    assert 'content="noindex, follow"' in read("/quotes/?section=coast")
    assert 'content="noindex' not in read("/quotes/")
    for wrong in ("section=never", "state=true", "before=x"):
        assert client.get(f"/quotes/?{wrong}").status_code == 404


def test_a_narrowed_list_goes_on_narrowed(read: Read) -> None:
    make_edition(quotes=[{"verification": "disputed" if number % 2 else "verified"} for number in range(60)])
    page = read("/quotes/?state=disputed")
    link = re.search(r'href="(\?state=disputed&amp;before=\d+)" rel="next"', page)
    assert link
    assert read(f"/quotes/{link[1].replace('&amp;', '&')}").count('data-state="disputed"') == 5


# --- Sources


def copy(sha256: str, day: str) -> dict[str, Any]:
    return source_json(sha256=sha256 * 32, captured_at=f"{day}T09:30:00+00:00")


def test_a_source_lists_its_copies_the_latest_first(read: Read) -> None:
    make_edition(quotes=[{"source": copy("aa", "2026-05-10")}, {"source": copy("bb", "2026-06-01")}])
    make_edition(quotes=[{"source": copy("aa", "2026-05-10")}])
    page = read("/sources/source1/")
    assert re.findall(r"SHA-256 (\w\w)", page) == ["bb", "aa"]
    assert "1 June 2026, 10:30" in page.replace("\u00a0", " ")
    assert "It may have changed since" in page


def test_what_was_drawn_from_a_source_stands_by_story(read: Read, client: Client) -> None:
    make_edition(headline="The first story", quotes=[{"words": f"Words {n}."} for n in range(30)])
    make_edition(headline="The second story", quotes=[
        {"words": "Other words.", "speaker_name": "Ada Quill", "speaker_slug": "ada-quill"},
    ])  # fmt: skip
    page = read("/sources/source1/")
    assert page.index("The second story") < page.index("Other words.") < page.index("The first story")
    assert '<a href="/speakers/ada-quill/">Ada Quill</a>' in page
    link = re.search(r'href="(\?before=\d+-\d+)" rel="next"', page)
    assert link
    rest = read(f"/sources/source1/{link[1]}")
    shown = re.findall(r"“Words (\d+)\.”", page + rest)
    assert shown == [str(number) for number in range(30)]
    for wrong in ("x", "1", "1-2-3"):
        assert client.get("/sources/source1/", {"before": wrong}).status_code == 404


def test_a_source_that_no_story_names_any_more_is_gone(client: Client) -> None:
    edition = make_edition(quotes=[{}])
    hidden = {"source_key": "", "source": {"confidential": True}}
    replace_edition(edition, quotes=[hidden])
    assert client.get("/sources/source1/").status_code == 410
    assert client.get("/sources/never/").status_code == 404
    withdraw_edition(edition.story.editions.latest("pk"), "Wrong.")
    assert client.get("/sources/source1/").status_code == 410


def test_an_unnamed_speaker_has_no_link_anywhere(read: Read) -> None:
    unnamed = speaker_json(unnamed=True, unnamed_reason="because she may not speak", bio="", roles=[])
    make_edition(
        quotes=[{"quote_key": "k1", "speaker": unnamed, "speaker_name": "a pilot", "speaker_slug": "p1"}]
    )
    for path in ("/quotes/k1/", "/quotes/", "/sources/source1/", "/embed/quotes/k1/"):
        assert "/speakers/p1/" not in read(path)
    assert "because she may not speak" in read("/quotes/k1/")
