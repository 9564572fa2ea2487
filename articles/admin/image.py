"""The picture library: a grid that finds what is missing or ending; a picture, and where it is used."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.image_choices import image_choices
from articles.admin.image_filters import FILTERS
from articles.admin.image_upload import upload_page
from articles.admin.numbers import read_number
from articles.admin.records import DeskAdmin, RefusableForm
from articles.admin.widgets import DateWidget
from articles.models import EditionImage, Image, SearchEntry
from articles.workflow.picture_uses import SOON, expiring_live, find_uses
from articles.workflow.pictures import add_image, save_image

WORDS = ["title", "alt", "caption", "credit"]
RIGHTS = ["rights", "expires_on"]
FOCUS = ["focus_x", "focus_y"]
WIDE = {"rows": 2, "class": "vLargeTextField"}
RATIOS = ("16:9", "4:3", "1:1", "3:4")
OFFERED = {"title": _("Title"), "caption": _("Caption"), "credit": _("Credit"), "rights": _("Rights")}


class ImageForm(RefusableForm):
    """The words beside a picture. Those that are printed stand on one line."""

    class Meta:
        model = Image
        fields = [*WORDS, *RIGHTS, *FOCUS]
        widgets = {
            "alt": forms.Textarea(attrs=WIDE),
            "caption": forms.Textarea(attrs=WIDE),
            "rights": forms.Textarea(attrs=WIDE),
            "expires_on": DateWidget(),
            "focus_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focus_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        return {
            name: " ".join(value.split()) if isinstance(value, str) else value
            for name, value in cleaned.items()
        }


class UploadForm(ImageForm):
    """A new picture. The program decodes it itself, so any file may be tried: the answer is a sentence."""

    upload = forms.FileField(
        label=_("picture"),
        help_text=_(
            "JPEG, PNG, WebP or GIF. It is made smaller, and its hidden data (place, camera) is removed."
        ),
    )

    verb_names: Mapping[str, str] = {"file": "upload"}


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    """The pictures that stories show."""

    list_display = ["title"]
    list_filter = FILTERS
    list_per_page = 48
    search_fields = ["title"]
    search_help_text = _("Words of the title, the caption, the credit or the alt text.")
    search_kind = SearchEntry.Kind.IMAGE
    ordering = ["-uploaded_at", "-pk"]
    form = ImageForm
    change_form_template = "admin/articles/image/change_form.html"
    change_list_template = "admin/articles/image/change_list.html"
    empty_words = _("Upload pictures, say what they show, and choose one as the lead image of a story.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        live = EditionImage.objects.live().filter(image=OuterRef("pk"))
        return super().get_queryset(request).select_related("uploaded_by").annotate(is_live=Exists(live))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(partial(upload_page, self)), name="articles_image_upload"),
            path("choices/", wrap(image_choices), name="articles_image_choices"),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = UploadForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        rights = (_("Rights"), {"fields": RIGHTS})
        if obj is None:
            return [(None, {"fields": ["upload", *WORDS]}), rights]
        return [(None, {"fields": WORDS}), rights, (_("Focal point"), {"fields": [tuple(FOCUS)]})]

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        words = {name: form.cleaned_data[name] for name in [*WORDS, *RIGHTS]}
        if change:
            focus = {name: form.cleaned_data[name] for name in FOCUS}
            save_image(Image.objects.get(pk=obj.pk), by=request.user, **words, **focus)
            return
        upload = form.cleaned_data["upload"]
        saved = add_image(by=request.user, data=upload.read(), filename=upload.name, **words)
        obj.pk = saved.pk
        obj._state.adding = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"today": timezone.localdate(), "soon": SOON}
        if not request.GET:
            context["ending"] = expiring_live(timezone.localdate())
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        image = self.get_object(request, object_id) if read_number(object_id) else None
        context = dict(extra_context or {})
        if image is not None:
            context |= {
                "image": image,
                "uses": find_uses(image),
                "offers": _offers(image),
                "ratios": RATIOS,
                "today": timezone.localdate(),
            }
        return super().change_view(request, object_id, form_url, context)

    def _earlier(self, request: HttpRequest, obj: models.Model | None) -> dict[str, Any]:
        """Also what the file says, where the address asks for it: the way without JavaScript."""
        taken = request.GET.get("take", "") if request.method == "GET" else ""
        words = obj.file_words if isinstance(obj, Image) else {}
        if taken in OFFERED and taken in words:
            return {taken: words[taken]}
        return super()._earlier(request, obj)


def _offers(image: Image) -> list[dict[str, str]]:
    """What the file says and the record does not."""
    return [
        {"name": name, "label": str(label), "words": words}
        for name, label in OFFERED.items()
        if (words := image.file_words.get(name)) and words != getattr(image, name)
    ]
