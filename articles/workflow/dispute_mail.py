"""Mail to readers who gave an address: that their report came, and what came of it; never their words."""

from __future__ import annotations

import datetime
import logging
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.models import Brand, Dispute

logger = logging.getLogger(__name__)
RECEIPTS_A_DAY: Final = 3  # to one address: whoever types a stranger's address does not fill their inbox
DAY: Final = datetime.timedelta(days=1)


def mail_receipt(dispute: Dispute) -> None:
    """Acknowledge a report after the commit, if the sender left an address and mail can be sent."""
    since = dispute.received_at - DAY
    same = Dispute.objects.filter(email=dispute.email, received_at__gt=since)
    if dispute.email and same.count() <= RECEIPTS_A_DAY:
        _send(dispute, "received", _("We have your report"))


def mail_answer(dispute: Dispute) -> None:
    """Send the answer after the commit, if the sender left an address and mail can be sent."""
    if dispute.email:
        _send(dispute, "answered", _("Our answer to your report"))


def _send(dispute: Dispute, name: str, subject: str) -> None:
    if not settings.NEWSROOM_MAIL:
        return
    paper = Brand.objects.paper()
    context = {
        "dispute": dispute,
        "paper": paper,
        "address": settings.NEWSROOM_URL + dispute.get_absolute_url(),
        "keep_days": settings.NEWSROOM_DISPUTE_KEEP_DAYS,
    }
    body = render_to_string(f"articles/mail/dispute_{name}.txt", context)
    letter = EmailMessage(" ".join(f"{subject} | {paper.name}".split()), body, to=[dispute.email])
    transaction.on_commit(lambda: _post(letter), robust=True)


def _post(letter: EmailMessage) -> None:
    try:
        letter.send()
    except Exception as error:  # noqa: BLE001  (mail servers fail in many ways, and none may lose a report)
        logger.warning("A letter to a reader could not be mailed (%s).", type(error).__name__)
