"""What readers must not learn: one of everything that is not published, each saying words of its own.

A secret has two words. `ask` is what somebody may know or guess, and ask for: it stands in slugs and keys,
and in every text. `deep` stands in every text beside it, and is never asked for: where it shows, it leaked.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from articles.models import Comment, Edition, FrontPage, Quote, Story, Thread
from articles.workflow.publish import publish_story
from tests.disputes import make_dispute, make_policy, make_policy_edition
from tests.editions import (
    make_correction,
    make_edition,
    replace_edition,
    source_json,
    speaker_json,
    step,
    withdraw_edition,
)
from tests.factories import (
    make_image,
    make_quotation,
    make_quote,
    make_quoting_story,
    make_role,
    make_source,
    make_speaker,
    make_story,
    make_user,
)
from tests.planning import make_assignment

DAY = datetime.timedelta(days=1)
SHOWN = "shown"  # what is published, to see that whoever looks for the others would find them


def ask(name: str) -> str:
    return f"zq{name}ask"


def deep(name: str) -> str:
    return f"zq{name}deep"


def both(name: str) -> str:
    return f"{ask(name)} and {deep(name)}"


def columns(name: str, **fields: Any) -> dict[str, Any]:
    """Columns of an edition that says the words in every place where an edition can say something."""
    key, text = ask(name), both(name)
    quote = {
        "words": f"The {text} sings.",
        "segments": [f"The {text} sings."],
        "quote_key": key,
        "speaker_slug": key,
        "speaker_name": f"Ada {text}",
        "speaker": speaker_json(bio=text),
        "role_title": text,
        "source_key": key,
        "source": source_json(title=text, passage=text, passage_spans=[]),
        "history": [step("verified", by=text, note=text)],
    }
    return {
        "slug": key,
        "headline": f"The {text} lands",
        "dek": text,
        "kicker": text,
        "dateline": text,
        "body_text": f"A {text} in the text.",
        "bylines": [{"name": text, "slug": key}],
        "topics": [{"name": text, "slug": key}],
        "image": {"url": f"/media/{deep(name)}.jpg", "width": 9, "height": 6, "alt": text, "caption": text},
        "quotes": [quote],
    } | fields


def draft(name: str) -> None:
    """A draft that has a place on the front page, with all that the desk wrote around it."""
    text, editor = both(name), make_user("Editor", last_name=deep(name))
    speaker = make_speaker(f"Ada {text}", slug=ask(name), bio=text, aliases=[text])
    make_quote(f"The {text} sings.", speaker=speaker, source=make_source(text=text, title=text))
    story = make_quoting_story(
        words=f"The {text} sings.", headline=text, slug=ask(name), dek=text, topics=[text], editors_note=text
    )
    thread = Thread.objects.create(story=story)
    Comment.objects.create(thread=thread, by=editor, at=timezone.now(), text=text)
    make_assignment(headline=text, brief=text, slugline=text, story=story)
    front = FrontPage.objects.create(number=1, by=editor, at=timezone.now())
    front.slots.create(place="lead", position=0, story=story)


def spiked(name: str) -> None:
    story = make_story(headline=both(name), slug=ask(name), body=f"<p>{both(name)}</p>")
    Story.objects.filter(pk=story.pk).update(status=Story.Status.SPIKED)


def embargoed(name: str) -> None:
    make_edition(**columns(name, live_from=timezone.now() + DAY))


def scheduled(name: str) -> None:
    """A correction of a live story that takes effect tomorrow."""
    tomorrow = replace_edition(make_edition(), at=timezone.now() + DAY, **columns(name))
    make_correction(tomorrow, both(name))


def cancelled(name: str) -> None:
    """A story whose schedule was cancelled; its hour has come."""
    planned = make_edition(**columns(name, live_from=timezone.now() - DAY))
    Edition.objects.filter(pk=planned.pk).end(planned.live_from)


def retracted(name: str) -> None:
    """What a story said before it was retracted: its history has the day, and not the words."""
    before = make_edition(**columns(name, slug="a-retracted-story"))
    make_correction(before, both(name))
    replace_edition(before, kind=Edition.Kind.RETRACTION, headline="Other words", bylines=[], topics=[])


def killed(name: str) -> None:
    before = make_edition(**columns(name, slug="a-killed-story"))
    make_correction(before, both(name))
    withdraw_edition(before, "This story was wrong.")


def promise(name: str) -> None:
    """What the desk writes of a policy that nobody published, or that was taken away."""
    text = both(name)
    make_policy(title=text, slug=ask(name), summary=text, body=f"<p>{text}</p>")
    ended = make_policy("privacy", title=text, slug=f"{ask(name)}-2", body=f"<p>{text}</p>")
    make_policy_edition(ended, summary=text, live_until=timezone.now())
    make_policy_edition(make_policy("contact"), change_note="New.")


def report(name: str) -> None:
    """What readers reported, who they are, and an answer that nobody published."""
    sent = {"words": both(name), "name": deep(name), "email": f"{deep(name)}@reader.example"}
    edition = make_edition(slug="a-disputed-story")
    make_dispute(edition, **sent)
    make_dispute(edition, outcome="upheld", outcome_text=both(name), **sent)
    make_dispute(edition, outcome="upheld", published_at=timezone.now(), **sent)


def withheld(name: str) -> None:
    """A published story with an unnamed speaker, from a confidential source, with a picture of the desk's."""
    text, line = both(name), "The gate will be closed before the tide turns."
    knower = make_user("Managing editor", first_name=deep(name), last_name=deep(name))
    speaker = make_speaker(
        "a harbour official", slug=ask(name), unnamed=True, unnamed_reason="because she may not speak",
        known_to=knower, bio=text, aliases=[text], external_ids={"wikidata": deep(name)},
    )  # fmt: skip
    source = make_source(
        text=f"{text} {line} {text}", title=text, publisher=text, url=f"https://{deep(name)}.example/",
        confidential=True, owner=make_user("Reporter", first_name=deep(name)), key=ask(name),
    )  # fmt: skip
    quote = make_quote(
        line, speaker=speaker, role=make_role(speaker, text, organisation=text), source=source,
        source_place=text, occasion=text, place=text, verification=Quote.Verification.VERIFIED,
    )  # fmt: skip
    picture = make_image(title=text, rights=text, file_words={"caption": text})
    story = make_story(
        status="approved",
        body=f"<p>“{line}” she said.</p>",
        lead_image=picture,
        editors_note=text,
        slugline=text,
    )
    make_quotation(story, quote, spans=[[1, 1 + len(line)]], reason=text, cue=text)
    publish_story(story, by=make_user("Managing editor"), kind=Edition.Kind.SAME)


SECRETS: dict[str, Callable[[str], None]] = {
    maker.__name__: maker
    for maker in (
        draft, spiked, embargoed, scheduled, cancelled, retracted, killed, promise, report, withheld
    )
}  # fmt: skip


def keep_secrets() -> None:
    """One of everything, and one story that is published."""
    make_correction(make_edition(**columns(SHOWN)), both(SHOWN))
    for name, maker in SECRETS.items():
        maker(name)
