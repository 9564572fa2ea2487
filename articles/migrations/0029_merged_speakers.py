"""The addresses of speakers who were merged into others lead there for ever, as those of sections do."""

from django.db import migrations, models


def remember(apps, schema_editor):
    """Write where the speakers went who were merged so far. A chain of merges was never kept as one."""
    merged = apps.get_model("articles", "Speaker").objects.filter(merged_into__isnull=False)
    rows = merged.order_by().values_list("slug", "merged_into__slug").iterator()
    address = apps.get_model("articles", "FormerAddress")
    address.objects.bulk_create(
        (address(kind="speaker", slug=slug, now=now) for slug, now in rows), batch_size=500
    )


def forget(apps, schema_editor):
    """Undo `remember`."""
    apps.get_model("articles", "FormerAddress").objects.filter(kind="speaker").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0028_story_transitions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="formeraddress",
            name="kind",
            field=models.CharField(
                choices=[
                    ("section", "section"),
                    ("topic", "topic"),
                    ("author", "author"),
                    ("speaker", "speaker"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="formeraddress",
            name="slug",
            field=models.CharField(max_length=160, verbose_name="former slug"),
        ),
        migrations.AlterField(
            model_name="formeraddress",
            name="now",
            field=models.CharField(
                blank=True,
                help_text="Empty when the page was taken away.",
                max_length=160,
                verbose_name="slug now",
            ),
        ),
        migrations.RunPython(remember, forget),
    ]
