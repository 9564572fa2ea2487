"""What the body editor asks the server: what can be put into the text, and what is pasted made clean."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.admin.numbers import read_number
from articles.models import Edition, Image, Quotation, SearchEntry, Speaker, Story
from articles.text.paste import clean_paste
from articles.text.typography import set_html
from articles.workflow.find import find_numbers

SHOWN = 12

Item = dict[str, str]


@require_GET
def elements_list(request: HttpRequest) -> JsonResponse:
    """Items of ?kind=picture, pull or link: those found with ?q=, or the one that ?ref= names.

    Each has `ref`, which goes into the body, `title` and `beside`; a picture has `image`, too.
    """
    lists: dict[str, tuple[str, Callable[[HttpRequest], Iterable[Item]]]] = {
        "picture": ("articles.view_image", _pictures),
        "pull": ("articles.view_quote", _pulls),
        "link": ("articles.view_story", _links),
    }
    permission, items = lists.get(request.GET.get("kind", ""), ("", lambda _request: ()))
    allowed = bool(permission) and request.user.has_perm(permission)
    return JsonResponse({"items": list(items(request)) if allowed else []})


@require_POST
def cleaned_paste(request: HttpRequest) -> JsonResponse:
    """The posted `html`, as another program put it on the clipboard, as a body may hold it."""
    _require(request)
    return JsonResponse({"html": clean_paste(request.POST.get("html", ""))})


@require_POST
def typeset_body(request: HttpRequest) -> JsonResponse:
    """The posted `html` with marks, dashes and spaces as printed in the language of the paper."""
    _require(request)
    return JsonResponse({"html": set_html(request.POST.get("html", ""), language=settings.LANGUAGE_CODE)})


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.view_story"):
        raise PermissionDenied


def _pictures(request: HttpRequest) -> Iterable[Item]:
    text, ref = _asked(request)
    rows = Image.objects.order_by("-uploaded_at", "-pk")
    if ref:
        rows = rows.filter(pk=read_number(ref))
    elif text:
        rows = rows.filter(pk__in=list(find_numbers(text, SearchEntry.Kind.IMAGE)[:SHOWN]))
    for image in rows[:SHOWN]:
        beside = [image.caption, image.credit] if image.alt else [_("no alt text yet"), image.credit]
        yield {
            "ref": str(image.pk),
            "title": image.title,
            "beside": " · ".join(filter(None, beside)),
            "image": image.smallest_url,
        }


def _pulls(request: HttpRequest) -> Iterable[Item]:
    text, ref = _asked(request)
    uses = Quotation.objects.with_quotes().filter(
        story_id=read_number(request.GET.get("story")),
        quote__isnull=False,
        state__in=Quotation.State.in_text(),
    )
    for use in uses:
        quote = use.quote
        words = f"“{quote.words}”"
        if (ref and quote.key != ref) or text.casefold() not in words.casefold():
            continue
        yield {
            "ref": quote.key,
            "title": words,
            "beside": " · ".join(
                [str(quote.speaker or _("nobody yet")), str(quote.get_verification_display())]
            ),
        }


def _links(request: HttpRequest) -> Iterable[Item]:
    text, _ref = _asked(request)
    stories = Story.objects.select_related("section").exclude(
        status__in=[Story.Status.SPIKED, Story.Status.KILLED]
    )
    found = stories.in_bulk(list(find_numbers(text, SearchEntry.Kind.STORY)[:SHOWN]))
    editions = {
        each.story_id: each
        for each in Edition.objects.published().filter(story_id__in=found).defer("body_html", "body_text")
    }
    for number in sorted(found, reverse=True):
        story, edition = found[number], editions.get(number)
        if edition is not None:
            address, beside = edition.get_absolute_url(), _("story")
        elif story.section and story.slug:
            address = reverse("articles:story", args=[story.section.slug, story.slug])
            beside = _("story, not published yet")
        else:
            continue
        yield {"ref": address, "title": str(story), "beside": beside}
    numbers = list(find_numbers(text, SearchEntry.Kind.SPEAKER)[:SHOWN])
    for speaker in Speaker.objects.filter(pk__in=numbers, merged_into=None, unnamed=False):
        address = reverse("articles:speaker", args=[speaker.slug])
        yield {"ref": address, "title": speaker.name, "beside": _("speaker")}


def _asked(request: HttpRequest) -> tuple[str, str]:
    return " ".join(request.GET.get("q", "").split()), request.GET.get("ref", "")
