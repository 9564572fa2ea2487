"""What readers see: immutable published versions, with everything that a public page needs.

An edition is visible from `live_from` until `live_until`; public queries ask the clock, so that a
scheduled story appears to the second with no worker. A killed or unpublished story is an edition too: one
that is `gone` and carries the notice. Old editions keep old addresses, so redirects need no own table.
"""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.frozen import FrozenModel, FrozenQuerySet
from articles.models.published_words import QuoteWords, StoryWords
from articles.text.excerpts import alone


def live_at(now: datetime.datetime, prefix: str = "") -> Q:
    """The condition “readers see it at `now`”, for an edition reached through `prefix`."""
    until = Q(**{f"{prefix}live_until__isnull": True}) | Q(**{f"{prefix}live_until__gt": now})
    return Q(**{f"{prefix}live_from__lte": now}) & until


class EditionQuerySet(FrozenQuerySet):
    """Questions that readers' pages ask."""

    def live(self, now: datetime.datetime | None = None) -> "EditionQuerySet":
        """The current edition of each story, notices of killed stories included."""
        return self.filter(live_at(now or timezone.now()))

    def published(self, now: datetime.datetime | None = None) -> "EditionQuerySet":
        """The current edition of each story that can be read."""
        return self.live(now).filter(gone=False)

    def once_live(self, now: datetime.datetime | None = None) -> "EditionQuerySet":
        """Every edition that readers saw at some time, the current ones included.

        An edition whose schedule was cancelled ended when it began: readers never saw it.
        """
        moment = now or timezone.now()
        seen = Q(live_until__isnull=True) | Q(live_until__gt=F("live_from"))
        return self.filter(seen, live_from__lte=moment)

    def open(self) -> "EditionQuerySet":
        """The last edition of each story, whether or not its time has come."""
        return self.filter(live_until__isnull=True)

    def newest_first(self) -> "EditionQuerySet":
        """By first publication, so that a correction does not bring a story back to the top."""
        return self.order_by("-first_live_from", "-pk")

    def for_list(self) -> "EditionQuerySet":
        """What a list of stories shows, in one query: no body."""
        return self.newest_first().defer("body_html", "body_text")

    def with_everything(self) -> "EditionQuerySet":
        """What a story page shows, quotes and corrections included: three queries, however many there are."""
        return self.prefetch_related("quotes", "story_corrections")

    def end(self, at: datetime.datetime) -> int:
        """Close editions at `at`: the one thing about an edition that changes. For `workflow` only."""
        return self._let_last(at)

    def reopen(self) -> int:
        """Undo `end`, when what should have followed was cancelled. For `workflow` only."""
        return self._let_last(None)

    def _let_last(self, until: datetime.datetime | None) -> int:
        # Search asks the clock of its own rows, so that it need not look at every edition that it finds.
        QuoteWords.objects.ends(self, until)
        StoryWords.objects.ends(self, until)
        return models.QuerySet.update(self, live_until=until)


class Edition(FrozenModel):
    """One published version of a story, written once."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first published")
        SAME = "same", _("no change of substance")
        CORRECTION = "correction", _("correction")
        CLARIFICATION = "clarification", _("clarification")
        UPDATE = "update", _("update")
        RETRACTION = "retraction", _("retraction")
        RECORD = "record", _("the record of a quotation changed")
        UNPUBLISHED = "unpublished", _("unpublished")
        KILLED = "killed", _("killed")

    story = models.ForeignKey(
        "articles.Story", models.PROTECT, related_name="editions", verbose_name=_("story")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    story_version = models.PositiveIntegerField(_("version of the story"))
    live_from = models.DateTimeField(_("live from"))
    live_until = models.DateTimeField(_("live until"), null=True, blank=True)
    first_live_from = models.DateTimeField(_("first live from"))
    gone = models.BooleanField(_("gone"), default=False)
    notice = models.TextField(
        _("notice"), blank=True, help_text=_("What readers are told when the story is gone.")
    )

    section_slug = models.SlugField(_("section's slug"), max_length=60, db_index=False)
    section_name = models.CharField(_("section"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=120)
    headline = models.CharField(_("headline"), max_length=300)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    dek = models.CharField(_("dek"), max_length=400, blank=True)
    dateline = models.CharField(_("dateline"), max_length=120, blank=True)
    body_html = models.TextField(_("body"), help_text=_("Rendered, quotations marked."))
    body_text = models.TextField(_("text"), help_text=_("The body without markup, for search and feeds."))
    word_count = models.PositiveIntegerField(_("words"), default=0)
    type_of_work = models.CharField(_("type of work"), max_length=12)
    developing = models.BooleanField(_("developing"), default=False)
    image = models.JSONField(
        _("lead image"),
        null=True,
        blank=True,
        help_text=_(
            "{url, width, height, alt, caption, credit, focus_x, focus_y,"
            " renditions: [{url, width, height, type}]}"
        ),
    )
    bylines = models.JSONField(
        _("bylines"), default=list, help_text=_("[{name, slug}] in the order printed.")
    )
    topics = models.JSONField(_("topics"), default=list, help_text=_("[{name, slug}]"))
    change_note = models.TextField(_("what changed"), blank=True)
    approved_by_name = models.CharField(_("edited by"), max_length=160, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-live_from", "-pk"]
        indexes = [
            models.Index(fields=["-first_live_from", "-id"], name="edition_recent"),
            models.Index(
                fields=["section_slug", "-first_live_from", "-id"], name="edition_recent_in_section"
            ),
            models.Index(fields=["live_from"], name="edition_by_start"),
            models.Index(fields=["live_until"], name="edition_by_end"),
            models.Index(fields=["section_slug", "slug"], name="edition_by_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["story"], condition=Q(live_until__isnull=True), name="edition_one_open_per_story"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(live_until__isnull=True), name="edition_slug_once"
            ),
            models.CheckConstraint(
                condition=Q(live_until__isnull=True) | Q(live_until__gte=F("live_from")),
                name="edition_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_is_positive"),
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(slug="") & ~Q(section_slug=""), name="edition_has_an_address"
            ),
            models.CheckConstraint(condition=Q(gone=False) | ~Q(notice=""), name="edition_gone_has_a_notice"),
            models.CheckConstraint(
                condition=Q(first_live_from__lte=F("live_from")), name="edition_first_is_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"

    def get_absolute_url(self) -> str:
        """The address of the story for readers."""
        return reverse("articles:story", args=[self.section_slug, self.slug])

    @property
    def changed(self) -> bool:
        """Whether this is not the first version that readers saw."""
        return self.live_from > self.first_live_from


class EditionByline(FrozenModel):
    """The author of an edition, to find editions by author; `Edition.bylines` is what pages print."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="byline_rows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120)

    class Meta(FrozenModel.Meta):
        abstract = False
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["slug", "edition"], name="edition_byline_by_author")]

    def __str__(self) -> str:
        return self.name


class EditionTopic(FrozenModel):
    """The topic of an edition, to find editions by topic; `Edition.topics` is what pages print."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="topic_rows")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100)

    class Meta(FrozenModel.Meta):
        abstract = False
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["slug", "edition"], name="edition_topic_by_topic")]

    def __str__(self) -> str:
        return self.name


class EditionQuoteQuerySet(FrozenQuerySet):
    """Questions about published quotes."""

    def published(self, now: datetime.datetime | None = None) -> "EditionQuoteQuerySet":
        """Quotes as they stand in current editions that can be read; a shared quote once for each story."""
        # As a question about each row, so that a list may stop as soon as it has enough of them.
        readable = Edition.objects.published(now).filter(pk=OuterRef("edition_id")).order_by()
        return self.filter(Exists(readable))

    def once_each(self, now: datetime.datetime | None = None) -> "EditionQuoteQuerySet":
        """Each published quote once: as the newest edition that uses it has it."""
        moment = now or timezone.now()
        same = EditionQuote.objects.published(moment).filter(quote_key=OuterRef("quote_key"))
        newer = same.filter(pk__gt=OuterRef("pk"))
        return self.published(moment).filter(~Exists(newer))

    def of_named_speakers(self) -> "EditionQuoteQuerySet":
        """Quotes whose speaker has a page: an unnamed one has none, since it would gather what identifies."""
        return self.exclude(speaker_slug="").exclude(speaker__unnamed=True)

    def by_date(self) -> "EditionQuoteQuerySet":
        """The latest words first; words without a date last."""
        return self.order_by(F("said_on").desc(nulls_last=True), "-pk")

    def with_edition(self) -> "EditionQuoteQuerySet":
        """Quotes with the edition that prints them, without its body."""
        return self.select_related("edition").defer("edition__body_html", "edition__body_text")


class EditionQuote(FrozenModel):
    """A quote as it was when the edition was made: who said it, as what, when, where, checked by whom."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="quotes")
    position = models.PositiveIntegerField()
    quote_key = models.CharField(max_length=16)
    segments = models.JSONField(help_text="The words as this story prints them.")
    words = models.TextField()
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=12, default="en")
    original_words = models.TextField(blank=True)
    original_language = models.CharField(max_length=12, blank=True)

    speaker_slug = models.SlugField(max_length=160)
    speaker_name = models.CharField(max_length=160)
    speaker = models.JSONField(
        default=dict,
        help_text="{kind, bio, unnamed, unnamed_reason, external_ids,"
        " roles: [{title, organisation, since, until}]}",
    )
    role_title = models.CharField(max_length=160, blank=True)
    role_organisation = models.CharField(max_length=160, blank=True)
    occasion = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=160, blank=True)
    said_on = models.DateField(null=True, blank=True)

    source_key = models.CharField(
        max_length=16, blank=True, help_text="Empty when the source is confidential."
    )
    source = models.JSONField(
        default=dict,
        help_text="{kind, kind_name, title, publisher, url, date, terms, place, sha256, captured_at, passage,"
        " passage_spans}"
        " or {confidential: true}",
    )
    verification = models.CharField(max_length=12)
    verified_by_name = models.CharField(max_length=160, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    history = models.JSONField(
        default=list, help_text="[{at, verification, label, by, method, note}], oldest first."
    )

    objects = EditionQuoteQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("published quote")
        verbose_name_plural = _("published quotes")
        ordering = ["edition", "position"]
        indexes = [
            models.Index(fields=["quote_key", "edition"], name="edition_quote_by_key"),
            models.Index(fields=["speaker_slug", "-said_on"], name="edition_quote_by_speaker"),
            models.Index(fields=["speaker_slug", "-id"], name="edition_quote_new_by_speaker"),
            models.Index(fields=["verification", "-id"], name="edition_quote_new_by_state"),
            models.Index(fields=["source_key", "edition"], name="edition_quote_by_source"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_quote_position_once"),
            models.CheckConstraint(condition=~Q(quote_key=""), name="edition_quote_has_a_key"),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """The permalink of the quote."""
        return reverse("articles:quote", args=[self.quote_key])

    @property
    def has_speaker_page(self) -> bool:
        """Whether the speaker is named, and so has a page."""
        return bool(self.speaker_slug) and not self.speaker.get("unnamed")

    @property
    def in_marks(self) -> str:
        """The words as they stand alone, each unbroken stretch in quotation marks."""
        return " … ".join(f"“{alone(segment)}”" for segment in self.segments)

    @property
    def role_line(self) -> str:
        """What the speaker was when the words were said."""
        return ", ".join(filter(None, [self.role_title, self.role_organisation]))

    @property
    def fits_large(self) -> bool:
        """Whether the words make a pull quote: one unbroken stretch, neither a fragment nor a speech."""
        return len(self.segments) == 1 and 40 <= len(self.words) <= 190

    @property
    def contested(self) -> bool:
        """Whether readers must be warned before they trust these words."""
        return self.verification in ("disputed", "withdrawn")

    @property
    def anchor(self) -> str:
        """The fragment of this quotation in the story's page."""
        return f"q-{self.quote_key}"


class CorrectionQuerySet(FrozenQuerySet):
    """Questions about corrections."""

    def published(self, now: datetime.datetime | None = None) -> "CorrectionQuerySet":
        """Corrections of stories that can be read now: those that the current edition shows."""
        # As a question about each row, so that the list, which an index has in its order, may stop early.
        shown = Correction.editions.through.objects.filter(
            live_at(now or timezone.now(), "edition__"), correction=OuterRef("pk"), edition__gone=False
        )
        return self.filter(Exists(shown))

    def with_stories(self, now: datetime.datetime | None = None) -> "CorrectionQuerySet":
        """Corrections with `current`, the edition that readers see now in a list of one. Two queries."""
        editions = Edition.objects.published(now).defer("body_html", "body_text")
        return self.prefetch_related(models.Prefetch("editions", queryset=editions, to_attr="current"))


class Correction(FrozenModel):
    """What was wrong and what is right, in words for readers. It belongs to the edition that mended it.

    Every later edition of the story shows it too.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        CLARIFICATION = "clarification", _("clarification")
        UPDATE = "update", _("update")
        RETRACTION = "retraction", _("retraction")

    made_in = models.ForeignKey(
        Edition, models.PROTECT, related_name="corrections_made", verbose_name=_("edition")
    )
    editions = models.ManyToManyField(Edition, related_name="story_corrections", verbose_name=_("shown by"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    text = models.TextField(_("text"), help_text=_("What was wrong and what is right. Readers see it."))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects = CorrectionQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = False
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="correction_recent")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="correction_has_a_text")]

    def __str__(self) -> str:
        return self.text
