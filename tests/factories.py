"""Records for tests: plain functions with honest defaults, that write rows and call no verb.

All people, places and papers are invented.
"""

import hashlib
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.models import (
    Author,
    Byline,
    Image,
    Quotation,
    Quote,
    Role,
    Section,
    Snapshot,
    Source,
    Speaker,
    SpeakerName,
    Story,
    VerificationEntry,
)
from articles.text.compare import fingerprint

WORDS = "We will keep the lighthouse open through the winter."
BODY = f"<p>“{WORDS}” Ilse Marrow told the harbour council on Tuesday.</p>"

_APPROVED = [Story.Status.IN_REVIEW, Story.Status.APPROVED]
# How a draft gets there: the database lets a status change by the listed steps only.
WAYS = {
    Story.Status.APPROVED: _APPROVED,
    Story.Status.SCHEDULED: [*_APPROVED, Story.Status.SCHEDULED],
    Story.Status.PUBLISHED: [*_APPROVED, Story.Status.PUBLISHED],
    Story.Status.KILLED: [*_APPROVED, Story.Status.PUBLISHED, Story.Status.KILLED],
    Story.Status.SPIKED: [Story.Status.SPIKED],
}

_numbers = count(1)


def make_user(role: str = "Editor", **fields: Any) -> User:
    """A user in the group `role` ("Reporter", "Editor", "Managing editor", …); "" for a user in no group."""
    number = next(_numbers)
    fields.setdefault("username", f"{role.split(' ')[0].lower() or 'visitor'}{number}")
    fields.setdefault("first_name", "Alma")
    fields.setdefault("last_name", f"Quill {number}")
    user = User.objects.create_user(is_staff=True, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_section(name: str = "Harbour", **fields: Any) -> Section:
    """The section `name`, made once."""
    fields.setdefault("slug", name.lower().replace(" ", "-"))
    return Section.objects.get_or_create(name=name, defaults=fields)[0]


def make_author(name: str = "Wilma Fenn", **fields: Any) -> Author:
    """An author; the slug has a number."""
    fields.setdefault("slug", f"{name.lower().replace(' ', '-')}-{next(_numbers)}")
    return Author.objects.create(name=name, **fields)


def make_image(**fields: Any) -> Image:
    """A row for a picture; there is no file behind it."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": f"Lighthouse {number}",
        "sha256": hashlib.sha256(str(number).encode()).hexdigest(),
        "alt": "A white lighthouse on a low cliff.",
        "credit": "Photograph: T. Reed",
        "width": 1600,
        "height": 900,
        "uploaded_by": fields.pop("uploaded_by", None) or make_user("Editor"),
    } | fields
    image = Image(**values)
    image.file.name = f"images/{values['sha256'][:16]}.jpg"
    # ImageField measures its file when a model is made or saved; there is none.
    Image.objects.bulk_create([image])
    return Image.objects.get(sha256=values["sha256"])


def make_speaker(name: str = "Ilse Marrow", role: str = "", **fields: Any) -> Speaker:
    """A speaker; `role` gives her a role with that title and no dates."""
    fields.setdefault("slug", f"{name.lower().replace(' ', '-')}-{next(_numbers)}")
    speaker = Speaker.objects.create(name=name, **fields)
    SpeakerName.objects.renew([speaker])
    if role:
        make_role(speaker, role)
    return speaker


def make_role(speaker: Speaker, title: str = "Harbour Commissioner", **fields: Any) -> Role:
    """A role of `speaker`."""
    return Role.objects.create(speaker=speaker, title=title, **fields)


def make_source(text: str = "", **fields: Any) -> Source:
    """A source; with `text`, it has a snapshot of that text."""
    fields.setdefault("title", f"Speech to the harbour council {next(_numbers)}")
    fields.setdefault("kind", Source.Kind.SPEECH)
    source = Source.objects.create(**fields)
    if text:
        make_snapshot(source, text)
    return source


def make_snapshot(source: Source, text: str, **fields: Any) -> Snapshot:
    """A snapshot of `source` whose bytes are `text` in UTF-8."""
    data = text.encode()
    fields.setdefault("captured_at", timezone.now())
    fields.setdefault("captured_from", "pasted")
    return Snapshot.objects.create(
        source=source, data=data, text=text, sha256=hashlib.sha256(data).hexdigest(), **fields
    )


def make_quote(words: str | Sequence[str] = WORDS, **fields: Any) -> Quote:
    """A quote by Ilse Marrow from a source that holds its words, written by a reporter; unverified.

    Pass `verification=Quote.Verification.VERIFIED` for one that a second person signed.
    """
    segments = [words] if isinstance(words, str) else list(words)
    joined = " … ".join(segments)
    fields.setdefault("speaker", None)
    if fields["speaker"] is None and not fields.pop("no_speaker", False):
        fields["speaker"] = make_speaker(role="Harbour Commissioner")
        fields.setdefault("role", fields["speaker"].roles.get())
    if "source" not in fields:
        fields["source"] = make_source(text=f"The commissioner said: {' '.join(segments)} Then she sat down.")
    if "written_by" not in fields:
        fields["written_by"] = make_user("Reporter")
    if fields.get("verification") == Quote.Verification.VERIFIED:
        fields.setdefault("verified_by", make_user("Editor"))
        fields.setdefault("verified_at", timezone.now())
    fields.setdefault("fingerprint", fingerprint(segments))
    quote = Quote.objects.create(segments=segments, words=joined, **fields)
    make_entry(quote)
    return quote


def make_entry(quote: Quote, **fields: Any) -> VerificationEntry:
    """The step of verification that gives `quote` the state it has."""
    fields.setdefault("verification", quote.verification)
    fields.setdefault("by", quote.verified_by or quote.written_by)
    fields.setdefault("at", timezone.now())
    if fields["verification"] in (Quote.Verification.DISPUTED, Quote.Verification.WITHDRAWN):
        fields.setdefault("note", "The speaker says that she never said this.")
    return VerificationEntry.objects.create(quote=quote, **fields)


def make_story(**fields: Any) -> Story:
    """A draft with headline, slug, section, byline, owner and a body without quotations."""
    number = next(_numbers)
    authors = fields.pop("authors", None)
    topics = fields.pop("topics", ())
    if "section" not in fields:
        fields["section"] = make_section()
    if "owner" not in fields:
        fields["owner"] = make_user("Reporter")
    status = fields.get("status", Story.Status.DRAFT)
    if status in (Story.Status.APPROVED, Story.Status.SCHEDULED) and "approved_by" not in fields:
        fields["approved_by"] = make_user("Editor")
    fields.setdefault("headline", f"Lighthouse stays open {number}")
    fields.setdefault("slug", f"lighthouse-stays-open-{number}")
    fields.setdefault("body", "<p>The lighthouse stays open, the harbour council decided.</p>")
    story = Story.objects.create(**fields)
    for position, author in enumerate([make_author()] if authors is None else authors):
        Byline.objects.create(story=story, author=author, position=position)
    story.topics.add(*topics)
    return story


def bring_to(status: Story.Status, story: Story, *, by: User | None = None) -> Story:
    """Take a draft to `status` by the steps that lead there, signed by `by`; returns it as it is stored."""
    editor = by or make_user("Editor")
    for step in WAYS[status]:
        Story.objects.filter(pk=story.pk).update(status=step, approved_by=editor)
    story.refresh_from_db()
    return story


def make_quotation(story: Story, quote: Quote | None = None, **fields: Any) -> Quotation:
    """The next quotation of `story`: a matched use of `quote`, or words without a record."""
    fields.setdefault("position", story.quotations.count())
    fields.setdefault("segments", quote.segments if quote else [WORDS])
    fields.setdefault("state", Quotation.State.MATCHED if quote else Quotation.State.UNATTRIBUTED)
    fields.setdefault("grade", "identical" if quote else "")
    fields.setdefault("written_by", quote.written_by if quote else story.owner)
    if quote and quote.speaker:
        fields.setdefault("speaker_name", quote.speaker.name)
    return Quotation.objects.create(story=story, quote=quote, **fields)


def make_quoting_story(
    verification: Quote.Verification = Quote.Verification.VERIFIED, *, words: str = WORDS, **fields: Any
) -> Story:
    """A complete story that prints one quote in its first paragraph. Verified, it passes the gate."""
    quote = make_quote(words, verification=verification)
    fields.setdefault("body", f"<p>“{words}” Ilse Marrow told the harbour council on Tuesday.</p>")
    story = make_story(**fields)
    make_quotation(story, quote, spans=[[1, 1 + len(words)]])
    return story
