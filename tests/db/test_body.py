"""What stands in a body by reference, in the gate and in the edition."""

from dataclasses import replace

import pytest

from articles.models import Edition, Image, Quote, Story
from articles.text.typography import set_html
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.edition import build_content
from articles.workflow.gate import Finding, Severity, check_gate
from articles.workflow.gate_body import LONGEST
from articles.workflow.links import Leads, follow_links
from articles.workflow.material import gather
from articles.workflow.publish import publish_story
from tests.factories import (
    WORDS,
    bring_to,
    make_author,
    make_image,
    make_quoting_story,
    make_section,
    make_speaker,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def add(story: Story, html: str) -> Story:
    Story.objects.filter(pk=story.pk).update(body=story.body + html)
    story.refresh_from_db()
    return story


def body_of(story: Story) -> str:
    return build_content(gather(story), editor=make_user()).columns["body_html"]


def found(story: Story) -> dict[str, Finding]:
    return {finding.code: finding for finding in check_gate(story)}


def key_of(story: Story) -> str:
    return story.quotations.get().quote.key


def retyped(story: Story, body: str) -> StoryEdit:
    return replace(StoryEdit.of(story), body=body)


def publish(story: Story) -> Edition:
    bring_to(Story.Status.APPROVED, story)
    return publish_story(story, by=make_user())


def test_a_picture_has_the_words_of_its_record_and_an_address_of_this_site() -> None:
    image = make_image(caption="The last boat.", alt="A ferry & a pier.")
    body = body_of(add(make_story(), f'<figure data-picture="{image.pk}"></figure>'))
    assert 'alt="A ferry &amp; a pier."' in body
    assert "The last boat." in body
    assert image.credit in body
    assert f'src="{image.file.url}"' in body
    assert "data-picture" not in body


def test_an_edition_keeps_the_picture_it_was_made_with() -> None:
    image = make_image(caption="The last boat.")
    edition = publish(add(make_story(), f'<figure data-picture="{image.pk}"></figure>'))
    Image.objects.filter(pk=image.pk).update(caption="Another boat.")
    edition.refresh_from_db()
    assert "The last boat." in edition.body_html


def test_a_pull_quote_has_the_words_and_the_speaker_of_the_record() -> None:
    story = make_quoting_story()
    body = body_of(add(story, f'<aside data-pull="{key_of(story)}"></aside>'))
    pull = body.partition('<aside class="pull"')[2].partition("</aside>")[0]
    assert f"“{WORDS}”" in pull
    assert "Ilse Marrow</a>" in pull
    assert ", Harbour Commissioner" in pull


def test_a_pull_quote_of_an_unnamed_speaker_does_not_name_one() -> None:
    story = make_quoting_story()
    quote = story.quotations.get().quote
    speaker = make_speaker("a clerk of the council", unnamed=True, unnamed_reason="She may lose her work.")
    Quote.objects.filter(pk=quote.pk).update(speaker=speaker, role=None)
    pull = body_of(add(story, f'<aside data-pull="{quote.key}"></aside>')).partition('class="pull"')[2]
    assert "a clerk of the council</span>" in pull
    assert "Ilse Marrow" not in pull
    assert "href" not in pull


def test_words_typed_into_a_pull_quote_are_words_of_the_story() -> None:
    story = make_quoting_story()
    typed = f'{story.body}<aside data-pull="{key_of(story)}">We close tomorrow.</aside>'
    saved = save_story(story, by=make_user(), edit=retyped(story, typed), version=1)
    assert saved.body.endswith('"></aside><p>We close tomorrow.</p>')


def test_a_card_leads_out_and_loads_nothing() -> None:
    card = '<figure data-card="https://video.example/?a=1&amp;b=2" title="Live &lt;now&gt;"></figure>'
    body = body_of(add(make_story(), card))
    assert 'href="https://video.example/?a=1&amp;b=2"' in body
    assert "Live &lt;now&gt;" in body
    assert "video.example" in body
    assert not any(tag in body for tag in ("<iframe", "<script", "<img", "<embed", "<object"))


def test_footnotes_are_numbered_by_their_marks_and_lead_both_ways() -> None:
    story = make_story(
        body='<p>One<sup data-note="b"></sup>, two<sup data-note="a"></sup>, 3<sup data-note="b"></sup>.</p>'
        '<aside data-note="a"><p>Of two.</p></aside><p>After.</p><aside data-note="b"><p>Of one.</p></aside>'
    )
    body = body_of(story)
    text, notes = body.split('<section class="notes"')
    assert [number in text for number in ('href="#note-1"', 'href="#note-2"')] == [True, True]
    assert text.count('id="note-mark-1"') == 1  # twice marked, once the place to come back to
    assert text.endswith("<p>After.</p>")
    assert notes.index("Of one.") < notes.index("Of two.")
    assert 'id="note-1"' in notes
    assert 'href="#note-mark-2"' in notes


def test_a_quotation_in_a_footnote_has_its_number_and_its_card() -> None:
    story = make_quoting_story()
    Story.objects.filter(pk=story.pk).update(
        body=f'<p>A<sup data-note="a"></sup></p><aside data-note="a"><p>“{WORDS}” she said.</p></aside>'
    )
    quotation = story.quotations.get()
    quotation.spans = [[4, 4 + len(WORDS)]]
    quotation.save()
    notes = body_of(story).partition('<section class="notes"')[2]
    assert f'data-quote="{quotation.quote.key}"' in notes
    assert f'popovertarget="p-{quotation.quote.key}"' in notes


def test_the_text_of_an_edition_has_no_pull_quote_twice() -> None:
    story = make_quoting_story()
    edition = publish(add(story, f'<aside data-pull="{key_of(story)}"></aside>'))
    assert edition.body_text.count(WORDS) == 1


@pytest.mark.parametrize(
    ("code", "html"),
    [
        ("G501", '<figure data-picture="999"></figure>'),
        ("G502", '<aside data-pull="zzzz"></aside>'),
        ("G504", '<p><a href="/no/such-story/">a</a></p>'),
        ("G504", '<p><a href="/speakers/nobody/">a</a></p>'),
        ("G506", '<p>a<sup data-note="n"></sup></p>'),
        ("G506", '<p>a<sup data-note="n"></sup></p>' + '<aside data-note="n"><p>b</p></aside>' * 2),
    ],
)
def test_what_is_broken_stops_publication(code: str, html: str) -> None:
    finding = found(add(make_quoting_story(), html))[code]
    assert (finding.severity, finding.field) == (Severity.BLOCKER, "body")


@pytest.mark.parametrize(
    "html",
    [
        '<aside data-note="n"><p>b</p></aside>',
        '<p>a<sup data-note="n"></sup></p><aside data-note="n"></aside>',
    ],
)
def test_a_loose_footnote_is_a_warning(html: str) -> None:
    findings = check_gate(add(make_quoting_story(), html))
    assert [(each.code, each.severity) for each in findings] == [("G507", Severity.WARNING)]


def test_a_pull_quote_that_is_not_verified_stops_publication() -> None:
    story = make_quoting_story(Quote.Verification.IN_SOURCE)
    finding = found(add(story, f'<aside data-pull="{key_of(story)}"></aside>'))["G503"]
    assert WORDS.split()[0] in finding.message


def test_a_pull_quote_whose_words_left_the_story_stops_publication() -> None:
    story = make_quoting_story()
    add(story, f'<aside data-pull="{key_of(story)}"></aside>')
    assert found(story) == {}
    kept = story.body.partition("</p>")[2]
    saved = save_story(story, by=make_user(), edit=retyped(story, f"<p>New.</p>{kept}"), version=1)
    assert "G502" in found(saved)


def test_pictures_in_the_text_need_their_words_as_the_lead_does() -> None:
    image = make_image(alt="", credit="")
    findings = found(add(make_quoting_story(), f'<figure data-picture="{image.pk}"></figure>'))
    assert {"G401", "G402"} <= findings.keys()
    assert findings["G401"].field == "body"


def test_where_links_lead() -> None:
    live, planned, spiked = make_quoting_story(), make_story(), make_story(status=Story.Status.SPIKED)
    edition = publish(live)
    speaker, silent, author = edition.quotes.get(), make_speaker("Tam Reed"), make_author()
    make_section("Harbour")
    expected = {
        edition.get_absolute_url(): Leads.SOMEWHERE,
        f"{edition.get_absolute_url()}#q-1": Leads.SOMEWHERE,
        f"/harbour/{planned.slug}/": Leads.LATER,
        f"/harbour/{spiked.slug}/": Leads.NOWHERE,
        f"/speakers/{speaker.speaker_slug}/": Leads.SOMEWHERE,
        f"/speakers/{silent.slug}/": Leads.LATER,
        f"/quotes/{speaker.quote_key}/": Leads.SOMEWHERE,
        "/quotes/zzzz/": Leads.NOWHERE,
        "/harbour/": Leads.SOMEWHERE,
        "/nowhere/": Leads.NOWHERE,
        f"/authors/{author.slug}/": Leads.SOMEWHERE,
        "/corrections/": Leads.SOMEWHERE,
        "/a/b/c/d/": Leads.NOWHERE,
        "/": Leads.SOMEWHERE,
    }
    assert follow_links(expected) == expected


def test_a_link_to_a_story_that_is_not_published_is_a_warning() -> None:
    other = make_story()
    findings = check_gate(add(make_quoting_story(), f'<p><a href="/harbour/{other.slug}/">a</a></p>'))
    assert [(each.code, each.severity) for each in findings] == [("G505", Severity.WARNING)]


def test_the_place_of_a_link_fits_an_override() -> None:
    finding = found(add(make_quoting_story(), f'<p><a href="/{"a" * 300}/b/">a</a></p>'))["G504"]
    assert len(finding.place) == len("link:") + LONGEST <= 80


def test_the_gate_asks_no_more_for_many_elements(
    django_assert_num_queries, django_assert_max_num_queries
) -> None:
    def with_elements(count: int) -> Story:
        images = [make_image() for _ in range(count)]
        parts = [f'<figure data-picture="{image.pk}"></figure>' for image in images]
        parts += [f'<p><a href="/harbour/{make_story().slug}/">a</a></p>' for _ in range(count)]
        return add(make_quoting_story(), "".join(parts))

    few, many = with_elements(1), with_elements(12)
    with django_assert_max_num_queries(40) as asked:
        check_gate(few)
    with django_assert_num_queries(len(asked.captured_queries)):
        check_gate(many)


def test_setting_typography_leaves_a_quotation_matched() -> None:
    words = "We will stay -- and we won't close before 10 pm..."
    story = make_quoting_story(words=words)
    typeset = set_html(story.body, language="en")
    saved = save_story(story, by=make_user(), edit=retyped(story, typeset), version=1)
    assert "–" in saved.body
    assert [each.state for each in saved.quotations.all()] == ["matched"]
