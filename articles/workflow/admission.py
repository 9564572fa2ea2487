"""How many reports one place may send: a limit that holds however many processes serve the site."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from articles.models import DisputeSender
from articles.workflow.errors import Refusal

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
SALT: Final = "articles.disputes.sender"
IPV6_NETWORK: Final = 64  # what one household has: a sender can choose any address in it


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within any stretch of time as long as `window`; no limit when `most` is 0."""

    window: datetime.timedelta
    most: int


class TooMany(Refusal):
    """One place sent more than it may. `wait` says for how long it must not send."""

    def __init__(self, message: str, *, wait: datetime.timedelta) -> None:
        super().__init__(message)
        self.wait = wait


def limits() -> tuple[Limit, ...]:
    """The limits that the settings name."""
    return (Limit(HOUR, settings.NEWSROOM_DISPUTES_PER_HOUR), Limit(DAY, settings.NEWSROOM_DISPUTES_PER_DAY))


def waiting_time(
    sent: Sequence[datetime.datetime], now: datetime.datetime, limited: Sequence[Limit]
) -> datetime.timedelta:
    """How long a sender must wait who sent at the times `sent`; nothing when one more is allowed now."""
    wait = datetime.timedelta(0)
    for limit in limited:
        within = sorted(at for at in sent if at > now - limit.window)
        if limit.most and len(within) >= limit.most:
            wait = max(wait, within[-limit.most] + limit.window - now)
    return wait


def sender_of(address: str) -> str:
    """The keyed hash under which reports from a network address are counted; the address is kept nowhere."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        network = "unknown"
    else:
        mapped = getattr(parsed, "ipv4_mapped", None)
        parsed = mapped or parsed
        long = parsed.version == 6
        network = str(ipaddress.ip_network((parsed, IPV6_NETWORK if long else 32), strict=False))
    return salted_hmac(SALT, network, algorithm="sha256").hexdigest()


def admit(sender: str, *, now: datetime.datetime, message: str) -> None:
    """Count one report of `sender`, and forget who sent none since yesterday. Raises TooMany with `message`.

    In the transaction of the verb, so that a report that is refused for another reason counts for nothing.
    """
    with transaction.atomic():
        DisputeSender.objects.filter(last_at__lte=now - DAY).delete()
        # The row is locked, so that two reports at once are counted one after the other.
        row, _made = DisputeSender.objects.select_for_update().get_or_create(
            sender=sender, defaults={"last_at": now}
        )
        sent = [datetime.datetime.fromtimestamp(at, datetime.UTC) for at in row.times]
        wait = waiting_time(sent, now, limits())
        if wait:
            raise TooMany(message, wait=wait)
        row.times = [at.timestamp() for at in [*sent, now] if at > now - DAY]
        row.last_at = now
        row.save(update_fields=["times", "last_at"])
