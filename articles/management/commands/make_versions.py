"""Make the versions that older pictures lack."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from articles.management.base import StaffCommand, watch
from articles.models import Image
from articles.workflow.errors import Refusal
from articles.workflow.picture_files import modern_formats
from articles.workflow.pictures import make_versions


class Command(StaffCommand):
    """`manage.py make_versions`."""

    help = (
        "Make the versions of pictures that came in before this machine could write a format, such as AVIF. "
        "It can be stopped and run again. Published editions keep the versions that they were made with."
    )
    examples = """\
examples:
  manage.py make_versions                all pictures that lack a format
  manage.py make_versions --from 2000    pictures from number 2000 on, after it was stopped
  manage.py make_versions --dry-run      how many there are
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to begin."""
        super().add_arguments(parser)
        parser.add_argument("--from", dest="first", type=int, default=0, help="number of the first picture")

    def run(self, options: dict[str, Any]) -> None:
        """One picture after the other; one whose file cannot be read is named, and the others are done."""
        wanted = {each.media_type for each in modern_formats()}
        rows = Image.objects.filter(pk__gte=options["first"]).order_by("pk").values_list("pk", "renditions")
        lacking = [
            pk for pk, versions in rows.iterator() if not wanted <= {each["type"] for each in versions}
        ]
        done = 0
        for pk in watch(lacking) if not options["dry_run"] else ():
            image = Image.objects.get(pk=pk)
            try:
                done += bool(make_versions(image))
            except (OSError, Refusal) as error:
                self.refused += 1
                self.stderr.write(f"Picture {pk}, “{image}”: {error}")
        if options["json"]:
            self.print_json({"lacking": len(lacking), "made": done})
        else:
            self.stdout.write(f"{len(lacking)} pictures lack versions, {done} were made")
