"""The page of a story beside its text: corrections, related stories, citing, weight, old browsers."""

import gzip
import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import Correction, Edition
from tests.disputes import make_dispute
from tests.editions import make_correction, make_edition, replace_edition, speaker_json
from tests.factories import make_section

pytestmark = pytest.mark.django_db

HEAVIEST = 60_000  # bytes of HTML, CSS and scripts that a story may weigh, compressed
STYLESHEET = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"')
SCRIPT = re.compile(r'<script[^>]* src="/static/([^"]+)"')
IMPORTED = re.compile(r'@import url\("([^"]+)"\)')


def read(client: Client, edition: Edition) -> str:
    response = client.get(edition.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def related(page: str) -> list[str]:
    band = page.split('id="related"')[1]
    return re.findall(r'<h3 class="teaser-headline"><a href="[^"]*">([^<]+)</a>', band)


def test_related_stories_share_topics_and_speakers_before_they_share_a_section(client: Client) -> None:
    harbour, coast = make_section("Harbour"), make_section("Coast", position=1)
    tides = {"name": "tides", "slug": "tides"}
    fog = {"name": "fog", "slug": "fog"}
    old = timezone.now() - timedelta(days=300)
    make_edition(headline="Same section", section=harbour, topics=[])
    make_edition(headline="One topic", section=coast, topics=[tides], live_from=old)
    make_edition(headline="Both topics", section=coast, topics=[tides, fog], live_from=old)
    make_edition(headline="Topic and speaker", section=coast, topics=[tides], quotes=[{}, {}])
    make_edition(headline="Paid", section=harbour, topics=[tides, fog], type_of_work="advertiser")
    make_edition(headline="Nothing shared", section=coast, topics=[])
    edition = make_edition(headline="The story", section=harbour, topics=[tides, fog], quotes=[{}])
    assert related(read(client, edition)) == ["Topic and speaker", "Both topics", "One topic", "Same section"]


def test_what_an_unnamed_speaker_said_elsewhere_is_not_related(client: Client) -> None:
    hidden = {"speaker": speaker_json(unnamed=True), "speaker_slug": "a-nurse", "speaker_name": "a nurse"}
    make_edition(headline="Elsewhere", section=make_section("Coast", position=1), topics=[], quotes=[hidden])
    edition = make_edition(headline="Here", topics=[], quotes=[hidden])
    assert "Elsewhere" not in read(client, edition)


@pytest.mark.parametrize(("place", "kind", "above"), [
    ("top", "correction", True),
    ("bottom", "correction", False),
    ("bottom", "retraction", True),
])  # fmt: skip
def test_corrections_stand_where_the_house_wants_them(
    client: Client, settings: Settings, place: str, kind: str, above: bool
) -> None:
    settings.NEWSROOM_CORRECTIONS_AT = place
    edition = make_edition(quotes=[{}])
    make_correction(edition, "It was nine.", kind=Correction.Kind(kind))
    page = read(client, edition)
    assert page.count("<p>It was nine.</p>") == 1
    assert (page.index("<p>It was nine.</p>") < page.index('class="text"')) is above


def test_corrections_come_newest_first_and_once(client: Client) -> None:
    first = make_edition(live_from=timezone.now() - timedelta(hours=9))
    older = make_correction(first, "Older note.")
    edition = replace_edition(first, timezone.now() - timedelta(hours=2))
    make_correction(edition, "Newer note.")
    older.editions.add(edition)
    page = read(client, edition)
    assert page.index("<p>Newer note.</p>") < page.index("<p>Older note.</p>")
    assert page.count('class="correction"') == 2


def test_a_story_is_cited_shared_and_explained(client: Client) -> None:
    edition = replace_edition(make_edition(quotes=[{}], headline="Fish & chips"), quotes=[{}, {}])
    page = read(client, edition)
    assert "Wilma Fenn, “Fish &amp; chips”, The Kelder Courier," in page
    assert r"title = {{Fish \&amp; chips}}" in page
    assert "note = {Version 2}" in page
    assert 'href="mailto:?subject=Fish%20%26%20chips&amp;body=http' in page
    assert "2 of 2 checked against the source by a second person." in page
    assert "<dt>Quotations checked by</dt><dd>Tove Reed</dd>" in page
    assert "Read in the source" in page


def test_a_quotation_has_a_link_for_browsers_without_popovers_and_one_number(client: Client) -> None:
    page = read(client, make_edition(quotes=[{"quote_key": "k1"}]))
    assert re.search(r'<a class="quotation-link" href="#p-k1" aria-label="1\. Where [^"]*">1</a>', page)
    assert re.search(r'popovertarget="p-k1" data-number="1" aria-label="1\. Where [^"]*"></button>', page)


def test_own_addresses_are_whole_on_paper(client: Client) -> None:
    edition = make_edition(
        body_html='<p>See <a href="/harbour/x/">this</a> and <a href="https://a.example">that</a>.</p>'
    )
    page = read(client, edition)
    assert re.search(r'<a data-address="http[^"]+/harbour/x/" href="/harbour/x/">', page)
    assert '<a href="https://a.example">' in page


def test_what_readers_disputed_in_another_story_stands_there_only(client: Client) -> None:
    here, there = make_edition(), make_edition()
    for edition, text in ((here, "Answer here."), (there, "Answer there.")):
        make_dispute(edition, outcome="upheld", outcome_text=text, published_at=timezone.now())
    page = read(client, here)
    assert "Answer here." in page
    assert "Answer there." not in page


def weight(name: str) -> int:
    """The compressed bytes of a static file, with the stylesheets that it names."""
    path = finders.find(name)
    assert path, name
    with open(path, encoding="utf-8") as file:
        text = file.read()
    folder = f"{name.rpartition('/')[0]}/"
    return len(gzip.compress(text.encode())) + sum(weight(folder + each) for each in IMPORTED.findall(text))


def test_a_story_with_many_quotes_is_light(client: Client) -> None:
    words = [f"Number {n}: the tide came {n * 7} minutes after the bell had gone." for n in range(40)]
    page = read(client, make_edition(quotes=[{"words": each} for each in words]))
    files = [*STYLESHEET.findall(page), *SCRIPT.findall(page)]
    assert len(files) >= 2
    assert len(gzip.compress(page.encode())) + sum(map(weight, files)) <= HEAVIEST
