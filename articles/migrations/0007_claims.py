"""Claims: who is checking which quotation; and an index of the quotations that are not settled."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_speaker_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quotation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claim",
                        to="articles.quotation",
                        verbose_name="quotation",
                    ),
                ),
                (
                    "by",
                    models.OneToOneField(
                        help_text="Whoever opens another quotation lets this one go.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claim",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "until",
                    models.DateTimeField(help_text="Then the quotation is free again.", verbose_name="until"),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("at"))), name="claim_ends_after_it_begins"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="quotation",
            index=models.Index(
                condition=models.Q(("state__in", ["altered", "unattributed"])),
                fields=["story", "position"],
                name="quotation_unsettled",
            ),
        ),
    ]
