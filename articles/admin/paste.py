"""New story from pasted text: what was cut and why, who says what, and only then a draft."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.utils import parse_tags

from articles.admin.numbers import read_number
from articles.admin.records import add_refusal
from articles.models import Quotation, Section
from articles.text.decode import UnreadableCopy, decode_copy
from articles.text.quotations import Kind
from articles.workflow.errors import Refusal
from articles.workflow.intake import Preview, intake_copy, preview_copy

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


class CopyField(forms.Field):
    """Raw text exactly as it was pasted: the text engine, not the form, says what cannot be read."""

    widget = forms.Textarea


class PasteForm(forms.Form):
    """The copy, where it is from, and where it goes."""

    copy = CopyField(
        label=gettext_lazy("Text"),
        required=False,
        help_text=gettext_lazy(
            "Paste everything, as it came: what does not belong to the story is found and shown to you."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or a text file"),
        required=False,
        help_text=gettext_lazy("Plain text in UTF-8. Its words appear in the box above."),
    )
    source_url = forms.URLField(
        label=gettext_lazy("Where it is from"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "The address of the original, if there is one. It becomes the source of the quotes."
        ),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    headline = forms.CharField(label=gettext_lazy("Headline"), required=False)
    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"), queryset=Section.objects.all(), required=False
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics"), required=False, help_text=gettext_lazy("Separated by commas.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if upload := cleaned.get("file"):
            try:
                cleaned["copy"] = decode_copy(upload.read())
            except UnreadableCopy as error:
                raise ValidationError({"file": str(error)}) from None
        if not (cleaned.get("copy") or "").strip():
            raise ValidationError({"copy": _("There is no text yet. Paste the copy here, or choose a file.")})
        return cleaned


def paste_page(admin: "StoryAdmin", request: HttpRequest) -> HttpResponse:
    """The empty box; then the preview, as often as wanted; then the draft."""
    if not request.user.has_perm("articles.add_story"):
        raise PermissionDenied
    form = PasteForm(request.POST or None, request.FILES or None)
    preview, put_back = None, _put_back(request)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.get("file"):
            # What came from the file is in the box from here on.
            form = PasteForm({**request.POST.dict(), "copy": form.cleaned_data["copy"]})
            form.is_valid()
        try:
            preview = preview_copy(form.cleaned_data["copy"], put_back=put_back)
            if "_create" in request.POST:
                return _create(request, form, put_back)
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = admin.admin_site.each_context(request) | {
        "title": _("Paste a story"),
        "form": form,
        "preview": preview,
        "headline": _headline(request, preview),
        "put_back": put_back,
        "cuts": _cuts(preview, put_back),
        "quotations": _quotations(preview),
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/paste.html", context)


def _create(request: HttpRequest, form: PasteForm, put_back: set[int]) -> HttpResponseRedirect:
    typed = form.cleaned_data
    intake = intake_copy(
        typed["copy"],
        by=request.user,
        origin="pasted",
        source_url=typed["source_url"],
        section=typed["section"],
        topics=parse_tags(typed["topics"]),
        put_back=put_back,
        headline=typed["headline"] or None,
    )
    if intake.created:
        messages.success(request, _("The draft is made. Check its quotations, then submit it."))
    else:
        messages.warning(request, _("This text came in before. This is the story that was made from it."))
    return HttpResponseRedirect(reverse("admin:articles_story_change", args=[intake.story.pk]))


def _put_back(request: HttpRequest) -> set[int]:
    """The cuts that the editor wants back: those chosen so far, with the button just pressed."""
    pressed = [*request.POST.getlist("put_back"), request.POST.get("_put_back")]
    chosen = {read_number(each) for each in pressed} - {read_number(request.POST.get("_cut_again"))}
    return {index for index in chosen if index is not None}


def _headline(request: HttpRequest, preview: Preview | None) -> str:
    """The headline to offer: what the editor made of the one that was found, else the one found now."""
    typed = request.POST.get("headline", "")
    untouched = typed == request.POST.get("found_headline", "")
    return preview.headline if preview and untouched else typed


def _cuts(preview: Preview | None, put_back: set[int]) -> list[dict[str, Any]]:
    if preview is None:
        return []
    return [
        {"index": index, "text": cut.text, "reason": cut.reason, "back": index in put_back}
        for index, cut in enumerate(preview.cuts)
    ]


def _quotations(preview: Preview | None) -> list[dict[str, Any]]:
    """What was found in quotation marks, with who said it; titles and terms are shown as what they are."""
    recorded = {Kind.DIRECT, Kind.PARTIAL}
    return [
        {
            "words": " … ".join(segment.text for segment in found.quotation.segments),
            "kind": Quotation.Kind(found.quotation.kind).label,
            "recorded": found.quotation.kind in recorded,
            "attribution": found.attribution,
        }
        for found in (preview.quotations if preview else ())
    ]
