"""The words of every record in one table, with an index for each engine."""

# ruff: noqa: S608 (every name below is written here; none comes from a person)

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models

TABLE = "articles_searchentry"
FTS5 = [
    f"CREATE VIRTUAL TABLE {TABLE}_words USING fts5(words, content='{TABLE}', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER {TABLE}_words_insert AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_words(rowid, words) VALUES (new.id, new.words); END",
    f"CREATE TRIGGER {TABLE}_words_delete AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_words({TABLE}_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    f"CREATE TRIGGER {TABLE}_words_update AFTER UPDATE ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_words({TABLE}_words, rowid, words) VALUES ('delete', old.id, old.words); "
    f"INSERT INTO {TABLE}_words(rowid, words) VALUES (new.id, new.words); END",
]


def index_words(apps, schema_editor):
    """Index the words: with GIN on PostgreSQL, with an FTS5 table that triggers fill on SQLite."""
    model = apps.get_model("articles", "SearchEntry")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.add_index(model, gin_index())
    elif schema_editor.connection.vendor == "sqlite":
        for statement in FTS5:
            schema_editor.execute(statement)


def forget_words(apps, schema_editor):
    """Undo `index_words`."""
    model = apps.get_model("articles", "SearchEntry")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.remove_index(model, gin_index())
    elif schema_editor.connection.vendor == "sqlite":
        for trigger in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_words_{trigger}")
        schema_editor.execute(f"DROP TABLE {TABLE}_words")


def gin_index():
    return GinIndex(SearchVector("words", config="english"), name="searchentry_words")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_story_list"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
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
                            ("story", "story"),
                            ("quote", "quote"),
                            ("speaker", "speaker"),
                            ("source", "source"),
                            ("image", "image"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("record_id", models.BigIntegerField(verbose_name="number of the record")),
                ("words", models.TextField(verbose_name="words")),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "record_id"), name="search_entry_once_per_record")
                ],
            },
        ),
        migrations.RunPython(index_words, forget_words),
    ]
