"""Which stories came from another system: an own small table, so that each comes in once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_merged_speakers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedStory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "identifier",
                    models.CharField(
                        help_text="What the other system calls it.",
                        max_length=500,
                        unique=True,
                        verbose_name="identifier",
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="Of what came in, to tell whether it changed there since.",
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        blank=True,
                        help_text="The path that readers had, such as “/2009/ferry.html”; it leads to the story for ever.",
                        max_length=500,
                        verbose_name="former address",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="imported at")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported_from",
                        to="articles.story",
                        verbose_name="story",
                    ),
                ),
            ],
            options={
                "verbose_name": "imported story",
                "verbose_name_plural": "imported stories",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("path", ""), _negated=True),
                        fields=["path"],
                        name="imported_story_by_path",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("identifier", ""), _negated=True),
                        name="imported_story_has_an_identifier",
                    )
                ],
            },
        ),
    ]
