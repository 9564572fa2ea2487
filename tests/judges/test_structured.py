"""What the pages say to machines is schema.org's (schema-dts), and has all that Google asks of an article."""

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.judges.crawl import Site
from tests.judges.site import MODULES

BLOCK = re.compile(r'<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)
COMPILER = MODULES / "typescript/bin/tsc"
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "bundler", "--module", "esnext"]
STORIES = re.compile(r"(?:News|Content)?Article$")
LIMIT_OF_HEADLINE = 110
ENOUGH_PIXELS = 50_000
SAMPLE = 12  # pages of each kind

Node = dict[str, Any]


def documents(site: Site) -> dict[str, list[Node]]:
    """The blocks of every page, by address."""
    found = {page.address: [json.loads(text) for text in BLOCK.findall(page.text)] for page in site.pages()}
    return {address: blocks for address, blocks in found.items() if blocks}


def of_each_kind(site: Site, found: dict[str, list[Node]]) -> dict[str, list[Node]]:
    """The documents of a few pages of each kind, the longest first: the compiler takes its time."""
    taken: Counter[str] = Counter()
    sample = {}
    for address in sorted(found, key=lambda address: -len(site.answers[address].body)):
        view = site.answers[address].view
        if taken[view] < SAMPLE:
            taken[view] += 1
            sample[address] = found[address]
    return sample


def without_constraints(value: Any) -> Any:
    """The same without what a search wants as input: schema.org has it for actions, schema-dts does not."""
    if isinstance(value, list):
        return [without_constraints(each) for each in value]
    if isinstance(value, dict):
        return {name: without_constraints(each) for name, each in value.items() if name != "query-input"}
    return value


def nodes(document: Node) -> list[Node]:
    """The things that a block is about."""
    return document.get("@graph", [document])


def judge(documents: dict[str, list[Node]], folder: Path) -> list[str]:
    """What the compiler says about the documents as values of schema-dts' types."""
    lines = ['import type { Graph, Thing, WithContext } from "schema-dts";']
    where = {}
    for address, blocks in documents.items():
        for block in blocks:
            kind = "Graph" if "@graph" in block else "WithContext<Thing>"
            lines.append(f"export const d{len(lines)}: {kind} = {json.dumps(without_constraints(block))};")
            where[len(lines)] = address
    (folder / "pages.ts").write_text("\n".join(lines))
    (folder / "node_modules").symlink_to(MODULES)
    command = ["node", COMPILER, *OPTIONS, "pages.ts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if not done.returncode:
        return []
    first = [line for line in done.stdout.splitlines() if line.startswith("pages.ts")]
    numbered = [(int(re.search(r"\((\d+),", line)[1]), line) for line in first]
    return [f"{where.get(number)}: {line[-400:]}" for number, line in numbered] or [done.stdout]


@pytest.mark.parametrize("wrong", [{"headlin": "A"}, {"datePublished": 5}])
def test_the_types_find_faults(wrong: Node, tmp_path: Path) -> None:
    block = {"@context": "https://schema.org", "@type": "NewsArticle"} | wrong
    assert judge({"/bad/": [block]}, tmp_path)


def test_every_page_speaks_the_words_of_schema_org(site: Site, tmp_path: Path) -> None:
    found = documents(site)
    assert len(found) > 200
    assert judge(of_each_kind(site, found), tmp_path) == []


def pixels(picture: Node) -> int:
    """How many pixels a picture has."""
    return picture["width"]["value"] * picture["height"]["value"]


def is_signed(author: Node) -> bool:
    """Whether an author is one named person or organisation with an address, or refers to one."""
    if author.keys() == {"@id"}:
        return True
    name = author.get("name", "")
    return bool(name and author.get("url")) and not re.search(r"\b(?:and|by)\b|,", name)


def google(node: Node, address: str, url: str) -> Iterator[str]:
    """What Google's rules for articles miss: those that it requires, and those that it recommends."""
    if not node.get("headline") or len(node["headline"]) > LIMIT_OF_HEADLINE:
        yield f"headline of {len(node.get('headline', ''))} characters"
    for name in ("datePublished", "dateModified"):
        if datetime.fromisoformat(node.get(name, "")).tzinfo is None:
            yield f"{name} without a zone"
    if datetime.fromisoformat(node["datePublished"]) > datetime.fromisoformat(node["dateModified"]):
        yield "modified before it was published"
    yield from (f"author {author}" for author in node["author"] if not is_signed(author))
    if node["url"] != url + address or node["mainEntityOfPage"] not in (node["url"], {"@id": node["url"]}):
        yield f"another address: {node['url']}"
    pictures = node.get("image", [])
    for picture in pictures if isinstance(pictures, list) else [pictures]:
        if not picture["url"].startswith("http") or pixels(picture) < ENOUGH_PIXELS:
            yield f"image {picture}"


def test_every_story_has_what_google_asks_of_an_article(site: Site) -> None:
    wrong = {}
    told = 0
    for page in site.pages():
        if page.view == "articles:story" and page.status == 200:
            graph = [node for block in documents(site)[page.address] for node in nodes(block)]
            (node,) = [node for node in graph if STORIES.search(node["@type"])]
            told += 1
            if found := list(google(node, page.address, site.url)):
                wrong[page.address] = found
    assert told > 20
    assert wrong == {}


def test_every_trail_counts_from_one_and_leads_to_pages(site: Site) -> None:
    wrong = []
    for address, blocks in documents(site).items():
        for trail in (node for block in blocks for node in nodes(block) if node["@type"] == "BreadcrumbList"):
            steps = trail["itemListElement"]
            places = [step["position"] for step in steps]
            known = [step["item"].removeprefix(site.url) in site.answers for step in steps if "item" in step]
            if places != list(range(1, len(steps) + 1)) or len(steps) < 2 or not all(known):
                wrong.append(address)
    assert wrong == []
