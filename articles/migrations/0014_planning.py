"""Desks, assignments, templates of stories, notes on days and reminders; how long a story should be."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_comment_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="length_target",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100000),
                ],
                verbose_name="length in words",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentioned", "Somebody mentions me with @"),
                    ("reply", "Somebody answers in a thread of mine, or resolves it"),
                    ("comment", "Somebody comments on a story of mine"),
                    (
                        "assigned",
                        "An assignment is given to me, moved or sent back; one that I gave is filed",
                    ),
                    ("submitted", "A story is submitted for review"),
                    ("returned", "A story of mine is returned"),
                    ("approved", "A story of mine is approved"),
                    ("published", "A story of mine is published or scheduled"),
                    ("corrected", "A story of mine is corrected or updated"),
                    ("taken_down", "A story of mine is spiked, unpublished or killed"),
                    ("verified", "A quote that I wrote in is verified"),
                    ("disputed", "A quote that I wrote in is disputed or withdrawn"),
                    ("reminder", "A story wants another look, or something of mine falls due"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="notificationchoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentioned", "Somebody mentions me with @"),
                    ("reply", "Somebody answers in a thread of mine, or resolves it"),
                    ("comment", "Somebody comments on a story of mine"),
                    (
                        "assigned",
                        "An assignment is given to me, moved or sent back; one that I gave is filed",
                    ),
                    ("submitted", "A story is submitted for review"),
                    ("returned", "A story of mine is returned"),
                    ("approved", "A story of mine is approved"),
                    ("published", "A story of mine is published or scheduled"),
                    ("corrected", "A story of mine is corrected or updated"),
                    ("taken_down", "A story of mine is spiked, unpublished or killed"),
                    ("verified", "A quote that I wrote in is verified"),
                    ("disputed", "A quote that I wrote in is disputed or withdrawn"),
                    ("reminder", "A story wants another look, or something of mine falls due"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who answers for the desk.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lead",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk",
                "verbose_name_plural": "desks",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DayNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                ("text", models.CharField(max_length=300, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for the whole newsroom.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.desk",
                        verbose_name="desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a day",
                "verbose_name_plural": "notes on days",
                "ordering": ["day", "pk"],
                "default_permissions": ("add", "change", "view"),
            },
        ),
        migrations.CreateModel(
            name="StoryTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="What writers choose, such as “Court report”.",
                        max_length=80,
                        unique=True,
                        verbose_name="name",
                    ),
                ),
                (
                    "headline",
                    models.CharField(
                        blank=True,
                        help_text="A pattern for the headline, such as “[Home] [0–0] [Away]”. The writer replaces it.",
                        max_length=300,
                        verbose_name="headline",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Subheads and prompts. The writer replaces what stands there.",
                        verbose_name="body",
                    ),
                ),
                (
                    "type_of_work",
                    models.CharField(
                        choices=[
                            ("news", "news"),
                            ("analysis", "analysis"),
                            ("opinion", "opinion"),
                            ("background", "background"),
                            ("review", "review"),
                            ("advertiser", "advertiser content"),
                        ],
                        default="news",
                        max_length=12,
                        verbose_name="type of work",
                    ),
                ),
                (
                    "topics",
                    models.JSONField(
                        blank=True, default=list, help_text="One a line.", verbose_name="topics"
                    ),
                ),
                (
                    "length_target",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How long such a story should be.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="length in words",
                    ),
                ),
                (
                    "retired",
                    models.BooleanField(
                        default=False,
                        help_text="A retired template is no longer offered.",
                        verbose_name="retired",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.section",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "story template",
                "verbose_name_plural": "story templates",
                "ordering": ["name"],
                "default_permissions": ("add", "change", "view"),
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="look again at")),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="What to look for, such as “Has the court ruled?”",
                        max_length=300,
                        verbose_name="note",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="told at"),
                ),
                (
                    "done_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="done at"),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="articles.story",
                        verbose_name="story",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["at", "pk"],
                "default_permissions": ("add",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["user", "at"], name="reminder_of_user"
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None), ("told_at", None)),
                        fields=["at"],
                        name="reminder_to_tell",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "headline",
                    models.CharField(
                        help_text="In a few words, as a headline would say it.",
                        max_length=300,
                        verbose_name="what is wanted",
                    ),
                ),
                (
                    "brief",
                    models.TextField(
                        blank=True,
                        help_text="What to find out, whom to ask, what to leave out.",
                        verbose_name="brief",
                    ),
                ),
                (
                    "slugline",
                    models.CharField(
                        blank=True,
                        help_text="What the desk calls the story, such as “barrier-vote”.",
                        max_length=80,
                        verbose_name="slugline",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "length_target",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="length in words",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("filed", "filed"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        editable=False,
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave it empty, and whoever can take it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "story",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignment",
                        to="articles.story",
                        verbose_name="story",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="articles.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        help_text="What the story begins from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.storytemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["due_at", "pk"],
                "permissions": [("work_assignment", "Can take, accept and file assignments")],
                "default_permissions": ("add", "change", "view"),
                "indexes": [
                    models.Index(fields=["due_at"], name="assignment_by_due"),
                    models.Index(fields=["status", "due_at"], name="assignment_by_status"),
                    models.Index(fields=["assignee", "status", "due_at"], name="assignment_by_assignee"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "accepted", "filed", "done", "cancelled"])
                        ),
                        name="assignment_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["accepted", "filed"]), _negated=True),
                            ("assignee__isnull", False),
                            _connector="OR",
                        ),
                        name="assignment_accepted_by_somebody",
                    ),
                ],
            },
        ),
    ]
