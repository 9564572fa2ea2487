"""Indexes that keep readers' pages fast: the clock of editions, and the words that search looks in."""

# ruff: noqa: S608 (every name below is written here; none comes from a person)

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SEARCHED = {
    "Edition": ("headline", "dek", "body_text"),
    "EditionQuote": ("words", "speaker_name", "role_title", "role_organisation", "occasion"),
}


def index_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the words: with GIN on PostgreSQL, with FTS5 tables that triggers fill on SQLite."""
    for name, columns in SEARCHED.items():
        model = apps.get_model("articles", name)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.add_index(model, gin_index(model, columns))
        elif schema_editor.connection.vendor == "sqlite":
            for statement in fts5_statements(model._meta.db_table, columns):
                schema_editor.execute(statement)


def forget_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Undo `index_words`."""
    for name, columns in SEARCHED.items():
        model = apps.get_model("articles", name)
        table = model._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.remove_index(model, gin_index(model, columns))
        elif schema_editor.connection.vendor == "sqlite":
            for trigger in ("insert", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_words_{trigger}")
            schema_editor.execute(f"DROP TABLE {table}_words")


def gin_index(model: type[models.Model], columns: tuple[str, ...]) -> GinIndex:
    return GinIndex(
        SearchVector(*columns, config="english"),
        name=f"{model._meta.model_name}_words",
    )


def fts5_statements(table: str, columns: tuple[str, ...]) -> list[str]:
    # An external-content table holds no second copy of the text. Editions are written once, so that an
    # insert and (for an emptied database) a delete are all that it has to follow.
    words, names = f"{table}_words", ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5({names}, content='{table}', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO {words}(rowid, {names}) VALUES (new.id, {new}); END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {table} BEGIN "
        f"INSERT INTO {words}({words}, rowid, {names}) VALUES ('delete', old.id, {old}); END",
        f"INSERT INTO {words}({words}) VALUES ('rebuild')",
    ]


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_roles")]

    operations = [
        migrations.RemoveIndex(model_name="edition", name="edition_recent"),
        migrations.RemoveIndex(model_name="edition", name="edition_recent_in_section"),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["-first_live_from", "-id"], name="edition_recent"),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                fields=["section_slug", "-first_live_from", "-id"], name="edition_recent_in_section"
            ),
        ),
        migrations.AddIndex(
            model_name="edition", index=models.Index(fields=["live_from"], name="edition_by_start")
        ),
        migrations.AddIndex(
            model_name="edition", index=models.Index(fields=["live_until"], name="edition_by_end")
        ),
        migrations.RunPython(index_words, forget_words),
    ]
