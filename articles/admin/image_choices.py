"""Choosing a picture in a form: by its words and looks, or by its number where there is no JavaScript."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from articles.models import Image, SearchEntry
from articles.workflow.find import find_numbers

SHOWN = 24
NEWEST = 20
MAX_DIGITS = 9
PICKER = "admin/articles/image/_picker.html"


@require_GET
def image_choices(request: HttpRequest) -> JsonResponse:
    """A few pictures as the dialog shows them: found with ?q=, or the newest, or the one that ?ref= names."""
    if not request.user.has_perm("articles.view_image"):
        raise PermissionDenied
    text, ref = " ".join(request.GET.get("q", "").split()), request.GET.get("ref", "")
    images = Image.objects.order_by("-uploaded_at", "-pk")
    if ref:
        images = images.filter(pk=int(ref)) if _is_number(ref) else images.none()
    elif text:
        images = images.filter(pk__in=list(find_numbers(text, SearchEntry.Kind.IMAGE)[:SHOWN]))
    return JsonResponse({"items": [_item(image) for image in images[:SHOWN]]})


class PictureWidget(forms.TextInput):
    """The number of a picture; a dialog with the library takes its place where there is JavaScript."""

    class Media:
        css = {"all": ["articles/desk/images.css"]}
        js = [forms.Script("articles/desk/picker.js", type="module")]

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "size": 8, **(attrs or {})})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        """The field, the picture that it names, and the dialog. Two queries, whatever the library holds."""
        number, key = str(value or ""), str((attrs or {}).get("id") or f"id_{name}")
        chosen = Image.objects.filter(pk=int(number)).first() if _is_number(number) else None
        newest = Image.objects.order_by("-uploaded_at", "-pk").values_list("pk", "title")
        context = {
            "id": key,
            "box": super().render(name, value, {**(attrs or {}), "list": f"{key}_newest"}, renderer),
            "item": _item(chosen) if chosen else None,
            "newest": newest[:NEWEST],
        }
        return render_to_string(PICKER, context)


class PictureField(forms.ModelChoiceField):
    """A picture of the library, chosen among any number of them: the form asks for one row only."""

    widget = PictureWidget
    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "The library has no picture with this number. Choose one, or leave the field empty."
        )
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(queryset=Image.objects.all(), **kwargs)

    def to_python(self, value: Any) -> Image | None:
        if value and not _is_number(str(value)):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


def _item(image: Image) -> dict[str, str]:
    missing = [
        words
        for words, absent in (
            (_("no alt text"), not image.alt),
            (_("no credit"), not image.credit),
            (_("may no longer be shown"), image.has_expired(timezone.localdate())),
        )
        if absent
    ]
    return {
        "ref": str(image.pk),
        "title": image.title,
        "beside": " · ".join(filter(None, [image.credit, f"{image.width} × {image.height}"])),
        "warning": ", ".join(missing),
        "image": image.smallest_url,
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS
