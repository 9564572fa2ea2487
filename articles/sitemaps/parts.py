"""Which addresses stand in which part of the map, and which parts there are."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from urllib.parse import quote, urlencode

from django.db.models import Exists, Max, Model, OuterRef, QuerySet
from django.urls import reverse

from articles.house import House
from articles.models import Edition, EditionByline, EditionQuote, EditionTopic, FormerAddress, QuotedName
from articles.models.edition import EditionQuerySet
from articles.models.keys import ALPHABET
from articles.sitemaps.asking import ask_each, different, one_of_each
from articles.sitemaps.stretches import Stretch, month, months, read_stretch

MOST = 10_000  # addresses in a part
PROTOCOL_MOST = 50_000  # what the protocol allows: for the hour into which an archive was imported
ROOM = 8_000  # records that are expected in a part where chance divides them
CHANGES = 1_000  # the latest changes, which say when a part of the map last changed
NEWS = 1_000  # stories in the map for news
NEWS_AGE = timedelta(hours=48)
FEW = 20_000  # quotes of which all keys are looked at
SAMPLED = 400  # keys that tell how many there are
SAMPLE = month(datetime(1901, 2, 3, tzinfo=UTC))  # no story is from then
ALWAYS = (
    "front", "archive", "developing", "speakers", "quotes", "quote_check", "corrections", "about", "policies",
    "about_quotes", "transparency", "feeds",
)  # fmt: skip
NAMES: dict[str, type[Model]] = {"speakers": QuotedName, "topics": EditionTopic, "authors": EditionByline}
RECORDS = {"quotes": "quote_key", "sources": "source_key"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the index names it."""

    name: str
    start: str = ""  # the first slug in it, for lists of names
    changed: datetime | None = None

    @property
    def address(self) -> str:
        """Its path."""
        path = reverse("articles:sitemap_part", args=[self.name])
        return f"{path}?{urlencode({'from': self.start})}" if self.start else path


@dataclass(frozen=True, slots=True)
class Page:
    """An address in a part. That of a story brings its picture, and its title for the map for news."""

    path: str
    changed: datetime | None = None
    picture: str = ""
    title: str = ""
    published: datetime | None = None


# --- What stands in a part ------------------------------------------------------------------------


def pages_in(name: str, start: str, house: House) -> list[Page] | None:
    """The addresses in a part; None when there is no part of that name."""
    kind, __, rest = name.partition("-")
    if kind == "pages" and not rest:
        return _fixed_pages(house)
    if kind in NAMES and not rest:
        return _pages_of_names(kind, start, house.now)
    if kind in RECORDS and all(sign in ALPHABET for sign in rest):
        return _pages_of_records(kind, rest, house.now)
    stretch = stretch_of(name)
    return _stories(stretch, house.now) if stretch else None


def stretch_of(name: str) -> Stretch | None:
    """The time of the stories in a part; None for a part that is of something else, or is not there."""
    kind, __, rest = name.partition("-")
    return read_stretch(rest) if kind == "stories" else None


def news(now: datetime) -> list[Page]:
    """The stories of the last two days; what an advertiser paid for is no news."""
    recent = Edition.objects.published(now).filter(first_live_from__gt=now - NEWS_AGE)
    return list(_pages_of(recent.exclude(type_of_work="advertiser"), NEWS))


def _fixed_pages(house: House) -> list[Page]:
    sections = [reverse("articles:section", args=[section.slug]) for section in house.sections]
    policies = [reverse("articles:policy", args=[policy.slug]) for policy in house.policies]
    always = [reverse(f"articles:{name}") for name in ALWAYS]
    return [Page(path) for path in [*always, *sections, *policies]]


def _stories(stretch: Stretch, now: datetime) -> list[Page]:
    most = MOST if stretch.divided() else PROTOCOL_MOST
    return list(_pages_of(_within(Edition.objects.published(now), stretch), most))


def _pages_of(stories: EditionQuerySet, most: int) -> Iterator[Page]:
    """The addresses of the newest of the stories, without a record for each."""
    before, between, after = re.split("zz[12]", reverse("articles:story", args=["zz1", "zz2"]))
    names = ("section_slug", "slug", "live_from", "image", "headline", "first_live_from")
    for section, slug, changed, image, title, published in stories.newest_first().values_list(*names)[:most]:
        path = f"{before}{section}{between}{slug}{after}"
        yield Page(path, changed, image["url"] if image else "", title, published)


def _within(stories: QuerySet[Edition], stretch: Stretch) -> QuerySet[Edition]:
    return stories.filter(first_live_from__gte=stretch.start, first_live_from__lt=stretch.end)


def _pages_of_records(kind: str, prefix: str, now: datetime) -> list[Page]:
    field, path_of = RECORDS[kind], _paths(kind)
    found = (
        _with_prefix(EditionQuote.objects.published(now), field, prefix).order_by(field).values_list(field)
    )
    return [
        Page(path_of(key), changed)
        for key, changed in found.annotate(changed=Max("edition__live_from"))[:PROTOCOL_MOST]
    ]


def _with_prefix(quotes: QuerySet[EditionQuote], field: str, prefix: str) -> QuerySet[EditionQuote]:
    """The quotes whose key begins so, as a range that an index has."""
    quotes = quotes.exclude(**{field: ""})
    if not prefix:
        return quotes
    stem = prefix.rstrip(ALPHABET[-1])  # the last sign of the alphabet has none after it
    quotes = quotes.filter(**{f"{field}__gte": prefix})
    if not stem:
        return quotes
    after = stem[:-1] + ALPHABET[ALPHABET.index(stem[-1]) + 1]
    return quotes.filter(**{f"{field}__lt": after})


def _pages_of_names(kind: str, start: str, now: datetime) -> list[Page]:
    path_of = _paths(kind)
    leads = FormerAddress.objects.leads(kind.removesuffix("s"))
    slugs = {leads.get(slug, slug) for slug in _names_shown(kind, start, now).values_list("slug", flat=True)}
    return [Page(path_of(slug)) for slug in sorted(slugs - {""})]


def _paths(kind: str) -> Callable[[str], str]:
    """What `reverse` says of a name of that kind. It is asked once: ten thousand times took a second."""
    before, after = reverse(f"articles:{kind.removesuffix('s')}", args=["name"]).split("name")
    return lambda slug: f"{before}{quote(slug)}{after}"


def _names_shown(kind: str, start: str, now: datetime) -> QuerySet:
    """A row for each of the next names from `start` on that stands in something readers see."""
    once = one_of_each(NAMES[kind], "slug", start=start, most=MOST).order_by("slug")
    return once.filter(Exists(_printed(kind, now).filter(**{_slug_field(kind): OuterRef("slug")})))


def _printed(kind: str, now: datetime) -> QuerySet:
    if kind == "speakers":
        return EditionQuote.objects.published(now).of_named_speakers()
    shown = Edition.objects.published(now).filter(pk=OuterRef("edition_id")).order_by()
    return NAMES[kind].objects.filter(Exists(shown))


def _slug_field(kind: str) -> str:
    return "speaker_slug" if kind == "speakers" else "slug"


# --- Which parts there are ------------------------------------------------------------------------


def all_parts(house: House) -> list[Part]:
    """Every part that has an address in it. The number of queries does not grow with the stories."""
    return [
        Part("pages"),
        *_parts_of_stories(house.now),
        *_parts_of_records(house.now),
        *_parts_of_names(house.now),
    ]


def _parts_of_stories(now: datetime) -> Iterator[Part]:
    dates = Edition.objects.values_list("first_live_from", flat=True)  # an index alone answers
    first, last = dates.order_by("first_live_from").first(), dates.order_by("-first_live_from").first()
    if first is None or last is None:
        return
    latest = Edition.objects.live(now).order_by("-live_from").values_list("first_live_from", "live_from")
    changes = list(latest[:CHANGES])
    for stretch in _not_too_full(months(first, last), now):
        changed = next((when for published, when in changes if stretch.holds(published)), None)
        yield Part(f"stories-{stretch.name}", changed=changed)


def _not_too_full(stretches: Sequence[Stretch], now: datetime) -> list[Stretch]:
    """Those that hold a story, divided until none holds more than a part may."""
    found: list[Stretch] = []
    full: list[Stretch] = []
    for stretch, (holds_some, holds_too_much) in zip(stretches, _asked(stretches, now), strict=True):
        if holds_too_much and stretch.divided():
            full.append(stretch)
        elif holds_some:
            found.append(stretch)
    if full:
        found += _not_too_full([piece for stretch in full for piece in stretch.divided()], now)
    return sorted(found, key=lambda stretch: stretch.start, reverse=True)


def _asked(stretches: Sequence[Stretch], now: datetime) -> Iterator[tuple[bool, bool]]:
    """Whether each stretch holds a story that can be read, and whether more editions than a part may.

    The second is asked of an index alone; old editions count too, so that it errs to the safe side.
    """
    # In the order of their dates, so that the first row of the stretch answers, and no other index is tried.
    published = Edition.objects.published(now).order_by("first_live_from")
    everything = Edition.objects.order_by("first_live_from")
    bounds = [(stretch.start, stretch.end) for stretch in stretches]
    samples = (SAMPLE.start, SAMPLE.end)
    some = ask_each(_within(published, SAMPLE).values("pk")[:1], samples, bounds)
    much = ask_each(_within(everything, SAMPLE).values("pk")[MOST : MOST + 1], samples, bounds)
    for one, another in zip(some, much, strict=True):
        yield one is not None, another is not None


def _parts_of_records(now: datetime) -> Iterator[Part]:
    """Keys are drawn by chance, so that their first signs divide them evenly: nothing needs to be counted."""
    rows = EditionQuote.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for kind, field in RECORDS.items():
        signs = _signs(min(rows, _about_how_many(field)))
        if not signs:
            if EditionQuote.objects.published(now).exclude(**{field: ""}).exists():
                yield Part(kind)
        elif rows > FEW:
            yield from (Part(f"{kind}-{''.join(start)}") for start in product(ALPHABET, repeat=signs))
        else:
            keys = different(EditionQuote, field)
            yield from (Part(f"{kind}-{start}") for start in _starts(keys, signs))


def _starts(keys: Iterable[str], signs: int) -> list[str]:
    return sorted({key[:signs] for key in keys if set(key[:signs]) <= set(ALPHABET)})


def _about_how_many(field: str) -> int:
    """About how many different keys there are: the first of them say how close they lie."""
    keys = different(EditionQuote, field, most=SAMPLED)
    if len(keys) < SAMPLED:
        return len(keys)
    place = 0.0
    for sign in reversed(keys[-1]):
        place = (max(0, ALPHABET.find(sign)) + place) / len(ALPHABET)
    return int(SAMPLED / max(place, 1e-9))


def _signs(rows: int) -> int:
    """How many signs of a key part so many records into parts of at most `MOST`, with room for chance."""
    signs = 0
    while rows > (len(ALPHABET) ** signs * ROOM if signs else MOST):
        signs += 1
    return signs


def _parts_of_names(now: datetime) -> Iterator[Part]:
    for kind, model in NAMES.items():
        if _printed(kind, now).exists():
            slugs = different(model, "slug")
            yield from (Part(kind, start=slug if place else "") for place, slug in enumerate(slugs[::MOST]))
