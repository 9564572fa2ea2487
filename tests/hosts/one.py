"""Configurations (i) and (ii) of docs/deploy.md on this machine: granian and nginx on one host."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hosts.deployed import commands, environment, manage, nginx_files, static_files
from tests.hosts.desk import Desk
from tests.hosts.processes import Server, running
from tests.postgres import free_port


@dataclass
class OneHost:
    """The site: its ports for HTTP and HTTPS, its server, and its one story."""

    http: int
    https: int
    web: Server
    story: str


@contextmanager
def one_host(folder: Path, database: dict[str, str]) -> Iterator[OneHost]:
    """The site on that database, running, with one story and a file that stands for a picture."""
    ports, inner = (free_port(), free_port()), free_port()
    variables = environment(
        {
            "SECRET_KEY": "a-key-that-belongs-to-nobody-" * 3,
            "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
            "GRANIAN_PORT": str(inner),
            "GRANIAN_WORKERS": "1",
        }
        | database
    )
    static_files()
    manage("migrate", "--verbosity", "0", variables=variables)
    (folder / "media/images").mkdir(parents=True)
    (folder / "media/images/0123456789abcdef.avif").write_bytes(b"a picture")
    changes = [
        ("server 127.0.0.1:8000 ", f"server 127.0.0.1:{inner} "),
        ("alias /srv/newsroom/data/static/", f"alias {variables['NEWSROOM_STATIC_ROOT']}/"),
        ("alias /srv/newsroom/data/media/", f"alias {folder}/media/"),
    ]
    main = nginx_files(folder, "newsroom-one.conf", changes, ports)
    (command,) = commands("newsroom.service")
    web = Server(command, log=folder / "web.log", address=("127.0.0.1", inner), env=variables)
    front = Server(
        ["nginx", "-p", folder, "-c", main], log=folder / "front.log", address=("127.0.0.1", ports[1])
    )
    with running(web, front), Desk(variables) as desk:
        path, _ = desk.order("publish")
        yield OneHost(*ports, web, path)
