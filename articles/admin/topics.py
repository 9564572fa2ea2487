"""Topics: what stories are about. A topic is made by typing it into a story; here it gets another name."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from taggit import admin as taggits_page
from taggit.models import Tag

from articles.admin.records import DeskAdmin, RefusableForm
from articles.workflow.addresses import rename_topic

# Importing taggit's own page registers it; ours takes its place.
admin.site.unregister(taggits_page.Tag)


class TopicForm(RefusableForm):
    """The name and the address of a topic."""

    class Meta:
        model = Tag
        fields = ["name", "slug"]
        labels = {"name": _("Name"), "slug": _("Slug")}
        help_texts = {
            "name": _(
                "Stories in print keep the name they were printed with until they are published again."
            ),
            "slug": _("The last part of the address. The old address leads to the new one for ever."),
        }


@admin.register(Tag)
class TopicAdmin(DeskAdmin):
    """The topics of the paper, by name."""

    form = TopicForm
    list_display = ["name", "slug"]
    search_fields = ["name"]
    ordering = ["name"]
    empty_words = _("No story has a topic yet. Type topics into the form of a story.")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Topics"), **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("articles.change_any_story")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("articles.view_story")

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        rename_topic(obj, by=request.user, name=obj.name, slug=obj.slug)
