"""Who answers readers and who writes policies: editors answer, the managing editor promises."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITORS = ("Editor", "Managing editor")
ALL = ("Reporter", *EDITORS, "Auditor", "Administrator")
GRANTS = {
    "view_dispute": ALL,
    "view_policy": ALL,
    "work_dispute": EDITORS,
    "publish_dispute": EDITORS,
    "add_policy": ("Managing editor",),
    "change_policy": ("Managing editor",),
    "publish_policy": ("Managing editor",),
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
        ("articles", "0022_disputes_policies"),
    ]

    operations = [migrations.RunPython(grant, take_back)]
