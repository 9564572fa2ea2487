"""Write the words of all records where the desk searches."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db.models import Model

from articles.management.base import StaffCommand, UsageError, watch
from articles.models import Image, Quote, SearchEntry, Source, Speaker, Story
from articles.workflow.find import index_records

MODELS: dict[str, type[Model]] = {
    "story": Story, "quote": Quote, "speaker": Speaker, "source": Source, "image": Image,
}  # fmt: skip
BATCH = 500


class Command(StaffCommand):
    """`manage.py index_search [KIND…]`."""

    help = (
        "Write the words of all records where the desk searches. Every verb does so for the record that it "
        "changes: this is for records that came in another way, such as a restored database. It can be "
        "stopped and run again."
    )
    examples = """\
examples:
  manage.py index_search                      everything
  manage.py index_search story quote          stories and quotes
  manage.py index_search --from 50000 story   stories from number 50000 on, after it was stopped
  manage.py index_search --dry-run            how many there are
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The kinds, and where to begin."""
        super().add_arguments(parser)
        parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(MODELS))
        parser.add_argument("--from", dest="first", type=int, default=0, help="number of the first record")

    def run(self, options: dict[str, Any]) -> None:
        """Index batch after batch; memory does not grow with the archive."""
        unknown = [kind for kind in options["kinds"] if kind not in MODELS]
        if unknown:
            raise UsageError(f"“{unknown[0]}” is no kind of record. Choose among: {', '.join(MODELS)}.")
        done = {}
        for kind in options["kinds"] or MODELS:
            rows = MODELS[kind]._default_manager.filter(pk__gte=options["first"])
            numbers = list(rows.order_by("pk").values_list("pk", flat=True))
            done[kind] = len(numbers)
            if not options["dry_run"]:
                batches = [numbers[at : at + BATCH] for at in range(0, len(numbers), BATCH)]
                for batch in watch(batches):
                    self._index(kind, batch)
        if options["json"]:
            self.print_json({"indexed": done})
        else:
            verb = "would be indexed" if options["dry_run"] else "indexed"
            self.stdout.write("\n".join(f"{kind}: {count} {verb}" for kind, count in done.items()))

    def _index(self, kind: str, numbers: list[int]) -> None:
        rows = MODELS[kind]._default_manager.filter(pk__in=numbers)
        index_records(rows.select_related("speaker") if kind == SearchEntry.Kind.QUOTE else rows)
