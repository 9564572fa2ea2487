"""Story templates: the managing editor writes them, and writers begin stories from them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from articles.admin.body_editor import BodyWidget
from articles.admin.numbers import read_number
from articles.admin.planning import tabs
from articles.admin.records import DeskAdmin, RefusableForm
from articles.admin.widgets import LinesField
from articles.models import StoryTemplate
from articles.text.markup import plain_text
from articles.workflow.story_templates import edit_from_template, save_template

FACTS = ["name", "headline", "body", "section", "type_of_work", "topics", "length_target", "retired"]


class TemplateForm(RefusableForm):
    """A template, with the editor that stories have."""

    topics = LinesField(label=_("topics"), required=False, help_text=_("One a line."))

    class Meta:
        model = StoryTemplate
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget = BodyWidget(reverse("admin:articles_story_read_new"))


@admin.register(StoryTemplate)
class StoryTemplateAdmin(DeskAdmin):
    """How stories of a kind begin."""

    form = TemplateForm
    list_display = ["name", "section", "type_of_work", "length_target", "retired", "begin"]
    list_filter = ["retired"]
    list_select_related = ["section"]
    search_fields = ["name"]
    fields = FACTS
    actions = None
    change_list_template = "admin/articles/storytemplate/change_list.html"
    empty_words = _(
        "A template says how stories of one kind begin: a court report, a match report, an obituary. "
        "The managing editor writes them."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoryTemplate]:
        return super().get_queryset(request).defer("body")

    def get_fields(self, request: HttpRequest, obj: StoryTemplate | None = None) -> list[str]:
        """For who only reads, the body and the topics as words."""
        if obj is None or self.has_change_permission(request, obj):
            return FACTS
        words = {"body": "body_words", "topics": "topic_words"}
        return [words.get(name, name) for name in FACTS]

    def get_readonly_fields(self, request: HttpRequest, obj: StoryTemplate | None = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if name not in FACTS]

    @admin.display(description=_("body"))
    def body_words(self, template: StoryTemplate) -> str:
        """The body without its markup."""
        return plain_text(template.body).text

    @admin.display(description=_("topics"))
    def topic_words(self, template: StoryTemplate) -> str:
        """The topics, separated by commas."""
        return ", ".join(template.topics)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"tabs": tabs(request)} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: StoryTemplate, form: Any, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
        before = StoryTemplate.objects.get(pk=obj.pk) if change else None
        obj.pk = save_template(before, by=request.user, **facts).pk
        obj._state.adding = False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map is a script in the page, which is let in by its nonce.
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("begin"))
    def begin(self, template: StoryTemplate) -> str:
        """The way to a new story."""
        if template.retired:
            return ""
        url = f"{reverse('admin:articles_story_add')}?template={template.pk}"
        return format_html(
            '<a href="{}">{}<span class="visually-hidden">: {}</span></a>', url, _("New story"), template
        )


def begin_with(request: HttpRequest) -> dict[str, Any]:
    """What the form of a new story holds at first: what the template in the address says, if any."""
    number = request.GET.get("template", "")
    usable = StoryTemplate.objects.filter(retired=False)
    template = usable.filter(pk=read_number(number)).first()
    if template is None:
        return {}
    edit = edit_from_template(template)
    return {
        "headline": edit.headline,
        "body": edit.body,
        "section": edit.section_id,
        "type_of_work": edit.type_of_work,
        "topics": ", ".join(edit.topics),
        "length_target": edit.length_target,
    }


def offered_templates() -> QuerySet[StoryTemplate]:
    """The templates that a writer chooses from."""
    return StoryTemplate.objects.filter(retired=False).defer("body")
