"""Settings that several hosts need: a pool, a replica, a shared cache that may fail, pictures in a bucket."""

import time
from collections.abc import Iterator

import pytest
from django.core.cache import BaseCache
from django.core.files.base import ContentFile

from newsroom import forgiving_cache
from newsroom.forgiving_cache import ForgivingRedisCache
from newsroom.media_storage import BucketStorage
from tests.bucket import Bucket, serve_bucket
from tests.doors.test_settings import DEPLOYED, python, settings_of

POSTGRES = {"DATABASE_URL": "postgres://desk:secret@db1/newsroom"}
PICTURE = "images/0123456789abcdef.avif"


def test_a_thread_keeps_its_connection_and_looks_whether_it_still_works() -> None:
    database = settings_of("DATABASES", **DEPLOYED, **POSTGRES)["DATABASES"]["default"]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "pool" not in database["OPTIONS"]


def test_a_process_shares_a_pool_of_connections() -> None:
    database = settings_of("DATABASES", **DEPLOYED, **POSTGRES, DATABASE_POOL="8")["DATABASES"]["default"]
    assert database["OPTIONS"]["pool"]["max_size"] == 8
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (0, True)


def test_a_replica_is_a_database_and_has_a_router() -> None:
    url = "postgres://reader:secret@db2/newsroom"
    found = settings_of("DATABASES", "DATABASE_ROUTERS", **DEPLOYED, **POSTGRES, DATABASE_REPLICA_URL=url)
    assert found["DATABASES"]["replica"]["HOST"] == "db2"
    assert found["DATABASE_ROUTERS"] == ["newsroom.replica.ReplicaRouter"]
    assert settings_of("DATABASE_ROUTERS", **DEPLOYED, **POSTGRES) == {"DATABASE_ROUTERS": None}


def test_sqlite_is_set_for_readers_who_do_not_wait_for_writers() -> None:
    options = settings_of("DATABASES", **DEPLOYED)["DATABASES"]["default"]["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "mmap_size"):
        assert pragma in options["init_command"]


@pytest.mark.parametrize("variables", [{}, POSTGRES | {"DATABASE_POOL": "4"}])
def test_the_settings_can_be_used(variables: dict[str, str]) -> None:
    code = (
        "import django; django.setup(); from django.db import connection; connection.get_connection_params()"
    )
    done = python(code, **DEPLOYED, **variables, DJANGO_SETTINGS_MODULE="newsroom.settings")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_cache_in_redis_may_fail() -> None:
    cache = settings_of("CACHES", **DEPLOYED, CACHE_URL="rediscache://cache1:6379/1")["CACHES"]["default"]
    assert cache["BACKEND"] == "newsroom.forgiving_cache.ForgivingRedisCache"
    assert cache["LOCATION"] == "redis://cache1:6379/1"


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> BaseCache:
    """A cache in a server that is not there."""
    monkeypatch.setattr(forgiving_cache, "health", forgiving_cache.Health())
    return ForgivingRedisCache("redis://127.0.0.1:9/1", {"OPTIONS": {"socket_connect_timeout": 0.2}})


def test_without_redis_nothing_is_cached_and_nothing_breaks(
    away: BaseCache, caplog: pytest.LogCaptureFixture
) -> None:
    began = time.monotonic()
    assert away.get("a", "nothing") == "nothing"
    assert away.get_or_set("a", lambda: "made") == "made"
    assert away.add("a", 1) is False
    assert away.get_many(["a", "b"]) == {}
    away.set("a", 1)
    away.delete("a")
    with pytest.raises(ValueError, match="Nothing is stored"):
        away.incr("a")
    assert time.monotonic() - began < 0.5
    assert [record.levelname for record in caplog.records if record.name == "articles.cache"] == ["ERROR"]


@pytest.fixture
def bucket() -> Iterator[str]:
    """The address of a bucket server; what it holds is in `Bucket.files`."""
    with serve_bucket() as address:
        yield address


def test_pictures_lie_in_a_bucket_at_the_addresses_that_they_have_on_a_disk(bucket: str) -> None:
    found = settings_of(
        "STORAGES",
        **DEPLOYED,
        NEWSROOM_MEDIA_S3="pictures",
        NEWSROOM_MEDIA_S3_ENDPOINT=bucket,
        NEWSROOM_MEDIA_S3_REGION="eu",
        NEWSROOM_MEDIA_S3_KEY="key",
        NEWSROOM_MEDIA_S3_SECRET="secret",
    )["STORAGES"]["default"]
    assert found["BACKEND"] == "newsroom.media_storage.BucketStorage"
    storage = BucketStorage(**found["OPTIONS"])
    assert not storage.exists(PICTURE)
    assert storage.save(PICTURE, ContentFile(b"a picture")) == PICTURE
    assert storage.exists(PICTURE)
    assert storage.url(PICTURE) == f"/media/{PICTURE}"
    data, headers = Bucket.files[f"/pictures/{PICTURE}"]
    assert data == b"a picture"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "image/avif"


def test_without_a_bucket_pictures_lie_on_the_disk() -> None:
    found = settings_of("STORAGES", **DEPLOYED)["STORAGES"]["default"]
    assert found == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
