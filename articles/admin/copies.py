"""Keeping a copy of a source: pasted, uploaded or fetched; asked for on its own page and in the review."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from articles.models import Source
from articles.workflow.sources import add_snapshot, capture_source

PLAIN = "text/plain; charset=utf-8"
UNKNOWN = "application/octet-stream"


class CopyFields(forms.Form):
    """What a copy can be made from. Text beside a file is what can be read or heard in it."""

    text = forms.CharField(
        label=_("Its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false"}),
        help_text=_("Paste the transcript or the passage. It is kept as it is, with the time and your name."),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        help_text=_("For a recording or a scan, paste above what can be heard or read in it."),
    )
    capture = forms.BooleanField(label=_("Fetch the page at its address and keep it"), required=False)


def keep_copy(source: Source, *, by: User, typed: dict[str, Any]) -> None:
    """Keep the text or the file that was given, if any. Raises Refusal."""
    text, upload = typed["text"], typed["file"]
    if upload:
        add_snapshot(
            source,
            by=by,
            data=upload.read(),
            media_type=upload.content_type or UNKNOWN,
            text=text if text.strip() else None,
            captured_from=upload.name,
        )
    elif text.strip():
        add_snapshot(source, by=by, data=text.encode(), media_type=PLAIN, captured_from="pasted")


def fetch_copy(source: Source, *, by: User, typed: dict[str, Any]) -> None:
    """Fetch the page, if that was asked for. Outside a transaction: it waits for another machine."""
    if typed["capture"]:
        capture_source(source, by=by)
