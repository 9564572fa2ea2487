"""Django's cache in Redis or Valkey, which the site can do without: while it is away, nothing is cached."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger("articles.cache")

REST: Final = 1.0  # seconds for which a server that failed is not asked


class Health:
    """How the server is, as this process knows. Each thread has a client of its own, all have this one."""

    def __init__(self) -> None:
        self.resting_until = 0.0
        self.ill = False

    def failed(self, problem: Exception) -> None:
        """Let the server rest, and say so when it was well before."""
        self.resting_until = time.monotonic() + REST
        if not self.ill:
            logger.error("Redis does not answer; the site goes on without its cache: %s", problem)
        self.ill = True


health = Health()


def _forgiving(name: str, instead: Callable[..., Any]) -> Callable[..., Any]:
    """The method `name` of Django's client; while the server is away, what `instead` returns."""
    method = getattr(RedisCacheClient, name)

    @wraps(method)
    def ask(self: RedisCacheClient, *arguments: Any) -> Any:
        if time.monotonic() < health.resting_until:
            return instead(*arguments)
        try:
            found = method(self, *arguments)
        except RedisError as problem:
            health.failed(problem)
            return instead(*arguments)
        health.ill = False
        return found

    return ask


def _no(*arguments: Any) -> bool:
    return False


def _uncounted(key: str, delta: int) -> int:
    raise ValueError(f"Nothing is stored under {key}.")  # as for a key that was dropped


class ForgivingClient(RedisCacheClient):
    """Finds nothing and forgets everything while the server does not answer."""

    add = _forgiving("add", _no)
    get = _forgiving("get", lambda key, default: default)
    set = _forgiving("set", _no)
    touch = _forgiving("touch", _no)
    delete = _forgiving("delete", _no)
    get_many = _forgiving("get_many", lambda keys: {})
    has_key = _forgiving("has_key", _no)
    incr = _forgiving("incr", _uncounted)
    set_many = _forgiving("set_many", _no)
    delete_many = _forgiving("delete_many", _no)
    clear = _forgiving("clear", _no)


class ForgivingRedisCache(RedisCache):
    """The backend for CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
