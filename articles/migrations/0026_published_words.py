"""What readers search in: rows for what is live or waits, and their index, in the place of that of 0003.

The index begins empty, so that no table is locked while it is written: `manage.py index_published` fills it, in
batches, and can be stopped and run again.
"""

# ruff: noqa: S608 (every name below is written here; none comes from a person)

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

STORIES, QUOTES, NAMES = "articles_storywords", "articles_quotewords", "articles_namewords"
TOKENS = "tokenize='porter unicode61 remove_diacritics 2'"
LETTERS = "tokenize='unicode61 remove_diacritics 2'"  # names have no stems

# Without content: the words stand in the editions, which never change, so that they can be taken out again.
SQLITE = [
    f"CREATE VIRTUAL TABLE {STORIES}_fts USING fts5(headline, dek, body, tags, content='', {TOKENS})",
    f"CREATE VIRTUAL TABLE {QUOTES}_fts USING fts5(words, said_by, about, tags, content='', {TOKENS})",
    f"CREATE VIRTUAL TABLE {NAMES}_fts USING fts5(name, title, organisation, content='{NAMES}', "
    f"content_rowid='id', {LETTERS})",
    f"CREATE TRIGGER {NAMES}_fts_insert AFTER INSERT ON {NAMES} BEGIN INSERT INTO {NAMES}_fts"
    "(rowid, name, title, organisation) VALUES (new.id, new.name, new.title, new.organisation); END",
    f"CREATE TRIGGER {NAMES}_fts_delete AFTER DELETE ON {NAMES} BEGIN INSERT INTO {NAMES}_fts"
    f"({NAMES}_fts, rowid, name, title, organisation) "
    "VALUES ('delete', old.id, old.name, old.title, old.organisation); END",
]
POSTGRESQL = [
    f"ALTER TABLE {STORIES} ADD COLUMN vector tsvector",
    f"ALTER TABLE {QUOTES} ADD COLUMN vector tsvector",
    f"ALTER TABLE {NAMES} ADD COLUMN vector tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', name), "
    "'A') || setweight(to_tsvector('simple', title || ' ' || organisation), 'B')) STORED",
    *(f"CREATE INDEX {table}_vector ON {table} USING gin (vector)" for table in (STORIES, QUOTES, NAMES)),
]


def index_words(apps, schema_editor):
    """Make the index, and drop the one that held every edition, past ones too."""
    import_module("articles.migrations.0003_readers").forget_words(apps, schema_editor)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def forget_words(apps, schema_editor):
    """Undo `index_words`."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete"):
            schema_editor.execute(f"DROP TRIGGER {NAMES}_fts_{name}")
        for table in (STORIES, QUOTES, NAMES):
            schema_editor.execute(f"DROP TABLE {table}_fts")
    import_module("articles.migrations.0003_readers").index_words(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0025_dispute_senders"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("speaker", "Speaker"), ("source", "Source")], max_length=8),
                ),
                ("key", models.CharField(max_length=160)),
                ("name", models.CharField(max_length=300)),
                ("title", models.CharField(blank=True, max_length=160)),
                ("organisation", models.CharField(blank=True, max_length=160)),
                (
                    "stamp",
                    models.CharField(help_text="Made of all that stands above.", max_length=24, unique=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40, unique=True)),
                ("head", models.CharField(max_length=2)),
                ("tail", models.CharField(max_length=2)),
                ("size", models.PositiveSmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["head", "size"], name="known_word_by_head"),
                    models.Index(fields=["tail", "size"], name="known_word_by_tail"),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quote_key", models.CharField(max_length=16)),
                ("tags", models.TextField()),
                ("live_from", models.DateTimeField()),
                ("live_until", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quote_words",
                        to="articles.edition",
                    ),
                ),
                (
                    "quote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="word_row",
                        to="articles.editionquote",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tags", models.TextField()),
                ("live_from", models.DateTimeField()),
                ("live_until", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="articles.edition",
                    ),
                ),
            ],
        ),
        migrations.RunPython(index_words, forget_words),
    ]
