"""Threads and comments on stories; notifications, and how each person wants them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_story_by_embargo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="What it is about; empty for the story as a whole.",
                        verbose_name="words",
                    ),
                ),
                ("start", models.PositiveIntegerField(null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(null=True, verbose_name="end")),
                ("resolved_at", models.DateTimeField(null=True, verbose_name="resolved at")),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="resolved by",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threads",
                        to="articles.story",
                        verbose_name="story",
                    ),
                ),
            ],
            options={
                "verbose_name": "thread",
                "verbose_name_plural": "threads",
                "ordering": ["start", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("edited_at", models.DateTimeField(null=True, verbose_name="edited at")),
                ("deleted_at", models.DateTimeField(null=True, verbose_name="deleted at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="articles.thread",
                        verbose_name="thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["at", "pk"],
                "default_permissions": ("add", "view"),
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mentioned", "Somebody mentions me with @"),
                            ("reply", "Somebody answers in a thread of mine, or resolves it"),
                            ("comment", "Somebody comments on a story of mine"),
                            ("assigned", "Something is assigned to me"),
                            ("submitted", "A story is submitted for review"),
                            ("returned", "A story of mine is returned"),
                            ("approved", "A story of mine is approved"),
                            ("published", "A story of mine is published or scheduled"),
                            ("corrected", "A story of mine is corrected or updated"),
                            ("taken_down", "A story of mine is spiked, unpublished or killed"),
                            ("verified", "A quote that I wrote in is verified"),
                            ("disputed", "A quote that I wrote in is disputed or withdrawn"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("shown", models.BooleanField(default=True, verbose_name="shown in the admin")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                (
                    "mail",
                    models.CharField(
                        choices=[("none", "no mail"), ("waiting", "to be sent"), ("sent", "sent")],
                        default="none",
                        max_length=8,
                        verbose_name="mail",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="articles.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.quote",
                        verbose_name="quote",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.story",
                        verbose_name="story",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["to", "-at"], name="notification_inbox"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True), ("shown", True)),
                        fields=["to"],
                        name="notification_unread",
                    ),
                    models.Index(
                        condition=models.Q(("mail", "waiting")), fields=["at"], name="notification_to_mail"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "to"), name="notification_once_per_event"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown", True), models.Q(("mail", "none"), _negated=True), _connector="OR"
                        ),
                        name="notification_reaches_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mentioned", "Somebody mentions me with @"),
                            ("reply", "Somebody answers in a thread of mine, or resolves it"),
                            ("comment", "Somebody comments on a story of mine"),
                            ("assigned", "Something is assigned to me"),
                            ("submitted", "A story is submitted for review"),
                            ("returned", "A story of mine is returned"),
                            ("approved", "A story of mine is approved"),
                            ("published", "A story of mine is published or scheduled"),
                            ("corrected", "A story of mine is corrected or updated"),
                            ("taken_down", "A story of mine is spiked, unpublished or killed"),
                            ("verified", "A quote that I wrote in is verified"),
                            ("disputed", "A quote that I wrote in is disputed or withdrawn"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("in_admin", models.BooleanField(verbose_name="in the admin")),
                ("by_mail", models.BooleanField(verbose_name="by e-mail")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_choices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of notifications",
                "verbose_name_plural": "choices of notifications",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("by", "kind"), name="notification_choice_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end__isnull", True), ("start__isnull", True)),
                    models.Q(
                        ("end__gt", models.F("start")),
                        ("end__isnull", False),
                        ("start__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="thread_stands_at_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="thread_resolved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deleted_at__isnull", True), models.Q(("text", ""), _negated=True)),
                    models.Q(("deleted_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="comment_deleted_without_text",
            ),
        ),
    ]
