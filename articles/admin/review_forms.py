"""What the review screen asks: who said it, where it can be checked, how it was checked."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.copies import CopyFields
from articles.admin.numbers import read_number
from articles.admin.widgets import DateWidget, RecordWidget
from articles.models import Quotation, Quote, Role, Source, Speaker, VerificationEntry


class VerifyForm(forms.Form):
    """How the words were checked. `words` and `snapshot` are what the reviewer had on the screen."""

    words = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    snapshot = forms.IntegerField(required=False, widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=gettext_lazy("How I checked it"),
        choices=[choice for choice in VerificationEntry.Method.choices if choice[0] != "machine"],
        initial=VerificationEntry.Method.READ,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("optional, such as “at 12:40”")}),
    )


class DoubtForm(forms.Form):
    """Why the words are in doubt."""

    reason = forms.CharField(
        label=gettext_lazy("What is in doubt"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept in the history of the quote, which readers can open."),
    )


class ReasonForm(forms.Form):
    """Why, when the verb wants to know."""

    reason = forms.CharField(label=gettext_lazy("Why"), required=False)


class AttributionForm(forms.Form):
    """Who said it, as what, when and where."""

    class Media:
        css: ClassVar = {"all": ["articles/desk/speakers.css"]}

    speaker = forms.ModelChoiceField(
        label=gettext_lazy("Speaker"),
        queryset=Speaker.objects.standing(),
        required=False,
        widget=RecordWidget(
            Quote._meta.get_field("speaker"),
            admin.site,
            attrs={"data-placeholder": gettext_lazy("Type a part of the name")},
        ),
    )
    new_speaker = forms.CharField(
        label=gettext_lazy("or a new speaker"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("The full name. It is used only when no speaker is chosen above."),
    )
    role = forms.ModelChoiceField(
        label=gettext_lazy("Role at the time"), queryset=Role.objects.none(), required=False
    )
    new_role = forms.CharField(
        label=gettext_lazy("or a new role"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Such as “Harbour Master”."),
    )
    new_organisation = forms.CharField(
        label=gettext_lazy("Organisation of the new role"), required=False, max_length=160
    )
    occasion = forms.CharField(
        label=gettext_lazy("Occasion"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Such as “speech to the harbour council”."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=160)
    said_on = forms.DateField(label=gettext_lazy("Date said"), required=False, widget=DateWidget())

    def __init__(self, data: Any = None, *, quotation: Quotation, **kwargs: Any) -> None:
        super().__init__(data, initial=_known(quotation), **kwargs)
        chosen = (data or {}).get("speaker") or getattr(self.initial.get("speaker"), "pk", None)
        self.fields["role"].queryset = Role.objects.filter(speaker=read_number(str(chosen or "")))
        self.fields["role"].error_messages["invalid_choice"] = _(
            "That role belongs to another speaker. Choose again, or leave it empty."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("speaker") and not cleaned.get("new_speaker"):
            raise ValidationError({"speaker": _("Say who said it: choose a speaker, or write a new name.")})
        return cleaned


class IdentifyForm(forms.Form):
    """Which of the proposed speakers said it; without one, somebody new of the name printed."""

    speaker = forms.ModelChoiceField(queryset=Speaker.objects.standing(), required=False)


class ApartForm(forms.Form):
    """Who the speaker on record is not."""

    speaker = forms.ModelChoiceField(queryset=Speaker.objects.standing())


class SourceForm(CopyFields):
    """Where the words can be checked: a source that is known or new, and a copy of it."""

    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"),
        queryset=Source.objects.none(),
        required=False,
        widget=RecordWidget(
            Quote._meta.get_field("source"),
            admin.site,
            attrs={"data-placeholder": gettext_lazy("Type a word of the title")},
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("or a new source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Its title, so that a reader could ask for it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Source.Kind.choices, required=False)
    url = forms.URLField(label=gettext_lazy("Address"), required=False, max_length=1000)
    source_place = forms.CharField(
        label=gettext_lazy("Where in it"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Such as “page 4” or “12:40”."),
    )
    field_order = ["source", "title", "kind", "url", "source_place", "text", "file", "capture"]

    def __init__(
        self, data: Any = None, files: Any = None, *, quote: Quote | None, user: User, **kwargs: Any
    ) -> None:
        initial = {"source_place": quote.source_place, "source": quote.source_id} if quote else {}
        super().__init__(data, files, initial=initial, **kwargs)
        visible = Source.objects.visible_to(user).filter(withdrawn_reason="")
        self.fields["source"].queryset = visible.order_by("-created_at")
        self.fields["source"].label_from_instance = source_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("source") and not cleaned.get("title"):
            raise ValidationError(
                {
                    "source": _(
                        "Choose a source, or give the title of a new one. A copy needs a source to belong to."
                    )
                }
            )
        if cleaned.get("capture") and not (cleaned.get("url") or getattr(cleaned.get("source"), "url", "")):
            raise ValidationError({"url": _("Give the address of the page that should be fetched.")})
        return cleaned


def _known(quotation: Quotation) -> dict[str, Any]:
    """What the record or the proposal already says."""
    quote = quotation.quote
    if quote is not None:
        names = ("speaker", "role", "occasion", "place", "said_on")
        return {name: getattr(quote, name) for name in names}
    known: dict[str, Any] = {"new_role": quotation.role_title}
    if quotation.speaker_name:
        namesakes = Speaker.objects.called([quotation.speaker_name])[:2]
        if len(namesakes) == 1:
            known["speaker"] = namesakes[0]
        elif not namesakes:
            known["new_speaker"] = quotation.speaker_name
    return known


def source_name(source: Source) -> str:
    """What a source is called where one is chosen."""
    words = f"{source.title} ({source.get_kind_display()})"
    return f"{words}, {_('confidential')}" if source.confidential else words
