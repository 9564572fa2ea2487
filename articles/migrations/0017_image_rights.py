"""Pictures: who may use them and until when, what their files said, and where they are printed."""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500


def note_printed(apps, schema_editor):
    """Say of the editions there are which picture they print; files are named by their content."""
    using = schema_editor.connection.alias
    rows = apps.get_model("articles", "EditionImage").objects.using(using)
    images = apps.get_model("articles", "Image").objects.using(using)
    editions = apps.get_model("articles", "Edition").objects.using(using)
    numbers = {_last(name): pk for pk, name in images.values_list("pk", "file")}
    printed = editions.filter(image__isnull=False).values_list("pk", "image__url").order_by("pk")
    found = [(pk, number) for pk, url in printed.iterator() if (number := numbers.get(_last(url or "")))]
    rows.bulk_create(
        [rows.model(edition_id=edition, image_id=image) for edition, image in found], batch_size=BATCH
    )


def _last(name):
    return name.rsplit("/", 1)[-1]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="image",
            name="expires_on",
            field=models.DateField(
                blank=True,
                db_index=True,
                help_text="The last day. After it no story is published with this picture. Empty when it never ends.",
                null=True,
                verbose_name="may be shown until",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="file_words",
            field=models.JSONField(
                default=dict,
                editable=False,
                help_text="What the photographer wrote into the file: {title, caption, credit, rights}.",
                verbose_name="words in the file",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="rights",
            field=models.CharField(
                blank=True,
                help_text="Who may use it, and where: such as “Online and in print, not for advertising”.",
                max_length=500,
                verbose_name="rights",
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="body_images",
            field=models.ManyToManyField(
                editable=False,
                related_name="in_bodies",
                to="articles.image",
                verbose_name="pictures in the body",
            ),
        ),
        migrations.CreateModel(
            name="EditionImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="image_rows",
                        to="articles.edition",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition_rows",
                        to="articles.image",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture of an edition",
                "verbose_name_plural": "pictures of editions",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "image"), name="edition_image_once")
                ],
            },
        ),
        migrations.RunPython(note_printed, migrations.RunPython.noop),
    ]
