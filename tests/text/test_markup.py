"""The body as HTML: cleaning, the plain words of it, and marks around those words."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.markup import Mark, clean_html, html_from_paragraphs, mark_spans, plain_text
from articles.text.spans import Span

REL = 'rel="noopener noreferrer"'

CLEANED = {
    "allowed tags stay": ("<p>A <em>b</em> <strong>c</strong></p>", "<p>A <em>b</em> <strong>c</strong></p>"),
    "script goes with its words": ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
    "style goes with its words": ("<style>p{}</style><p>a</p>", "<p>a</p>"),
    "event handlers go": ('<p onclick="x()">a</p>', "<p>a</p>"),
    "an image goes": ("<p>a<img src=x onerror=alert(1)></p>", "<p>a</p>"),
    "comments go": ("<p>a<!-- b --></p>", "<p>a</p>"),
    "web link": ('<a href="https://x.example/">a</a>', f'<a href="https://x.example/" {REL}>a</a>'),
    "mail link": ('<a href="mailto:a@x.example">a</a>', f'<a href="mailto:a@x.example" {REL}>a</a>'),
    "link of this site": ('<a href="/s/1/">a</a>', f'<a href="/s/1/" {REL}>a</a>'),
    "title of a link": ('<a href="/" title="t" target="_blank">a</a>', f'<a href="/" title="t" {REL}>a</a>'),
    "own rel is replaced": ('<a href="/" rel="opener">a</a>', f'<a href="/" {REL}>a</a>'),
    "script link": ('<a href="javascript:alert(1)">a</a>', f"<a {REL}>a</a>"),
    "script link in disguise": ('<a href=" java&#10;script:alert(1)">a</a>', f"<a {REL}>a</a>"),
    "data link": ('<a href="data:text/html,x">a</a>', f"<a {REL}>a</a>"),
    "link without a scheme to another site": ('<a href="//x.example">a</a>', f"<a {REL}>a</a>"),
    "the same with a tab that browsers leave out": ('<a href="/&#9;/x.example">a</a>', f"<a {REL}>a</a>"),
    "the same with a backslash": ('<a href="/\\x.example">a</a>', f"<a {REL}>a</a>"),
    "bold and italic of other programs": ("<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>"),
    "a page heading is a subhead here": ("<h1>a</h1><h5>b</h5>", "<h2>a</h2><h3>b</h3>"),
    "divs are paragraphs": ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
    "nested divs leave no empty paragraphs": ("<div><div>a</div></div>", "<p>a</p>"),
    "table cells outside a table are parted": ("<td>a</td><td>b</td>", "<p>a</p><p>b</p>"),
    "unknown tags leave their words": ("<p><font color=red>a</font></p>", "<p>a</p>"),
    "empty paragraphs go": ("<p>a</p><p> <br></p><p></p>", "<p>a</p>"),
    "unclosed tags are closed": ("<p>a <em>b", "<p>a <em>b</em></p>"),
    "a lone surrogate is shown as unreadable": ("<p>a\ud800</p>", "<p>a\ufffd</p>"),
    "nothing": ("", ""),
}

READ = {
    "paragraphs": ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    "headings, lists, block quotations": (
        "<h2>H</h2><ul><li>a</li><li>b</li></ul><blockquote><p>q</p></blockquote>",
        "H\n\na\n\nb\n\nq",
    ),
    "a break is a line end": ("<p>a<br>b</p>", "a\nb"),
    "two breaks part": ("<p>a<br> <br>b</p>", "a\n\nb"),
    "a break at the end of a block says nothing": ("<p>a<br></p><p>b</p>", "a\n\nb"),
    "spaces are read as one": ("<p>  a \n\t b  </p>\n <p>c</p>", "a b\n\nc"),
    "a space inside an element": ("<p>a<em> b </em>c</p>", "a b c"),
    "a hard space stays": ("<p>a&nbsp;b</p>", "a\xa0b"),
    "entities": ("<p>R&amp;D &lt;b&gt; &#8220;x&rdquo;</p>", "R&D <b> \u201cx\u201d"),
    "a bare ampersand": ("<p>R & D</p>", "R & D"),
    "no tags": ("just words", "just words"),
    "rule between": ("<p>a</p><hr><p>b</p>", "a\n\nb"),
    "nothing": ("<p></p>", ""),
}


@pytest.mark.parametrize(("html", "expected"), CLEANED.values(), ids=CLEANED)
def test_clean_html(html: str, expected: str) -> None:
    assert clean_html(html) == expected


@pytest.mark.parametrize(("html", "expected"), READ.values(), ids=READ)
def test_plain_text(html: str, expected: str) -> None:
    assert plain_text(html).text == expected


def test_paragraphs_become_html_and_come_back() -> None:
    paragraphs = ["A <b> & \u201cquoted\u201d.", "Two\nlines", "  "]
    html = html_from_paragraphs(paragraphs)
    assert html == "<p>A &lt;b&gt; &amp; \u201cquoted\u201d.</p><p>Two<br>lines</p>"
    assert plain_text(html).text == "A <b> & \u201cquoted\u201d.\n\nTwo\nlines"


MARKED = {
    "inside one node": ("<p>one two three</p>", ["two"], "<p>one {[two]} three</p>"),
    "the whole paragraph": ("<p>one</p>", ["one"], "<p>{[one]}</p>"),
    "into an element": ("<p>a <em>b c</em></p>", ["a b"], "<p>{[a ]<em>[b]} c</em></p>"),
    "out of an element": ("<p><em>a b</em> c</p>", ["b c"], "<p><em>a {[b]</em>[ c]}</p>"),
    "over a link": (
        '<p>a <a href="/">b</a> c</p>',
        ["a b c"],
        f'<p>{{[a ]<a href="/" {REL}>[b]</a>[ c]}}</p>',
    ),
    "over two paragraphs": ("<p>a b</p><p>c d</p>", ["b\n\nc"], "<p>a {[b]</p><p>[c]} d</p>"),
    "over a break": ("<p>a<br>b</p>", ["a\nb"], "<p>{[a]<br>[b]}</p>"),
    "from and to an entity": ("<p>a &amp; &lt; b</p>", ["& <"], "<p>a {[&amp; &lt;]} b</p>"),
    "over several spaces": ("<p>a  \n b</p>", ["a b"], "<p>{[a  \n b]}</p>"),
    "side by side": ("<p>ab</p>", ["a", "b"], "<p>{[a]}{[b]}</p>"),
    "one inside another": ("<p>a b c</p>", ["a b c", "b"], "<p>{[a {[b]} c]}</p>"),
    "one across another": ("<p>a b c</p>", ["a b", "b c"], "<p>{[a {[b]]}[ c]}</p>"),
    "the same twice": ("<p>a</p>", ["a", "a"], "<p>{[{[a]}]}</p>"),
    "nothing to cover": ("<p>a</p>", [""], "<p>a</p>"),
}


@pytest.mark.parametrize(("html", "words", "expected"), MARKED.values(), ids=MARKED)
def test_mark_spans(html: str, words: list[str], expected: str) -> None:
    text = plain_text(html).text
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in words]
    assert mark_spans(html, [Mark(span, "{", "}", "[", "]") for span in spans]) == expected


ELEMENTS = (
    '<figure data-picture="12">',
    '<figure data-card="https://x.example/?a=1&amp;b" title="A &quot;b&quot; > c">',
    '<figure data-card="nowhere" title="Kept">',
    '<aside data-pull="k3y">',
    '<aside data-note="a1">',
    '<sup data-note="a1"></sup>',
    '<th scope="col" colspan="3">',
)
WORDS = st.text(alphabet="ab &<>\"' \n\xa0\u201c\u2026é\u200b;#x", max_size=12)
TAGS = st.sampled_from(
    ["p", "h2", "h3", "ul", "li", "blockquote", "a", "strong", "em", "br", "hr"]
    + ["div", "b", "table", "td", "th", "tr", "thead", "caption", "sup", "figure", "aside"]
    + ["button", "span", "script", "svg"]
)


@st.composite
def messy_html(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 14))):
        tag = draw(TAGS)
        parts.append(
            draw(
                st.one_of(
                    WORDS,
                    st.just(f"<{tag}>"),
                    st.just(f"</{tag}>"),
                    st.just('<a href="/x?a=1&b=>" title="&lt;">'),
                    st.sampled_from(ELEMENTS),
                    st.sampled_from(["&amp;", "&nbsp;", "&#8212;", "<!--", "-->", "<p", "&"]),
                )
            )
        )
    return "".join(parts)


class Balance(HTMLParser):
    """Raises where a closing tag does not close the element opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@settings(max_examples=400, deadline=None)
@given(messy_html())
def test_cleaning_twice_changes_nothing(html: str) -> None:
    assert clean_html(clean_html(html)) == clean_html(html)


@settings(max_examples=400, deadline=None)
@given(messy_html(), st.data())
def test_marks_keep_the_words_and_the_form(html: str, data: st.DataObject) -> None:
    text = plain_text(html).text
    marks = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        span = Span(start, data.draw(st.integers(start, len(text))))
        marks.append(Mark(span, "<i></i>", "<s></s>", '<mark class="q">', "</mark>"))
    marked = mark_spans(html, marks)
    balance = Balance()
    balance.feed(marked)
    assert balance.open == []
    assert plain_text(marked).text == text


@given(messy_html())
def test_every_character_of_the_text_is_found_in_the_html(html: str) -> None:
    plain = plain_text(html)
    for run in plain.runs:
        source = run.html.of(plain.html)
        if not run.whole:
            assert source.replace("\n", " ") == run.text.of(plain.text)
        else:
            assert source.isspace() or source.startswith("&")


def test_cleaning_is_quick_on_hostile_input() -> None:
    deep = "<b>" * 5000 + "x" + "<p>" * 5000
    assert plain_text(deep).text == "x"
    assert plain_text("<" * 50_000).text == "<" * 50_000


LINKED = {
    "in a link": ("<p><a href='/'>“Yes.”</a> So.</p>", "“[Yes.]”</a>}"),
    "in bold in a link": ("<p><a href='/'>A <strong>“Yes.”</strong> b</a>.</p>", "“[Yes.]”</strong> b</a>}."),
    "after a link": ("<p><a href='/'>A</a> “Yes.” b</p>", "</a> “[Yes.]”} b"),
    "link after it": ("<p>“Yes.” <a href='/'>A</a></p>", "“[Yes.]”} <a"),
}


@pytest.mark.parametrize(("html", "expected"), LINKED.values(), ids=LINKED.keys())
def test_what_stands_after_a_mark_stands_outside_a_link(html: str, expected: str) -> None:
    start = plain_text(html).text.index("Yes.")
    words, closing = Span(start, start + 4), Span(start + 4, start + 5)
    assert expected in mark_spans(html, [Mark(words, open="[", close="]"), Mark(closing, after="}")])
