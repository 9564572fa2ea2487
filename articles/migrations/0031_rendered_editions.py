"""Parts of story pages, rendered beforehand. The table is filled by publishing and by `render_editions`."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0030_imported_stories"),
    ]

    operations = [
        migrations.CreateModel(
            name="RenderedEdition",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="rendered",
                        serialize=False,
                        to="articles.edition",
                    ),
                ),
                ("stamp", models.CharField(max_length=32, verbose_name="stamp")),
                (
                    "versions",
                    models.PositiveIntegerField(
                        help_text="How many versions the page counts.", verbose_name="versions"
                    ),
                ),
                ("teaser", models.TextField(verbose_name="teaser")),
                ("parts", models.BinaryField(verbose_name="parts of the page")),
            ],
            options={
                "verbose_name": "rendered edition",
                "verbose_name_plural": "rendered editions",
                "default_permissions": (),
            },
        ),
    ]
