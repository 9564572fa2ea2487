"""Copy sorted into story and boilerplate: what goes, what stays, and that no word is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.clean import CleanCopy, clean_copy
from articles.text.spans import Span

STORY = (
    "Harbour wall to be rebuilt by spring\n\n"
    "The council of Port Hale voted on Tuesday to rebuild the old harbour wall, which fell in January.\n\n"
    "\u201cWe cannot wait for another winter,\u201d said Ruth Amadi, the harbour commissioner.\n\n"
    "Work is to begin in May and to cost nine million crowns, most of it from the port\u2019s own fund.\n"
)
HEADLINE, LEDE, QUOTE, LAST = STORY.strip().split("\n\n")

BOILERPLATE = {
    "link stub": ("link_stub", "Source link"),
    "read more": ("link_stub", "Read more \u2192"),
    "read the full story": ("link_stub", "Click here to read the full story"),
    "address alone": ("link_stub", "https://news.example/harbour-wall"),
    "first appeared": ("link_stub", "The post Harbour wall to be rebuilt appeared first on Hale Daily."),
    "related": ("related", "RELATED: Ferry fares to rise in June"),
    "you may also like": ("related", "You may also like"),
    "newsletter": ("newsletter", "Sign up for our morning newsletter and never miss a story."),
    "inbox": ("newsletter", "Get the day's headlines delivered to your inbox."),
    "support": ("newsletter", "Support independent journalism from one crown a week."),
    "share": ("share", "Share this story"),
    "share buttons": ("share", "Facebook | Twitter | Email"),
    "follow": ("share", "Follow Ana Ruiz on Mastodon @ana"),
    "comments": ("share", "12 comments"),
    "tip line": ("share", "Got a tip? Write to our desk."),
    "advertisement label": ("advertising", "ADVERTISEMENT"),
    "story continues": ("advertising", "Story continues below advertisement"),
    "affiliate": ("affiliate", "We may earn a commission if you buy through links on this page."),
    "photo credit": ("photo_credit", "Photo: Tom Okafor / Hale Daily"),
    "file photo": ("photo_credit", "FILE - The wall in 2019. (Photo by Tom Okafor)"),
    "copyright": ("copyright", "\u00a9 2026 Hale Daily. All rights reserved."),
    "no reproduction": ("copyright", "This material may not be published, broadcast or rewritten."),
    "footer": ("copyright", "Terms of use | Privacy policy | Contact us"),
    "end mark": ("end_mark", "###"),
    "minutes to read": ("page_furniture", "4 min read"),
    "cookies": ("page_furniture", "We use cookies to improve your visit."),
    "tags": ("page_furniture", "Tags: harbour, council, Port Hale"),
    "breadcrumb": ("page_furniture", "Home > News > Port Hale"),
    "style sheet": ("page_furniture", ".promo-box { color: red; }"),
    "time stamp": ("timestamp", "Published March 3, 2026 at 4:15 p.m."),
    "time ago": ("timestamp", "2 hours ago"),
    "developing": ("developing", "This is a developing story and will be updated."),
    "check back": ("developing", "Check back soon for updates."),
}

ONLY_AT_THE_TAIL = {
    "agency desk": ("agency_tag", "(Reporting by Ana Ruiz; Editing by Tom Okafor)"),
    "agency letters": ("agency_tag", "(HNA)"),
    "praise of a product": ("advertising", "Brixonet is the best platform for online sellers"),
    "order to buy": ("advertising", "Start your own shop today with Brixonet"),
    "an offer": ("advertising", "Get 40% off your first order with code SAVE40"),
    "a paragraph of praise": (
        "advertising",
        "Looking to launch an online business? Brixonet is the ultimate solution: pick your products, open "
        "your store in minutes and start earning today.",
    ),
}

STAYS = {
    "short quotation": "\u201cNo,\u201d she said.",
    "someone says share this": "\u201cShare this,\u201d he told the meeting.",
    "short statement": "Nobody was hurt.",
    "a newsletter is news": "The council's newsletter said the wall was safe.",
    "subscribers are news": "Subscribers to the fund paid nine million crowns.",
    "a follow-up": "More people came on Wednesday.",
    "a photograph in the story": "Photographs of the wall hang in the town hall.",
    "a subhead": "A winter of storms",
    "a correction": "Correction: an earlier version gave the wrong cost of the wall.",
    "praise that is news": "\u201cIt is the best solution for the harbour,\u201d she said.",
    "list of terms": "- Nine million crowns for the wall",
    "a name": "Ruth Amadi, harbour commissioner",
    "sign up in the story": "Residents can sign up at the town hall.",
    "advertiser": "Advertisements for the work appear in May.",
}


def with_line(line: str, *, after: str) -> str:
    return STORY.replace(after, f"{after}\n\n{line}")


def rules(copy: CleanCopy) -> list[tuple[str, str]]:
    return [(cut.rule, cut.text) for cut in copy.cuts]


@pytest.mark.parametrize("after", [HEADLINE, QUOTE, LAST], ids=["top", "inside", "tail"])
@pytest.mark.parametrize(("rule", "line"), BOILERPLATE.values(), ids=BOILERPLATE)
def test_boilerplate_is_cut_with_its_rule(rule: str, line: str, after: str) -> None:
    found = clean_copy(with_line(line, after=after))
    assert rules(found) == [(rule, line)]
    assert found.cuts[0].reason.endswith(".")
    assert found.developing == (rule == "developing")


@pytest.mark.parametrize(("rule", "line"), ONLY_AT_THE_TAIL.values(), ids=ONLY_AT_THE_TAIL)
def test_after_the_story(rule: str, line: str) -> None:
    assert rules(clean_copy(with_line(line, after=LAST))) == [(rule, line)]


@pytest.mark.parametrize(
    ("rule", "line"),
    [pair for pair in ONLY_AT_THE_TAIL.values() if pair[0] == "advertising"],
    ids=[name for name, pair in ONLY_AT_THE_TAIL.items() if pair[0] == "advertising"],
)
def test_advertising_inside_the_story_stays(rule: str, line: str) -> None:
    assert clean_copy(with_line(line, after=QUOTE)).cuts == ()


@pytest.mark.parametrize("after", [HEADLINE, QUOTE, LAST], ids=["top", "inside", "tail"])
@pytest.mark.parametrize("line", STAYS.values(), ids=STAYS)
def test_what_stays(line: str, after: str) -> None:
    assert clean_copy(with_line(line, after=after)).cuts == ()


def test_the_plain_story_is_kept_whole() -> None:
    found = clean_copy(STORY)
    assert found.cuts == ()
    assert [block.text for block in found.blocks] == [HEADLINE, LEDE, QUOTE, LAST]
    assert not found.developing


def test_advertising_at_both_ends() -> None:
    line = "Brixonet is the best solution for sellers"
    found = clean_copy(f"{line}\n\n{STORY}\nSource link\n\nSell anywhere with Brixonet\n{line}")
    assert rules(found) == [
        ("advertising", line),
        ("link_stub", "Source link"),
        ("advertising", "Sell anywhere with Brixonet"),
        ("advertising", line),
    ]
    assert "Brixonet" in found.cuts[0].reason


def test_a_foreign_line_repeated_around_the_story() -> None:
    found = clean_copy(f"Tidings of Morrow\n\n{STORY}\nTidings of Morrow")
    assert rules(found) == [("repeated_line", "Tidings of Morrow")] * 2


def test_a_headline_that_stands_twice_is_kept_once() -> None:
    found = clean_copy(f"{HEADLINE}\n{STORY}")
    assert rules(found) == [("repeated_line", HEADLINE)]
    assert found.blocks[0].text == HEADLINE


def test_section_label_and_site_name() -> None:
    found = clean_copy("LOCAL NEWS\n\n" + STORY.replace(HEADLINE, HEADLINE + " | Hale Daily"))
    assert rules(found) == [("section_label", "LOCAL NEWS"), ("site_name", "| Hale Daily")]
    assert found.blocks[0].text == HEADLINE


def test_a_feed_that_breaks_off() -> None:
    found = clean_copy(STORY.rstrip() + " The mayor\u2026 [+2,341 chars]")
    assert rules(found) == [("truncated", "[+2,341 chars]")]
    assert found.blocks[-1].text.endswith("The mayor\u2026")


def test_a_link_at_the_end_of_the_last_paragraph() -> None:
    assert rules(clean_copy(STORY.rstrip() + " Read more \u2192")) == [("link_stub", "Read more \u2192")]


def test_a_lone_word_inside_the_story_goes_only_beside_another_cut() -> None:
    assert clean_copy(with_line("Facebook", after=QUOTE)).cuts == ()
    found = clean_copy(with_line("Share this story\n\nFacebook", after=QUOTE))
    assert [rule for rule, _ in rules(found)] == ["share", "share"]


def test_copy_that_is_all_boilerplate_is_kept() -> None:
    found = clean_copy("Source link\n\nRead more")
    assert (found.cuts, len(found.blocks)) == ((), 2)


def test_what_an_editor_put_back_stays() -> None:
    copy = with_line("Source link", after=QUOTE)
    cut = clean_copy(copy).cuts[0]
    assert clean_copy(copy, keep=[Span(cut.start, cut.end)]).cuts == ()


LINES = st.lists(
    st.one_of(
        st.sampled_from([HEADLINE, LEDE, QUOTE, LAST, "", "  ", "\t x", "\u2028", "\r"]),
        st.sampled_from([line for _, line in [*BOILERPLATE.values(), *ONLY_AT_THE_TAIL.values()]]),
        st.text(max_size=40),
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n"]))
def test_every_character_is_kept_or_cut_exactly_once(lines: list[str], end: str) -> None:
    copy = end.join(lines)
    found = clean_copy(copy)
    counted = [0] * len(copy)
    for part in (*found.kept, *(Span(cut.start, cut.end) for cut in found.cuts)):
        for offset in range(part.start, part.end):
            counted[offset] += 1
    assert all(count == 1 or (copy[n].isspace() and count <= 1) for n, count in enumerate(counted))
    assert all(cut.text == copy[cut.start : cut.end] for cut in found.cuts)


def test_long_copy_is_cleaned_in_linear_time() -> None:
    assert clean_copy(" " * 500_000 + "x").blocks[0].text == "x"
    assert len(clean_copy("word\n" * 20_000).blocks) + len(clean_copy("word\n" * 20_000).cuts) == 20_000
