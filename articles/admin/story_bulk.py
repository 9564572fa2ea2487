"""One thing done to many stories: first a page that says what will happen to each, and what cannot."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.utils import parse_tags

from articles.admin.numbers import read_number
from articles.admin.story_steps import ReasonForm
from articles.models import Section, Story
from articles.workflow import lifecycle
from articles.workflow.edit import StoryEdit, save_story
from articles.workflow.errors import Refusal, WrongState
from articles.workflow.people import display_name, require_edit
from articles.workflow.steps import STEPS

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin

MOST: Final = 200  # stories at a time


class SectionForm(forms.Form):
    """Where the stories go."""

    section = forms.ModelChoiceField(Section.objects.all(), label=_("Section"))


class OwnerForm(forms.Form):
    """Whose they are from now on."""

    owner = forms.ModelChoiceField(
        User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "username"),
        label=_("Owner"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].label_from_instance = display_name


class TopicsForm(forms.Form):
    """What is added to their topics."""

    topics = forms.CharField(label=_("Topics"), help_text=_("They are added to each, separated by commas."))


Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bulk:
    """One thing to do: `check` raises what the verb would refuse, `call` does it."""

    label: Any
    explanation: Any
    check: Callable[[Story, User], None]
    call: Callable[[Story, User, Typed], object]
    form: type[forms.Form] = forms.Form
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A story on the page; `refusal` says why nothing will happen to it."""

    story: Story
    refusal: str


def _step(name: str) -> Callable[[Story, User], None]:
    return lambda story, by: lifecycle.require_step(STEPS[name], story, by)


def _may_save(story: Story, by: User) -> None:
    require_edit(by, story)
    if lifecycle.due_state(story, timezone.now()) == Story.Status.SCHEDULED:
        raise WrongState(_("This story is scheduled, and what readers will see is already made."))


def _save(story: Story, by: User, **values: Any) -> None:
    save_story(story, by=by, edit=replace(StoryEdit.of(story), **values), version=story.version)


def _add_topics(story: Story, by: User, typed: Typed) -> None:
    edit = StoryEdit.of(story)
    _save(story, by, topics=(*edit.topics, *parse_tags(typed["topics"])))


BULKS: Final[dict[str, Bulk]] = {
    "submit": Bulk(
        _("Submit for review"),
        _("These stories go to the editors for review."),
        _step("submit"),
        lambda story, by, typed: lifecycle.submit_story(story, by=by),
    ),
    "approve": Bulk(
        _("Approve"),
        _("You say of each of these stories that it may be published as it stands."),
        _step("approve"),
        lambda story, by, typed: lifecycle.approve_story(story, by=by, version=story.version),
    ),
    "section": Bulk(
        _("Move to a section"),
        _("These stories change their section. What is published keeps its address until the next edition."),
        _may_save,
        lambda story, by, typed: _save(story, by, section_id=typed["section"].pk),
        SectionForm,
    ),
    "topics": Bulk(
        _("Add topics"),
        _("These stories get topics beside those they have."),
        _may_save,
        _add_topics,
        TopicsForm,
    ),
    "owner": Bulk(
        _("Give to somebody"),
        _("These stories belong to somebody else from now on."),
        _may_save,
        lambda story, by, typed: _save(story, by, owner_id=typed["owner"].pk),
        OwnerForm,
    ),
    "restore": Bulk(
        _("Restore"),
        _("These stories come back as drafts."),
        _step("restore"),
        lambda story, by, typed: lifecycle.restore_story(story, by=by),
    ),
    "spike": Bulk(
        _("Spike"),
        _("These stories are dropped before publication. They go to the bin, and can be restored."),
        _step("spike"),
        lambda story, by, typed: lifecycle.spike_story(story, by=by, reason=typed["reason"]),
        ReasonForm,
        danger=True,
    ),
}  # fmt: skip


def make_action(slug: str) -> Callable[..., HttpResponse]:
    """An action of the list: it leads to the page that says what will happen."""

    def action(admin: "StoryAdmin", request: HttpRequest, queryset: QuerySet[Story]) -> HttpResponse:
        numbers = queryset.order_by("pk").values_list("pk", flat=True)[:MOST]
        address = reverse("admin:articles_story_bulk", args=[slug])
        return HttpResponseRedirect(f"{address}?of={'-'.join(map(str, numbers))}")

    action.__name__ = f"bulk_{slug}"
    action.short_description = BULKS[slug].label  # type: ignore[attr-defined]
    return action


def bulk_page(admin: "StoryAdmin", request: HttpRequest, slug: str) -> HttpResponse:
    """Say what will happen to each story; on POST do it, story by story, and say what was refused."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    bulk = BULKS.get(slug)
    named = map(read_number, request.GET.get("of", "").split("-"))
    numbers = [number for number in named if number is not None][:MOST]
    if bulk is None or not numbers:
        raise Http404
    stories = list(
        Story.objects.filter(pk__in=numbers)
        .select_related("section", "owner")
        .prefetch_related("bylines__author", "topics")
        .with_live_from()
        .order_by("headline", "pk")
    )
    lines = [Line(story, _refusal(bulk, story, request.user)) for story in stories]
    form = bulk.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _do(request, bulk, lines, form.cleaned_data)
    context = admin.admin_site.each_context(request) | {
        "title": bulk.label,
        "bulk": bulk,
        "open": [line for line in lines if not line.refusal],
        "closed": [line for line in lines if line.refusal],
        "form": form,
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/bulk.html", context)


def _do(request: HttpRequest, bulk: Bulk, lines: list[Line], typed: Typed) -> HttpResponseRedirect:
    """Each story in a transaction of its own: what is refused stays as it was, and the rest is done."""
    seen = dict(part.split(":", 1) for part in request.POST.getlist("story") if ":" in part)
    done = 0
    for line in lines:
        version = seen.get(str(line.story.pk))
        if version is None:
            continue
        line.story.version = read_number(version) or 0
        try:
            bulk.call(line.story, request.user, typed)
            done += 1
        except Refusal as refusal:
            messages.error(request, f"{line.story}: {refusal.message}")
    if done:
        words = ngettext("%(what)s: %(n)d story.", "%(what)s: %(n)d stories.", done)
        messages.success(request, words % {"what": bulk.label, "n": done})
    return HttpResponseRedirect(reverse("admin:articles_story_changelist"))


def _refusal(bulk: Bulk, story: Story, by: User) -> str:
    try:
        bulk.check(story, by)
    except Refusal as refusal:
        return refusal.message
    return ""
