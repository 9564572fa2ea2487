"""The steps of a story's life: each a page that says what will happen and asks what the verb needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.numbers import read_number
from articles.admin.planning import way_back
from articles.admin.records import add_refusal
from articles.admin.widgets import TimeField
from articles.models import Correction, Story
from articles.workflow import lifecycle
from articles.workflow.amend import kill_story
from articles.workflow.errors import GateClosed, Refusal
from articles.workflow.publish import cancel_schedule, publish_story, schedule_story, unpublish_story

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


class NoQuestions(forms.Form):
    """A step that only needs a yes."""


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is recorded, and the owner of the story reads it."),
    )


class NoticeForm(forms.Form):
    """What readers will find in place of the story."""

    notice = forms.CharField(
        label=_("Notice for readers"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers see it at the address of the story. Say in whole sentences why it is gone."),
    )


class EditionForm(forms.Form):
    """What readers are told about the next edition, when they have seen one before."""

    kind = forms.ChoiceField(
        label=_("What changed"),
        widget=forms.RadioSelect,
        choices=[("same", _("no change of substance (spelling, layout)")), *Correction.Kind.choices],
        initial=Correction.Kind.CORRECTION,
    )
    note = forms.CharField(
        label=_("Note for readers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What was wrong and what is right. It is printed with the story. "
            "Not needed when nothing of substance changed."
        ),
    )

    def __init__(self, *args: Any, again: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["kind"], self.fields["note"]


class ScheduleForm(EditionForm):
    """When."""

    at = TimeField(label=_("Publish at"), help_text=_("Readers see the story from this minute on."))
    field_order = ["at", "kind", "note"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its button, its page, and the verb behind it."""

    label: Any
    explanation: Any
    done: Any
    call: Callable[..., Any]
    form: type[forms.Form] = NoQuestions
    danger: bool = False


def make_form(step: Step, story: Story, data: Any, initial: dict[str, Any] | None = None) -> forms.Form:
    """The form of a step; a first publication has nothing to tell about changes."""
    if issubclass(step.form, EditionForm):
        return step.form(data, again=story.editions.exists(), initial=initial)
    return step.form(data)


STEPS: dict[str, Step] = {
    "submit": Step(
        _("Submit"),
        _("The story goes to the editors for review. You can still change it."),
        _("Submitted for review."),
        lifecycle.submit_story,
    ),
    "approve": Step(
        _("Approve"),
        _("You say that the story may be published as it stands. A change after this voids the approval."),
        _("Approved."),
        lifecycle.approve_story,
    ),
    "publish": Step(
        _("Publish"),
        _("Readers see the story at once."),
        _("Published. Readers see it now."),
        publish_story,
        form=EditionForm,
    ),
    "correct": Step(
        _("Publish changes"),
        _(
            "Readers get the story as it stands here. Tell them what changed, "
            "or say that nothing of substance did."
        ),
        _("The new edition is published."),
        publish_story,
        form=EditionForm,
    ),
    "schedule": Step(
        _("Schedule"),
        _("The story is made ready now, and appears by itself at the time you choose."),
        _("Scheduled."),
        schedule_story,
        form=ScheduleForm,
    ),
    "cancel_schedule": Step(
        _("Cancel schedule"),
        _("The story will not appear at its time. It stays approved."),
        _("The schedule is cancelled."),
        cancel_schedule,
    ),
    "return": Step(
        _("Return"),
        _("The story goes back to its owner as a draft."),
        _("Returned to its owner."),
        lifecycle.return_story,
        form=ReasonForm,
    ),
    "restore": Step(
        _("Restore"),
        _("The story comes back as a draft."),
        _("Restored as a draft."),
        lifecycle.restore_story,
    ),
    "unpublish": Step(
        _("Unpublish"),
        _("Readers no longer find the story; they read your notice instead. It can be published again."),
        _("Unpublished. Readers find your notice."),
        unpublish_story,
        form=NoticeForm,
        danger=True,
    ),
    "spike": Step(
        _("Spike"),
        _("The story is dropped before publication. Nothing is deleted, and it can be restored."),
        _("Spiked. It is in the bin."),
        lifecycle.spike_story,
        form=ReasonForm,
        danger=True,
    ),
    "kill": Step(
        _("Kill"),
        _(
            "The story is withdrawn for good, everywhere and at once. Readers find your notice. "
            "This cannot be undone."
        ),
        _("Killed. Readers find your notice."),
        kill_story,
        form=NoticeForm,
        danger=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that the person may take now."""

    slug: str
    step: Step


def offered_steps(story: Story, user: User) -> list[Offer]:
    """The steps that `user` may take with `story` now, in the order of a story's life."""
    open_now = set(lifecycle.open_steps(story, by=user))
    if "correct" in open_now:
        open_now.discard("publish")  # its page offers both: a correction, and no change of substance
    return [Offer(slug, step) for slug, step in STEPS.items() if slug in open_now]


def step_page(admin: "StoryAdmin", request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Ask for confirmation and for what the verb needs; then call it."""
    story = Story.objects.select_related("section", "owner").filter(pk=pk).first()
    step = STEPS.get(slug)
    if story is None or step is None:
        raise Http404
    if not admin.has_view_permission(request):
        raise PermissionDenied
    back = way_back(request, reverse("admin:articles_story_change", args=[pk]))
    form = make_form(step, story, request.POST if request.method == "POST" else None, _proposed(request))
    if form.is_valid():
        # The version on the page that was confirmed, which need not be the one stored by now.
        seen = read_number(request.POST.get("version"))
        story.version = story.version if seen is None else seen
        try:
            step.call(story, by=request.user, **form.cleaned_data)
        except GateClosed as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(f"{reverse('admin:articles_story_change', args=[pk])}#gate")
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _done(step, slug, pk))
            return HttpResponseRedirect(back)
    context = admin.admin_site.each_context(request) | {
        "title": step.label,
        "story": story,
        "step": step,
        "form": form,
        "back": back,
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/story/step.html", context)


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """The time that the address proposes: a story was dropped on a day of the calendar."""
    day, time = request.GET.get("day", ""), request.GET.get("time", "")
    return {"at": f"{day}T{time or '09:00'}"} if day else {}


def _done(step: Step, slug: str, pk: int) -> Any:
    """What was done, with the way to undo it where there is one."""
    if slug != "spike":
        return step.done
    undo = reverse("admin:articles_story_step", args=[pk, "restore"])
    return format_html('{} <a href="{}">{}</a>', step.done, undo, _("Undo"))
