"""The form of a story: what an editor types, as the `StoryEdit` that the verbs take."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from articles.admin.body_editor import BodyWidget
from articles.admin.image_choices import PictureField
from articles.admin.widgets import BylinesField, NameSelect, TimeField
from articles.models import Author, Section, Story
from articles.workflow.edit import StoryEdit


class StoryForm(forms.ModelForm):
    """Everything about a story that people write. `version` is the one that the editor started from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, validators=[MinValueValidator(1)])
    topics = forms.CharField(
        label=_("topics"),
        required=False,
        help_text=_("What it is about, separated by commas."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lead_image = PictureField(label=_("lead image"))
    embargo_until = TimeField(
        label=_("embargo until"), required=False, help_text=_("Nobody can publish it before this time.")
    )

    class Meta:
        model = Story
        fields = [
            "kicker", "headline", "dek", "body", "section", "dateline", "slug", "slugline",
            "lead_image", "type_of_work", "developing", "editors_note", "embargo_until", "length_target",
            "owner",
        ]  # fmt: skip
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "class": "one-line"}),
            "dek": forms.Textarea(attrs={"rows": 2, "class": "one-line"}),
            "editors_note": forms.Textarea(attrs={"rows": 3}),
            "section": NameSelect,
            "type_of_work": NameSelect,
            "owner": NameSelect,
        }

    def __init__(
        self, data: Any = None, *, story: Story | None, user: User, read_url: str, **kwargs: Any
    ) -> None:
        # A copy of its own: binding writes into the instance, and the verbs get the story as it is saved.
        instance = Story.objects.get(pk=story.pk) if story else Story(owner=user)
        edit = StoryEdit.of(story) if story else None
        initial = {"version": story.version if story else None}
        if edit:
            initial |= {"topics": ", ".join(edit.topics), "authors": list(edit.author_ids)}
        elif author := Author.objects.filter(user=user).first():
            initial["authors"] = [author.pk]
        super().__init__(data, instance=instance, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.before = edit
        self.fields["body"].widget = BodyWidget(read_url)
        self.fields["body"].help_text = _(
            "Quotations are found as you type: green is verified, amber needs checking, red needs you."
        )
        self.fields["authors"] = self._bylines()
        self._choices(user)

    def clean_headline(self) -> str:
        """One line: a headline pasted with a line end stays whole."""
        return " ".join(self.cleaned_data["headline"].split())

    def clean_dek(self) -> str:
        """One line, as the headline."""
        return " ".join(self.cleaned_data["dek"].split())

    def edit(self) -> StoryEdit:
        """What was typed, for a verb. Only after `is_valid()`."""
        typed = self.cleaned_data
        owner = typed.get("owner")
        return StoryEdit(
            headline=typed["headline"],
            slug=typed["slug"],
            slugline=typed["slugline"],
            kicker=typed["kicker"],
            dek=typed["dek"],
            body=typed["body"],
            dateline=typed["dateline"],
            section_id=typed["section"].pk if typed["section"] else None,
            author_ids=typed["authors"],
            topics=tuple(parse_tags(typed["topics"])),
            lead_image_id=typed["lead_image"].pk if typed["lead_image"] else None,
            type_of_work=typed["type_of_work"],
            developing=typed["developing"],
            editors_note=typed["editors_note"],
            embargo_until=typed["embargo_until"],
            length_target=typed["length_target"],
            owner_id=owner.pk if owner else self.instance.owner_id,
        )

    def _bylines(self) -> BylinesField:
        authors = list(Author.objects.values_list("pk", "name"))
        prefix = "authors_"
        if self.is_bound:
            filled = sum(bool(value) for name, value in self.data.items() if name.startswith(prefix))
        else:
            filled = len(self.initial.get("authors", []))
        return BylinesField(
            authors=authors,
            slots=filled + 1,
            label=_("bylines"),
            required=False,
            help_text=_("In the order printed. Save to get room for another."),
        )

    def _choices(self, user: User) -> None:
        self.fields["section"].queryset = Section.objects.all()
        if user.has_perm("articles.change_any_story"):
            self.fields["owner"].queryset = User.objects.filter(is_active=True, is_staff=True)
            self.fields["owner"].label_from_instance = lambda person: person.get_full_name() or str(person)
        else:
            del self.fields["owner"]
