"""Every sitemap is valid against the schema of sitemaps.org, and names pages by their own names."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.judges.crawl import Answer, Site
from tests.judges.site import MODULES

SCHEMAS = Path(__file__).with_name("schemas")
PROTOCOL = MODULES / "sitemap/schema/sitemap.xsd"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
CANONICAL = re.compile(r'<link\b[^>]*\brel="canonical"[^>]*>')


def urlset() -> etree.XMLSchema:
    """The schema of a map of addresses, with news and images."""
    text = (SCHEMAS / "urlset.xsd").read_text().replace("SITEMAP", PROTOCOL.as_uri())
    return etree.XMLSchema(etree.fromstring(text.encode(), base_url=f"{SCHEMAS.as_uri()}/urlset.xsd"))


def sitemaps(site: Site) -> list[Answer]:
    """The index and the maps."""
    return [a for a in site.answers.values() if a.address.startswith("/sitemap") and a.status == 200]


def test_the_schema_finds_faults() -> None:
    bad = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>x</loc></url></urlset>'
    assert not urlset().validate(etree.fromstring(bad))


def test_every_sitemap_is_valid(site: Site) -> None:
    maps, indexes = urlset(), etree.XMLSchema(etree.parse(SCHEMAS / "siteindex.xsd"))
    wrong = {}
    for answer in sitemaps(site):
        assert answer.kind in ("application/xml", "text/xml"), answer.address
        assert len(answer.body) < 50 * 1024 * 1024
        tree = etree.fromstring(answer.body)
        schema = indexes if etree.QName(tree).localname == "sitemapindex" else maps
        if not schema.validate(tree):
            wrong[answer.address] = str(schema.error_log)
    assert len(sitemaps(site)) > 4
    assert wrong == {}


def test_every_address_in_them_is_a_page_of_that_name(site: Site) -> None:
    named: list[str] = []
    for answer in sitemaps(site):
        named += etree.fromstring(answer.body).xpath("//s:url/s:loc/text()", namespaces=SPACE)
    wrong = {}
    for url in named:
        page = site.answers[url.removeprefix(site.url)]
        found = CANONICAL.search(page.text) if page.kind == "text/html" else None
        if page.status != 200 or (found and f'href="{url}"' not in found[0]):
            wrong[url] = page.status
    assert len(named) > 200
    assert wrong == {}


@pytest.mark.parametrize("view", ["story", "quote", "speaker", "section"])
def test_what_readers_find_is_in_a_sitemap(site: Site, view: str) -> None:
    text = " ".join(answer.text for answer in sitemaps(site))
    pages = [page for page in site.pages() if page.view == f"articles:{view}" and page.status == 200]
    absent = [
        page.address for page in pages if "?" not in page.address and f"{page.address}</loc>" not in text
    ]
    assert absent == []
