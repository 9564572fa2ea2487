"""Where a list goes on: opaque words that hold the place of the last row. Any depth costs the same."""

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpRequest

from articles.api.problems import Refused
from articles.jsonld import absolute

_LONGEST: Final = 400
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")


def write_cursor(*place: str | int) -> str:
    """The cursor for what comes after `place`."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> list[Any]:
    """The place that `write_cursor` wrote. Raises Refused for anything else."""
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        padded = cursor + "=" * (-len(cursor) % 4)
        place = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if [type(part) for part in place] != list(kinds) or not all(map(_is_storable, place)):
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise Refused("“cursor” is none that this API gave. Start again without it.") from error
    return list(place)


def read_moment(written: str) -> datetime:
    """A time in a cursor. Raises Refused when it is none."""
    try:
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # a time before the first in UTC
        raise Refused("“cursor” is none that this API gave. Start again without it.") from error


def next_address(request: HttpRequest, cursor: str) -> str | None:
    """The address of the same list from `cursor` on; None without one."""
    if not cursor:
        return None
    asked = request.GET.copy()
    asked["cursor"] = cursor
    return absolute(f"{request.path}?{asked.urlencode()}")


def _is_storable(part: object) -> bool:
    """Whether a database could hold it: no number is too large, no text has NUL or half of a sign."""
    if isinstance(part, int):
        return 0 <= part < 2**63
    return not isinstance(part, str) or not _UNSTORABLE.search(part)
