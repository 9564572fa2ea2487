"""The demo newsroom says what it means: keys resolve, quotations are in their sources, pictures have alt."""

import datetime
import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from articles.demo.bodies import REFERENCE, body_html
from articles.demo.content import FOLDER, PictureCard, QuoteCard, SourceCard, StoryCard, read_newsroom
from articles.text.compare import Grade, compare
from articles.text.markup import clean_html, plain_text
from articles.text.quotations import FoundQuotation, Kind, find_quotations

# A Monday, so that the days before it include a weekend.
NOW = datetime.datetime(2026, 5, 11, 15, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
NEWSROOM = read_newsroom(NOW)
STORIES = {story.file: story for story in NEWSROOM.stories}
SOURCES = {source.key: source for story in NEWSROOM.stories for source in story.sources}
SHARED = {quote.key: quote for story in NEWSROOM.stories for quote in story.quotes if quote.key}
REL = re.compile(r' rel="[^"]*"')
STRAIGHT = re.compile(r"['\"]")


def body_text(story: StoryCard) -> str:
    return plain_text(body_html(story.body)).text


def pictures_of(story: StoryCard) -> list[PictureCard]:
    return [*([story.picture] if story.picture else []), *story.body_pictures.values()]


def opening(quote: QuoteCard) -> str:
    return quote.opening.replace("*", "")


def record_of(quote: QuoteCard) -> QuoteCard:
    """The card that describes the words: of a shared quote, the one in the story that had it first."""
    return SHARED[quote.same_as] if quote.same_as else quote


def quotations_of(story: StoryCard) -> dict[str, FoundQuotation]:
    """The quotations in a story that have a card, by the card's opening."""
    found = find_quotations(body_text(story))
    return {
        quote.opening: quotation
        for quote in story.quotes
        for quotation in found
        if quotation.segments[0].text.startswith(opening(quote))
    }


def plain_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def is_in(segments: list[str], source: SourceCard) -> bool:
    """Whether the house's policy lets these words be printed as what the source says."""
    return compare(segments, source.text).grade not in {Grade.ALTERED, Grade.ABSENT}


def test_the_paper_has_the_stories_that_a_demo_needs() -> None:
    states = Counter(story.status for story in NEWSROOM.stories)
    assert states["published"] >= 22
    assert {"killed", "scheduled", "approved", "in_review", "draft", "spiked"} <= set(states)
    assert len({story.section for story in NEWSROOM.stories if story.status == "published"}) >= 6
    assert sum(bool(story.corrections) for story in NEWSROOM.stories) >= 3
    assert any(story.developing for story in NEWSROOM.stories)
    assert sum(len(body_text(story).split()) > 1000 for story in NEWSROOM.stories) >= 3
    uses = Counter(quote.same_as for story in NEWSROOM.stories for quote in story.quotes if quote.same_as)
    assert max(uses.values()) >= 2, "One quote is to stand in three stories."


def test_the_staff_fills_every_role() -> None:
    roles = Counter(user.role for user in NEWSROOM.users)
    assert roles["Reporter"] >= 2
    assert roles["Editor"] >= 2
    assert set(roles) == {"Reporter", "Editor", "Managing editor", "Auditor", "Administrator"}
    assert all(user.email.endswith("@kelder.example") for user in NEWSROOM.users)


@pytest.mark.parametrize("field", ["slug", "slugline", "headline"])
def test_no_two_stories_have_the_same(field: str) -> None:
    values = Counter(getattr(story, field) for story in NEWSROOM.stories)
    assert [value for value, times in values.items() if times > 1] == []


def test_keys_are_given_once() -> None:
    for cards in (NEWSROOM.sections, NEWSROOM.users, NEWSROOM.authors, NEWSROOM.speakers):
        assert [key for key, times in Counter(card.key for card in cards).items() if times > 1] == []
    sources = [source.key for story in NEWSROOM.stories for source in story.sources]
    assert len(sources) == len(set(sources))


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_every_key_resolves(story: StoryCard) -> None:
    users = {user.key: user.role for user in NEWSROOM.users}
    speakers = {speaker.key: speaker for speaker in NEWSROOM.speakers}
    assert story.section in {section.key for section in NEWSROOM.sections}
    assert set(story.authors) <= {author.key for author in NEWSROOM.authors}
    assert users[story.checker] == "Editor"
    assert users[story.owner] in {"Reporter", "Editor", "Managing editor"}
    signed = {author.user for author in NEWSROOM.authors if author.key in story.authors}
    assert story.checker not in {story.owner, *signed}
    for quote in story.quotes:
        card = record_of(quote)
        assert card.source in SOURCES or (not card.source and story.status == "draft")
        titles = {role.title for role in speakers[card.speaker].roles}
        assert not card.role or card.role in titles


def test_people_known_to_somebody_and_bylines_of_users_resolve() -> None:
    users = {user.key for user in NEWSROOM.users}
    assert {author.user for author in NEWSROOM.authors if author.user} <= users
    unnamed = [speaker for speaker in NEWSROOM.speakers if speaker.unnamed]
    assert unnamed
    assert all(speaker.unnamed_reason and speaker.known_to in users for speaker in unnamed)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_every_quotation_has_a_card_and_every_card_a_quotation(story: StoryCard) -> None:
    text = body_text(story)
    for quote in story.quotes:
        marked = re.findall(f"[“‘]{re.escape(opening(quote))}", text)
        assert len(marked) == 1, f"“{quote.opening}” opens {len(marked)} quotations."
    carded = quotations_of(story)
    assert set(carded) == {quote.opening for quote in story.quotes}
    spoken = [found for found in find_quotations(text) if found.kind in (Kind.DIRECT, Kind.PARTIAL)]
    loose = [found.segments[0].text for found in spoken if found not in carded.values()]
    assert [words for words in loose if words not in story.not_quotations] == []


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_words_are_in_the_source_unless_the_card_says_otherwise(story: StoryCard) -> None:
    for quote in story.quotes:
        card = record_of(quote)
        if not card.source:
            continue
        words = [segment.text for segment in quotations_of(story)[quote.opening].segments]
        assert is_in(words, SOURCES[card.source]) is not card.altered, words


def test_words_are_altered_in_unpublished_stories_only() -> None:
    altered = [s.status for s in NEWSROOM.stories for quote in s.quotes if quote.altered]
    assert sorted(altered) == ["draft", "in_review"]


def test_translations_give_the_original_and_the_source_has_it() -> None:
    translated = [quote for s in NEWSROOM.stories for quote in s.quotes if quote.original_words]
    assert {quote.original_language for quote in translated} >= {"de", "pt"}
    for quote in translated:
        assert plain_words(quote.original_words) in plain_words(SOURCES[quote.source].text)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_typography_is_that_of_the_house(story: StoryCard) -> None:
    printed = [story.headline, story.dek, story.kicker, story.body, story.notice]
    printed += [correction.text for correction in story.corrections]
    for picture in pictures_of(story):
        printed += [picture.alt, picture.caption]
    assert [text for text in printed if STRAIGHT.search(text)] == []
    assert "{" not in story.body
    assert clean_html(body_html(story.body)) == body_html(story.body)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_what_is_published_is_complete(story: StoryCard) -> None:
    if story.status == "draft":
        assert story.at is None
        return
    assert story.picture is not None or story.status == "spiked"
    for picture in pictures_of(story):
        assert picture.alt.startswith("Illustration of")
        assert picture.credit
    assert story.headline
    assert story.dek
    assert (story.at is not None) is (story.status in {"published", "killed", "scheduled"})
    assert bool(story.notice and story.reason and story.killed_at) is (story.status == "killed")


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_correction_names_words_that_stand_in_the_story(story: StoryCard) -> None:
    for number, correction in enumerate(story.corrections):
        assert story.body.count(correction.now) == 1
        assert correction.was in story.body_before(number)
        assert correction.at < NOW
    assert story.body_before(len(story.corrections)) == story.body


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_body_refers_to_pictures_and_quotes_of_its_story(story: StoryCard) -> None:
    blocks = map(REFERENCE.fullmatch, story.body.split("\n\n"))
    asked = {(found[1], found[2]) for found in blocks if found}
    kept = {("picture", key) for key in story.body_pictures}
    assert kept <= asked <= kept | {("pull", quote.key) for quote in story.quotes if quote.key}


def test_days_are_counted_from_publication() -> None:
    test = STORIES["18-gate-four.toml"]
    assert test.at == datetime.datetime(2026, 5, 2, 14, 25, tzinfo=NOW.tzinfo)
    assert "failed its first full test on Friday" in test.body  # the second of May 2026 is a Saturday
    live = STORIES["32-live-surge.toml"]
    assert live.at == datetime.datetime(2026, 5, 11, 13, 45, tzinfo=NOW.tzinfo)
    assert "**13.35** The fourth gate is closed." in live.body


def test_one_story_came_over_the_wire() -> None:
    copies = [story.wire_copy for story in NEWSROOM.stories if story.wire_copy]
    assert len(copies) == 1
    assert "Source link" in copies[0]


def test_the_incoming_copy_is_as_dirty_as_what_a_scraper_finds() -> None:
    copy = (FOLDER / "incoming" / "dredger-adrift.txt").read_text(encoding="utf-8")
    for debris in ("Advertisement", "Source link", "This is a developing story", "newsletter"):
        assert debris in copy


def test_an_unknown_relative_date_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "demo")
    story = folder / "stories" / "07-rowing-record.toml"
    story.write_text(story.read_text(encoding="utf-8").replace('"day-0"', '"yesterday"'), encoding="utf-8")
    with pytest.raises(ValueError, match="“yesterday” is no date"):
        read_newsroom(NOW, folder)


def test_readers_dispute_what_stories_print_and_policies_keep_their_markup() -> None:
    for row in tomllib.loads((FOLDER / "disputes.toml").read_text(encoding="utf-8"))["disputes"]:
        story = STORIES[f"{row['file']}.toml"]
        assert story.status == "published"
        assert row.get("opening", "") in story.body
        assert bool(row.get("opening")) == (row["kind"] not in {"fact", "other"})
        assert bool(row.get("correction")) <= bool(story.corrections)
        assert bool(row.get("published")) <= bool(row.get("outcome_text"))
    policies = tomllib.loads((FOLDER / "policies.toml").read_text(encoding="utf-8"))["policies"]
    assert len({policy["slug"] for policy in policies}) == len(policies) >= 8
    for policy in policies:
        assert REL.sub("", clean_html(policy["body"])).replace("\n", "") == policy["body"].replace("\n", "")
        assert not STRAIGHT.search(plain_text(policy["body"]).text + policy["summary"] + policy["title"])
