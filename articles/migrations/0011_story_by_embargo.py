"""An index of the stories under embargo, which the verification desk shows first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_search_entries")]

    operations = [
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("embargo_until__isnull", False)),
                fields=["embargo_until"],
                name="story_by_embargo",
            ),
        ),
    ]
