"""W3C's Nu checker has nothing to say about any page: no error, and no warning."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.test import RequestFactory

from articles.views.errors import server_error
from tests.judges.crawl import Site
from tests.judges.site import MODULES

NU = MODULES / "vnu-jar/build/dist/vnu.jar"


def complaints(pages: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """What Nu says about `pages`, by address."""
    names = {}
    for number, (address, body) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_bytes(body)
        names[path.name] = address
    command = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", NU, "--format", "json", "--stdout"]
    done = subprocess.run([*command, folder], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    for message in json.loads(done.stdout)["messages"]:
        where = names.get(message["url"].rpartition("/")[2])
        yield f"{where}: {message['type']}: {message['message']} in {message.get('extract', '')!r}"


def test_nu_finds_faults(tmp_path: Path) -> None:
    page = b'<!doctype html><html lang="en"><title>t</title><section><p id=a><img src="a.png"></section>'
    found = " ".join(complaints({"/bad/": page}, tmp_path))
    assert "/bad/: error" in found
    assert "/bad/: info" in found  # a section without a heading is a warning


def test_every_page_is_valid_without_a_warning(site: Site, tmp_path: Path) -> None:
    pages = {page.address: page.body for page in site.pages()}
    pages["the page of a fault"] = server_error(RequestFactory().get("/")).content
    assert {page.status for page in site.pages()} == {200, 404, 410}
    assert len(pages) > 250
    assert sorted(complaints(pages, tmp_path)) == []
