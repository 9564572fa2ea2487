"""Editions and their quotes in the words of schema.org, for machines that read the pages."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import (
    Author,
    Correction,
    Edition,
    EditionQuote,
    Paper,
    PolicyKind,
    PolicyLink,
    Quote,
    Section,
)

Node = dict[str, Any]

TYPES = {
    "news": "NewsArticle",
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "background": "BackgroundNewsArticle",
    "review": "ReviewNewsArticle",
    "advertiser": "AdvertiserContentArticle",
}
# What each kind of policy is called as a property of the paper.
POLICIES = {
    PolicyKind.ETHICS: "ethicsPolicy",
    PolicyKind.VERIFICATION: "verificationFactCheckingPolicy",
    PolicyKind.CORRECTIONS: "correctionsPolicy",
    PolicyKind.UNNAMED_SOURCES: "unnamedSourcesPolicy",
    PolicyKind.FEEDBACK: "actionableFeedbackPolicy",
    PolicyKind.DIVERSITY: "diversityPolicy",
    PolicyKind.OWNERSHIP: "ownershipFundingInfo",
    PolicyKind.MASTHEAD: "masthead",
    PolicyKind.MISSION: "missionCoveragePrioritiesPolicy",
}
# Inside <script>, nothing of the data may end the element or begin a comment in it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def dump(*nodes: Node) -> str:
    """The nodes as one JSON-LD document that is safe inside a script element."""
    return dump_node({"@context": "https://schema.org", "@graph": list(nodes)})


def dump_node(node: Node) -> str:
    """A node, as it stands within a document that `dump` wrote."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def absolute(address: str) -> str:
    """A path of this site, or an address anywhere, as a full address."""
    return urljoin(settings.NEWSROOM_URL + "/", address)


def tag_uri(day: date, name: str) -> str:
    """An identity that no change of address touches (RFC 4151)."""
    return f"tag:{urlsplit(settings.NEWSROOM_URL).hostname},{day:%Y-%m-%d}:{name}"


def publisher(paper: Paper, policies: Iterable[PolicyLink] = ()) -> Node:
    """The paper, with the addresses of its published policies under schema.org's names for them."""
    node: Node = {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#paper"),
        "name": paper.name,
        "slogan": paper.tagline,
        "url": absolute("/"),
        "publishingPrinciples": absolute(reverse("articles:policies")),
        "correctionsPolicy": absolute(reverse("articles:corrections")),
        "verificationFactCheckingPolicy": absolute(reverse("articles:about_quotes")),
    }
    if paper.logo:
        node["logo"] = {"@type": "ImageObject", "url": absolute(paper.logo_url)}
    for policy in policies:
        if policy.kind in POLICIES:
            node[POLICIES[policy.kind]] = absolute(policy.get_absolute_url())
    return node


def website(paper: Paper) -> Node:
    """The site, with its search."""
    target = f"{absolute(reverse('articles:search'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": paper.name,
        "url": absolute("/"),
        "inLanguage": settings.LANGUAGE_CODE,
        "publisher": {"@id": absolute("/#paper")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def story(
    edition: Edition, quotes: Iterable[EditionQuote], corrections: Iterable[Correction], *, by: Node
) -> Node:
    """A story as a NewsArticle, or the subtype for its type of work; its quotations are its parts.

    `by` is the paper, from `publisher`.
    """
    address = absolute(edition.get_absolute_url())
    node: Node = {
        "@type": TYPES.get(edition.type_of_work, "NewsArticle"),
        "@id": f"{address}#story",
        "url": address,
        "mainEntityOfPage": address,
        "headline": edition.headline,
        "datePublished": edition.first_live_from.isoformat(),
        "dateModified": edition.live_from.isoformat(),
        "articleSection": edition.section_name,
        "wordCount": edition.word_count,
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
        "author": [_author(byline) for byline in edition.bylines] or [{"@id": absolute("/#paper")}],
        "publisher": by,
        "speakable": {"@type": "SpeakableSpecification", "cssSelector": ["h1", ".standfirst"]},
    }
    optional: Node = {
        "description": edition.dek,
        "alternativeHeadline": edition.kicker,
        "dateline": edition.dateline,
        "keywords": [topic["name"] for topic in edition.topics],
        "image": _image(edition),
        "editor": edition.approved_by_name and {"@type": "Person", "name": edition.approved_by_name},
        "creativeWorkStatus": "Developing" if edition.developing else "",
        "correction": [_correction(correction) for correction in corrections],
        "hasPart": _told_once([quotation(quote, within=address) for quote in quotes]),
    }
    return node | {name: value for name, value in optional.items() if value}


def _told_once(quotations: list[Node]) -> list[Node]:
    """The same, where a speaker or a source that was described before is only named by its address."""
    told: list[Node] = []
    for each in quotations:
        for name in ("spokenByCharacter", "isBasedOn"):
            node = each.get(name)
            if node and "@id" in node and node in told:
                each[name] = {"@id": node["@id"]}
            elif node:
                told.append(node)
    return quotations


def quotation(quote: EditionQuote, *, within: str = "", whole: bool = False) -> Node:
    """A quote: its words, who said them as what, and what they are based on.

    `within` is the address of the story that it is a part of; `whole` says where it was printed.
    """
    permalink = absolute(quote.get_absolute_url())
    based_on = _source(quote)
    node: Node = {
        "@type": "Quotation",
        "@id": permalink,
        "url": permalink,
        "text": quote.words,
        "inLanguage": quote.language,
        "spokenByCharacter": speaker(quote),
        "dateCreated": quote.said_on.isoformat() if quote.said_on else "",
        "locationCreated": quote.place and {"@type": "Place", "name": quote.place},
        "isBasedOn": based_on,
        "citation": based_on and {"@id": based_on["@id"]},
        "creativeWorkStatus": str(Quote.Verification(quote.verification).label),
        "isPartOf": {"@id": f"{within}#story"} if within else "",
    }
    if whole:
        node["isPartOf"] = {
            "@type": "NewsArticle",
            "headline": quote.edition.headline,
            "url": absolute(quote.edition.get_absolute_url()),
        }
    return {name: value for name, value in node.items() if value}


def speaker(quote: EditionQuote, *, profile: bool = False) -> Node:
    """Who said it, with the role held then; with `profile`, all roles that are known, dated."""
    facts = quote.speaker
    if not quote.has_speaker_page:
        return {"@type": "Person", "name": quote.speaker_name}
    address = absolute(reverse("articles:speaker", args=[quote.speaker_slug]))
    if facts.get("kind") == "organisation":
        return {"@type": "Organization", "@id": address, "name": quote.speaker_name, "url": address}
    node: Node = {"@type": "Person", "@id": address, "name": quote.speaker_name, "url": address}
    if profile:
        node["description"] = facts.get("bio", "")
        node["hasOccupation"] = [_role(role) for role in facts.get("roles", [])]
        node["sameAs"] = _same_as(facts.get("external_ids"))
    elif quote.role_title:
        node["jobTitle"] = quote.role_title
        node["hasOccupation"] = {"@type": "Occupation", "name": quote.role_title}
        if quote.role_organisation:
            node["affiliation"] = {"@type": "Organization", "name": quote.role_organisation}
    return {name: value for name, value in node.items() if value}


def author_page(author: Author) -> Node:
    """An author."""
    return _author({"name": author.name, "slug": author.slug}) | (
        {"description": author.bio} if author.bio else {}
    )


def story_trail(edition: Edition, paper: Paper) -> Node:
    """The way from the front page to a story."""
    section = reverse("articles:section", args=[edition.section_slug])
    return _trail(
        (paper.name, "/"),
        (edition.section_name, section),
        (edition.headline, edition.get_absolute_url()),
    )


def section_trail(section: Section, paper: Paper) -> Node:
    """The way from the front page to a section."""
    return _trail((paper.name, "/"), (section.name, reverse("articles:section", args=[section.slug])))


def quote_trail(quote: EditionQuote, paper: Paper) -> Node:
    """The way from the front page to a quote, past its speaker when that one has a page."""
    steps = [(paper.name, "/"), (_("On the record"), reverse("articles:quotes"))]
    if quote.has_speaker_page:
        steps.append((quote.speaker_name, reverse("articles:speaker", args=[quote.speaker_slug])))
    return _trail(*steps, (Truncator(quote.words).chars(60), quote.get_absolute_url()))


def _trail(*steps: tuple[str, str]) -> Node:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _author(byline: dict[str, str]) -> Node:
    address = absolute(reverse("articles:author", args=[byline["slug"]]))
    return {"@type": "Person", "@id": address, "name": byline["name"], "url": address}


def _image(edition: Edition) -> Node | None:
    if not edition.image:
        return None
    image = edition.image
    return {
        "@type": "ImageObject",
        "url": absolute(image["url"]),
        "width": _pixels(image["width"]),
        "height": _pixels(image["height"]),
        "caption": image.get("caption") or image.get("alt", ""),
        "creditText": image.get("credit", ""),
    }


def _pixels(number: int) -> Node:
    """A length on a screen: schema.org has no bare numbers for it."""
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def _correction(correction: Correction) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": correction.at.isoformat(),
    }


def _source(quote: EditionQuote) -> Node | None:
    """Nothing for a confidential source: machines learn as little as readers."""
    if not quote.source_key or quote.source.get("confidential"):
        return None
    address = absolute(reverse("articles:source", args=[quote.source_key]))
    node: Node = {
        "@type": "CreativeWork",
        "@id": address,
        "name": quote.source.get("title", ""),
        "url": quote.source.get("url") or address,
        "datePublished": quote.source.get("date") or "",
    }
    if quote.source.get("publisher"):
        node["publisher"] = {"@type": "Organization", "name": quote.source["publisher"]}
    return {name: value for name, value in node.items() if value}


def _role(role: dict[str, Any]) -> Node:
    """A role with its dates, as schema.org's Role wants them: around the occupation."""
    name = ", ".join(filter(None, [role.get("title"), role.get("organisation")]))
    node: Node = {
        "@type": "Role",
        "hasOccupation": {"@type": "Occupation", "name": name},
        "startDate": role.get("since") or "",
        "endDate": role.get("until") or "",
    }
    return {name: value for name, value in node.items() if value}


def _same_as(external_ids: object) -> list[str]:
    if not isinstance(external_ids, dict):
        return []
    known = {"wikidata": "https://www.wikidata.org/wiki/{}"}
    return [known[name].format(value) for name, value in external_ids.items() if name in known and value]
