"""Which quotations a body holds, while somebody types: asked by the editor, answered without writing."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.admin.about_text import about_text
from articles.admin.beside_quotes import Row, may_write, on_record_rows
from articles.admin.speaking import read_speaking, speaking_panel
from articles.models import Story
from articles.workflow.quotations import Sighting


@require_POST
def read_quotations(request: HttpRequest, pk: int | None) -> JsonResponse:
    """Answer with the quotations of the posted `body`: their spans, who speaks, and what is on record."""
    if not request.user.has_perm("articles.view_story"):
        raise PermissionDenied
    story = get_object_or_404(Story, pk=pk) if pk is not None else None
    headline = request.POST.get("headline", "")
    body = request.POST.get("body", "")
    found = read_speaking(request, body, story=story, headline=headline)
    panel = speaking_panel(request, found)
    rows = on_record_rows(found, story, request.user)
    offers = {"on_record": rows, "may_edit": may_write(request.user, story)}
    return JsonResponse(
        {
            "quotations": [_described(sighting) for sighting in found],
            "about": about_text(body),
            "speaking": render_to_string("admin/articles/story/_voices.html", panel, request),
            "on_record": render_to_string("admin/articles/story/_on_record.html", offers, request),
            "on_record_summary": _summary(rows),
        }
    )


def _summary(rows: list[Row]) -> str:
    """What a screen reader is told about the records that were found."""
    offered = sum(bool(row.same or row.near) for row in rows)
    if not offered:
        return ""
    words = ngettext(
        "The words of %d quotation are on record, or nearly so.",
        "The words of %d quotations are on record, or nearly so.",
        offered,
    )
    return words % offered


def _described(sighting: Sighting) -> dict[str, object]:
    return {
        "segments": [[segment.start, segment.end, segment.text] for segment in sighting.segments],
        "kind": str(sighting.kind),
        "state": str(sighting.state),
        "verification": str(sighting.verification),
        "key": sighting.key,
        "quotation": sighting.quotation_id,
        "recorded": sighting.recorded,
        "speaker": sighting.speaker,
        "role": sighting.role,
        "reason": sighting.reason,
        "sure": sighting.sure,
    }
