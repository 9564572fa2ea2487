"""Readers' disputes and the paper's policies; corrections by time, for their page and for counting."""

import articles.models.dispute
import articles.models.policy
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_front_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=articles.models.dispute.new_reference,
                        editable=False,
                        max_length=24,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_said", "These words were not said"),
                            ("wrong_words", "The words are wrong"),
                            ("wrong_person", "Somebody else said them"),
                            ("context", "The words are out of context"),
                            ("fact", "A fact is wrong"),
                            ("other", "Something else"),
                        ],
                        max_length=14,
                        verbose_name="what is wrong",
                    ),
                ),
                ("quote_key", models.CharField(blank=True, max_length=16, verbose_name="quote")),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="what the reader says")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=200, verbose_name="e-mail")),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Equal for the same report sent twice on one day; gone with the sender's name.",
                        max_length=64,
                        null=True,
                        unique=True,
                        verbose_name="fingerprint",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("taken", "being looked into"),
                            ("answered", "answered"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "upheld"),
                            ("partly", "partly upheld"),
                            ("not_upheld", "not upheld"),
                            ("spam", "not a report"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("outcome_text", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="outcome published at"),
                ),
            ],
            options={
                "verbose_name": "reader's dispute",
                "verbose_name_plural": "readers' disputes",
                "ordering": ["due_at", "pk"],
                "permissions": [
                    ("work_dispute", "Can take and answer readers' disputes, and see who sent them"),
                    ("publish_dispute", "Can publish the outcome of a reader's dispute"),
                ],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DisputeAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "attempt to report",
                "verbose_name_plural": "attempts to report",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ethics", "ethics"),
                            ("verification", "verification and fact-checking"),
                            ("corrections", "corrections"),
                            ("unnamed_sources", "unnamed sources"),
                            ("feedback", "readers' reports"),
                            ("diversity", "diversity"),
                            ("ownership", "ownership and funding"),
                            ("masthead", "masthead"),
                            ("mission", "mission and coverage"),
                            ("privacy", "privacy"),
                            ("contact", "contact"),
                            ("other", "another subject"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of the address. An old address keeps leading to the policy.",
                        max_length=80,
                        unique=True,
                        validators=[articles.models.policy.refuse_reserved_policy_slug],
                        verbose_name="slug",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        help_text="One sentence for the list of policies.",
                        max_length=240,
                        verbose_name="summary",
                    ),
                ),
                ("body", models.TextField(verbose_name="text")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Policies are listed from the lowest number to the highest.",
                        verbose_name="position",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
            ],
            options={
                "verbose_name": "policy",
                "verbose_name_plural": "policies",
                "ordering": ["position", "title"],
                "permissions": [("publish_policy", "Can publish and withdraw policies")],
                "default_permissions": ("add", "change", "view"),
            },
        ),
        migrations.CreateModel(
            name="PolicyEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ethics", "ethics"),
                            ("verification", "verification and fact-checking"),
                            ("corrections", "corrections"),
                            ("unnamed_sources", "unnamed sources"),
                            ("feedback", "readers' reports"),
                            ("diversity", "diversity"),
                            ("ownership", "ownership and funding"),
                            ("masthead", "masthead"),
                            ("mission", "mission and coverage"),
                            ("privacy", "privacy"),
                            ("contact", "contact"),
                            ("other", "another subject"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                ("summary", models.CharField(max_length=240, verbose_name="summary")),
                ("body_html", models.TextField(verbose_name="text")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "change_note",
                    models.CharField(
                        help_text="One sentence that readers see.",
                        max_length=300,
                        verbose_name="what changed",
                    ),
                ),
                ("live_from", models.DateTimeField(verbose_name="live from")),
                ("live_until", models.DateTimeField(blank=True, null=True, verbose_name="live until")),
            ],
            options={
                "verbose_name": "published policy",
                "verbose_name_plural": "published policies",
                "ordering": ["-live_from", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentioned", "Somebody mentions me with @"),
                    ("reply", "Somebody answers in a thread of mine, or resolves it"),
                    ("comment", "Somebody comments on a story of mine"),
                    (
                        "assigned",
                        "An assignment is given to me, moved or sent back; one that I gave is filed",
                    ),
                    ("submitted", "A story is submitted for review"),
                    ("returned", "A story of mine is returned"),
                    ("approved", "A story of mine is approved"),
                    ("published", "A story of mine is published or scheduled"),
                    ("corrected", "A story of mine is corrected or updated"),
                    ("taken_down", "A story of mine is spiked, unpublished or killed"),
                    ("verified", "A quote that I wrote in is verified"),
                    ("disputed", "A quote that I wrote in is disputed or withdrawn"),
                    ("reader", "A reader disputes a story of mine, or a dispute waits that I may answer"),
                    ("reminder", "A story wants another look, or something of mine falls due"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="notificationchoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mentioned", "Somebody mentions me with @"),
                    ("reply", "Somebody answers in a thread of mine, or resolves it"),
                    ("comment", "Somebody comments on a story of mine"),
                    (
                        "assigned",
                        "An assignment is given to me, moved or sent back; one that I gave is filed",
                    ),
                    ("submitted", "A story is submitted for review"),
                    ("returned", "A story of mine is returned"),
                    ("approved", "A story of mine is approved"),
                    ("published", "A story of mine is published or scheduled"),
                    ("corrected", "A story of mine is corrected or updated"),
                    ("taken_down", "A story of mine is spiked, unpublished or killed"),
                    ("verified", "A quote that I wrote in is verified"),
                    ("disputed", "A quote that I wrote in is disputed or withdrawn"),
                    ("reader", "A reader disputes a story of mine, or a dispute waits that I may answer"),
                    ("reminder", "A story wants another look, or something of mine falls due"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["-at", "-id"], name="correction_recent"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="correction",
            field=models.ForeignKey(
                blank=True,
                help_text="What the paper corrected because of it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="articles.correction",
                verbose_name="correction",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="articles.edition",
                verbose_name="edition",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="articles.story",
                verbose_name="story",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="taken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken by",
            ),
        ),
        migrations.AddIndex(
            model_name="disputeattempt",
            index=models.Index(fields=["sender", "at"], name="dispute_attempt_by_sender"),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "other"), _negated=True),
                fields=("kind",),
                name="policy_kind_once",
                violation_error_message="There is a policy of this kind already. Change that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                ),
                name="policy_has_an_address",
            ),
        ),
        migrations.AddField(
            model_name="policyedition",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="articles.policy",
                verbose_name="policy",
            ),
        ),
        migrations.AddField(
            model_name="policyedition",
            name="published_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="published by",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("status", "answered"), _negated=True),
                fields=["due_at", "id"],
                name="dispute_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["-published_at", "-id"],
                name="dispute_published",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["story", "-published_at"], name="dispute_by_story"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["received_at"], name="dispute_by_receipt"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["answered_at"], name="dispute_by_answer"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("email", ""), _negated=True),
                fields=["email", "received_at"],
                name="dispute_by_email",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "received"), ("taken_by__isnull", True)),
                    models.Q(("status", "taken"), ("taken_by__isnull", False)),
                    ("status", "answered"),
                    _connector="OR",
                ),
                name="dispute_taken_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("status", "answered"),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "answered"), _negated=True),
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("outcome", ""),
                        ("outcome_text", ""),
                    ),
                    _connector="OR",
                ),
                name="dispute_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True),
                    models.Q(
                        ("status", "answered"),
                        models.Q(("outcome", "spam"), _negated=True),
                        models.Q(("outcome_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dispute_published_has_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("correction__isnull", True), ("outcome__in", ["upheld", "partly"]), _connector="OR"
                ),
                name="dispute_corrected_was_upheld",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gte", models.F("received_at"))), name="dispute_due_later"
            ),
        ),
        migrations.AddIndex(
            model_name="policyedition",
            index=models.Index(fields=["slug", "-live_from"], name="policy_edition_by_slug"),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.UniqueConstraint(
                fields=("policy", "number"), name="policy_edition_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("live_until__isnull", True)),
                fields=("policy",),
                name="policy_edition_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live_until__isnull", True), ("live_until__gte", models.F("live_from")), _connector="OR"
                ),
                name="policy_edition_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("slug", ""), _negated=True),
                    models.Q(("body_html", ""), _negated=True),
                ),
                name="policy_edition_says_something",
            ),
        ),
    ]
