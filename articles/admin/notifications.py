"""What others did that a person should know: the inbox, and how each wants to hear of what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.numbers import read_number
from articles.models import Notification, Story
from articles.workflow.notify import Way, choices_of, choose_ways, read_notifications
from articles.workflow.notify_rules import excerpt, sentence

if TYPE_CHECKING:
    from articles.admin.site import DeskSite

A_PAGE: Final = 40
COUNTED: Final = 99  # more than this is “99+”, and not counted


@dataclass(frozen=True, slots=True)
class Row:
    """One notification: the sentence, and what was said."""

    notification: Notification
    sentence: str
    excerpt: str


@dataclass(slots=True)
class Group:
    """What a page of the inbox tells about one story."""

    story: Story | None
    rows: list[Row] = field(default_factory=list)

    @property
    def unread(self) -> str:
        """The numbers of those that were not read, as the form sends them."""
        return ",".join(str(row.notification.pk) for row in self.rows if row.notification.read_at is None)


def notification_urls(site: "DeskSite") -> list[URLPattern]:
    """The pages, for the site's addresses."""
    pages = [
        ("notifications/", _inbox, "notifications"),
        ("notifications/choices/", _choices, "notification_choices"),
        ("notifications/<int:pk>/", _open, "notification_open"),
    ]
    return [path(route, site.admin_view(partial(view, site)), name=name) for route, view, name in pages]


def unread_count(user: User | AnonymousUser) -> SimpleLazyObject:
    """How many notifications `user` has not read, in words; asked once, and only by a page that shows it."""
    return SimpleLazyObject(lambda: _counted(user))


def _counted(user: User | AnonymousUser) -> str:
    number = Notification.objects.inbox(user).unread().order_by()[: COUNTED + 1].count()
    return f"{COUNTED}+" if number > COUNTED else str(number or "")


def _inbox(site: "DeskSite", request: HttpRequest) -> HttpResponse:
    """The list, by story; POST marks one, those of a story or all as read, or one as unread."""
    if request.method == "POST":
        return _mark(request)
    only_unread = "unread" in request.GET
    rows = Notification.objects.inbox(request.user).with_records()
    page = Paginator(rows.unread() if only_unread else rows, A_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.to = request.user  # one object, which remembers its permissions
    context = site.each_context(request) | {
        "title": _("Notifications"),
        "page_obj": page,
        "groups": _by_story(page),
        "only_unread": only_unread,
    }
    return TemplateResponse(request, "admin/notifications/inbox.html", context)


def _by_story(page: Iterable[Notification]) -> list[Group]:
    """What is told on a page, by story; the story with the newest first. What is about none stands alone."""
    groups: dict[tuple[str, int | None], Group] = {}
    for row in page:
        key = ("story", row.story_id) if row.story_id is not None else ("alone", row.pk)
        group = groups.setdefault(key, Group(row.story))
        group.rows.append(Row(row, sentence(row), excerpt(row)))
    return list(groups.values())


def _mark(request: HttpRequest) -> HttpResponseRedirect:
    named = request.POST.get("read") or request.POST.get("unread") or ""
    numbers = [number for part in named.split(",")[:A_PAGE] if (number := read_number(part)) is not None]
    if "all" in request.POST:
        read = read_notifications(request.user)
        messages.success(
            request, ngettext("%d notification is read now.", "%d notifications are read now.", read) % read
        )
    elif numbers:
        read_notifications(request.user, numbers=numbers, read="read" in request.POST)
    query = "?unread" if "unread" in request.GET else ""
    return HttpResponseRedirect(reverse("admin:notifications") + query)


def _open(_site: "DeskSite", request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notification is about; it is read then. The link in a mail leads here, too."""
    mine = Notification.objects.filter(to=request.user).select_related("comment", "quote__source")
    notification = get_object_or_404(mine, pk=pk)
    read_notifications(request.user, numbers=[pk])
    return HttpResponseRedirect(_address(notification))


def _address(notification: Notification) -> str:
    if notification.quote_id:
        return reverse("admin:articles_quote_change", args=[notification.quote_id])
    if notification.story_id is None:
        return reverse("admin:notifications")
    event = notification.event
    address = reverse("admin:articles_story_change", args=[notification.story_id])
    if notification.comment is not None:
        return f"{address}#comment-{notification.comment.pk}"
    return f"{address}#thread-{event.record_id}" if event.record_type == "thread" else address


def _choices(site: "DeskSite", request: HttpRequest) -> HttpResponse:
    """How this person wants to hear of each kind of thing."""
    kinds = Notification.Kind
    if request.method == "POST":
        ways = {
            kind: Way(f"{kind}-admin" in request.POST, f"{kind}-mail" in request.POST)
            for kind in kinds.values
        }
        choose_ways(request.user, ways)
        messages.success(request, _("Kept. It holds for what happens from now on."))
        return HttpResponseRedirect(request.path)
    chosen = choices_of(request.user)
    context = site.each_context(request) | {
        "title": _("How you hear of things"),
        "rows": [(kind, chosen[kind.value]) for kind in kinds],
        "address": request.user.email,
        "sends_mail": settings.NEWSROOM_MAIL,
    }
    return TemplateResponse(request, "admin/notifications/choices.html", context)
