"""The version of the site: one row for each change that readers see."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_source_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "keys",
                    models.JSONField(
                        default=list,
                        help_text="Surrogate keys of what changed, such as “story-12”; none means every page.",
                        verbose_name="what changed",
                    ),
                ),
            ],
            options={
                "verbose_name": "change for readers",
                "verbose_name_plural": "changes for readers",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
    ]
