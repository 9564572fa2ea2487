"""Whether the addresses of sources still answer."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_image_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="link_checked_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="address asked at"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="link_problem",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="What went wrong when the program asked for the address last. Empty when it answered.",
                max_length=300,
                verbose_name="address does not answer",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["link_checked_at"], name="source_by_link_check"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("link_problem", ""), _negated=True),
                fields=["-link_checked_at"],
                name="source_with_dead_link",
            ),
        ),
    ]
