"""The files of docs/deploy, put to use here: other ports, addresses and folders, and nothing else."""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs/deploy"
BIN = Path(sys.executable).parent
STATIC = ROOT / "var/check-static"  # where `make checks` collects them
HOST = "news.example"
NGINX = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes 1;
{user}
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    {temporary}
    include {folder}/newsroom-zones.conf;
    include {folder}/newsroom.conf;
}}
"""


def changed(text: str, changes: Iterable[tuple[str, str]]) -> str:
    """The text of a file of docs/deploy for this machine; each change must have something to change."""
    for old, new in changes:
        assert old in text, f"{old!r} is not in the file any more"
        text = text.replace(old, new)
    return text


def environment(changes: dict[str, str]) -> dict[str, str]:
    """What docs/deploy/newsroom.env sets, with `changes`; nothing of what is set here but the PATH."""
    lines = (DEPLOY / "newsroom.env").read_text().splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    found = {name: "".join(shlex.split(value)) for name, _, value in pairs}
    here = {"PATH": "/usr/bin:/bin", "NEWSROOM_ENV_FILE": "", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    return here | found | {"NEWSROOM_STATIC_ROOT": str(STATIC)} | changes


def commands(unit: str, key: str = "ExecStart") -> list[list[str]]:
    """The commands of a unit of systemd, as they run here."""
    lines = (DEPLOY / "systemd" / unit).read_text().splitlines()
    found = [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]
    return [shlex.split(line.replace("/srv/newsroom/app/.venv/bin", str(BIN))) for line in found]


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody signed, and its key."""
    paths = (folder / "fullchain.pem", folder / "privkey.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-days", "2", "-subj", f"/CN={HOST}", "-out", paths[0], "-keyout", paths[1]],
        capture_output=True,
        check=True,
    )
    return paths


def nginx_files(folder: Path, name: str, changes: Iterable[tuple[str, str]], ports: tuple[int, int]) -> Path:
    """Write the configuration `name` of docs/deploy/nginx for this machine; returns the main file."""
    chain, key = certificate(folder)
    (folder / "snippets").mkdir()
    shutil.copy(DEPLOY / "nginx/newsroom-common.conf", folder / "snippets")
    zones = (DEPLOY / "nginx/newsroom-zones.conf").read_text()
    zones = changed(zones, [("/var/cache/nginx/newsroom", f"{folder}/files")])
    (folder / "newsroom-zones.conf").write_text(zones)
    here = [
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{ports[0]};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{ports[1]} ssl http2;"),
        (f"/etc/letsencrypt/live/{HOST}/fullchain.pem", str(chain)),
        (f"/etc/letsencrypt/live/{HOST}/privkey.pem", str(key)),
    ]
    site = changed((DEPLOY / "nginx" / name).read_text(), [*here, *changes])
    (folder / "newsroom.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(NGINX.format(folder=folder, user=user, temporary=temporary))
    return main


def static_files() -> None:
    """Collect the static files, unless `make checks` did so since they changed."""
    manifest = STATIC / "staticfiles.json"
    sources = [*(ROOT / "static").rglob("*"), *(ROOT / "articles").glob("static/**/*")]
    if manifest.exists() and manifest.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return
    manage(
        "collectstatic",
        "--no-input",
        "--verbosity",
        "0",
        variables=environment({"DATABASE_URL": "sqlite://"}),
    )


def manage(*arguments: str, variables: dict[str, str]) -> None:
    """Run a command of the deployed site."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
