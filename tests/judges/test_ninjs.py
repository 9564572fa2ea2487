"""Every story of the demo is valid ninjs 3.1, and the API answers for the whole site as it says."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from tests.judges.crawl import Answer, Site, fetch

SCHEMA = json.loads((Path(__file__).with_name("schemas") / "ninjs-3.1.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
LISTS = ("stories", "quotes", "speakers", "sources", "corrections")


def ask(site: Site, address: str) -> Answer:
    """What the API answers; a full address is one of its own."""
    return fetch(site.url, address.removeprefix(site.url))


def test_the_schema_finds_faults() -> None:
    assert list(VALIDATOR.iter_errors({"type": "text"}))
    assert list(VALIDATOR.iter_errors({"uri": "tag:news.example,2026:1", "byline": "A"}))
    assert list(VALIDATOR.iter_errors({"uri": "tag:news.example,2026:1", "type": "words"}))


def test_every_story_is_valid_ninjs(site: Site) -> None:
    stories = json.loads(ask(site, "/api/v1/stories?limit=100").text)["items"]
    items = {story["url"]: json.loads(ask(site, f"{story['api_url']}/ninjs").text) for story in stories}
    assert len(items) > 25
    assert any("associations" in item for item in items.values())
    faults = {url: [error.message for error in VALIDATOR.iter_errors(item)] for url, item in items.items()}
    assert {url: found for url, found in faults.items() if found} == {}


def test_every_list_is_what_openapi_says(site: Site) -> None:
    description = json.loads(ask(site, "/api/v1/openapi.json").text)
    validate(description)
    for name in LISTS:
        answers = description["paths"][f"/api/v1/{name}"]["get"]["responses"]
        schema = answers["200"]["content"]["application/json"]["schema"]
        whole = Draft202012Validator(schema | {"components": description["components"]})
        found = json.loads(ask(site, f"/api/v1/{name}?limit=100").text)
        assert found["items"], name
        assert list(whole.iter_errors(found)) == [], name
