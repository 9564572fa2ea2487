"""The look of the paper: one record, with its files, and a preview before anything is saved."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.numbers import read_number
from articles.admin.records import DeskAdmin, RefusableForm
from articles.models import Brand
from articles.models.brand import ONLY
from articles.workflow.brand import save_brand

WORDS = ["name", "tagline", "accent", "ground", "ground_dark", "reading", "labels", "headlines"]
FILES = {
    "logo_file": "logo",
    "logo_dark_file": "logo_dark",
    "reading_file": "reading_file",
    "labels_file": "labels_file",
}
PICTURES = _("PNG with a transparent ground looks best. Large ones are made smaller.")
FACES = _("A file in the format WOFF2, at most 300 kB: one variable file, or one regular weight.")


class BrandForm(RefusableForm):
    """What can be changed, with a box to take each file away again."""

    verb_names = {name: field for field, name in FILES.items()}

    logo_file = forms.FileField(label=_("Logo"), required=False, help_text=PICTURES)
    logo_dark_file = forms.FileField(label=_("Logo on dark screens"), required=False, help_text=PICTURES)
    reading_file = forms.FileField(label=_("Your typeface for stories"), required=False, help_text=FACES)
    labels_file = forms.FileField(label=_("Your typeface for labels"), required=False, help_text=FACES)
    remove = forms.MultipleChoiceField(
        label=_("Take away"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("logo_file", _("the logo")),
            ("logo_dark_file", _("the logo on dark screens")),
            ("reading_file", _("your typeface for stories")),
            ("labels_file", _("your typeface for labels")),
        ],
    )

    class Meta:
        model = Brand
        fields = WORDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("name", settings.NEWSROOM_NAME), ("tagline", settings.NEWSROOM_TAGLINE)):
            if name in self.fields:  # not where the page is only read
                self.fields[name].widget.attrs["placeholder"] = words

    def _post_clean(self) -> None:
        """Leave the checking to the verb: the record itself stays as it is until the verb agrees."""

    def facts(self) -> dict[str, Any]:
        """What the verb is given."""
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in WORDS}
        for field, name in FILES.items():
            if self.cleaned_data.get(field):
                found[name] = self.cleaned_data[field].read()
            elif field in self.cleaned_data.get("remove", []):
                found[name] = b""
        return found


@admin.register(Brand)
class BrandAdmin(DeskAdmin):
    """One page; there is no list."""

    form = BrandForm
    change_form_template = "admin/articles/brand.html"
    fieldsets = [
        (None, {"fields": ["name", "tagline", "logo_file", "logo_dark_file"]}),
        (_("Colours"), {
            "fields": ["accent", "ground", "ground_dark"],
            "description": _(
                "Write a colour like #17526f, or leave it empty for the program’s. What some readers could "
                "not read is refused when you save. Each section can have a colour of its own, on its page."
            ),
        }),
        (_("Typefaces"), {"fields": ["reading", "reading_file", "labels", "labels_file", "headlines"]}),
        (None, {"fields": ["remove"]}),
    ]  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Brand | None = None) -> Any:
        if obj is not None and (obj.logo or obj.logo_dark or any(obj.faces.values())):
            return self.fieldsets
        return self.fieldsets[:-1]  # there is nothing to take away

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_brand_change", args=[ONLY]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Brand | None:
        if object_id != str(ONLY):
            return None
        return Brand.objects.filter(pk=ONLY).first() or Brand(pk=ONLY)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # After a refusal the version is the one stored now: whoever has read it may save over it.
        stored = Brand.objects.filter(pk=ONLY).values_list("version", flat=True).first()
        words = {"version": stored or 0, "paper": Brand.objects.paper(), "title": _("Look of the paper")}
        return super().render_change_form(request, context | words, *args, **kwargs)

    def save_form(self, request: HttpRequest, form: BrandForm, change: bool) -> Brand:
        return form.instance

    def save_model(self, request: HttpRequest, obj: Brand, form: BrandForm, change: bool) -> None:
        version = read_number(request.POST.get("version")) or 0
        save_brand(by=request.user, version=version, **form.facts())

    def save_related(self, *args: Any) -> None:
        """There is nothing beside the record."""

    def response_change(self, request: HttpRequest, obj: Brand) -> HttpResponse:
        self.message_user(request, _("The look of the paper is saved. Readers see it at once."))
        return HttpResponseRedirect(reverse("admin:articles_brand_change", args=[ONLY]))
