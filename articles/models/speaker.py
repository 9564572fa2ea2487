"""Who says things, and what they were when they said them."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.text.name_forms import exact_key, name_keys


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Questions about speakers."""

    def standing(self) -> "SpeakerQuerySet":
        """Speakers that were not merged into another: those that can be chosen."""
        return self.filter(merged_into__isnull=True)

    def called(self, names: Iterable[str]) -> "SpeakerQuerySet":
        """Named speakers that have one of `names` as their name or among their other names."""
        keys = {exact_key(name) for name in names} - {""}
        found = SpeakerName.objects.filter(sort=SpeakerName.Sort.EXACT, key__in=keys)
        return self.standing().filter(pk__in=found.values("speaker"), unnamed=False)


class Speaker(models.Model):
    """A person or an organisation whose words the paper prints."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(
        _("name"),
        max_length=160,
        db_index=True,
        help_text=_(
            "The full name. For an unnamed speaker, the words that readers see, such as “a senior official”."
        ),
    )
    slug = models.SlugField(_("slug"), max_length=160, unique=True)
    aliases = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        help_text=_("Other spellings and names this speaker goes by."),
    )
    bio = models.TextField(_("biography"), blank=True, help_text=_("Shown to readers on the speaker's page."))
    photo = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    external_ids = models.JSONField(
        _("external identifiers"),
        default=dict,
        blank=True,
        help_text=_("Such as {“wikidata”: “Q42”}: they tell other sites which person this is."),
    )
    unnamed = models.BooleanField(
        _("unnamed"), default=False, help_text=_("The name is not printed. A reason is then needed.")
    )
    unnamed_reason = models.CharField(
        _("reason for not naming"),
        max_length=300,
        blank=True,
        help_text=_(
            "Printed with the quotation, such as “because she is not authorised to speak about the talks”."
        ),
    )
    known_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("identity known to"),
        help_text=_("The editor who knows who the unnamed speaker is."),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged",
        verbose_name=_("merged into"),
        help_text=_("The record that holds everything since the two were merged."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]
        permissions = [("merge_speaker", _("Can merge two speakers"))]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_a_name"),
            models.CheckConstraint(
                condition=Q(unnamed=True) | Q(unnamed_reason=""), name="speaker_reason_only_when_unnamed"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="speaker_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(unnamed=False), name="speaker_merged_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SpeakerNameQuerySet(models.QuerySet["SpeakerName"]):
    """Keeping the keys in line with the names of speakers."""

    def renew(self, speakers: Iterable[Speaker]) -> None:
        """Write the keys of `speakers` anew; for `workflow`, after their names changed. Two queries."""
        stored = list(speakers)
        self.filter(speaker__in=[speaker.pk for speaker in stored]).delete()
        self.bulk_create([row for speaker in stored for row in SpeakerName.rows_of(speaker)], batch_size=500)


class SpeakerName(models.Model):
    """A key under which a speaker is found by name, so that a text never has to ask all speakers.

    Unnamed speakers and those merged into another have none.
    """

    class Sort(models.TextChoices):
        EXACT = "exact", _("the name as printed")
        NEAR = "near", _("shared with other forms of the name")
        PART = "part", _("a shorter name")

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="name_keys", verbose_name=_("speaker"), db_index=False
    )
    sort = models.CharField(_("sort"), max_length=5, choices=Sort)
    key = models.CharField(_("key"), max_length=160)

    objects = SpeakerNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a speaker's name")
        verbose_name_plural = _("keys of speakers' names")
        indexes = [models.Index(fields=["key", "sort", "speaker"], name="speaker_by_name_key")]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "sort", "key"], name="speaker_name_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="speaker_name_key_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def rows_of(cls, speaker: Speaker) -> "list[SpeakerName]":
        """The unsaved keys of a speaker."""
        if speaker.unnamed or speaker.merged_into_id is not None:
            return []
        names = [speaker.name, *map(str, speaker.aliases)]
        keys = name_keys(names, organisation=speaker.kind == Speaker.Kind.ORGANISATION)
        return [cls(speaker=speaker, sort=sort, key=key) for sort, key in sorted(keys)]


class SpeakersApart(models.Model):
    """Somebody said that two speakers are two people, so that nobody is asked again."""

    first = models.ForeignKey(Speaker, models.CASCADE, related_name="+", verbose_name=_("the older record"))
    second = models.ForeignKey(Speaker, models.CASCADE, related_name="+", verbose_name=_("the newer record"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("two people")
        verbose_name_plural = _("two people")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="speakers_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="speakers_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"


class RoleQuerySet(models.QuerySet["Role"]):
    """Questions about roles."""

    def held_on(self, day: datetime.date) -> "RoleQuerySet":
        """Roles held on `day`; an open end counts as held."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
        )


class Role(models.Model):
    """A title and organisation that a speaker held from one day until another."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="roles", verbose_name=_("speaker"))
    title = models.CharField(_("title"), max_length=160, help_text=_("Such as “Harbour Master”."))
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty while the role is held."))

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = [F("since").desc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="role_has_a_title"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="role_ends_after_it_begins",
                violation_error_message=_("The role ends before it begins. Look at the two dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}" if self.organisation else self.title
