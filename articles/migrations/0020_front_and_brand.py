"""The front page as editors arrange it, the look of the paper, and a colour for each section."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0019_site_version"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="colour",
            field=models.CharField(
                blank=True,
                help_text="Such as #17526f. Leave it empty and the section gets one of the paper’s. Dark screens get a lighter shade of it.",
                max_length=7,
                verbose_name="colour",
            ),
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="The name of the paper, in the masthead, in feeds and in search results.",
                        max_length=60,
                        verbose_name="name",
                    ),
                ),
                (
                    "tagline",
                    models.CharField(
                        blank=True,
                        help_text="One line under the name on the front page. Search engines show it too.",
                        max_length=140,
                        verbose_name="tagline",
                    ),
                ),
                (
                    "logo",
                    models.JSONField(
                        blank=True, default=dict, help_text="{file, width, height}", verbose_name="logo"
                    ),
                ),
                (
                    "logo_dark",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="{file, width, height}",
                        verbose_name="logo on dark screens",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        help_text="For what asks to be followed: the numbers of quotations, the current page, the focus.",
                        max_length=7,
                        verbose_name="accent",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        help_text="The colour of the page, for light screens.",
                        max_length=7,
                        verbose_name="ground",
                    ),
                ),
                (
                    "ground_dark",
                    models.CharField(
                        blank=True,
                        help_text="The colour of the page, for dark screens.",
                        max_length=7,
                        verbose_name="dark ground",
                    ),
                ),
                (
                    "reading",
                    models.CharField(
                        choices=[
                            ("newsreader", "Newsreader (comes with the program)"),
                            ("system_serif", "The reader’s own serif: nothing to load"),
                            ("system_sans", "The reader’s own sans serif: nothing to load"),
                            ("own", "A typeface of your own"),
                        ],
                        default="newsreader",
                        max_length=12,
                        verbose_name="typeface of stories",
                    ),
                ),
                (
                    "labels",
                    models.CharField(
                        choices=[
                            ("franklin", "Libre Franklin (comes with the program)"),
                            ("system_sans", "The reader’s own sans serif: nothing to load"),
                            ("own", "A typeface of your own"),
                        ],
                        default="franklin",
                        max_length=12,
                        verbose_name="typeface of labels",
                    ),
                ),
                (
                    "headlines",
                    models.CharField(
                        choices=[("reading", "As stories"), ("labels", "As labels")],
                        default="reading",
                        max_length=12,
                        verbose_name="headlines are set",
                    ),
                ),
                (
                    "faces",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="{reading: file, labels: file}",
                        verbose_name="files of typefaces",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
            ],
            options={
                "verbose_name": "look of the paper",
                "verbose_name_plural": "look of the paper",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="brand_is_one")],
            },
        ),
        migrations.CreateModel(
            name="FrontPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number")),
                ("hidden", models.JSONField(blank=True, default=list, verbose_name="left out")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="arranged by",
                    ),
                ),
            ],
            options={
                "verbose_name": "front page",
                "verbose_name_plural": "front pages",
                "ordering": ["-number"],
                "permissions": [("arrange_frontpage", "Can arrange the front page")],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="FrontSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("lead", "Lead"),
                            ("under", "Under the lead"),
                            ("second", "Beside the lead"),
                            ("section", "First in its section"),
                        ],
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "front",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="articles.frontpage",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="front_slots",
                        to="articles.story",
                    ),
                ),
            ],
            options={
                "verbose_name": "place on the front page",
                "verbose_name_plural": "places on the front page",
                "ordering": ["front", "position"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="frontpage",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="front_page_has_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="frontslot",
            constraint=models.UniqueConstraint(fields=("front", "story"), name="front_slot_story_once"),
        ),
        migrations.AddConstraint(
            model_name="frontslot",
            constraint=models.UniqueConstraint(fields=("front", "position"), name="front_slot_position_once"),
        ),
    ]
