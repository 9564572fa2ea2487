"""The table of docs/permissions.md, made from the steps of a story: `make permissions` writes it."""

from pathlib import Path
from typing import Final

from django.contrib.auth.models import User

from articles.models import Story
from articles.workflow.steps import STEPS, Step

PAGE: Final = Path(__file__).parents[1] / "docs" / "permissions.md"
ROLES: Final = ("Reporter", "Editor", "Managing editor", "Auditor", "Administrator")
HEAD: Final = """# Who may do what

Made from `articles/workflow/steps.py` by `make permissions`; a test compares. Each cell names the states of a
story in which the step may be taken; where one's own story and others' differ, both are told.
`tests/db/test_permissions.py` asserts every cell by calling the verb. Nobody but a managing editor approves a
story that they own or sign.

"""


def permissions_page(people: dict[str, User]) -> str:
    """The page, for one user of each role."""
    rows = [["step", *ROLES], ["---"] * (len(ROLES) + 1)]
    for step in STEPS.values():
        rows.append([step.name.replace("_", " "), *(_cell(step, people[role]) for role in ROLES)])
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(step: Step, person: User) -> str:
    own, other = (_states(step, person, Story(owner=owner)) for owner in (person, None))
    if own == other:
        return own or "–"
    return f"own: {own or '–'}; others': {other or '–'}"


def _states(step: Step, person: User, story: Story) -> str:
    open_at = [
        status for status in Story.Status if status in step.begins and step.allowed(person, story, status)
    ]
    return ", ".join(str(status.label) for status in open_at)
