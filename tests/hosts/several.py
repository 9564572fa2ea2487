"""Configuration (iii) of docs/deploy.md here: two web hosts, two databases, Redis, a bucket, nginx."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bucket import serve_bucket
from tests.hosts.databases import Database, primary_and_replica
from tests.hosts.deployed import DEPLOY, changed, commands, environment, manage, nginx_files, static_files
from tests.hosts.processes import Server, running
from tests.postgres import find_binaries, free_port

HOSTS = ("127.0.0.2", "127.0.0.3")


@dataclass
class Site:
    """All that runs."""

    port: int  # of nginx, for HTTPS
    web: list[Server]
    primary: Database
    replica: Database
    redis: Server
    variables: dict[str, str]


@contextmanager
def several_hosts(folder: Path) -> Iterator[Site]:
    """The site, running and empty."""
    binaries = find_binaries()
    assert binaries is not None
    with primary_and_replica(binaries) as (primary, replica), serve_bucket() as pictures:
        cache, inner = free_port(), free_port()
        variables = environment(
            {
                "SECRET_KEY": "a-key-that-belongs-to-nobody-" * 3,
                "DATABASE_URL": primary.url,
                "DATABASE_REPLICA_URL": replica.url,
                "DATABASE_POOL": "4",
                "CACHE_URL": f"rediscache://127.0.0.1:{cache}/1",
                "NEWSROOM_REDIS_URL": f"redis://127.0.0.1:{cache}/2",
                "NEWSROOM_MEDIA_S3": "newsroom-media",
                "NEWSROOM_MEDIA_S3_ENDPOINT": pictures,
                "NEWSROOM_MEDIA_S3_REGION": "here",
                "NEWSROOM_MEDIA_S3_KEY": "key",
                "NEWSROOM_MEDIA_S3_SECRET": "secret",
                "GRANIAN_PORT": str(inner),
                "GRANIAN_WORKERS": "1",
                "AWS_EC2_METADATA_DISABLED": "true",
            }
        )
        prepare(variables)
        (command,) = commands("newsroom.service")
        web = [
            Server(
                command,
                log=folder / f"web-{host}.log",
                address=(host, inner),
                env=variables | {"GRANIAN_HOST": host},
            )
            for host in HOSTS
        ]
        redis = _redis(folder, cache)
        port, front = _nginx(folder, inner, pictures)
        with running(redis, *web, front):
            yield Site(port, web, primary, replica, redis, variables)


def prepare(variables: dict[str, str]) -> None:
    """What the guide says to do before the first start: tables and static files, side by side."""
    collecting = threading.Thread(target=static_files)
    collecting.start()
    manage("migrate", "--verbosity", "0", variables=variables)
    collecting.join()


def _redis(folder: Path, port: int) -> Server:
    here = [("bind 10.0.0.31", "bind 127.0.0.1"), ("port 6379", f"port {port}")]
    configuration = folder / "redis.conf"
    configuration.write_text(changed((DEPLOY / "redis.conf").read_text(), here))
    command = ["redis-server", configuration]
    return Server(command, log=folder / "redis.log", address=("127.0.0.1", port), cwd=folder)


def _nginx(folder: Path, inner: int, pictures: str) -> tuple[int, Server]:
    ports = free_port(), free_port()
    changes = [
        ("10.0.0.11:8000", f"{HOSTS[0]}:{inner}"),
        ("10.0.0.12:8000", f"{HOSTS[1]}:{inner}"),
        ("https://s3.example", pictures),
    ]
    main = nginx_files(folder, "newsroom-hosts.conf", changes, ports)
    command = ["nginx", "-p", folder, "-c", main]
    return ports[1], Server(command, log=folder / "front.log", address=("127.0.0.1", ports[1]))
