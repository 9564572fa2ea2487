"""The page of one story: form, gate, quotations and history; what is typed there survives every refusal."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from js_asset import Media

from articles.admin.beside_quotes import quotation_number, use_on_record
from articles.admin.comments import comments_panel
from articles.admin.decisions import decide
from articles.admin.load_story import load_story
from articles.admin.numbers import read_number
from articles.admin.quote_from import read_taken
from articles.admin.records import add_refusal
from articles.admin.speaking import read_speaking, speaking_panel, turn_switch
from articles.admin.stale import StaleView
from articles.admin.story_form import StoryForm
from articles.admin.story_panels import story_panels
from articles.admin.story_steps import offered_steps
from articles.admin.story_template import begin_with, offered_templates
from articles.models import Author, Sitting, Story
from articles.models.sitting import SittingQuerySet
from articles.workflow.edit import create_story, save_story
from articles.workflow.errors import Refusal, StaleStory
from articles.workflow.from_source import save_with_passages
from articles.workflow.intake import restore_cut
from articles.workflow.interview import name_asker
from articles.workflow.lifecycle import due_state
from articles.workflow.material import gather, material_of, with_material
from articles.workflow.people import may_edit
from articles.workflow.sittings import close_sitting, drop_typed

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin


class StoryPage:
    """One request for the page of a story, or of one that does not exist yet (`story` is None)."""

    def __init__(self, admin: "StoryAdmin", request: HttpRequest, object_id: str | None) -> None:
        self.admin = admin
        self.request = request
        self.story = load_story(object_id, self._rows()) if object_id else None
        self.stale: StaleView | None = None
        self.show_form = self.may_edit
        # The name of this window, under which what is typed is kept: see `admin.sitting`.
        self.window = request.POST.get("window") or uuid4().hex

    def respond(self) -> HttpResponse:
        """Show the form, or take what was typed."""
        self._require_view()
        if self.request.method != "POST":
            return turn_switch(self.request) or self._render(self._recovered() or self._form(None))
        if "_drop" in self.request.POST:
            return self._drop()
        self.show_form = True  # whatever the verb says, what was typed stays on the screen
        form = self._form(self.request.POST)
        if form.is_valid() and self.story and (place := self.request.POST.get("_take", "")):
            return self._render(self._take(form, place))
        if form.is_valid():
            try:
                saved = self._save(form)
                close_sitting(self.window, by=self.request.user, story=saved)
                response = self._after(saved)
                self._tell_the_browser(response)
                return response
            except StaleStory as refusal:
                form = self._stale_form(refusal)
            except Refusal as refusal:
                add_refusal(form, refusal, {"author_ids": "authors"})
        return self._render(form)

    @property
    def may_edit(self) -> bool:
        """Whether the person at the desk may type here."""
        if self.story is None:
            return self.request.user.has_perm("articles.add_story")
        return may_edit(self.request.user, self.story)

    def _recovered(self) -> StoryForm | None:
        """The form with unsaved words of the same person in it, if the address names them."""
        number = self.request.GET.get("unsaved", "")
        if not (self.may_edit and number):
            return None
        kept = self._unsaved().filter(pk=read_number(number)).first()
        if kept is None:
            messages.warning(self.request, _("These words were saved or thrown away meanwhile."))
            return None
        self.window = kept.key
        data = QueryDict(mutable=True)
        data.update(kept.typed | {"version": str(kept.version) if kept.version else ""})
        return self._form(data)

    def _drop(self) -> HttpResponseRedirect:
        """Throw unsaved words away, as the person who typed them asked."""
        kept = get_object_or_404(self._unsaved(), pk=read_number(self.request.POST["_drop"]))
        drop_typed(kept, by=self.request.user)
        messages.success(self.request, _("The unsaved words are thrown away."))
        return HttpResponseRedirect(self.request.path)

    def _unsaved(self) -> SittingQuerySet:
        return Sitting.objects.of(self.request.user).unsaved().filter(story=self.story)

    def _require_view(self) -> None:
        allowed = self.may_edit if self.story is None else self.admin.has_view_permission(self.request)
        if not allowed:
            raise PermissionDenied

    def _form(self, data: Any) -> StoryForm:
        name = "read" if self.story else "read_new"
        arguments = [self.story.pk] if self.story else []
        return StoryForm(
            data,
            story=self.story,
            user=self.request.user,
            read_url=reverse(f"admin:articles_story_{name}", args=arguments),
            initial=begin_with(self.request) if self.story is None else {},
        )

    def _save(self, form: StoryForm) -> Story:
        """Call the verb. Raises Refusal."""
        edit, user = form.edit(), self.request.user
        if self.story is None:
            saved = create_story(by=user, edit=edit)
        elif taken := read_taken(self.request.POST.get("taken", "")):
            version = form.cleaned_data["version"] or 0
            saved = save_with_passages(self.story, by=user, edit=edit, version=version, taken=taken)
        else:
            saved = save_story(self.story, by=user, edit=edit, version=form.cleaned_data["version"] or 0)
        if self.story is None or saved.version != self.story.version:
            messages.success(self.request, _("Saved."))
        return saved

    def _tell_the_browser(self, response: HttpResponse) -> None:
        """Name the draft that is safe now: `draft.js` keeps a copy of it until then."""
        draft = f"{self.story.pk if self.story else 'new'}-{self.request.user.pk}"
        version = self.request.POST.get("version", "")
        path = reverse("admin:index")
        response.set_cookie("desk_saved", f"{draft}:{version}", path=path, samesite="Lax", max_age=86400)

    def _stale_form(self, refusal: StaleStory) -> StoryForm:
        """Both edits as one on top of the newer version, so that the next save is deliberate."""
        self.story = load_story(str(refusal.current.pk))
        self.stale = StaleView.of(self.story, refusal.mine, base=refusal.base_version)
        form = self._form(self.stale.fill(self.request.POST, refusal.mine))
        form.is_valid()
        form.add_error(None, refusal.message)
        return form

    def _take(self, form: StoryForm, place: str) -> StoryForm:
        """The form again, with the other person's version of one place at which the two collide."""
        place, both, _rest = place.partition("+")
        base, mine = read_number(self.request.POST.get("_base")) or 0, form.edit()
        self.stale = StaleView.of(self.story, mine, base=base, take=place, keep_both=bool(both))
        again = self._form(self.stale.fill(self.request.POST, mine))
        again.is_valid()
        return again

    def _after(self, story: Story) -> HttpResponseRedirect:
        """Stay on the story, or go on to what was pressed: a step, the review, one quotation."""
        then, _colon, which = self.request.POST.get("_then", "").partition(":")
        if then == "use":
            return use_on_record(self.request, story, which)
        number = read_number(quotation_number(story, which))
        if then in ("review", "attribute", "source"):
            query = f"?q={number}" if number is not None else ""
            query += f"&open={then}" if query and then != "review" else ""
            return HttpResponseRedirect(reverse("admin:articles_story_review", args=[story.pk]) + query)
        if then and number is not None:
            return self._with_one(story, then, number)
        if slug_re.match(then):
            return HttpResponseRedirect(reverse("admin:articles_story_step", args=[story.pk, then]))
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))

    def _with_one(self, story: Story, then: str, which: int) -> HttpResponseRedirect:
        """Do what a card or a cut offers, now that the story is saved."""
        place = f"quotation-{which}"
        try:
            if then == "put_back":
                place = "cuts"
                restore_cut(story, by=self.request.user, index=which, version=story.version)
                messages.success(self.request, _("The words are back in the story, at their place."))
            elif then == "asker":
                place = "quotes"
                author = get_object_or_404(Author, pk=which)
                name_asker(story, author=author, by=self.request.user)
                messages.success(self.request, _("The questions are recorded as asked by %s.") % author)
            else:
                quotation = get_object_or_404(story.quotations.select_related("quote"), pk=which)
                messages.success(self.request, decide(then, story, quotation, by=self.request.user, typed={}))
        except Refusal as refusal:
            messages.error(self.request, refusal.message)
        return HttpResponseRedirect(f"{reverse('admin:articles_story_change', args=[story.pk])}#{place}")

    def _rows(self) -> QuerySet[Story]:
        """What is shown comes with all that the panels need; what is saved, with what the form has."""
        return Story.objects.with_people() if self.request.method == "POST" else with_material()

    def _render(self, form: StoryForm) -> HttpResponse:
        material = None
        if self.story:
            material = gather(self.story) if self.request.method == "POST" else material_of(self.story)
        story = material.story if material else None
        nonce = str(self.request.csp_nonce)  # type: ignore[attr-defined]
        context = self.admin.admin_site.each_context(self.request) | {
            "title": story or _("New story"),
            "story": story,
            "form": form,
            "may_edit": self.show_form,
            "stale": self.stale,
            "window": self.window,
            "unsaved": self._unsaved().exclude(key=self.window)[:3] if self.show_form else (),
            "media": Media.from_media(form.media, nonce=nonce) if self.show_form else "",
            "opts": self.admin.opts,
        }
        if story is None:
            context["templates"] = offered_templates()
        else:
            context |= story_panels(material, self.request.user)
            context |= comments_panel(story, self.request)
            rows = material.quotations
            found = read_speaking(self.request, story.body, story=story, headline=story.headline, rows=rows)
            context |= speaking_panel(self.request, found)
            context["status"] = due_state(story, timezone.now())
            context["steps"] = offered_steps(story, self.request.user)
            context["paragraphs"] = material.plain.text.split("\n\n")
            context["saved_now"] = timezone.now() - story.updated_at < timedelta(minutes=1)
            context["word_count"] = len(material.plain.text.split())
        return TemplateResponse(self.request, "admin/articles/story/change_form.html", context)
