"""Fills an empty database, that of DATABASE_URL, with an archive of invented stories that are published.

The rows are what the verbs would have written (a test compares them), put in directly. `bench.seeds` keeps
such databases in a folder. The same seed and size give the same archive on both engines.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402

from articles.models import KnownWord, NameWords, QuotedName, Speaker, SpeakerName, Story  # noqa: E402
from articles.text.directory import directory_key  # noqa: E402
from bench.cast import AUTHORS, SECTIONS, Person, interview_title, slug_of  # noqa: E402
from bench.loading import Loader, Table, open_loader  # noqa: E402
from bench.paper import COLUMNS, Desk, Paper, plain  # noqa: E402
from bench.stories import LAST, Stories  # noqa: E402

SEED: Final = 1
DESK: Final = 100_000  # the largest archive of which the desk has everything
DESK_OF_LARGER: Final = 10_000  # of a larger one it has that of the newest
CHUNK: Final = 1_000  # stories that are put in at once


def fill(
    stories: int,
    *,
    seed: int = SEED,
    desk_stories: int | None = None,
    quiet: bool = True,
    careless: bool = True,
) -> Paper:
    """Fill the database that Django is connected to, migrated and empty, and return what was put in.

    Not `careless`: with the indexes in place and every reference checked, as the transaction of a test wants.
    """
    if desk_stories is None:
        desk_stories = stories if stories <= DESK else DESK_OF_LARGER
    paper = Paper(_invent(seed, stories), desk=_hire(), desk_stories=desk_stories)
    loader = open_loader()
    if careless:
        loader.begin()
    for name, columns, rows in _standing(paper):
        loader.write(Table(name, columns), rows)
    began = time.monotonic()
    for first in range(0, stories, CHUNK):
        for number in range(first, min(first + CHUNK, stories)):
            paper.write(number)
        _put(loader, paper)
        if not quiet and (first // CHUNK) % 10 == 0:
            spent = time.monotonic() - began
            print(f"{first + CHUNK:,} of {stories:,} stories, {spent:,.0f} s", flush=True)
    _put_names(loader, paper)
    loader.count_on()
    if careless:
        loader.end()
    return paper


@lru_cache(maxsize=1)
def _invent(seed: int, stories: int) -> Stories:
    return Stories(seed, stories)


def _hire() -> Desk:
    users = {}
    for username, name, group in (
        ("reporter", "Wilma Fenn", "Reporter"),
        ("editor", "Alma Quill", "Editor"),
        ("managing", "Tove Reed", "Managing editor"),
    ):
        first, last = name.split()
        user = User.objects.create(
            username=username, first_name=first, last_name=last, is_staff=True, password=make_password(None)
        )
        user.groups.add(Group.objects.get(name=group))
        users[username] = user
    content_type = ContentType.objects.get_for_model(Story)
    return Desk(users["reporter"].pk, users["editor"].pk, users["editor"].get_full_name(), content_type.pk)


def _standing(paper: Paper) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    """The tables that do not grow with each story: name, columns, rows."""
    cast, at = paper.cast, plain(LAST)
    yield "section", "id name slug position", [
        (place, name, name.lower(), place) for place, name in enumerate(SECTIONS, 1)
    ]  # fmt: skip
    yield "author", "id name slug", [
        (place, cast.authors[place - 1], slug_of(cast.authors[place - 1])) for place in range(1, AUTHORS + 1)
    ]  # fmt: skip
    yield "tag", "id name slug", [(place, name, slug_of(name)) for place, name in enumerate(cast.topics, 1)]
    yield (
        "image",
        COLUMNS["image"],
        paper.picture_rows,
    )
    people = cast.people
    yield "speaker", "id name slug created_at", [(each.number, each.name, each.slug, at) for each in people]
    yield "role", "id speaker_id title organisation", [
        (each.number, each.number, each.title, each.organisation) for each in people
    ]  # fmt: skip
    yield "speakername", "speaker_id sort key", [row for each in people for row in _name_keys(each)]
    yield "source", COLUMNS["source"], [
        (each.number, each.key, "interview", interview_title(each.name), "", paper.desk.reporter, at)
        for each in people
    ]  # fmt: skip


def _name_keys(person: Person) -> list[tuple[int, str, str]]:
    rows = SpeakerName.rows_of(Speaker(pk=person.number, name=person.name))
    return [(person.number, str(row.sort), row.key) for row in rows]


def _put(loader: Loader, paper: Paper) -> None:
    """Put in what the paper has written, and take it from the paper."""
    words = {name: paper.rows.pop(name, []) for name in ("storywords", "quotewords")}
    for name, rows in paper.rows.items():
        loader.write(Table(name), rows)
    for name, rows in words.items():
        if rows:
            loader.write_words(name, rows)
    paper.rows.clear()


def _put_names(loader: Loader, paper: Paper) -> None:
    """Put in who is quoted, and which words there are to suggest."""
    quoted = [each for each in paper.cast.people if each.number in paper.quoted]
    for each in quoted:
        role = {"title": each.title, "organisation": each.organisation}
        paper.name(NameWords.Kind.SPEAKER, each.slug, each.name, **role)
        paper.name(NameWords.Kind.SOURCE, each.key, interview_title(each.name))
        paper.known.update(f"{each.name} {each.organisation} interview with".lower().split())
        paper.found("speaker", each.number, each.name)
        paper.found("source", each.number, interview_title(each.name), each.key)
    paper.known.update(["minutes", "meeting", *map(str.lower, paper.cast.topics)])
    _put(loader, paper)
    names = [(each.slug, each.name, directory_key(each.name)[:170]) for each in quoted]
    loader.write(Table(QuotedName._meta.model_name or "", "slug name place"), names)
    known = sorted(word for word in paper.known if 4 <= len(word) <= 40)
    rows = [(word, word[:2], word[-2:], len(word)) for word in known]
    loader.write(Table(KnownWord._meta.model_name or "", "word head tail size"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=int, help="how many stories")
    parser.add_argument("--seed", type=int, default=SEED, help="another number, another archive")
    parser.add_argument("--desk", type=int, help="of how many of the newest the desk has everything")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    fill(options.stories, seed=options.seed, desk_stories=options.desk, quiet=False)


if __name__ == "__main__":
    main()
