"""What those who watch over the site ask: does the database answer, and what do readers get?"""

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import SiteChange


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """The state as JSON: 200 while this process can serve readers, 503 when it cannot.

    `status` is "ok", "degraded" (no answer from the database; readers get the pages that are kept) or "down".
    """
    store = request.META.get("newsroom.page_store")
    pages = store.pages if store else 0
    try:
        if store and store.database.hangs:  # whoever asks it now waits with it
            raise DatabaseError
        row = next(iter(SiteChange.objects.total()), None)
    except (DatabaseError, InterfaceError):
        database, version, status = False, None, "degraded" if pages else "down"
    else:
        database, version, status = True, (row or {}).get("total") or 0, "ok"
    state = {
        "status": status,
        "database": "answers" if database else "does not answer",
        "version": version,
        "kept_pages": pages,
        "kept_bytes": store.size if store else 0,
    }
    return JsonResponse(state, status=503 if status == "down" else 200)
