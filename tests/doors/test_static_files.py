"""A deployed site's stylesheets need no second request, and its pages are compressed."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from newsroom.static_files import BUNDLED, DeployedStaticFilesStorage, bundle
from tests.editions import make_edition


def test_what_a_stylesheet_imports_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "print.css").write_text("p { color: black }\n")
    (tmp_path / "a.css").write_text("a { color: red }\n")
    site = tmp_path / "site.css"
    site.write_text('@import url("a.css");\n@import url("print.css") print;\n')
    assert bundle(site) == "a { color: red }\n\n@media print {\np { color: black }\n}\n\n"


@pytest.mark.parametrize("name", BUNDLED)
def test_a_deployed_stylesheet_imports_nothing(name: str, tmp_path: Path) -> None:
    source = Path(finders.find(name)).parent
    shutil.copytree(source, tmp_path / source.name, ignore=shutil.ignore_patterns("desk*", "*.js"))
    storage = DeployedStaticFilesStorage(location=tmp_path, base_url="/static/")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "@import" in (tmp_path / name).read_text()
    list(storage.post_process({str(path.relative_to(tmp_path)): (storage, str(path)) for path in files}))
    made = [path.read_text() for path in tmp_path.glob(name.replace(".css", ".*.css"))]
    assert made
    for text in made:
        assert "@import" not in text
        assert "newsreader-roman." in text
        assert "@media print" in text


@pytest.mark.django_db
def test_a_page_is_compressed_for_who_can_read_it(client: Client) -> None:
    story = make_edition().get_absolute_url()
    assert client.get(story, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(story).headers
    assert settings.MIDDLEWARE.index("django.middleware.gzip.GZipMiddleware") > settings.MIDDLEWARE.index(
        "whitenoise.middleware.WhiteNoiseMiddleware"
    )
