"""The keys of the names on record, and who may merge speakers."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Keys belong to the names as the program reads them today, so they come from the program itself.
from articles.text.name_forms import name_keys

BATCH = 1000
MERGERS = ("Editor", "Managing editor")


def write_keys(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every speaker the keys of the names, a batch a transaction; doing it again adds what is missing."""
    using = schema_editor.connection.alias
    speakers = apps.get_model("articles", "Speaker").objects.using(using).filter(unnamed=False).order_by("pk")
    names = apps.get_model("articles", "SpeakerName")
    last = 0
    while batch := list(speakers.filter(pk__gt=last).only("name", "aliases", "kind")[:BATCH]):
        rows = [
            names(speaker_id=speaker.pk, sort=sort, key=key)
            for speaker in batch
            for sort, key in name_keys(
                [speaker.name, *map(str, speaker.aliases)], organisation=speaker.kind == "organisation"
            )
        ]
        with transaction.atomic(using=using):
            names.objects.using(using).bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        last = batch[-1].pk


def drop_keys(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Undo `write_keys`."""
    apps.get_model("articles", "SpeakerName").objects.using(schema_editor.connection.alias).all().delete()


def allow_merging(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let editors merge speakers; Django would make the permission only after migrating."""
    using = schema_editor.connection.alias
    config = installed.get_app_config("articles")
    create_permissions(config, verbosity=0, interactive=False, using=using, apps=installed)
    permission = apps.get_model("auth", "Permission").objects.using(using).get(codename="merge_speaker")
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=MERGERS):
        group.permissions.add(permission)


def forbid_merging(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Undo `allow_merging`."""
    using = schema_editor.connection.alias
    apps.get_model("auth", "Permission").objects.using(using).filter(codename="merge_speaker").delete()


class Migration(migrations.Migration):
    atomic = False  # a batch a transaction, so that a large table is not locked throughout

    dependencies = [("articles", "0005_speaker_identity")]

    operations = [
        migrations.RunPython(write_keys, drop_keys),
        migrations.RunPython(allow_merging, forbid_merging),
    ]
