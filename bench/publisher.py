"""Publishes a new edition of one story every second, by the verb, and says when each was committed.

A line an edition: its number, the time by the clock that all processes share, and how long the verb took.
The number stands in the dek.
"""

from __future__ import annotations

import argparse
import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402

from articles.models import Edition, Story  # noqa: E402
from articles.workflow.publish import publish_story  # noqa: E402
from bench.watching import told  # noqa: E402

SECOND = 1.0


def publish(path: str, seconds: float) -> None:
    """Publish the story at `path` over and over for so long."""
    slug = path.strip("/").split("/")[-1]
    story = Story.objects.get(pk=Edition.objects.published().get(slug=slug).story_id)
    editor = User.objects.get(username="managing")
    began = time.monotonic()
    for number in range(1, int(seconds / SECOND) + 1):
        Story.objects.filter(pk=story.pk).update(dek=told(number))
        asked = time.monotonic()
        publish_story(story, by=editor, kind=Edition.Kind.SAME)
        committed = time.monotonic()
        print(json.dumps([number, committed, committed - asked]), flush=True)
        time.sleep(max(0.0, began + number * SECOND - time.monotonic()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", help="of the story, as readers have it")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    publish(options.path, options.seconds)
