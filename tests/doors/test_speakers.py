"""Who is quoted: the index of names, and the page of a speaker at any length."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import EditionQuote, QuotedName
from tests.editions import edition_quote_values, make_edition, replace_edition, speaker_json, withdraw_edition

pytestmark = pytest.mark.django_db

PAGE = "/speakers/ilse-marrow/"
Read = Callable[[str], str]


@pytest.fixture
def read(client: Client) -> Read:
    def page(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return page


def said(words: str, **fields: Any) -> dict[str, Any]:
    return {"words": words, **fields}


def person(name: str, slug: str, **fields: Any) -> dict[str, Any]:
    return {"speaker_name": name, "speaker_slug": slug, **fields}


def names(page: str) -> list[str]:
    return re.findall(r'<li><a href="/speakers/[^"]+/">([^<]+)</a>', page)


# --- The index of names


def test_everybody_stands_under_the_surname(read: Read) -> None:
    make_edition(quotes=[person("Wilma Abel", "wilma-abel"), person("Åsa Øberg", "asa-oberg"),
                         person("Cher Marrow", "cher-marrow"), person("Ольга", "olga")])  # fmt: skip
    page = read("/speakers/")
    assert names(page) == ["Wilma Abel", "Cher Marrow", "Åsa Øberg", "Ольга"]
    assert re.findall(r'<h2 id="letter-\d">([^<]+)</h2>', page) == ["A", "M", "O", "Others"]
    assert "Harbour Commissioner, Harbour Council" in page


def test_a_letter_opens_the_index_there(read: Read, client: Client) -> None:
    make_edition(quotes=[person("Wilma Abel", "wilma-abel"), person("Ilse Marrow", "ilse-marrow"),
                         person("Ольга", "olga")])  # fmt: skip
    assert names(read("/speakers/?from=b")) == ["Ilse Marrow", "Ольга"]
    assert names(read("/speakers/?from=other")) == ["Ольга"]
    for wrong in ("aa", "é", "-", "1"):
        assert client.get("/speakers/", {"from": wrong}).status_code == 404


def test_names_are_found_by_a_part_without_accents(read: Read) -> None:
    make_edition(quotes=[person("Émile Zólar", "zolar"), person("Ada Quill", "quill")])
    assert names(read("/speakers/?q=zol")) == ["Émile Zólar"]
    assert names(read("/speakers/?q=ZÓLAR+emile")) == ["Émile Zólar"]
    assert "Nobody of that name is on record" in read("/speakers/?q=nobody")
    for odd in ("%25", "_", "%00", "'", "a" * 500):
        read(f"/speakers/?q={odd}")


def test_the_index_goes_on_after_the_last_name(read: Read, client: Client) -> None:
    people = [person(f"Ada N{number:03}", f"ada-{number}") for number in range(130)]
    make_edition(quotes=people)
    shown, path = [], "/speakers/"
    while path:
        page = read(path)
        shown += names(page)
        link = re.search(r'href="(\?after=[^"]+)" rel="next"', page)
        path = f"/speakers/{link[1]}" if link else ""
    assert shown == [each["speaker_name"] for each in people]
    assert client.get("/speakers/?after=never").status_code == 404


def test_a_name_is_shown_with_the_edition_that_prints_it(read: Read) -> None:
    now = make_edition(quotes=[person("Ilse Marrow", "ilse-marrow")])
    replace_edition(now, at=timezone.now() + timedelta(hours=1),
                    quotes=[person("Ilse Quokkazephyr", "ilse-marrow")])  # fmt: skip
    make_edition(live_from=timezone.now() + timedelta(days=1), quotes=[person("Ada Quokka", "quokka")])
    assert names(read("/speakers/")) == ["Ilse Marrow"]
    assert "Nobody of that name" in read("/speakers/?q=quokkazephyr")


def test_who_is_in_no_story_any_more_is_not_in_the_index(read: Read, client: Client) -> None:
    withdraw_edition(make_edition(quotes=[{}]), "This story was wrong.")
    assert "Nobody is on record yet." in read("/speakers/")
    assert client.get(PAGE).status_code == 410


def test_a_new_name_takes_the_place_of_the_old_one(read: Read) -> None:
    before = make_edition(quotes=[person("Ilse Marrow", "ilse-marrow")])
    make_edition(quotes=[person("Ilse Abel", "ilse-marrow")])
    assert names(read("/speakers/")) == ["Ilse Abel"]
    assert before.quotes.get().speaker_name == "Ilse Marrow"


def test_who_is_not_named_is_in_no_index(read: Read) -> None:
    unnamed = speaker_json(unnamed=True, bio="", roles=[])
    make_edition(quotes=[person("a pilot", "a-pilot", speaker=unnamed), person("", "")])
    assert QuotedName.objects.count() == 0
    assert "Nobody is on record yet." in read("/speakers/")


# --- The page of a speaker


def test_words_stand_by_year_the_latest_first(read: Read) -> None:
    days = {"In autumn.": date(2024, 9, 1), "In spring.": date(2024, 3, 1), "Long ago.": date(2019, 5, 1)}
    undated = said("At some time.", said_on=None)
    make_edition(quotes=[undated, *(said(words, said_on=day) for words, day in reversed(days.items()))])
    page = read(PAGE)
    places = [page.index(f"“{words}”") for words in (*days, "At some time.")]
    assert places == sorted(places)
    assert re.findall(r'<h3 id="year-\d">([^<]+)</h3>', page) == ["2024", "2019", "Without a date"]


def test_words_stand_by_topic(read: Read) -> None:
    make_edition(topics=[{"name": "dredging", "slug": "dredging"}], quotes=[said("About silt.")])
    make_edition(topics=[{"name": "lighthouses", "slug": "lighthouses"}], quotes=[said("About light.")] * 5)
    page = read(f"{PAGE}?by=topic")
    assert re.findall(r'<h3 id="topic-\d">([^<]+)</h3>', page) == ["Lighthouses", "Dredging"]
    assert page.count("“About light.”") == 3
    assert 'href="?topic=lighthouses"' in page
    assert read(f"{PAGE}?topic=lighthouses").count("“About light.”") == 5
    assert "About silt." not in read(f"{PAGE}?topic=lighthouses")


@pytest.mark.parametrize(("asked", "shown"), [
    ("year=2024", {"New", "Doubted"}),
    ("year=undated", {"Undated"}),
    ("verified=1", {"New", "Old", "Undated"}),
    ("year=2024&verified=1", {"New"}),
    ("q=lamp", {"Old"}),
    ("q=words&year=2024", {"New", "Doubted"}),
    ("year=1999", set()),
    ("topic=never", set()),
    ("q=never", set()),
    ("year=0000&by=x&verified=2", {"New", "Old", "Undated", "Doubted"}),
])  # fmt: skip
def test_a_page_is_narrowed(read: Read, asked: str, shown: set[str]) -> None:
    make_edition(quotes=[
        said("New words.", said_on=date(2024, 3, 1)),
        said("Old words of the lamp.", said_on=date(2019, 5, 1)),
        said("Undated words.", said_on=None),
        said("Doubted words.", said_on=date(2024, 4, 1), verification="disputed"),
    ])  # fmt: skip
    page = re.sub("</?mark>", "", read(f"{PAGE}?{asked}"))
    found = {word for word in ("New", "Old", "Undated", "Doubted") if re.search(rf"“{word} words", page)}
    assert found == shown
    assert shown or "Nothing on record is of this kind." in page


def test_a_long_list_goes_on_by_day(read: Read, client: Client) -> None:
    days = [date(2024, 1, 1) + timedelta(days=number // 3) for number in range(70)]
    undated = [said(f"Undated {number}.", said_on=None) for number in range(30)]
    make_edition(quotes=[*(said(f"Day {n}.", said_on=day) for n, day in enumerate(days)), *undated])
    shown, path = [], PAGE
    while path:
        page = read(path)
        shown += re.findall(r"“((?:Day|Undated) \d+)\.”", page)
        link = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', page)
        more = re.search(r'href="(\?year=undated)"', page)
        path = PAGE + (link or more)[1].replace("&amp;", "&") if link or more else ""
        if more and not link:
            shown = [each for each in shown if each.startswith("Day")]
    assert shown == [f"Day {n}" for n in reversed(range(70))] + [f"Undated {n}" for n in reversed(range(30))]
    for wrong in ("x", "1", "20240101", "20241301-4", "-1-1"):
        assert client.get(PAGE, {"before": wrong}).status_code == 404


def test_beside_the_words_are_sources_stories_roles_and_the_feed(read: Read) -> None:
    ids = {"wikidata": "Q100000000", "orcid": "0000-0001", "house": "17"}
    make_edition(headline="The first story", quotes=[{"speaker": speaker_json(external_ids=ids)}])
    page = read(PAGE)
    assert 'href="/sources/source1/">Speech to the harbour council</a>' in page
    assert ">The first story</a>" in page
    assert 'class="held"' in page
    assert 'href="https://www.wikidata.org/wiki/Q100000000"' in page
    assert "house 17" in page
    assert 'href="/feeds/speakers/ilse-marrow/atom/"' in page


def test_a_shared_quote_stands_once(read: Read) -> None:
    for _ in range(3):
        make_edition(quotes=[said("Said once.", quote_key="k1")])
    assert read(PAGE).count("“Said once.”") == 1
    assert "1 quote<" in read(PAGE)


def test_five_hundred_quotes_cost_what_twenty_cost(client: Client) -> None:
    edition = make_edition(quotes=[{} for _ in range(20)])
    paths = (PAGE, f"{PAGE}?by=topic", f"{PAGE}?year=2020", f"{PAGE}?topic=lighthouses", "/sources/source1/")
    few = [cost(client, path) for path in paths]
    rows = [
        edition_quote_values(number, said_on=date(2020, 1, 1) + timedelta(days=number))
        for number in range(20, 520)
    ]
    EditionQuote.objects.bulk_create(EditionQuote(edition=edition, **row) for row in rows)
    assert [cost(client, path) for path in paths] == few
    assert "More than 200 quotes" in client.get(PAGE).content.decode()


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
