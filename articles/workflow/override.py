"""Setting a blocker aside: by a managing editor, with a reason, for one version of a story."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Override, Story
from articles.workflow.errors import WrongState
from articles.workflow.gate import CHECK_BY_CODE, check_gate
from articles.workflow.gate_finding import Finding
from articles.workflow.lifecycle import needed
from articles.workflow.people import require
from articles.workflow.record import record_event


def override_blocker(story: Story, *, by: User, code: str, place: str, reason: str) -> Override:
    """Set the blocker `code` at `place` aside. It holds until the story is changed.

    Raises NotAllowed, and WrongState when there is no reason, no such blocker, or one that nobody may set
    aside.
    """
    require(
        by,
        "articles.override_gate",
        _("Only a managing editor may set a blocker aside. Clear it, or ask one."),
    )
    why = needed(reason, _("Say why the story may be published all the same. The reason stays on record."))
    with transaction.atomic():
        current = Story.objects.select_for_update().get(pk=story.pk)
        finding = _blocker(current, code, place)
        override = _write(current, finding, by=by, reason=why)
        record_event(
            action="gate.overridden",
            record=current,
            by=by,
            reason=why,
            after={"code": code, "place": place, "version": current.version, "message": finding.message},
        )
    return override


def _blocker(story: Story, code: str, place: str) -> Finding:
    if code in CHECK_BY_CODE and not CHECK_BY_CODE[code].overridable:
        raise WrongState(
            _("Nobody may set %(code)s aside. Clear it: docs/gate.md says how.") % {"code": code}
        )
    for finding in check_gate(story):
        if (finding.code, finding.place) == (code, place) and finding.overridable:
            return finding
    raise WrongState(
        _("%(code)s no longer stops this story there. Reload the page to see what does.") % {"code": code}
    )


def _write(story: Story, finding: Finding, *, by: User, reason: str) -> Override:
    if finding.overridden is None:
        what = {"code": finding.code, "place": finding.place, "reason": reason}
        try:
            return Override.objects.create(
                story=story, story_version=story.version, by=by, at=timezone.now(), **what
            )
        except IntegrityError:
            pass  # somebody did it at this very moment
    raise WrongState(_("This blocker has been set aside already. Reload the page to see by whom."))
