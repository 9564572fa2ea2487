"""Uploading many pictures at once: each has its own result, and none that fails takes others with it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.widgets import DateWidget
from articles.models import Image
from articles.workflow.errors import Refusal
from articles.workflow.pictures import add_image, find_image

SHARED = ["credit", "rights", "expires_on"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: a picture, or the reason why not. `known`: the library had it already."""

    name: str
    image: Image | None = None
    refusal: str = ""
    known: bool = False


class SharedWordsForm(forms.ModelForm):
    """What is said about all pictures of one upload."""

    take_words = forms.BooleanField(
        label=gettext_lazy("Take the words from the files"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Title, caption, credit and rights, where the photographer wrote them into the file. What is"
            " written above comes first."
        ),
    )

    class Meta:
        model = Image
        fields = SHARED
        widgets = {"expires_on": DateWidget(), "rights": forms.TextInput()}


def upload_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form, and what became of each file. The script of the page sends one at a time, and gets rows."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = SharedWordsForm(request.POST if request.method == "POST" else None)
    results: list[Result] = []
    if request.method == "POST":
        uploads = request.FILES.getlist("pictures")
        if not uploads:
            form.add_error(None, _("Choose at least one picture."))
        elif form.is_valid():
            results = [_add(upload, request.user, form.cleaned_data) for upload in uploads]
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Upload pictures"),
        "opts": model_admin.opts,
        "form": form,
        "results": results,
        "added": sum(1 for each in results if each.image and not each.known),
        "refused": sum(1 for each in results if not each.image),
    }
    template = "_results" if request.headers.get("Accept") == "text/x-rows" else "upload"
    status = 422 if form.errors and template == "_results" else 200
    return TemplateResponse(request, f"admin/articles/image/{template}.html", context, status=status)


def _add(upload: UploadedFile, user: User, words: dict[str, Any]) -> Result:
    name = upload.name or ""
    data = upload.read()
    known = find_image(data) is not None
    try:
        return Result(name, image=add_image(by=user, data=data, filename=name, **words), known=known)
    except Refusal as refusal:
        return Result(name, refusal=refusal.message)
