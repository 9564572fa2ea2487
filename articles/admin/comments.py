"""What the desk says about a story: the panel beside its form, and the same on a page of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.numbers import read_number
from articles.models import Comment, Story, Thread
from articles.text.addressed import split_addressed
from articles.text.markup import plain_text
from articles.workflow.comments import (
    delete_comment,
    edit_comment,
    last_said,
    may_comment,
    open_thread,
    people_to_mention,
    reopen_thread,
    reply,
    resolve_thread,
    unknown_names,
)
from articles.workflow.errors import Refusal
from articles.workflow.people import display_name

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin

PANEL = "admin/articles/story/_comments.html"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as the panel shows it: its text in pieces, each with whether it is a mention."""

    comment: Comment
    pieces: tuple[tuple[str, bool], ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A thread with its comments; `now` is the passage as it stands in the text, when it was edited."""

    thread: Thread
    said: tuple[Said, ...]
    now: str


def comments_panel(story: Story, request: HttpRequest) -> dict[str, Any]:
    """The context of the panel, in two queries; nothing for who may not read comments."""
    if not request.user.has_perm("articles.view_comment"):
        return {}
    text = plain_text(story.body).text
    threads = Thread.objects.filter(story=story).with_comments()
    # In the order of the text; then what is about the whole story or about words that are gone.
    ordered = sorted(threads, key=lambda thread: (thread.start is None, thread.start or 0, thread.pk))
    shown = [show_thread(thread, text, request) for thread in ordered]
    return {
        "threads": [each for each in shown if each.thread.resolved_at is None],
        "resolved": [each for each in shown if each.thread.resolved_at is not None],
        "may_comment": may_comment(request.user),
        "comments_url": reverse("admin:articles_story_comments", args=[story.pk]),
        "shows_comments": True,
    }


def comments_page(admin: "StoryAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """The comments on a page of their own; POST says, changes or settles something there.

    The script of the panel asks for JSON, and gets the panel again, or the sentence why not.
    """
    if not (admin.has_view_permission(request) and request.user.has_perm("articles.view_comment")):
        raise PermissionDenied
    story = get_object_or_404(Story.objects.select_related("owner"), pk=pk)
    scripted = request.headers.get("Accept") == "application/json"
    if request.method != "POST":
        return _fresh(story, request) if scripted else _page(admin, request, story)
    try:
        thread, told = _act(request, story)
    except Refusal as refusal:
        if scripted:
            return JsonResponse({"refused": refusal.message}, status=400)
        return _page(admin, request, story, refused=refusal.message, typed=request.POST)
    if scripted:
        return JsonResponse({"html": _panel(story, request), "thread": thread.pk, "told": told})
    if request.POST["do"] == "open" and thread.lost:
        messages.warning(
            request, _("These words are not in the saved text. The comment finds its place when they are.")
        )
    if told:
        messages.warning(request, told)
    return HttpResponseRedirect(_way_back(request, thread))


def _way_back(request: HttpRequest, thread: Thread) -> str:
    """Where the form stood: the record of a quote, the story's page, or that of its comments."""
    quote = read_number(request.POST.get("quote"))
    if request.POST.get("back") == "quote" and quote is not None:
        return f"{reverse('admin:articles_quote_change', args=[quote])}#comments-on-quote"
    name = "change" if request.POST.get("back") == "story" else "comments"
    return f"{reverse(f'admin:articles_story_{name}', args=[thread.story_id])}#thread-{thread.pk}"


def _fresh(story: Story, request: HttpRequest) -> JsonResponse:
    """The panel as it is now, unless nothing was said since the number that the address names."""
    said = last_said(story)
    if read_number(request.GET.get("since")) == said:
        return JsonResponse({"said": said})
    return JsonResponse({"said": said, "html": _panel(story, request)})


def people_list(request: HttpRequest) -> JsonResponse:
    """Whom one can mention, for the list that opens after an @."""
    if not may_comment(request.user):
        raise PermissionDenied
    people = people_to_mention().order_by("first_name", "last_name", "username")
    return JsonResponse(
        {"people": [{"name": person.get_username(), "full": display_name(person)} for person in people]}
    )


def show_thread(thread: Thread, text: str, request: HttpRequest) -> Shown:
    """A thread with its comments, as it stands in `text`."""
    said = tuple(
        Said(comment, split_addressed(comment.text), own=comment.by_id == request.user.pk)
        for comment in thread.comments.all()
    )
    now = text[thread.start : thread.end] if thread.start is not None else ""
    return Shown(thread, said, now if now.split() != thread.words.split() else "")


def _act(request: HttpRequest, story: Story) -> tuple[Thread, str]:
    """Call the verb that was asked for. Returns the thread, and what should be said about it."""
    typed = request.POST
    text = typed.get("text", "")
    act = ACTS.get(typed.get("do", ""))
    if act is None:
        raise Http404
    thread = act(request, story, text)
    unknown = unknown_names(text) if typed["do"] in ("open", "reply", "edit") else ()
    return thread, _nobody(unknown)


def _nobody(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    return _(
        "Nobody here has the log-in %(names)s, so nobody was told. Edit the comment to mention somebody else."
    ) % {"names": ", ".join(f"@{name}" for name in names)}


def _thread(request: HttpRequest, story: Story) -> Thread:
    return get_object_or_404(story.threads, pk=read_number(request.POST.get("thread")))


def _comment(request: HttpRequest, story: Story) -> Comment:
    return get_object_or_404(Comment, pk=read_number(request.POST.get("comment")), thread__story=story)


def _open(request: HttpRequest, story: Story, text: str) -> Thread:
    words, near = request.POST.get("words", ""), read_number(request.POST.get("near")) or 0
    return open_thread(story, by=request.user, text=text, words=words, near=near).thread


def _reply(request: HttpRequest, story: Story, text: str) -> Thread:
    return reply(_thread(request, story), by=request.user, text=text).thread


def _edit(request: HttpRequest, story: Story, text: str) -> Thread:
    return edit_comment(_comment(request, story), by=request.user, text=text).thread


def _delete(request: HttpRequest, story: Story, _text: str) -> Thread:
    return delete_comment(_comment(request, story), by=request.user).thread


def _resolve(request: HttpRequest, story: Story, _text: str) -> Thread:
    return resolve_thread(_thread(request, story), by=request.user)


def _reopen(request: HttpRequest, story: Story, _text: str) -> Thread:
    return reopen_thread(_thread(request, story), by=request.user)


ACTS: Mapping[str, Callable[[HttpRequest, Story, str], Thread]] = {
    "open": _open,
    "reply": _reply,
    "edit": _edit,
    "delete": _delete,
    "resolve": _resolve,
    "reopen": _reopen,
}


def _marked(text: str, threads: Sequence[Shown]) -> list[tuple[str, int | None]]:
    """`text` in pieces, each with the number of the open thread that is about it; of two, the first."""
    pieces: list[tuple[str, int | None]] = []
    at = 0
    for thread in (shown.thread for shown in threads):
        if thread.start is None or thread.start < at:
            continue
        pieces += [(text[at : thread.start], None), (text[thread.start : thread.end], thread.pk)]
        at = thread.end
    return [*pieces, (text[at:], None)]


def _panel(story: Story, request: HttpRequest) -> str:
    context = {"story": story, "beside_form": True} | comments_panel(story, request)
    return render_to_string(PANEL, context, request)


def _page(
    admin: "StoryAdmin",
    request: HttpRequest,
    story: Story,
    refused: str = "",
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    panel = comments_panel(story, request)
    context = admin.admin_site.each_context(request) | panel
    context |= {
        "marked": _marked(plain_text(story.body).text, panel["threads"]),
        "title": _("Comments on “%(story)s”") % {"story": story},
        "story": story,
        "refused": refused,
        "typed": typed or {},
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/comments.html", context)
