"""Reports of readers and policies, for tests: rows as the verbs write them.

All people, places and papers are invented.
"""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from articles.models import Dispute, Edition, Policy, PolicyEdition
from tests.factories import make_user

_numbers = count(1)


def make_dispute(edition: Edition, **fields: Any) -> Dispute:
    """A report about `edition` that came a minute ago; with `outcome`, an answered one."""
    received = fields.setdefault("received_at", timezone.now() - timedelta(minutes=1))
    values: dict[str, Any] = {
        "kind": Dispute.Kind.FACT,
        "words": "The lighthouse has two keepers, not one.",
        "name": "Perrin Oakes",
        "email": "perrin@reader.example",
        "fingerprint": f"{next(_numbers):064d}",
        "due_at": received + timedelta(hours=72),
    } | fields
    if values.get("outcome"):
        values.setdefault("status", Dispute.Status.ANSWERED)
        values.setdefault("answered_by", make_user("Editor"))
        values.setdefault("answered_at", received + timedelta(seconds=30))
        if values["outcome"] != Dispute.Outcome.SPAM:
            values.setdefault("outcome_text", "We looked at the harbour roll: there are two keepers.")
    return Dispute.objects.create(edition=edition, story_id=edition.story_id, **values)


def make_policy(kind: str = "ethics", **fields: Any) -> Policy:
    """A policy that only the desk sees."""
    values = {
        "title": f"How we work: {kind}",
        "slug": f"how-we-work-{kind.replace('_', '-')}",
        "summary": "What readers can rely on.",
        "body": "<p>We say where our words are from.</p>",
    } | fields
    return Policy.objects.create(kind=kind, **values)


def make_policy_edition(policy: Policy | None = None, **fields: Any) -> PolicyEdition:
    """What readers see of a policy since an hour ago."""
    policy = policy or make_policy()
    values: dict[str, Any] = {
        "number": policy.editions.count() + 1,
        "kind": policy.kind,
        "title": policy.title,
        "slug": policy.slug,
        "summary": policy.summary,
        "body_html": policy.body,
        "change_note": "First published.",
        "live_from": timezone.now() - timedelta(hours=1),
    } | fields
    if "published_by" not in values:
        values["published_by"] = make_user("Managing editor")
    return PolicyEdition.objects.create(policy=policy, **values)
