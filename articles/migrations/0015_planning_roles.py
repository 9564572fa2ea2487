"""Who plans: editors assign, writers take work and set reminders, the managing editor makes desks and templates."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITERS = ("Reporter", "Editor", "Managing editor")
EDITORS = ("Editor", "Managing editor")
ALL = (*WRITERS, "Auditor", "Administrator")
GRANTS = {
    "view_desk": ALL,
    "view_storytemplate": ALL,
    "view_assignment": ALL,
    "view_daynote": ALL,
    "work_assignment": WRITERS,
    "add_daynote": WRITERS,
    "add_reminder": WRITERS,
    "add_assignment": EDITORS,
    "change_assignment": EDITORS,
    "change_daynote": EDITORS,
    "add_desk": ("Managing editor", "Administrator"),
    "change_desk": ("Managing editor", "Administrator"),
    "add_storytemplate": ("Managing editor",),
    "change_storytemplate": ("Managing editor",),
}


def grant(apps, schema_editor):
    """Give the permissions; they are made here first, since Django makes them only after migrating."""
    using = schema_editor.connection.alias
    create_permissions(
        installed.get_app_config("articles"), verbosity=0, interactive=False, using=using, apps=installed
    )
    for permission, groups in _grants(apps, using):
        permission.group_set.add(*groups)


def take_back(apps, schema_editor):
    """Take them from the roles again."""
    for permission, groups in _grants(apps, schema_editor.connection.alias):
        permission.group_set.remove(*groups)


def _grants(apps, using):
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    for codename, names in GRANTS.items():
        permission = permissions.get(content_type__app_label="articles", codename=codename)
        yield permission, groups.filter(name__in=names)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_planning"),
    ]

    operations = [migrations.RunPython(grant, take_back)]
