"""Former addresses of sections, topics and authors: each leads to the present one for ever."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0026_published_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerAddress",
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
                        choices=[("section", "section"), ("topic", "topic"), ("author", "author")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("slug", models.CharField(max_length=120, verbose_name="former slug")),
                (
                    "now",
                    models.CharField(
                        blank=True,
                        help_text="Empty when the page was taken away.",
                        max_length=120,
                        verbose_name="slug now",
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "indexes": [models.Index(fields=["kind", "now"], name="former_address_by_now")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "slug"), name="former_address_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slug", ""), _negated=True),
                            models.Q(("slug", models.F("now")), _negated=True),
                        ),
                        name="former_address_leads_elsewhere",
                    ),
                ],
            },
        ),
    ]
