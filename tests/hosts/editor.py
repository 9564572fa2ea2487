"""An editor of the deployed site: takes orders from standard input, and carries them out by the verbs.

Each order is a line of JSON, each answer one, with the time at which it was committed.
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402
from django.db.utils import Error  # noqa: E402

from articles.models import Edition, Story  # noqa: E402
from articles.workflow.amend import correct_story, kill_story  # noqa: E402
from articles.workflow.publish import publish_story  # noqa: E402
from tests.editions import make_edition  # noqa: E402
from tests.factories import make_quoting_story, make_section, make_user  # noqa: E402

QUOTE = "We will keep the lighthouse open through the winter."


class Editor:
    """Publishes, corrects and kills. The text of a story tells how often it was changed: `mark-7`."""

    def __init__(self) -> None:
        self.person = make_user("Managing editor")
        self.section = make_section()

    def fill(self, number: int) -> list[str]:
        """So many stories that nobody changes; where they are."""
        editions = [make_edition(section=self.section) for _ in range(number)]
        return [edition.get_absolute_url() for edition in editions]

    def publish(self) -> str:
        """A new story; where it is."""
        story = make_quoting_story(status=Story.Status.APPROVED, section=self.section)
        return publish_story(story, by=self.person).get_absolute_url()

    def correct(self, path: str, mark: int) -> str:
        """Change the text of a story and say so to readers."""
        story = self._story(path)
        body = f"<p>“{QUOTE}” Ilse Marrow told the harbour council on Tuesday.</p><p>This is mark-{mark}.</p>"
        Story.objects.filter(pk=story.pk).update(body=body, version=story.version + 1)
        story.refresh_from_db()
        note = f"An earlier version of this story did not give mark-{mark}."
        correct_story(story, by=self.person, kind=Edition.Kind.CORRECTION, note=note)
        return path

    def kill(self, path: str) -> str:
        """Withdraw a story for good."""
        kill_story(self._story(path), by=self.person, notice="This story was withdrawn: it was not true.")
        return path

    def _story(self, path: str) -> Story:
        return Edition.objects.published().get(slug=path.strip("/").split("/")[-1]).story


def main() -> None:
    """Carry out orders until there are none."""
    editor: Editor | None = None
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        try:
            editor = editor or Editor()
            done = getattr(editor, order.pop("verb"))(**order)
            answer = {"done": done, "at": time.time()}
        except Error as problem:
            connections.close_all()
            answer = {"error": str(problem)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
