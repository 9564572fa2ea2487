"""The database lets the status of a story change by the listed steps only, whoever asks it to.

A migration that makes SQLite rebuild `articles_story` (a new constraint, a changed column) drops the trigger and has
to call `guard` again; `tests/db/test_transitions.py` notices. A new step needs a migration that makes it anew.
"""

from django.db import migrations

TABLE = "articles_story"
GUARD = "story_status_by_steps"
# As `workflow.steps.TRANSITIONS` was when this was written.
TRANSITIONS = {
    "draft": ["in_review", "spiked"],
    "in_review": ["approved", "draft", "spiked"],
    "approved": ["draft", "in_review", "published", "scheduled", "spiked"],
    "scheduled": ["approved", "published"],
    "published": ["killed", "unpublished"],
    "unpublished": ["draft", "killed"],
    "spiked": ["draft"],
    "killed": [],
}


def _sentence(begin, ends):
    if not ends:
        return f"A story that is {begin} stays {begin}."
    return f"A story that is {begin} can become {' or '.join(ends)} only. Take a step of articles/workflow."


LISTED = " OR ".join(
    f"(OLD.status = '{begin}' AND NEW.status IN ({', '.join(repr(end) for end in ends)}))"
    for begin, ends in TRANSITIONS.items()
    if ends
)
REFUSED = f"OLD.status <> NEW.status AND NOT ({LISTED})"

SQLITE = (
    f"CREATE TRIGGER {GUARD} BEFORE UPDATE OF status ON {TABLE} FOR EACH ROW WHEN {REFUSED} "
    "BEGIN SELECT CASE OLD.status "
    + " ".join(
        f"WHEN '{begin}' THEN RAISE(ABORT, '{_sentence(begin, ends)}')" for begin, ends in TRANSITIONS.items()
    )
    + " END; END"
)
POSTGRESQL_FUNCTION = (
    f"CREATE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = CASE OLD.status "
    + " ".join(f"WHEN '{begin}' THEN '{_sentence(begin, ends)}'" for begin, ends in TRANSITIONS.items())
    + " END; END $$"
)
POSTGRESQL_TRIGGER = (
    f"CREATE TRIGGER {GUARD} BEFORE UPDATE OF status ON {TABLE} FOR EACH ROW WHEN ({REFUSED}) "
    f"EXECUTE FUNCTION {GUARD}()"
)


def guard(apps, schema_editor):
    """Refuse every change of a status that is not listed."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        schema_editor.execute(POSTGRESQL_TRIGGER, params=None)
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE, params=None)


def leave(apps, schema_editor):
    """Undo `guard`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {GUARD} ON {TABLE}", params=None)
        schema_editor.execute(f"DROP FUNCTION {GUARD}()", params=None)
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {GUARD}", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0027_former_addresses"),
    ]

    operations = [migrations.RunPython(guard, leave)]
