"""The units of systemd, and the guide: what they name exists."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.hosts.deployed import BIN, DEPLOY, ROOT, commands

UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit.name for unit in UNITS if unit.suffix == ".service"]
GUIDE = (ROOT / "docs/deploy.md").read_text()


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(unit)
    return parser


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze"):
        for each in UNITS:
            here = each.read_text().replace("/srv/newsroom/app/.venv/bin", str(BIN))
            (tmp_path / each.name).write_text(here)
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
            capture_output=True,
            text=True,
            check=False,
        )
        assert [line for line in done.stderr.splitlines() if "newsroom" in line] == []
    kind = {".service": "Service", ".timer": "Timer"}[unit.suffix]
    assert {"Unit", kind} <= set(read(unit).sections())


@pytest.mark.parametrize("unit", [name for name in SERVICES if name != "newsroom.service"])
def test_timers_run_commands_that_there_are(unit: str) -> None:
    assert (DEPLOY / "systemd" / unit.replace(".service", ".timer")).exists()
    for program, script, name, *_ in commands(unit):
        assert (Path(program).parent, script) == (BIN, "manage.py")
        assert name in get_commands()


def test_after_a_bake_nginx_reads_what_moved_and_what_is_gone() -> None:
    unit = "newsroom-mirror.service"
    (bake,) = commands(unit)
    assert bake[2:] == ["bake", "/srv/newsroom/data/mirror", "--workers", "2"]
    assert commands(unit, "ExecStartPost") == [["+/usr/sbin/nginx", "-s", "reload"]]


def test_services_shed_what_they_do_not_need() -> None:
    for name in SERVICES:
        service = read(DEPLOY / "systemd" / name)["Service"]
        assert (service["User"], service["NoNewPrivileges"], service["ProtectSystem"]) == (
            "newsroom",
            "yes",
            "strict",
        )


def test_the_guide_names_files_that_there_are() -> None:
    named = set(re.findall(r"`((?:systemd|nginx|postgresql)/[\w.-]+)`|docs/deploy/([\w./-]+\w)", GUIDE))
    names = {first or second for first, second in named}
    assert len(names) > 8
    assert {name for name in names if not (DEPLOY / name).exists()} == set()


def test_the_guide_names_commands_that_there_are() -> None:
    names = set(re.findall(r"newsroom-manage ([a-z_]+)", GUIDE))
    assert {"migrate", "index_published"} <= names
    assert names - set(get_commands()) == set()


def test_every_variable_of_the_environment_file_is_explained() -> None:
    explained = (ROOT / ".env.example").read_text()
    names = re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", (DEPLOY / "newsroom.env").read_text(), re.MULTILINE)
    assert len(names) > 15
    assert {
        name for name in names if not name.startswith(("GRANIAN_", "MALLOC_")) and f"{name}=" not in explained
    } == set()
