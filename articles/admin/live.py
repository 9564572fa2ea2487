"""Which quotations a body holds, while somebody types: asked by the editor, answered without writing."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from articles.models import Story
from articles.workflow.quotations import Sighting, read_body


@require_POST
def read_quotations(request: HttpRequest, pk: int | None) -> JsonResponse:
    """Answer with the quotations of the posted `body`, as spans of its plain text."""
    if not request.user.has_perm("articles.view_story"):
        raise PermissionDenied
    story = get_object_or_404(Story, pk=pk) if pk is not None else None
    found = read_body(request.POST.get("body", ""), story=story, headline=request.POST.get("headline", ""))
    return JsonResponse({"quotations": [_described(sighting) for sighting in found]})


def _described(sighting: Sighting) -> dict[str, object]:
    return {
        "segments": [[segment.start, segment.end, segment.text] for segment in sighting.segments],
        "kind": str(sighting.kind),
        "state": str(sighting.state),
        "verification": str(sighting.verification),
        "key": sighting.key,
        "quotation": sighting.quotation_id,
        "speaker": sighting.speaker,
        "reason": sighting.reason,
    }
