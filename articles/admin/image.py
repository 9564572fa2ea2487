"""Pictures at the desk: the upload, the words beside the picture, and where it is used."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.records import DeskAdmin, RefusableForm, moment
from articles.models import Image, SearchEntry
from articles.workflow.pictures import add_image, save_image

WORDS = ["title", "alt", "caption", "credit"]
FOCUS = ["focus_x", "focus_y"]


class UploadForm(RefusableForm):
    """A new picture. The program decodes it itself, so any file may be tried: the answer is a sentence."""

    upload = forms.FileField(
        label=_("picture"),
        help_text=_("JPEG, PNG or WebP. It is made smaller and its hidden data (place, camera) is removed."),
    )

    verb_names = {"file": "upload"}

    class Meta:
        model = Image
        fields = WORDS


@admin.register(Image)
class ImageAdmin(DeskAdmin):
    """The pictures that stories may lead with."""

    list_display = ["thumbnail", "title_line", "alt_line", "credit_line", "uses", "uploaded"]
    list_display_links = None
    search_fields = ["title"]
    search_kind = SearchEntry.Kind.IMAGE
    change_form_template = "admin/articles/image/change_form.html"
    empty_words = _("Add a picture, say what it shows, and choose it as the lead image of a story.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).annotate(use_count=Count("stories"))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = UploadForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> list[str]:
        return ["upload", *WORDS] if obj is None else [*WORDS, *FOCUS]

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        words = {name: form.cleaned_data[name] for name in WORDS}
        if change:
            focus = {name: form.cleaned_data[name] for name in FOCUS}
            save_image(Image.objects.get(pk=obj.pk), by=request.user, **words, **focus)
            return
        upload = form.cleaned_data["upload"]
        saved = add_image(by=request.user, data=upload.read(), filename=upload.name, **words)
        obj.pk = saved.pk
        obj._state.adding = False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        image = self.get_object(request, object_id) if object_id.isdigit() else None
        context = dict(extra_context or {})
        if image is not None:
            context |= {"image": image, "stories": image.stories.select_related("section", "owner")[:50]}
        return super().change_view(request, object_id, form_url, context)

    # --- The columns of the list ------------------------------------------------------------------

    @admin.display(description=_("picture"))
    def thumbnail(self, image: Image) -> str:
        """The smallest rendition."""
        smallest = image.renditions[0]["name"] if image.renditions else image.file.name
        return format_html(
            '<img class="list-thumb" src="{}" alt="" loading="lazy">', image.file.storage.url(smallest)
        )

    @admin.display(description=_("title"), ordering="title")
    def title_line(self, image: Image) -> str:
        """The title as a link."""
        return format_html('<a href="{}/change/">{}</a>', image.pk, image.title)

    @admin.display(description=_("alt text"))
    def alt_line(self, image: Image) -> str:
        """What the picture shows, or that nobody has said it."""
        return image.alt or format_html('<span class="chip" data-state="work">{}</span>', _("missing"))

    @admin.display(description=_("credit"))
    def credit_line(self, image: Image) -> str:
        """Whose picture it is, or that nobody has said it."""
        return image.credit or format_html('<span class="chip" data-state="work">{}</span>', _("missing"))

    @admin.display(description=_("uploaded"), ordering="uploaded_at")
    def uploaded(self, image: Image) -> str:
        """When it came in."""
        return moment(image.uploaded_at)

    @admin.display(description=_("stories"), ordering="use_count")
    def uses(self, image: Image) -> int:
        """How many stories lead with it."""
        return image.use_count
