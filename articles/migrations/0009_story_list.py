"""Indexes for each filter and order of the list of stories."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_preview_links"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                condition=models.Q(("verification__in", ["unverified", "in_source", "disputed"])),
                fields=["id"],
                name="quote_to_check",
            ),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(fields=["owner", "-updated_at"], name="story_by_owner"),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(fields=["section", "-updated_at"], name="story_by_section"),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(fields=["headline"], name="story_by_headline"),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("developing", True)),
                fields=["-updated_at"],
                name="story_developing_by_update",
            ),
        ),
    ]
