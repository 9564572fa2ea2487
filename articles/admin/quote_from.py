"""Quoting from a source: words of its text are selected, and a paragraph with them is put into the story."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.numbers import read_number
from articles.admin.records import add_refusal
from articles.models import SearchEntry, Snapshot, Source, Speaker, Story
from articles.text.excerpts import LONGEST, quoted_paragraph
from articles.text.markup import plain_text
from articles.text.merge import split_blocks
from articles.workflow.attribute import create_speaker
from articles.workflow.errors import Invalid, Refusal
from articles.workflow.find import find_numbers
from articles.workflow.from_source import MOST_AT_ONCE, Taken, quote_from_snapshot
from articles.workflow.passage import passage_in
from articles.workflow.people import may_edit
from articles.workflow.propose import find_speakers

if TYPE_CHECKING:
    from articles.admin.story import StoryAdmin

MOST_SOURCES = 12
_TAKEN = re.compile(r"(\d{1,9}):(\d{1,9}):(\d{1,9}):(\d{0,9})")
BLOCK_WORDS = 60  # characters of a paragraph, by which it is known in the list of places


class PassageForm(forms.Form):
    """Which words, whose they are, and where they go. `start` and `end` are what a script saw selected."""

    words = forms.CharField(
        label=gettext_lazy("The words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Select them in the text above, or copy them here."),
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    speaker = forms.ModelChoiceField(
        label=gettext_lazy("Who said it"),
        queryset=Speaker.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not known yet"),
    )
    new_speaker = forms.CharField(
        label=gettext_lazy("or the name of somebody else"), required=False, max_length=160
    )
    after = forms.TypedChoiceField(
        label=gettext_lazy("Where it goes"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, data: Any = None, *, story: Story, snapshot: Snapshot, **kwargs: Any) -> None:
        super().__init__(data, auto_id="passage_%s", **kwargs)
        self.snapshot = snapshot
        self.fields["speaker"].queryset = _speakers(story, snapshot.source)
        self.fields["after"].choices = _places(story)

    def clean(self) -> dict[str, Any]:
        """Find the words in the text, unless a script has told where they are."""
        typed = super().clean()
        start, end = typed.get("start"), typed.get("end")
        if start is not None and end is not None and 0 <= start < end:
            return typed
        if words := typed.get("words"):
            passage = passage_in([words], self.snapshot)
            if not passage.allowed:
                raise forms.ValidationError(
                    {
                        "words": _(
                            "These words do not stand in the source like this. Copy them from the text above."
                        )
                    }
                )
            spans = passage.comparison.spans
            typed["start"], typed["end"] = spans[0].start, spans[-1].end
        return typed


@dataclass(frozen=True, slots=True)
class Choice:
    """A source that can be quoted, and whether the story quotes it already."""

    source: Source
    here: bool


def quote_page(admin: "StoryAdmin", request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a source, select words of its newest copy, and put them into the story with their record.

    The panel beside the form asks for `part`, and for a `passage` as HTML that its script puts at the caret.
    """
    story = get_object_or_404(Story.objects.select_related("owner"), pk=pk)
    if not (admin.has_view_permission(request) and may_edit(request.user, story)):
        raise PermissionDenied
    snapshot = _snapshot(request)
    form = None
    if snapshot is not None:
        form = PassageForm(request.POST or None, story=story, snapshot=snapshot)
    if request.method == "POST" and form is not None and form.is_valid():
        if request.POST.get("passage"):
            return _as_html(form)
        if _quote(request, story, form):
            return HttpResponseRedirect(f"{reverse('admin:articles_story_change', args=[pk])}#quotes")
    if request.POST.get("passage"):
        errors = [str(text) for texts in form.errors.values() for text in texts] if form else []
        return JsonResponse({"refused": " ".join(errors)}, status=400)
    part = "part" in request.GET
    context = ({} if part else admin.admin_site.each_context(request)) | {
        "title": _("Quote from a source"),
        "story": story,
        "snapshot": snapshot,
        "text": _shown(snapshot.text) if snapshot else "",
        "passage_form": form,
        "choices": _choices(request, story),
        "query": request.GET.get("find", ""),
        "opts": admin.opts,
        "url": reverse("admin:articles_story_quote", args=[pk]),
    }
    name = "_quote_from.html" if part else "quote_from.html"
    return TemplateResponse(request, f"admin/articles/story/{name}", context)


def read_taken(text: str) -> list[Taken]:
    """The passages that the script of the panel took since the story was opened, as its form names them.

    Each is “snapshot:start:end:speaker”, nothing for an unknown speaker; what cannot be read is left out.
    """
    found = [_TAKEN.fullmatch(each) for each in text.split()[:MOST_AT_ONCE]]
    read = [[int(number or 0) for number in match.groups()] for match in found if match]
    snapshots = Snapshot.objects.select_related("source").defer("data").in_bulk({each[0] for each in read})
    speakers = Speaker.objects.standing().in_bulk({each[3] for each in read} - {0})
    return [
        Taken(snapshots[snapshot], start, end, speakers.get(speaker))
        for snapshot, start, end, speaker in read
        if snapshot in snapshots
    ]


def _quote(request: HttpRequest, story: Story, form: PassageForm) -> bool:
    typed = form.cleaned_data
    version = read_number(request.POST.get("version"))
    if version is None:
        raise Http404
    try:
        with transaction.atomic():
            speaker = typed["speaker"] or _named(typed["new_speaker"], request)
            quote_from_snapshot(
                story,
                snapshot=form.snapshot,
                start=typed["start"],
                end=typed["end"],
                speaker=speaker,
                by=request.user,
                version=version,
                after=typed["after"],
            )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, _("The words are in the story, and on record with their source."))
    return True


def _named(name: str, request: HttpRequest) -> Speaker | None:
    """The speaker of that name, filed when there is none yet. Raises Invalid when several have it."""
    name = " ".join(name.split())
    if not name:
        return None
    namesakes = [each for found in find_speakers([name]).values() for each in found]
    if len(namesakes) > 1:
        raise Invalid(
            {"new_speaker": [_("Several people have this name. Leave it empty, and say later who it is.")]}
        )
    return namesakes[0] if namesakes else create_speaker(by=request.user, name=name)


def _as_html(form: PassageForm) -> JsonResponse:
    """The paragraph for the editor, and what the form of the story says about it on saving."""
    typed = form.cleaned_data
    taken = Taken(form.snapshot, typed["start"], typed["end"], typed["speaker"])
    name = taken.speaker.name if taken.speaker else " ".join(typed["new_speaker"].split())
    number = taken.speaker.pk if taken.speaker else ""
    return JsonResponse(
        {
            "html": quoted_paragraph(taken.words, name) if taken.words else "",
            "taken": f"{form.snapshot.pk}:{taken.start}:{taken.end}:{number}",
        }
    )


def _snapshot(request: HttpRequest) -> Snapshot | None:
    """The newest copy of the source asked for, or the very one that was posted; Http404 for a secret."""
    number = request.GET.get("source", "")
    if not number:
        return None
    source = get_object_or_404(Source.objects.visible_to(request.user), pk=read_number(number))
    copies = Snapshot.objects.filter(source=source).select_related("source").defer("data")
    posted = request.POST.get("snapshot", "")
    return copies.filter(pk=read_number(posted)).first() if posted else copies.first()


def _choices(request: HttpRequest, story: Story) -> list[Choice]:
    """The sources of the story first, then those that were looked for, or the newest."""
    usable = Source.objects.visible_to(request.user).filter(withdrawn_reason="", snapshots__isnull=False)
    here = list(usable.filter(quotes__quotations__story=story).distinct().order_by("-pk")[:MOST_SOURCES])
    others = usable.exclude(pk__in=[source.pk for source in here]).distinct().order_by("-pk")
    if query := request.GET.get("find", "").strip():
        numbers = list(find_numbers(query, SearchEntry.Kind.SOURCE)[:MOST_SOURCES])
        others = others.filter(pk__in=numbers)
    listed = [Choice(source, True) for source in here]
    return [*listed, *(Choice(source, False) for source in others[:MOST_SOURCES])]


def _speakers(story: Story, source: Source) -> Any:
    """Whom the story or the source quotes already."""
    quoted = Speaker.objects.standing().filter(unnamed=False)
    here = quoted.filter(quotes__quotations__story=story)
    return quoted.filter(pk__in=(here | quoted.filter(quotes__source=source)).values("pk")).order_by("name")


def _places(story: Story) -> list[tuple[str, str]]:
    blocks = [" ".join(plain_text(block).text.split()) for block in split_blocks(story.body)]
    after = [
        (str(n), _("after “%(words)s…”") % {"words": text[:BLOCK_WORDS]}) for n, text in enumerate(blocks, 1)
    ]
    return [("", _("at the end")), ("0", _("at the beginning")), *after]


def _shown(text: str) -> str:
    """The text with the line ends of a text box, one character for each, so that places in it agree."""
    return text.replace("\r\n", " \n").replace("\r", "\n")
