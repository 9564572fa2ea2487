"""One row for each place that reports come from, so that a limit holds for several at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_quoted_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputeSender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=64, unique=True)),
                ("times", models.JSONField(default=list, help_text="Seconds since 1970, of the last day.")),
                ("last_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "place that reports come from",
                "verbose_name_plural": "places that reports come from",
                "default_permissions": (),
            },
        ),
        migrations.DeleteModel(
            name="DisputeAttempt",
        ),
    ]
