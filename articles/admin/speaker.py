"""Speakers at the desk: who they are, what else they are called, and which roles they held when."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.counting import count_of
from articles.admin.image_choices import PictureField
from articles.admin.numbers import read_number
from articles.admin.records import DeskAdmin, RefusableForm
from articles.admin.speaker_pairs import apart_page, look_page, merge_page
from articles.admin.widgets import DateWidget, LinesField, PairsField
from articles.models import Quote, Role, SearchEntry, Speaker
from articles.workflow.attribute import add_role, create_speaker, save_speaker
from articles.workflow.roles import delete_role, save_role

FACTS = [
    "kind", "name", "aliases", "bio", "photo", "external_ids", "unnamed", "unnamed_reason", "known_to",
]  # fmt: skip


class SpeakerForm(RefusableForm):
    """A speaker, with other names and identifiers one a line."""

    aliases = LinesField(
        label=_("Other names"),
        required=False,
        help_text=_("Other spellings and names this speaker goes by, one a line."),
    )
    external_ids = PairsField(
        label=_("External identifiers"),
        required=False,
        help_text=_("One a line, such as “wikidata: Q42”. They tell other sites which person this is."),
    )

    photo = PictureField(label=_("Photo"))

    class Meta:
        model = Speaker
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known_to = self.fields.get("known_to")
        if isinstance(known_to, forms.ModelChoiceField):
            known_to.queryset = User.objects.filter(is_active=True, is_staff=True)


class RoleForm(forms.ModelForm):
    """A role, with the browser's own date picker."""

    class Meta:
        model = Role
        fields = ["title", "organisation", "since", "until"]
        widgets = {"since": DateWidget(), "until": DateWidget()}


class RoleInline(admin.StackedInline):
    """The roles a speaker held, newest first."""

    model = Role
    form = RoleForm
    extra = 0
    fields = [("title", "organisation"), ("since", "until")]


@admin.register(Speaker)
class SpeakerAdmin(DeskAdmin):
    """People and organisations whose words the paper prints."""

    form = SpeakerForm
    list_display = ["name", "kind", "latest_role", "quote_total", "unnamed", "page"]
    list_filter = ["kind", "unnamed"]
    search_fields = ["name"]
    search_kind = SearchEntry.Kind.SPEAKER
    ordering = ["name", "pk"]
    inlines = [RoleInline]
    fieldsets = [
        (None, {"fields": ["kind", "name", "aliases", "bio", "photo", "external_ids"]}),
        (_("When the name is not printed"), {"fields": ["unnamed", "unnamed_reason", "known_to"]}),
    ]
    empty_words = _("Speakers are proposed by themselves when a quotation names somebody new.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        roles = Prefetch("roles", queryset=Role.objects.all(), to_attr="all_roles")
        standing = super().get_queryset(request).filter(merged_into__isnull=True)
        return standing.prefetch_related(roles).annotate(total=count_of(Quote.objects.all(), "speaker"))

    def get_urls(self) -> list[URLPattern]:
        def wrap(view: Any) -> Any:
            return self.admin_site.admin_view(partial(view, self))

        return [
            path("look/", wrap(look_page), name="articles_speaker_look"),
            path("<int:pk>/merge/<int:other>/", wrap(merge_page), name="articles_speaker_merge"),
            path("<int:pk>/apart/<int:other>/", wrap(apart_page), name="articles_speaker_apart"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        merged = Speaker.objects.filter(merged_into__isnull=False).select_related("merged_into")
        gone = merged.filter(pk=read_number(object_id)).first()
        if gone is not None:
            names = {"other": gone, "keep": gone.merged_into}
            messages.info(request, gettext("“%(other)s” was merged into “%(keep)s”. This is it.") % names)
            into = reverse("admin:articles_speaker_change", args=[gone.merged_into_id])
            return HttpResponseRedirect(into)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Speaker, form: Any, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
        if change:
            save_speaker(Speaker.objects.get(pk=obj.pk), by=request.user, **facts)
        else:
            saved = create_speaker(by=request.user, **facts)
            obj.pk, obj.slug = saved.pk, saved.slug
            obj._state.adding = False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        speaker = Speaker.objects.get(pk=form.instance.pk)
        for row in formset.forms:
            role = Role.objects.filter(pk=row.instance.pk, speaker=speaker).first()
            if row.cleaned_data.get("DELETE"):
                if role is not None:
                    delete_role(role, by=request.user)
            elif row.has_changed():
                facts = {name: row.cleaned_data[name] for name in RoleForm.Meta.fields}
                if role is None:
                    add_role(speaker, by=request.user, **facts)
                else:
                    save_role(role, by=request.user, **facts)
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []

    @admin.display(description=_("role"))
    def latest_role(self, speaker: Speaker) -> str:
        """The newest role."""
        return str(speaker.all_roles[0]) if speaker.all_roles else "–"

    @admin.display(description=_("quotes"), ordering="total")
    def quote_total(self, speaker: Speaker) -> int:
        """How many quotes of this speaker are on record."""
        return speaker.total

    @admin.display(description=_("quotes on record"))
    def page(self, speaker: Speaker) -> str:
        """The way to the quotes of this speaker."""
        return format_html('<a href="../quote/?speaker__id__exact={}">{}</a>', speaker.pk, _("See them"))
