"""Filters under a name. They belong to one person and change nothing, so there is no Event."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.models import SavedView
from articles.workflow.errors import WrongState, check_record

MOST = 30  # a row of more is no short cut


def save_view(*, by: User, record_type: str, name: str, query: str) -> SavedView:
    """Keep `query` (as in an address) of a list under `name`; one of the same name is replaced.

    Pages and empty filters are left out. Raises WrongState without filters or with too many, Invalid.
    """
    kept = [(key, value) for key, value in parse_qsl(query) if key not in ("p", "all", "e")]
    if not kept:
        raise WrongState(_("Choose a filter or search first. Then save what the list shows."))
    view = SavedView.objects.filter(by=by, record_type=record_type, name=name.strip()).first()
    if view is None and SavedView.objects.filter(by=by, record_type=record_type).count() >= MOST:
        raise WrongState(_("You have saved %d views of this list. Forget one first.") % MOST)
    view = view or SavedView(by=by, record_type=record_type, name=name.strip())
    view.query = urlencode(kept)
    check_record(view)
    # By its name once more: the same may have been saved meanwhile, from another tab.
    return SavedView.objects.update_or_create(
        by=by, record_type=record_type, name=view.name, defaults={"query": view.query}
    )[0]


def forget_view(view: SavedView, *, by: User) -> None:
    """Delete a view of one's own; one of somebody else's stays."""
    SavedView.objects.filter(pk=view.pk, by=by).delete()
