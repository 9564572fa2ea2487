"""Notifications by mail: after the verb's commit, one mail a person; what fails waits for the command."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Notification
from articles.models.notification import NotificationQuerySet
from articles.workflow.notify_rules import excerpt, is_confidential_now, sentence

logger = logging.getLogger(__name__)
Mail = Notification.Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, about everything that waits for them."""

    address: str
    subject: str
    body: str
    about: tuple[int, ...]  # numbers of notifications


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of sending: mails that left, and those that could not, with the kind of error."""

    sent: tuple[Letter, ...]
    failed: tuple[tuple[Letter, str], ...]


def write_letters(waiting: NotificationQuerySet) -> list[Letter]:
    """The mails for what of `waiting` is still to be sent to somebody with an address; nothing is sent."""
    rows = waiting.to_mail().exclude(to__email="").with_records().order_by("to", "at", "pk")
    return [_letter(list(group)) for _person, group in groupby(rows, key=lambda row: row.to_id)]


def send_letters(letters: Iterable[Letter]) -> Posted:
    """Send each mail. One that cannot be sent is logged by its error alone, and waits for the next time."""
    sent, failed = [], []
    for letter in letters:
        # Taken before it is sent, so that the command and a verb do not both send it.
        taken = [number for number in letter.about if _move(number, Mail.WAITING, Mail.SENT)]
        if not taken:
            continue
        try:
            EmailMessage(letter.subject, letter.body, to=[letter.address]).send()
        except Exception as error:  # noqa: BLE001  (mail servers fail in many ways, and none may stop the desk)
            for number in taken:
                _move(number, Mail.SENT, Mail.WAITING)
            logger.warning("A notification could not be mailed (%s).", type(error).__name__)
            failed.append((letter, type(error).__name__))
        else:
            sent.append(letter)
    return Posted(tuple(sent), tuple(failed))


def send_at_once(numbers: Sequence[int]) -> None:
    """Mail the notifications with these numbers, unless the newsroom leaves all mail to the command."""
    if settings.NEWSROOM_MAIL_AT_ONCE:
        send_letters(write_letters(Notification.objects.filter(pk__in=numbers)))


def _letter(notifications: Sequence[Notification]) -> Letter:
    site = settings.NEWSROOM_URL
    items = [
        {
            "sentence": sentence(each),
            "excerpt": "" if is_confidential_now(each) else excerpt(each),
            "url": site + reverse("admin:notification_open", args=[each.pk]),
        }
        for each in notifications
    ]
    subject = items[0]["sentence"] if len(items) == 1 else _("%d things are new at the desk") % len(items)
    context = {"items": items, "choices": site + reverse("admin:notification_choices")}
    return Letter(
        address=notifications[0].to.email,
        subject=" ".join(subject.split()),
        body=render_to_string("articles/mail/notifications.txt", context),
        about=tuple(each.pk for each in notifications),
    )


def _move(number: int, begins: Notification.Mail, ends: Notification.Mail) -> bool:
    return bool(Notification.objects.filter(pk=number, mail=begins).update(mail=ends))
