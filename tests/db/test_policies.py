"""Policies: written at the desk, published as editions that stay, taken back; only by who may."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.house import open_house
from articles.models import Event, FrozenRecordError, Policy, PolicyEdition, SiteChange
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.policies import publish_policy, save_policy, withdraw_policy
from tests.disputes import make_policy, make_policy_edition
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db

FACTS = {
    "kind": "ethics",
    "title": " Our ethics ",
    "slug": "ethics",
    "summary": "What we do and leave.",
    "body": "<p>We pay nobody.</p><script>alert(1)</script>",
    "position": 1,
}


def test_a_policy_is_cleaned_and_seen_by_readers_once_it_is_published() -> None:
    by = make_user("Managing editor")
    make_section()
    policy = save_policy(None, by=by, **FACTS)
    assert (policy.title, policy.body, policy.version) == ("Our ethics", "<p>We pay nobody.</p>", 1)
    assert open_house().policies == ()
    changes = SiteChange.objects.count()
    edition = publish_policy(policy, by=by, reason="First published.")
    (link,) = open_house().policies
    assert (link.kind, link.title, link.get_absolute_url()) == ("ethics", "Our ethics", "/policies/ethics/")
    assert open_house().policy("ethics") == link
    assert open_house().policy("masthead") is None
    assert SiteChange.objects.order_by("pk")[changes].keys == ["policies", "paper"]
    assert edition.live_until is None


def test_a_new_edition_ends_the_one_before_and_nothing_new_is_none() -> None:
    by = make_user("Managing editor")
    policy = save_policy(None, by=by, **FACTS)
    first = publish_policy(policy, by=by, reason="First published.")
    with pytest.raises(WrongState, match="exactly this text"):
        publish_policy(policy, by=by, reason="Again.")
    policy = save_policy(policy, by=by, version=1, body="<p>We pay nobody, ever.</p>")
    second = publish_policy(policy, by=by, reason="It is clearer.", version=2)
    first.refresh_from_db()
    assert (second.number, first.live_until) == (2, second.live_from)
    assert first.body_html == "<p>We pay nobody.</p>"
    with pytest.raises(FrozenRecordError):
        first.save()


def test_a_save_of_an_older_version_is_refused_and_an_empty_one_is_none() -> None:
    by, policy = make_user("Managing editor"), make_policy()
    assert save_policy(policy, by=by, title=policy.title).version == 1
    save_policy(policy, by=by, version=1, title="Another title")
    with pytest.raises(WrongState, match="after you opened it"):
        save_policy(policy, by=by, version=1, title="A third")
    with pytest.raises(WrongState, match="after you opened it"):
        publish_policy(policy, by=by, version=1, reason="New.")
    assert [event.action for event in Event.objects.about(policy)] == ["policy.saved"]


@pytest.mark.parametrize(
    "facts", [{"slug": "quotations"}, {"slug": ""}, {"title": ""}, {"kind": "rules"}, {"body": "<p> </p>"}]
)
def test_what_cannot_be_a_policy_is_refused(facts: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        save_policy(None, by=make_user("Managing editor"), **(FACTS | facts))


def test_there_is_one_policy_of_a_kind_and_one_edition_of_it_that_readers_see() -> None:
    by = make_user("Managing editor")
    save_policy(None, by=by, **FACTS)
    with pytest.raises(Invalid, match="already"):
        save_policy(None, by=by, **(FACTS | {"slug": "more-ethics"}))
    for slug in ("one", "two"):
        save_policy(None, by=by, **(FACTS | {"kind": "other", "slug": slug}))
    edition = make_policy_edition(Policy.objects.get(slug="one"))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_policy_edition(edition.policy)


def test_publishing_needs_a_short_note_and_withdrawing_a_reason() -> None:
    by, policy = make_user("Managing editor"), make_policy()
    with pytest.raises(WrongState, match="what is new"):
        publish_policy(policy, by=by, reason=" ")
    with pytest.raises(Invalid):
        publish_policy(policy, by=by, reason="x" * 301)
    with pytest.raises(WrongState, match="do not see"):
        withdraw_policy(policy, by=by, reason="It is old.")
    publish_policy(policy, by=by, reason="First published.")
    withdraw_policy(policy, by=by, reason="It is old.")
    assert not PolicyEdition.objects.live().exists()
    assert publish_policy(policy, by=by, reason="It holds again.").number == 2


VERBS: dict[str, Callable[[Policy, User], object]] = {
    "add": lambda policy, by: save_policy(None, by=by, **(FACTS | {"kind": "other"})),
    "change": lambda policy, by: save_policy(policy, by=by, title="Another"),
    "publish": lambda policy, by: publish_policy(policy, by=by, reason="New."),
    "withdraw": lambda policy, by: withdraw_policy(policy, by=by, reason="Old."),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["Reporter", "Editor", "Auditor", "Administrator", ""])
def test_only_the_managing_editor_makes_promises(verb: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        VERBS[verb](make_policy_edition().policy, make_user(role))


def test_the_house_knows_every_policy_without_a_query_of_its_own(django_assert_num_queries) -> None:
    make_section("Harbour")
    make_section("Coast")
    kinds = ("ethics", "privacy", "contact")
    for position, kind in enumerate(kinds):
        make_policy_edition(make_policy(kind), position=9 - position)
    with django_assert_num_queries(1):
        links = open_house().policies
    assert [link.kind for link in links] == list(reversed(kinds))
