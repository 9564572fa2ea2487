"""The body for feeds: pictures and words stay, what only the page can do goes."""

import pytest

from articles.text.syndicated import syndicated, with_full_addresses

PICTURE = (
    '<figure class="body-picture">\n<picture>\n<source type="image/webp" srcset="/media/a.webp 480w">'
    '<img src="/media/a.jpg" srcset="/media/a.jpg 960w" alt="A “gate” &amp; a quay" width="960" height="640"'
    ' loading="lazy">\n</picture>\n<figcaption>The gate. <span class="credit">T. Reed</span></figcaption>\n'
    "</figure>"
)


@pytest.mark.parametrize(("body", "kept"), [
    ("<p>Words.</p>", "<p>Words.</p>"),
    ('<p>“<span class="quotation" id="q-k1" data-quote="k1">Aye</span>”<button type="button"'
     ' class="quotation-note" popovertarget="p-k1">1</button> she said.</p>', "<p>“Aye” she said.</p>"),
    ('<aside class="pull" data-quote="k1"><figure><blockquote>Aye</blockquote></figure></aside><p>b</p>',
     "<p>b</p>"),
    ('<p>a<sup class="note-mark"><a id="note-mark-1" href="#note-1">1</a></sup></p>', "<p>a[1]</p>"),
    ('<aside id="note-1"><p>Note.</p> <p class="note-back"><a href="#note-mark-1">Back</a></p></aside>',
     "<aside><p>Note.</p> </aside>"),
    ("<script>alert(1)</script><p onclick='x'>b</p>", "<p>b</p>"),
])  # fmt: skip
def test_what_a_feed_keeps(body: str, kept: str) -> None:
    assert syndicated(body) == kept


def test_a_picture_stays_with_its_words_and_measures() -> None:
    kept = syndicated(f"<p>a</p>{PICTURE}<p>b</p>")
    assert '<img src="/media/a.jpg" alt="A “gate” &amp; a quay" width="960" height="640">' in kept
    assert "The gate. T. Reed" in kept
    assert "srcset" not in kept
    assert kept.count("<figure>") == kept.count("</figure>") == 1


@pytest.mark.parametrize(("given", "full"), [
    ('<a href="/a/">', '<a href="https://p.example/a/">'),
    ('<a title="x" href="/a/">', '<a title="x" href="https://p.example/a/">'),
    ('<img src="/m/a.jpg" alt="/a">', '<img src="https://p.example/m/a.jpg" alt="/a">'),
    ('<blockquote cite="/s/">', '<blockquote cite="https://p.example/s/">'),
    ('<a href="//other.example/">', '<a href="//other.example/">'),
    ('<a href="https://other.example/">', '<a href="https://other.example/">'),
    ('<p>he typed href="/a/" himself</p>', '<p>he typed href="/a/" himself</p>'),
])  # fmt: skip
def test_addresses_are_full(given: str, full: str) -> None:
    assert with_full_addresses(given, "https://p.example/") == full
