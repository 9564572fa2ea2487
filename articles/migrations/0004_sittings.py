"""Open forms of stories, with what is typed there and not saved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="window")),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="The version of the story that the form began with.",
                        verbose_name="version",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("seen_at", models.DateTimeField(verbose_name="last seen at")),
                (
                    "typed",
                    models.JSONField(
                        default=dict, help_text="The fields of the form as they stand.", verbose_name="typed"
                    ),
                ),
                (
                    "kept_at",
                    models.DateTimeField(
                        help_text="When something was typed last; empty when all of it is saved.",
                        null=True,
                        verbose_name="kept at",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sittings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        help_text="Empty while the story was never saved.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sittings",
                        to="articles.story",
                        verbose_name="story",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken over by",
                    ),
                ),
            ],
            options={
                "verbose_name": "open form",
                "verbose_name_plural": "open forms",
                "ordering": ["-seen_at"],
                "indexes": [
                    models.Index(fields=["story", "-seen_at"], name="sitting_at_story"),
                    models.Index(fields=["by", "-kept_at"], name="sitting_unsaved"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "key"), name="sitting_once_per_window"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept_at__isnull", True), ("typed", {})),
                            ("kept_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sitting_without_words_is_empty",
                    ),
                ],
            },
        ),
    ]
