"""A deployed site refuses to start unsafe, and says which variable is missing."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from newsroom.settings import BODY_EDITOR_STYLE

ROOT = Path(__file__).parents[2]
DEPLOYED = {
    "SECRET_KEY": "a-key-that-belongs-to-nobody-" * 3,
    "ALLOWED_HOSTS": "news.example, www.news.example",
    "NEWSROOM_URL": "https://news.example/",
}
SHOW = (
    "import json, newsroom.settings as found; "
    "print(json.dumps({name: getattr(found, name, None) for name in %r}, default=str))"
)


def python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `code` with the settings in an environment that has only `variables`."""
    return run("-c", code, **variables)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with `arguments` in an environment that has only `variables`."""
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, *arguments],
        env=bare | {"NEWSROOM_ENV_FILE": ""} | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(*names: str, **variables: str) -> dict[str, object]:
    """Return the settings `names` as a process with `variables` would have them."""
    done = python(SHOW % (list(names),), **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_deployed_site_without_its_keys_does_not_start(missing: str) -> None:
    done = python("import newsroom.settings", **{k: v for k, v in DEPLOYED.items() if k != missing})
    assert done.returncode != 0
    assert f"{missing} is not set." in done.stderr


@pytest.mark.parametrize("command", ["migrate", "runserver"])
def test_a_command_without_settings_says_what_is_missing_and_nothing_else(command: str) -> None:
    done = run("manage.py", command)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("SECRET_KEY is not set. ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts of this site."),
        ("NEWSROOM_URL", "news.example", "NEWSROOM_URL must be the public address of the paper"),
    ],
)
def test_a_careless_value_is_refused(name: str, value: str, sentence: str) -> None:
    done = python("import newsroom.settings", **DEPLOYED | {name: value})
    assert done.returncode != 0
    assert sentence in done.stderr


def test_a_deployed_site_is_safe_without_further_settings() -> None:
    found = settings_of(
        "DEBUG",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
        "NEWSROOM_URL",
        "NEWSROOM_SERVE_MEDIA",
        "SECURE_PROXY_SSL_HEADER",
        **DEPLOYED,
    )
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "ALLOWED_HOSTS": ["news.example", "www.news.example"],
        "NEWSROOM_URL": "https://news.example",
        "NEWSROOM_SERVE_MEDIA": False,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_debug_cannot_be_turned_on_in_a_deployed_site() -> None:
    assert settings_of("DEBUG", **DEPLOYED, DEBUG="1") == {"DEBUG": False}


def test_an_env_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("NEWSROOM_DEV=1\nNEWSROOM_NAME=The Saltmarsh Gazette\nNEWSROOM_TAGLINE=From a file\n")
    found = settings_of(
        "NEWSROOM_NAME", "NEWSROOM_TAGLINE", NEWSROOM_ENV_FILE=str(file), NEWSROOM_TAGLINE="From outside"
    )
    assert found == {"NEWSROOM_NAME": "The Saltmarsh Gazette", "NEWSROOM_TAGLINE": "From outside"}


def test_sqlite_is_the_default_and_a_url_brings_postgresql() -> None:
    embedded = settings_of("DATABASES", NEWSROOM_DEV="1")["DATABASES"]["default"]
    assert embedded["ENGINE"] == "django.db.backends.sqlite3"
    assert embedded["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    served = settings_of("DATABASES", NEWSROOM_DEV="1", DATABASE_URL="postgres://desk:pw@db.example/news")
    assert served["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert served["DATABASES"]["default"]["CONN_HEALTH_CHECKS"] is True


@pytest.mark.django_db
def test_the_log_in_page_carries_a_strict_content_security_policy(client: Client) -> None:
    response = client.get(reverse("admin:login"))
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert "'unsafe-eval'" not in response["Content-Security-Policy"]
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_style_of_the_body_editor_is_the_one_let_in() -> None:
    path = finders.find("django_prose_editor/editor.js")
    assert path is not None
    styles = re.findall(r"`(\.ProseMirror \{[^`]*)`", Path(path).read_text(encoding="utf-8"))
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles]
    assert [f"'sha256-{value}'" for value in hashes] == [BODY_EDITOR_STYLE]


def test_the_example_names_every_variable_that_is_read() -> None:
    code = (ROOT / "newsroom/settings.py").read_text()
    read = set(re.findall(r"""(?:env\.\w+|required|environ\.get)\(\s*"([A-Z_]+)\"""", code))
    named = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert "SECRET_KEY" in read
    assert read - {"NEWSROOM_ENV_FILE"} == named


@pytest.mark.django_db
def test_five_failed_log_ins_close_the_door_to_that_name_only(client: Client, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    User.objects.create_superuser("imke", password="the-right-words")
    User.objects.create_superuser("jorun", password="the-right-words")
    for _ in range(5):
        last = client.post(reverse("admin:login"), {"username": "imke", "password": "guess"})
    assert last.status_code == 429
    page = last.content.decode()
    assert "fifteen minutes" in page
    assert "<title>Log-in locked | The Kelder Courier</title>" in page

    def log_in(name: str) -> int:
        words = {"username": name, "password": "the-right-words", "next": "/admin/password_change/"}
        return client.post(reverse("admin:login"), words).status_code

    assert log_in("imke") == 429
    assert log_in("jorun") == 302
