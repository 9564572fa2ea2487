"""The five roles of a newsroom, as groups with their permissions."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = [
    f"view_{name}"
    for name in (
        "author", "byline", "copy", "correction", "edition", "editionquote", "event", "image", "override",
        "quotation", "quote", "role", "section", "snapshot", "source", "speaker", "story", "verificationentry",
    )
]  # fmt: skip
WRITE = [
    "add_story", "change_story", "submit_story", "add_byline", "change_byline", "delete_byline", "add_copy",
    "add_quote", "change_quote", "add_speaker", "change_speaker", "add_role", "change_role", "delete_role",
    "add_source", "change_source", "add_snapshot", "add_image", "change_image",
]  # fmt: skip
EDIT = [
    "change_any_story",
    "approve_story",
    "publish_story",
    "correct_story",
    "verify_quote",
    "dispute_quote",
]
MANAGE = [
    "override_gate", "kill_story", "withdraw_quote", "withdraw_source", "view_confidential_source",
    "add_section", "change_section", "add_author", "change_author",
]  # fmt: skip
ADMINISTER = ["add_section", "change_section", "delete_section", "add_author", "change_author"]
USERS = ["view_user", "add_user", "change_user", "view_group", "change_group"]

GROUPS = {
    "Reporter": READ + WRITE,
    "Editor": READ + WRITE + EDIT,
    "Managing editor": READ + WRITE + EDIT + MANAGE,
    "Auditor": READ,
    "Administrator": READ + ADMINISTER + USERS,
}


def create_groups(apps, schema_editor):
    """Create the groups; permissions are made here first, since Django makes them only after migrating."""
    using = schema_editor.connection.alias
    for label in ("auth", "articles"):
        config = installed.get_app_config(label)
        create_permissions(config, verbosity=0, interactive=False, using=using, apps=installed)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        found = permission_model.objects.using(using).filter(
            codename__in=codenames, content_type__app_label__in=["articles", "auth"]
        )
        missing = set(codenames) - set(found.values_list("codename", flat=True))
        if missing:
            raise RuntimeError(f"Permissions not found: {', '.join(sorted(missing))}")
        group.permissions.set(found)


def delete_groups(apps, schema_editor):
    """Delete the groups again; users stay."""
    using = schema_editor.connection.alias
    apps.get_model("auth", "Group").objects.using(using).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, delete_groups)]
