"""What each page shows to readers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Author, Edition
from tests.editions import (
    SHA256,
    WORDS,
    make_correction,
    make_edition,
    replace_edition,
    source_json,
    speaker_json,
    step,
)
from tests.factories import make_section

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, status: int = 200) -> str:
    """The page at `address` as text, after checking its status."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


# --- The story -----------------------------------------------------------------------------------


def test_a_story_shows_its_words_its_people_and_its_times(client: Client) -> None:
    edition = make_edition(quotes=[{}], kicker="Lighthouses", dateline="Sandholm", developing=True)
    page = read(client, edition.get_absolute_url())
    for text in (edition.headline, edition.dek, "Lighthouses", "Sandholm", "Wilma Fenn", "Alma Quill", WORDS):
        assert text in page
    assert "This story is developing." in page
    assert f'<time datetime="{timezone.localtime(edition.live_from).isoformat(timespec="seconds")}">' in page
    assert re.search(r"\d\d:\d\d\u00a0(GMT|BST)", page)
    assert page.count("<h1") == 1


def test_a_quotation_opens_a_card_that_says_who_what_when_where_and_who_checked(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}])
    page = read(client, edition.get_absolute_url())
    assert 'popovertarget="p-k1"' in page
    assert page.count('id="p-k1"') == 1
    card = page.split('id="p-k1"')[1].split("provenance-close")[0]
    for text in ("Ilse Marrow", "Harbour Commissioner", "Debate on the harbour budget", "Town hall, Sandholm",
                 "Speech to the harbour council", "page 3", "Verified", "Tove Reed", "#q-k1"):  # fmt: skip
        assert text in card
    assert reverse("articles:quote", args=["k1"]) in card


def test_a_quote_printed_twice_has_one_card(client: Client) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1"}, {"quote_key": "k1"}])
    page = read(client, edition.get_absolute_url())
    assert page.count('id="p-k1"') == 1
    assert 'id="q-k1-2"' in page


@pytest.mark.parametrize("state", ["disputed", "withdrawn"])
def test_contested_words_are_marked_where_they_stand_and_announced_above(client: Client, state: str) -> None:
    edition = make_edition(quotes=[{"quote_key": "k1", "verification": state}, {"quote_key": "k2"}])
    page = read(client, edition.get_absolute_url())
    assert f'data-quote="k1" data-verification="{state}"' in page
    assert f'<a class="contested" href="#p-k1">({state})</a>' in page
    assert page.count('class="notice notice-contested"') == 1
    assert 'data-quote="k2" data-verification' not in page


def test_corrections_stand_in_every_edition_that_carries_them(client: Client) -> None:
    edition = replace_edition(make_edition(), kind=Edition.Kind.CORRECTION)
    correction = make_correction(edition)
    assert correction.text in read(client, edition.get_absolute_url())
    later = replace_edition(edition)
    correction.editions.add(later)
    assert correction.text in read(client, later.get_absolute_url())


def test_a_confidential_source_is_said_to_be_confidential(client: Client) -> None:
    hidden = {
        "source_key": "",
        "source": {"confidential": True},
        "said_on": None,
        "occasion": "",
        "place": "",
    }
    page = read(client, make_edition(quotes=[hidden]).get_absolute_url())
    assert "Confidential. The editor knows what it is" in page
    assert "/sources/" not in page


def test_an_unnamed_speaker_has_a_reason_and_no_page(client: Client) -> None:
    unnamed = speaker_json(unnamed=True, unnamed_reason="She fears for her job.", bio="", roles=[])
    quote = {"speaker": unnamed, "speaker_name": "a nurse on the ward", "speaker_slug": "a-nurse"}
    page = read(client, make_edition(quotes=[quote]).get_absolute_url())
    assert "She fears for her job." in page
    assert "/speakers/a-nurse/" not in page
    read(client, "/speakers/a-nurse/", status=404)
    assert "a nurse on the ward" not in read(client, reverse("articles:speakers"))


def test_a_picture_has_its_measures_so_that_nothing_moves(client: Client) -> None:
    renditions = [
        {"url": "/media/480.webp", "width": 480, "height": 270, "type": "image/webp"},
        {"url": "/media/960.jpg", "width": 960, "height": 540, "type": "image/jpeg"},
    ]
    image = {"url": "/media/full.jpg", "width": 1600, "height": 900, "alt": "A white lighthouse.",
             "caption": "The lighthouse.", "credit": "T. Reed", "renditions": renditions}  # fmt: skip
    page = read(client, make_edition(image=image).get_absolute_url())
    picture = page.split("<picture>")[1].split("</picture>")[0]
    assert 'srcset="/media/480.webp 480w"' in picture
    assert 'src="/media/960.jpg"' in picture
    assert 'alt="A white lighthouse." width="1600" height="900"' in picture
    assert "The lighthouse." in page
    assert "T. Reed" in page


# --- The other pages -----------------------------------------------------------------------------


def test_the_front_page_gives_each_story_one_place(client: Client) -> None:
    harbour, coast = make_section("Harbour"), make_section("Coast", position=1)
    editions = [make_edition(section=(harbour, coast)[n % 2], headline=f"Headline {n}.") for n in range(12)]
    paid = make_edition(section=coast, type_of_work="advertiser", headline="Buy boats")
    page = read(client, "/")
    for edition in editions[-5:]:  # the lead and those beside it
        assert page.count(f">{edition.headline}</a>") == 1
    assert page.index(paid.headline) > page.index('id="section-coast"')
    assert "Paid for by an advertiser" in page


def test_an_empty_paper_says_so(client: Client) -> None:
    make_section("Harbour")
    assert "Nothing is published yet" in read(client, "/")
    assert "Nothing is published in this section yet" in read(client, "/harbour/")
    for name in ("archive", "speakers", "quotes", "corrections", "about_quotes", "search"):
        read(client, reverse(f"articles:{name}"))


def test_lists_go_back_to_the_first_story_without_missing_or_repeating_one(client: Client) -> None:
    now = timezone.now()
    editions = [
        make_edition(headline=f"Headline {n}.", live_from=now - timedelta(hours=n // 5)) for n in range(45)
    ]
    seen: list[str] = []
    address = "/harbour/"
    while address:
        page = read(client, address)
        seen += re.findall(r">(Headline \d+\.)</a>", page)
        older = re.search(r'href="(\?before=[^"]+)"', page)
        address = f"/harbour/{older[1]}" if older else ""
    assert len(seen) == 45
    assert set(seen) == {edition.headline for edition in editions}


def test_the_list_of_quotes_goes_back_to_the_first(client: Client) -> None:
    for number in range(6):
        make_edition(quotes=[{"words": f"Words {number}-{n}."} for n in range(5)])
    first = read(client, "/quotes/")
    (older,) = re.findall(r'href="(\?before=\d+)"', first)
    seen = re.findall(r"“(Words \d-\d\.)”", first + read(client, f"/quotes/{older}"))
    assert len(seen) == len(set(seen)) == 30


def test_a_speaker_page_has_roles_with_years_and_every_quote_by_date(client: Client) -> None:
    said = timezone.localdate()
    make_edition(quotes=[{"words": "Older words.", "said_on": said - timedelta(days=9)}])
    make_edition(quotes=[{"words": "Newer words.", "said_on": said}])
    make_edition(quotes=[{"words": "Words without a date.", "said_on": None}])
    page = read(client, "/speakers/ilse-marrow/")
    assert page.index("Newer words.") < page.index("Older words.") < page.index("Words without a date.")
    assert "2011–2020" in page
    assert "2020–now" in page
    assert "3 quotes" in page


def test_a_quote_has_its_passage_its_history_and_the_stories_that_print_it(client: Client) -> None:
    history = [
        step("in_source", by=""),
        step("disputed", by="Tove Reed", note="Her office calls it invented."),
    ]
    shared = {"quote_key": "k1", "history": history, "original_words": "Vi holder fyret åbent.",
              "original_language": "da"}  # fmt: skip
    first, second = make_edition(quotes=[shared]), make_edition(quotes=[shared])
    page = read(client, "/quotes/k1/")
    assert f"<mark>{WORDS}</mark>" in page
    assert SHA256 in page
    assert "Her office calls it invented." in page
    assert '<dd lang="da">“Vi holder fyret åbent.”' in page
    for edition in (first, second):
        assert f"{edition.get_absolute_url()}#q-k1" in page


def test_spans_that_do_not_fit_their_passage_mark_nothing(client: Client) -> None:
    source = source_json(passage="<b>Short</b>", passage_spans=[[3, 2], [0, 999], [-4, 2]])
    make_edition(quotes=[{"quote_key": "k1", "source": source}])
    page = read(client, "/quotes/k1/")
    assert "&lt;b&gt;Short&lt;/b&gt;" in page
    assert "<mark>" not in page


def test_an_author_page_has_the_biography_that_is_meant_for_readers(client: Client) -> None:
    make_edition()
    Author.objects.create(name="Another Name", slug="wilma-fenn", bio="Writes about the coast.")
    page = read(client, "/authors/wilma-fenn/")
    assert "Writes about the coast." in page
    assert "Another Name" not in page


def test_a_topic_in_another_alphabet_has_an_address(client: Client) -> None:
    edition = make_edition(topics=[{"name": "маяки", "slug": "маяки"}])
    assert edition.headline in read(client, "/topics/маяки/")
    read(client, edition.get_absolute_url())
