"""What every page of the paper shares: its sections, its clock, and how long anybody may keep a copy."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import lru_cache, wraps
from math import inf
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date, parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import (
    Brand,
    Edition,
    FormerAddress,
    FrontSlot,
    Paper,
    PolicyEdition,
    PolicyLink,
    Section,
    SiteChange,
    read_links,
)
from articles.models.json_rows import json_rows
from articles.models.prepared import Prepared
from articles.models.surrogate import EVERYTHING, HEADER, page_keys
from articles.text.colour import read_colour
from articles.text.look import stylesheet

MAX_AGE = 60  # seconds that a reader's browser, or a cache in front, may keep a page
FOR_CDN = "CDN-Cache-Control"
MAX_WAIT = 30  # seconds for which a CDN may give a page while it asks for the next
MAX_HELP = 24 * 60 * 60  # seconds for which it may, while the site does not answer
DESKS = 6  # colours for sections in newsroom.css

Made = TypeVar("Made")
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class House:
    """The paper at one moment. One query, whatever page it is for."""

    now: datetime
    sections: tuple[Section, ...] = ()
    changed_at: datetime | None = None  # when readers last saw something change
    changes_at: datetime | None = None  # the next scheduled change: a story, its place, or the day
    ends_at: datetime | None = None  # when the next edition ends by its schedule
    version: int = 0  # grows with each change for readers
    paper: Paper = field(default_factory=Paper)  # its name, tagline, logo, colours
    policies: tuple[PolicyLink, ...] = ()  # what it promises, in the order of the list
    leads: dict[str, str] = field(default_factory=dict, hash=False)  # former slugs of sections
    # What was made of all this and is the same until something changes, such as the masthead.
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def section(self, slug: str) -> Section | None:
        """The section with that slug, or that had it once; None when there is none."""
        now = self.leads.get(slug, slug)
        return next((section for section in self.sections if section.slug == now), None)

    def section_slugs(self, slug: str) -> list[str]:
        """The slug of a section and those that it had: its stories were printed under all of them."""
        return [slug, *(former for former, now in self.leads.items() if now == slug)]

    def policy(self, kind: str) -> PolicyLink | None:
        """The published policy of that kind, or None."""
        return next((policy for policy in self.policies if policy.kind == kind), None)

    def desk(self, slug: str) -> str:
        """The name of a section's colour in stylesheets: a number, or its slug when the colour is its own.

        "0" for a section that is no more.
        """
        return self.once(("desk", slug), lambda: self._desk(slug))

    def _desk(self, slug: str) -> str:
        now = self.leads.get(slug, slug)
        for place, section in enumerate(self.sections):
            if section.slug == now:
                return now if read_colour(section.colour) else str(place % DESKS + 1)
        return "0"

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of the house alone, made once until something changes for readers."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    @property
    def stylesheet(self) -> str:
        """What differs from the stylesheet of the program, as CSS; empty when nothing does."""
        return stylesheet(self.paper.look({section.slug: section.colour for section in self.sections}))

    @property
    def stylesheet_stamp(self) -> str:
        """A short name for the stylesheet, for its address; empty when there is none."""
        css = self.once("stylesheet", lambda: self.stylesheet)
        return hashlib.sha256(css.encode()).hexdigest()[:12] if css else ""

    def left(self, moment: datetime | None) -> float:
        """The seconds until a moment; those of ever until none."""
        return (moment - self.now).total_seconds() if moment else inf

    @property
    def max_age(self) -> int:
        """Seconds that a page may be kept: not beyond the next scheduled change."""
        if self.changes_at is None:
            return MAX_AGE
        return max(0, min(MAX_AGE, int((self.changes_at - self.now).total_seconds())))


VERSION = Prepared(SiteChange.objects.total)
_last: dict[str, House] = {}  # of this process, by the database that was asked


def open_house() -> House:
    """Ask the clock, and the database once; twice when something has changed since this process asked last.

    What pages share is read anew for each version of the site, and whenever something scheduled happens.
    """
    now = timezone.now()
    # Within a transaction one sees what nobody else may ever see: that is no house for others.
    if transaction.get_connection(VERSION.alias).in_atomic_block:
        return _ask(now)
    last = _last.get(VERSION.alias)
    if last and last.now <= now and (last.changes_at is None or now < last.changes_at):
        rows = VERSION.ask()
        if rows and rows[0][0] == last.version:
            return replace(last, now=now)
    house = _ask(now)
    if house.version:  # 0: nothing would tell of a change
        _last[VERSION.alias] = house
    return house


def _ask(now: datetime) -> House:
    editions = Edition.objects.order_by()
    sections = tuple(
        Section.objects.annotate(
            began=_first(editions.filter(live_from__lte=now), "-live_from"),
            ended=_first(editions.filter(live_until__lte=now), "-live_until"),
            begins=_first(editions.filter(live_from__gt=now), "live_from"),
            ends=_first(editions.filter(live_until__gt=now), "live_until"),
            leaves=Subquery(FrontSlot.objects.filter(until__gt=now).order_by("until").values("until")[:1]),
            told=Subquery(SiteChange.objects.order_by("-pk").values("at")[:1]),
            version=SiteChange.objects.version(),
            # In the same query, once for each section: some hundred bytes, and no page costs a query more.
            brand=Brand.objects.stored(),
            promises=PolicyEdition.objects.links(now),
            former=json_rows(FormerAddress.objects.filter(kind="section"), slug="slug", now="now"),
        )
    )
    if not sections:
        return House(now, paper=Brand.objects.paper())
    clock = sections[0]
    return House(
        now=now,
        sections=sections,
        changed_at=max(filter(None, [clock.began, clock.ended, clock.told]), default=None),
        ends_at=clock.ends,
        changes_at=min(filter(None, [clock.begins, clock.ends, clock.leaves, _next_midnight(now)])),
        version=int(clock.version or 0),  # PostgreSQL sums up to a Decimal
        paper=Paper.of(clock.brand),
        policies=read_links(clock.promises),
        leads={row["slug"]: row["now"] for row in clock.former or ()},
    )


def cdn_control(left: float, ends: float) -> str:
    """What a CDN is told that forgets what it is told to (NEWSROOM_PURGE).

    `left` seconds are left until something scheduled changes the page, `ends` until something is taken down:
    beyond that it is not even given when nothing else can be.
    """
    seconds = int(max(0, min(settings.NEWSROOM_CDN_SECONDS, left)))
    after = max(0, ends - seconds)
    wait, help_ = int(min(MAX_WAIT, after)), int(min(MAX_HELP, after))
    return f"public, max-age={seconds}, stale-while-revalidate={wait}, stale-if-error={help_}"


def read_only(view: View) -> View:
    """Let the view answer GET and HEAD; whoever sends anything gets 405 with `Allow`, token or not."""
    return csrf_exempt(require_safe(view))


def public_page(view: View) -> View:
    """Give the read-only view `request.house`, and its page a short public life and a conditional GET.

    A reader who already has the current page gets 304 for the price of one query, without rendering.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        house = request.house = open_house()
        if learn := request.META.get("newsroom.learn"):
            learn(house)  # a store in front hears when the page changes
        tag = page_tag(request, house)
        # The tag alone decides: a date could be invented for an address that never was.
        if tag and tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _with_life(HttpResponseNotModified(), house, tag)
        response = view(request, *args, **kwargs)
        response.headers[HEADER] = page_keys(request.keys) if hasattr(request, "keys") else EVERYTHING
        if response.status_code == 200:
            _with_life(response, house, tag)
        elif response.status_code == 301:
            response.headers["Cache-Control"] = f"public, max-age={house.max_age}"
        if settings.NEWSROOM_CDN_SECONDS and response.status_code in (200, 301, 410):
            response.headers[FOR_CDN] = cdn_control(house.left(house.changes_at), house.left(house.ends_at))
        return response

    return read_only(wrapped)


def depends_on(request: HttpRequest, *keys: str) -> None:
    """Say what the page that is asked for depends on (`models.surrogate`), beside the paper itself.

    What is said in several places adds up. A page for which nothing is said depends on everything.
    """
    request.keys = [*getattr(request, "keys", ()), *keys]


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a reader's page: `context`, and the house for its navigation."""
    house = getattr(request, "house", None) or open_house()
    return render(
        request, template, {"house": house, "newsroom": house.paper, **(context or {})}, status=status
    )


def page_tag(request: HttpRequest, house: House) -> str:
    """The ETag of a page, from all that can change it. Empty where templates are being edited."""
    if settings.DEBUG or house.changed_at is None:
        return ""
    state = house.once("state", lambda: _state(house))
    return f'W/"{hashlib.sha256(f"{state} {request.get_full_path()}".encode()).hexdigest()[:32]}"'


def _state(house: House) -> str:
    """All that can change a page, but its address."""
    sections = [f"{s.slug} {s.name} {s.description} {s.colour}" for s in house.sections]
    today = timezone.localdate(house.now)
    return repr([house.changed_at, house.version, today, sections, house.paper, release()])


@lru_cache(maxsize=1)
def release() -> str:
    """A fingerprint of the templates, assets and names of this deployment."""
    digest = hashlib.sha256(repr([settings.NEWSROOM_NAME, settings.NEWSROOM_TAGLINE]).encode())
    digest.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in sorted(Path(folder).rglob("*.html")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _next_midnight(now: datetime) -> datetime:
    """When the day changes here: lists say of a story of today the hour, and of others the day."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


def _first(editions: QuerySet[Edition], order: str) -> Subquery:
    return Subquery(editions.order_by(order).values(order.removeprefix("-"))[:1])


def _with_life(response: HttpResponse, house: House, tag: str) -> HttpResponse:
    response.headers["Cache-Control"] = f"public, max-age={house.max_age}"
    if tag:
        response.headers["ETag"] = tag
    if house.changed_at:
        response.headers["Last-Modified"] = http_date(house.changed_at.timestamp())
    return response
