"""Policies at the desk: written and saved here, looked at, then published; what was published stays."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media, Script

from articles.admin.numbers import read_number
from articles.admin.reason_page import ReasonAction, reason_page
from articles.admin.records import DeskAdmin, RefusableForm, moment
from articles.models import Policy
from articles.text.markup import plain_text
from articles.workflow.policies import publish_policy, save_policy, withdraw_policy

FACTS = ["kind", "title", "slug", "summary", "body", "position"]
PUBLISHES = "articles.publish_policy"
# Text, headings, lists and links: a policy shows no picture and quotes nobody.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"], "autolink": False},
}
ACTIONS = {
    "publish": ReasonAction(
        _("Publish the policy"),
        _("Readers see it as it is saved now. Say in one sentence what is new: they read it in its history."),
        _("Published. Readers see it now."),
        publish_policy,
        PUBLISHES,
    ),
    "withdraw": ReasonAction(
        _("Withdraw the policy"),
        _("Readers find a notice at its address. What they could read before stays in our records."),
        _("The policy is withdrawn."),
        withdraw_policy,
        PUBLISHES,
    ),
}


class TextWidget(AdminProseEditorWidget):
    """The rich-text editor, with its name for who does not see it."""

    @property
    def media(self) -> Media:
        return Media(js=[Script("articles/desk/editor.js", type="module")]) + super().media


class PolicyForm(RefusableForm):
    """A policy."""

    class Meta:
        model = Policy
        fields = FACTS
        widgets = {"body": TextWidget(config={"extensions": EXTENSIONS}, preset="configurable")}


@admin.register(Policy)
class PolicyAdmin(DeskAdmin):
    """What the paper promises, in the order that readers see."""

    form = PolicyForm
    list_display = ["title", "kind", "published", "position", "changed"]
    fields = FACTS
    prepopulated_fields = {"slug": ["title"]}
    actions = None
    change_form_template = "admin/articles/policy/change_form.html"
    empty_words = _(
        "A policy says what readers can rely on: how you check, correct and name sources, and who owns you. "
        "The managing editor writes and publishes them."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Policy]:
        return super().get_queryset(request).with_current()

    def get_fields(self, request: HttpRequest, obj: Policy | None = None) -> list[str]:
        """For who only reads, the text as words."""
        if obj is None or self.has_change_permission(request, obj):
            return FACTS
        return [{"body": "body_words"}.get(name, name) for name in FACTS]

    def get_readonly_fields(self, request: HttpRequest, obj: Policy | None = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if name not in FACTS]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Policy | None = None) -> dict[str, Any]:
        """Only for a new one: the address of a published policy does not follow its title."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @admin.display(description=_("changed"), ordering="updated_at")
    def changed(self, policy: Policy) -> str:
        """When it was saved last."""
        return moment(policy.updated_at)

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in FACTS if name in form.cleaned_data}
        before = Policy.objects.get(pk=obj.pk) if change else None
        version = read_number(request.POST.get("version")) if change else None
        obj.pk = save_policy(before, by=request.user, version=version, **facts).pk
        obj._state.adding = False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        names = [
            path(f"<int:pk>/{name}/", wrap(self._asking(name)), name=f"articles_policy_{name}")
            for name in ACTIONS
        ]
        return [*names, *super().get_urls()]

    def _asking(self, name: str) -> Any:
        """The page that asks why, and does it."""

        def respond(request: HttpRequest, pk: int) -> HttpResponse:
            return reason_page(self, request, self.get_object(request, str(pk)), ACTIONS[name])

        return respond

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        policy = self.get_object(request, object_id) if read_number(object_id) else None
        context = dict(extra_context or {})
        if policy is not None:
            context |= {
                "policy": policy,
                "may_publish": request.user.has_perm(PUBLISHES),
                "editions": policy.editions.select_related("published_by").defer("body_html")[:20],
            }
        return super().change_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map is a script in the page, which is let in by its nonce.
        nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
        context["media"] = Media.from_media(context["media"], nonce=nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("text"))
    def body_words(self, policy: Policy) -> str:
        """The text without its markup."""
        return plain_text(policy.body).text

    @admin.display(description=_("readers see"))
    def published(self, policy: Policy) -> str:
        """Which version readers see, as a link to it."""
        if policy.current is None:
            return "–"
        url = reverse("articles:policies")
        return format_html('<a href="{}">{}</a>', url, _("version %d") % policy.current)
