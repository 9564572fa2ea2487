"""Speakers merged into another, the keys of their names, and those who are two people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_sittings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeakerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("exact", "the name as printed"),
                            ("near", "shared with other forms of the name"),
                            ("part", "a shorter name"),
                        ],
                        max_length=5,
                        verbose_name="sort",
                    ),
                ),
                ("key", models.CharField(max_length=160, verbose_name="key")),
            ],
            options={
                "verbose_name": "key of a speaker's name",
                "verbose_name_plural": "keys of speakers' names",
            },
        ),
        migrations.CreateModel(
            name="SpeakersApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "two people",
                "verbose_name_plural": "two people",
            },
        ),
        migrations.AlterModelOptions(
            name="speaker",
            options={
                "ordering": ["name"],
                "permissions": [("merge_speaker", "Can merge two speakers")],
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
            },
        ),
        migrations.AddField(
            model_name="speaker",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="The record that holds everything since the two were merged.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="articles.speaker",
                verbose_name="merged into",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="speaker_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into__isnull", True), ("unnamed", False), _connector="OR"),
                name="speaker_merged_is_named",
            ),
        ),
        migrations.AddField(
            model_name="speakername",
            name="speaker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="name_keys",
                to="articles.speaker",
                verbose_name="speaker",
            ),
        ),
        migrations.AddField(
            model_name="speakersapart",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="speakersapart",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.speaker",
                verbose_name="the older record",
            ),
        ),
        migrations.AddField(
            model_name="speakersapart",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.speaker",
                verbose_name="the newer record",
            ),
        ),
        migrations.AddIndex(
            model_name="speakername",
            index=models.Index(fields=["key", "sort", "speaker"], name="speaker_by_name_key"),
        ),
        migrations.AddConstraint(
            model_name="speakername",
            constraint=models.UniqueConstraint(
                fields=("speaker", "sort", "key"), name="speaker_name_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="speakername",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="speaker_name_key_is_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="speakersapart",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="speakers_apart_once"),
        ),
        migrations.AddConstraint(
            model_name="speakersapart",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="speakers_apart_in_order"
            ),
        ),
    ]
