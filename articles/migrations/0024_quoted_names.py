"""An index of the names on record, filled from the editions, and what finds the newest quotes of somebody."""

from django.db import migrations, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The place of a name is as the program reads names today, so it comes from the program itself.
from articles.text.directory import directory_key

BATCH = 2000
COLUMNS = ("speaker_slug", "speaker_name", "speaker")


def write_names(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every named speaker of an edition a row, a batch a transaction; again, it adds what is missing."""
    using = schema_editor.connection.alias
    quotes = apps.get_model("articles", "EditionQuote").objects.using(using).exclude(speaker_slug="")
    names = apps.get_model("articles", "QuotedName")
    last = 0
    while batch := list(quotes.filter(pk__gt=last).order_by("pk").only(*COLUMNS)[:BATCH]):
        found = {
            (quote.speaker_slug, quote.speaker_name): quote.speaker.get("kind") == "organisation"
            for quote in batch
            if not quote.speaker.get("unnamed")
        }
        rows = [
            names(slug=slug, name=name, place=directory_key(name, organisation=organisation)[:170])
            for (slug, name), organisation in sorted(found.items())
        ]
        with transaction.atomic(using=using):
            names.objects.using(using).bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_dispute_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuotedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(db_index=False, max_length=160, verbose_name="speaker's slug")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "place",
                    models.CharField(
                        help_text="The surname first, without accents.",
                        max_length=170,
                        verbose_name="place in the alphabet",
                    ),
                ),
            ],
            options={
                "verbose_name": "name on record",
                "verbose_name_plural": "names on record",
            },
        ),
        migrations.AddIndex(
            model_name="editionquote",
            index=models.Index(fields=["speaker_slug", "-id"], name="edition_quote_new_by_speaker"),
        ),
        migrations.AddIndex(
            model_name="editionquote",
            index=models.Index(fields=["verification", "-id"], name="edition_quote_new_by_state"),
        ),
        migrations.AddIndex(
            model_name="quotedname",
            index=models.Index(fields=["place", "slug"], name="quoted_name_in_order"),
        ),
        migrations.AddConstraint(
            model_name="quotedname",
            constraint=models.UniqueConstraint(fields=("slug", "name"), name="quoted_name_once"),
        ),
        migrations.AddConstraint(
            model_name="quotedname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("slug", ""), _negated=True), models.Q(("place", ""), _negated=True)
                ),
                name="quoted_name_has_a_place",
            ),
        ),
        migrations.RunPython(write_names, migrations.RunPython.noop, elidable=True),
    ]
