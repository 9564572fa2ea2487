"""Editions in the words of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from articles.api import schemas
from articles.jsonld import absolute, tag_uri
from articles.models import Correction, Edition, EditionQuote, NameWords

Values = dict[str, Any]


def page_address(name: str, *args: object) -> str:
    """The full address of a page of the site, or of the API (names that begin with `api_`)."""
    return absolute(reverse(f"articles:{name}", args=args))


def story_ref(edition: Edition) -> schemas.StoryRef:
    """A story, in short."""
    return schemas.StoryRef(**_story_ref(edition))


def story_line(edition: Edition) -> schemas.StoryLine:
    """A story for a list."""
    return schemas.StoryLine(**_story_line(edition))


def story(
    edition: Edition, quotes: Iterable[EditionQuote], corrections: Iterable[Correction]
) -> schemas.Story:
    """A whole story."""
    return schemas.Story(
        **_story_line(edition),
        dateline=edition.dateline,
        text=edition.body_text,
        html=edition.body_html,
        edited_by=edition.approved_by_name,
        quotes=[quote(each) for each in quotes],
        corrections=[schemas.Amendment(**_amendment(each)) for each in corrections],
        ninjs_url=page_address("api_ninjs", edition.story_id),
    )


def quote(printed: EditionQuote, *, within: Edition | None = None) -> schemas.Quote:
    """A quote; `within` is the edition that prints it, to be named with it."""
    plain = ("words", "segments", "kind", "language", "original_words", "original_language")
    more = ("said_on", "occasion", "place", "verification", "verified_at")
    return schemas.Quote(
        key=printed.quote_key,
        url=absolute(printed.get_absolute_url()),
        api_url=page_address("api_quote", printed.quote_key),
        speaker=speaker_ref(printed),
        source=source_ref(printed),
        verified_by=printed.verified_by_name,
        history=[_checked(step) for step in printed.history],
        story=story_ref(within) if within else None,
        **{name: getattr(printed, name) for name in (*plain, *more)},
    )


def speaker_ref(printed: EditionQuote) -> schemas.SpeakerRef:
    """Who said it: nothing that leads to somebody who must not be named."""
    slug = printed.speaker_slug if printed.has_speaker_page else None
    return schemas.SpeakerRef(
        name=printed.speaker_name,
        slug=slug,
        url=page_address("speaker", slug) if slug else None,
        api_url=page_address("api_speaker", slug) if slug else None,
        kind=printed.speaker.get("kind") or "person",
        unnamed=bool(printed.speaker.get("unnamed")),
        unnamed_reason=printed.speaker.get("unnamed_reason") or "",
        role=printed.role_title,
        organisation=printed.role_organisation,
    )


def speaker_line(printed: EditionQuote) -> schemas.SpeakerLine:
    """A named speaker, as the newest story prints her."""
    return schemas.SpeakerLine(**_speaker_line(printed))


def speaker(printed: EditionQuote) -> schemas.Speaker:
    """A named speaker with all that is printed of her."""
    identifiers = printed.speaker.get("external_ids")
    roles = [
        schemas.RoleHeld(**{name: role.get(name) or "" for name in schemas.RoleHeld.model_fields})
        for role in printed.speaker.get("roles", [])
    ]
    return schemas.Speaker(
        **_speaker_line(printed),
        bio=printed.speaker.get("bio") or "",
        roles=roles,
        identifiers={str(k): str(v) for k, v in identifiers.items()} if isinstance(identifiers, dict) else {},
        quotes_url=f"{page_address('api_quotes')}?speaker={printed.speaker_slug}",
    )


def found_speaker(name: NameWords) -> schemas.SpeakerLine:
    """A speaker whom a search found."""
    return schemas.SpeakerLine(
        slug=name.key,
        name=name.name,
        url=page_address("speaker", name.key),
        api_url=page_address("api_speaker", name.key),
        kind="",
        role=name.title,
        organisation=name.organisation,
    )


def source_ref(printed: EditionQuote) -> schemas.SourceRef | None:
    """Where the words are from: of a confidential source only that it is one; None without a source."""
    if not printed.source_key:
        return _source(confidential=True) if printed.source.get("confidential") else None
    return _source(printed.source_key, printed.source)


def source(printed: EditionQuote) -> schemas.Source:
    """A source that readers may know of."""
    found = _source(printed.source_key, printed.source).model_dump()
    return schemas.Source(**found, quotes_url=f"{page_address('api_quotes')}?source={printed.source_key}")


def found_source(name: NameWords) -> schemas.SourceRef:
    """A source that a search found."""
    return _source(name.key, {"title": name.name, "publisher": name.organisation})


def correction(mended: Correction, edition: Edition) -> schemas.Correction:
    """A correction, with the story as it is now."""
    return schemas.Correction(**_amendment(mended), story=story_ref(edition))


def picture(image: Values | None) -> schemas.Picture | None:
    """The lead picture of a story."""
    if not image:
        return None
    texts = {name: image.get(name) or "" for name in ("alt", "caption", "credit")}
    return schemas.Picture(url=absolute(image["url"]), width=image["width"], height=image["height"], **texts)


def _story_ref(edition: Edition) -> Values:
    return {
        "id": tag_uri(edition.first_live_from, f"story/{edition.story_id}"),
        "url": absolute(edition.get_absolute_url()),
        "api_url": page_address("api_story", edition.story_id),
        "headline": edition.headline,
        "published": edition.first_live_from,
        "updated": edition.live_from,
    }


def _story_line(edition: Edition) -> Values:
    return _story_ref(edition) | {
        "kicker": edition.kicker,
        "dek": edition.dek,
        "type_of_work": edition.type_of_work,
        "developing": edition.developing,
        "words": edition.word_count,
        "section": _name("section", {"name": edition.section_name, "slug": edition.section_slug}),
        "authors": [_name("author", byline) for byline in edition.bylines],
        "topics": [_name("topic", topic) for topic in edition.topics],
        "picture": picture(edition.image),
    }


def _name(view: str, given: dict[str, str]) -> schemas.Name:
    return schemas.Name(name=given["name"], slug=given["slug"], url=page_address(view, given["slug"]))


def _speaker_line(printed: EditionQuote) -> Values:
    return {
        "slug": printed.speaker_slug,
        "name": printed.speaker_name,
        "url": page_address("speaker", printed.speaker_slug),
        "api_url": page_address("api_speaker", printed.speaker_slug),
        "kind": printed.speaker.get("kind") or "person",
        "role": printed.role_title,
        "organisation": printed.role_organisation,
    }


def _source(key: str = "", facts: Values | None = None, *, confidential: bool = False) -> schemas.SourceRef:
    facts = facts or {}
    names = ("kind", "title", "publisher", "date", "sha256", "captured_at", "passage")
    return schemas.SourceRef(
        confidential=confidential,
        key=key or None,
        url=page_address("source", key) if key else None,
        api_url=page_address("api_source", key) if key else None,
        address=facts.get("url") or "",
        **{name: facts.get(name) or "" for name in names},
    )


def _checked(step: Values) -> schemas.Checked:
    return schemas.Checked(
        at=step["at"],
        verification=step["verification"],
        **{name: step.get(name) or "" for name in ("by", "method", "note")},
    )


def _amendment(mended: Correction) -> Values:
    return {
        "id": tag_uri(mended.at, f"correction/{mended.pk}"),
        "kind": mended.kind,
        "text": mended.text,
        "at": mended.at,
    }
