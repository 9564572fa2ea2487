"""What an edition keeps: the content that readers see, frozen at publication."""

import datetime
import re

import pytest
from django.core.files.storage import default_storage

from articles.models import Edition, FrozenRecordError, Quote, Story
from articles.text.markup import plain_text
from articles.workflow.edition import build_content
from articles.workflow.material import gather
from articles.workflow.publish import publish_story
from tests.db.many import story_with_quotes
from tests.factories import (
    WORDS,
    bring_to,
    make_author,
    make_entry,
    make_image,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_role,
    make_source,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

VERIFIED = Quote.Verification.VERIFIED


def publish(story: Story) -> Edition:
    bring_to(Story.Status.APPROVED, story)
    return Edition.objects.get(pk=publish_story(story, by=make_user()).pk)


def body_of(story: Story) -> str:
    return build_content(gather(story), editor=make_user()).columns["body_html"]


def quoting(body: str, segments: list[str], *, quote: Quote | None = None, **fields) -> Story:
    """A story with `body` that prints a verified quote of `segments`."""
    text = plain_text(body).text
    spans = [[text.index(words), text.index(words) + len(words)] for words in segments]
    quote = quote or make_quote(segments, verification=VERIFIED)
    story = make_story(body=body, **fields)
    make_quotation(story, quote, segments=segments, spans=spans)
    return story


def test_an_edition_has_the_story_as_it_was() -> None:
    authors = [make_author("Wilma Fenn"), make_author("Arn Tolle")]
    story = make_quoting_story(
        kicker="Harbour", dek="It stays.", dateline="Kelder", authors=authors, topics=["Tides", "Harbour"],
        developing=True, type_of_work=Story.TypeOfWork.ANALYSIS,
    )  # fmt: skip
    edition = publish(story)
    for name in ("headline", "slug", "kicker", "dek", "dateline", "developing", "type_of_work"):
        assert getattr(edition, name) == getattr(story, name)
    assert (edition.section_slug, edition.section_name) == ("harbour", "Harbour")
    assert [author["name"] for author in edition.bylines] == ["Wilma Fenn", "Arn Tolle"]
    assert list(edition.byline_rows.values_list("name", "slug")) == [(a.name, a.slug) for a in authors]
    assert edition.topics == [{"name": "Harbour", "slug": "harbour"}, {"name": "Tides", "slug": "tides"}]
    assert list(edition.topic_rows.values_list("slug", flat=True)) == ["harbour", "tides"]
    assert edition.body_text == plain_text(story.body).text
    assert edition.word_count == 17
    assert edition.approved_by_name == story.approved_by.get_full_name()


def test_an_edition_is_written_once() -> None:
    edition = publish(make_quoting_story())
    edition.headline = "Another"
    with pytest.raises(FrozenRecordError):
        edition.save()
    with pytest.raises(FrozenRecordError):
        Edition.objects.update(headline="Another")
    with pytest.raises(FrozenRecordError):
        edition.quotes.all().delete()


def test_a_quote_is_kept_with_its_speaker_source_and_checks() -> None:
    speaker = make_speaker(bio="Runs the harbour.", external_ids={"wikidata": "Q1"})
    role = make_role(speaker, organisation="Port of Kelder", since=datetime.date(2024, 1, 1))
    source = make_source(
        text=f"Before. {WORDS} After.", publisher="Harbour council", url="https://council.example/minutes",
        published_on=datetime.date(2026, 5, 5),
    )  # fmt: skip
    quote = make_quote(
        speaker=speaker, role=role, source=source, verification=VERIFIED, occasion="Council meeting",
        place="Customs Hall", said_on=datetime.date(2026, 5, 5), source_place="page 4",
    )  # fmt: skip
    make_entry(quote, method="read", note="Page 4, second paragraph.", snapshot=source.snapshots.get())
    row = publish(quoting(f"<p>“{WORDS}” she said.</p>", [WORDS], quote=quote)).quotes.get()
    assert (row.quote_key, row.segments, row.words, row.position) == (quote.key, [WORDS], WORDS, 0)
    assert (row.speaker_name, row.speaker_slug) == ("Ilse Marrow", speaker.slug)
    assert (row.role_title, row.role_organisation) == ("Harbour Commissioner", "Port of Kelder")
    assert row.speaker["roles"][0]["since"] == "2024-01-01"
    assert row.speaker["external_ids"] == {"wikidata": "Q1"}
    assert (row.occasion, row.place, row.said_on) == ("Council meeting", "Customs Hall", quote.said_on)
    assert row.source_key == source.key
    assert row.source["title"] == source.title
    assert row.source["place"] == "page 4"
    assert row.source["sha256"] == source.snapshots.get().sha256
    (span,) = row.source["passage_spans"]
    assert row.source["passage"][slice(*span)] == WORDS
    assert (row.verification, row.verified_by_name) == ("verified", quote.verified_by.get_full_name())
    assert [step["note"] for step in row.history] == ["", "Page 4, second paragraph."]
    assert row.history[-1]["by"] == quote.verified_by.get_full_name()


def test_the_passage_is_an_excerpt_and_not_the_whole_source() -> None:
    text = f"{'Words before. ' * 500}{WORDS}{' Words after.' * 500}"
    quote = make_quote(source=make_source(text=text), verification=VERIFIED)
    row = publish(quoting(f"<p>“{WORDS}” she said.</p>", [WORDS], quote=quote)).quotes.get()
    assert 200 < len(row.source["passage"]) < 500
    (span,) = row.source["passage_spans"]
    assert row.source["passage"][slice(*span)] == WORDS


def test_the_words_are_marked_inside_their_quotation_marks_with_a_button_after() -> None:
    quote = make_quote(verification=VERIFIED)
    body = body_of(quoting(f"<p>“{WORDS}” she said.</p>", [WORDS], quote=quote))
    key = quote.key
    assert body == (
        f'<p>“<span class="quotation" id="q-{key}" data-quote="{key}">{WORDS}</span>”'
        f'<button type="button" class="quotation-note" popovertarget="p-{key}"'
        ' aria-label="1. Where this quotation is from: Ilse Marrow">1</button> she said.</p>'
    )


def test_a_split_quotation_has_one_anchor_and_one_button_after_its_last_mark() -> None:
    parts = ["We will keep the lighthouse open", "and nobody will go without its light."]
    body = body_of(quoting(f"<p>“{parts[0]},” she said, “{parts[1]}” Then she left.</p>", parts))
    assert body.count('class="quotation"') == 2
    assert body.count(" id=") == 1
    assert re.findall(r"”(<button.*?</button>)? (\w+)", body)[1][0].endswith(">1</button>")
    assert body.index("<button") > body.index(parts[1])


def test_markup_inside_the_words_keeps_anchors_unique_and_html_well_formed() -> None:
    html = "<p>“We will keep the <em>lighthouse</em> open through the winter,” she said.</p>"
    words = "We will keep the lighthouse open through the winter,"
    quote = make_quote(words, verification=VERIFIED)
    body = body_of(quoting(html, [words], quote=quote))
    assert body.count(f'id="q-{quote.key}"') == 1
    assert body.count('class="quotation"') == 3
    assert plain_text(re.sub(r"<button.*?</button>", "", body)).text == plain_text(html).text


def test_a_quote_printed_twice_has_one_card_and_two_places() -> None:
    quote = make_quote(verification=VERIFIED)
    story = quoting(f"<p>“{WORDS}” she said.</p><p>Again: “{WORDS}”</p>", [WORDS], quote=quote)
    start = plain_text(story.body).text.rindex(WORDS)
    make_quotation(story, quote, spans=[[start, start + len(WORDS)]])
    edition = publish(story)
    assert edition.quotes.count() == 1
    assert f'id="q-{quote.key}"' in edition.body_html
    assert f'id="q-{quote.key}-2"' in edition.body_html
    assert edition.body_html.count(">1</button>") == 2


def test_names_are_escaped() -> None:
    quote = make_quote(speaker=make_speaker('"><b>Ilse'), role=None, verification=VERIFIED)
    body = body_of(quoting(f"<p>“{WORDS}” she said.</p>", [WORDS], quote=quote))
    assert "&quot;&gt;&lt;b&gt;Ilse" in body


def test_quotes_are_numbered_in_the_order_of_the_text() -> None:
    edition = publish(story_with_quotes(3))
    numbers = re.findall(r"Speaker (\d)\">(\d)</button>", edition.body_html)
    assert numbers == [("0", "1"), ("1", "2"), ("2", "3")]
    assert [row.speaker_name for row in edition.quotes.all()] == ["Speaker 0", "Speaker 1", "Speaker 2"]


def test_a_picture_is_kept_with_its_renditions() -> None:
    image = make_image(caption="The light at dusk.", focus_x=30)
    type(image).objects.filter(pk=image.pk).update(
        renditions=[{"name": "images/a-480.webp", "width": 480, "height": 270, "type": "image/webp"}]
    )
    kept = publish(make_story(lead_image=image)).image
    assert kept["url"] == default_storage.url(image.file.name)
    assert (kept["alt"], kept["caption"], kept["focus_x"]) == (image.alt, "The light at dusk.", 30)
    rendition = {"url": "/media/images/a-480.webp", "width": 480, "height": 270, "type": "image/webp"}
    assert kept["renditions"] == [rendition]


def test_later_changes_of_the_records_do_not_reach_an_edition() -> None:
    story = make_quoting_story()
    edition = publish(story)
    quote = story.quotations.get().quote
    type(quote.speaker).objects.filter(pk=quote.speaker_id).update(name="Somebody Else")
    Quote.objects.filter(pk=quote.pk).update(words="Other words.", segments=["Other words."])
    Story.objects.filter(pk=story.pk).update(headline="Another headline")
    edition = Edition.objects.with_everything().get(pk=edition.pk)
    assert edition.headline == story.headline
    assert edition.quotes.all()[0].speaker_name == "Ilse Marrow"
    assert edition.quotes.all()[0].words == WORDS
