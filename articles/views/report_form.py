"""The form of a reader's report: what it asks, what keeps machines out, and the proof that it was read."""

import hashlib
import re
import time
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Dispute, Edition, EditionQuote
from articles.models.dispute import MOST_WORDS
from articles.workflow.disputes import Report

MOST_LINKS: Final = 3
LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
SALT: Final = "articles.disputes.read"
SOONEST: Final = 3  # seconds between seeing what will be sent and sending it
LATEST: Final = 3 * 60 * 60
ADDRESS: Final = re.compile(r"/?([-\w]+)/([-\w]+)/?", re.ASCII)


class ReportForm(forms.Form):
    """What a reader reports about one story. It holds nothing of the reader until it is sent."""

    story = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    quote = forms.ChoiceField(label=gettext_lazy("What is it about?"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=Dispute.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("What is wrong, what is right, and how you know. At most three links."),
        error_messages={"required": gettext_lazy("Say in your own words what is wrong.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("This is no e-mail address. Correct it, or leave it empty.")},
    )
    # People do not see this one; machines fill in everything.
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotes = {quote.quote_key: quote for quote in edition.quotes.all()}
        choices = [("", _("The story as a whole, or a fact in it"))]
        choices += [(key, _in_short(quote)) for key, quote in self.quotes.items()]
        self.fields["quote"].choices = choices

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        if len(LINK.findall(words)) > MOST_LINKS:
            raise forms.ValidationError(
                _("There are many links in it, as in advertisements. Leave at most %d.") % MOST_LINKS
            )
        return words

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("The field that should stay empty was filled in, perhaps by your browser. Empty it.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") in Dispute.Kind.about_quotes() and not cleaned.get("quote"):
            self.add_error("quote", _("Choose the quotation that this is about."))
        return cleaned

    def report(self) -> Report:
        """What was typed, for the verb."""
        data = self.cleaned_data
        return Report(
            kind=data["kind"], words=data["words"], quote_key=data["quote"], name=data["name"],
            email=data["email"],
        )  # fmt: skip

    def chosen_quote(self) -> EditionQuote | None:
        """The quote that it is about, if any."""
        return self.quotes.get(self.cleaned_data.get("quote") or "")

    def proof(self) -> str:
        """A signed note of when this was shown to be read once more. It names nobody."""
        return signing.dumps({"at": int(time.time()), "is": self._digest()}, salt=SALT)

    def problem(self, proof: str) -> str:
        """Why it cannot be sent with that proof, as a sentence; empty when it can."""
        try:
            read = signing.loads(proof, salt=SALT, max_age=LATEST)
        except signing.SignatureExpired:
            return _("It has been lying here for hours. Read it once more, and send it.")
        except signing.BadSignature:
            return _("Read it once more, and send it.")
        if read["is"] != self._digest():
            return _("It is not what you read a moment ago. Read it once more, and send it.")
        if time.time() - read["at"] < SOONEST:
            return _("That was quicker than anybody reads. Look at it for a moment, and send it.")
        return ""

    def _digest(self) -> str:
        values = [self.cleaned_data[name] for name in sorted(self.fields)]
        return hashlib.sha256(repr(values).encode()).hexdigest()


def kept_days() -> int:
    """For how long the paper keeps a name and an address."""
    return settings.NEWSROOM_DISPUTE_KEEP_DAYS


def read_address(story: str) -> tuple[str, str]:
    """The section and the slug in “section/slug” or in the address of a story. Raises Http404."""
    try:
        match = ADDRESS.fullmatch(urlsplit(story.strip()).path) if len(story) <= 400 else None
    except ValueError:  # such as http://[: no address at all
        match = None
    if match is None:
        raise Http404(_("There is no story at this address."))
    return match[1], match[2]


def _in_short(quote: EditionQuote) -> str:
    return f"{quote.speaker_name}: “{Truncator(quote.words).words(12)}”"
