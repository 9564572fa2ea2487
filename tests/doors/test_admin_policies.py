"""Policies at the desk: written, looked at, published, withdrawn."""

from datetime import UTC, datetime

import pytest

from articles.models import Policy
from tests.disputes import make_policy, make_policy_edition
from tests.doors.desk import enter, words

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/policy/"
FORM = {
    "kind": "ethics", "title": "Our ethics", "slug": "ethics", "summary": "What we do.",
    "body": "<p>We pay nobody.</p>", "position": "1",
}  # fmt: skip


def test_the_managing_editor_writes_publishes_and_withdraws_a_policy() -> None:
    client = enter("Managing editor")
    assert client.post(f"{LIST}add/", FORM).status_code == 302
    policy = Policy.objects.get()
    form = words(client.get(f"{LIST}{policy.pk}/change/"))
    assert "Nothing yet." in form
    assert f"/preview/policies/{policy.pk}/" in form
    assert client.get(f"{LIST}{policy.pk}/publish/").status_code == 200
    done = client.post(f"{LIST}{policy.pk}/publish/", {"reason": "First published."}, follow=True)
    assert "Published. Readers see it now." in words(done)
    assert "version 1" in words(client.get(LIST))
    assert "We pay nobody." in words(client.get("/policies/ethics/"))
    again = client.post(f"{LIST}{policy.pk}/publish/", {"reason": "Again."})
    assert "Readers see exactly this text already." in words(again)
    client.post(f"{LIST}{policy.pk}/withdraw/", {"reason": "It is old."})
    assert client.get("/policies/ethics/").status_code == 410


def test_the_list_says_when_as_the_desk_does() -> None:
    policy = make_policy()
    Policy.objects.filter(pk=policy.pk).update(updated_at=datetime(2026, 5, 12, 16, 3, tzinfo=UTC))
    assert "17:03" in words(enter("Managing editor").get(LIST))


def test_a_refused_save_keeps_what_was_typed() -> None:
    policy, client = make_policy(), enter("Managing editor")
    typed = FORM | {"version": "9", "title": "A title just typed"}
    page = client.post(f"{LIST}{policy.pk}/change/", typed)
    assert "Somebody changed this policy after you opened it." in words(page)
    assert "A title just typed" in words(page)
    second = client.post(f"{LIST}add/", FORM | {"slug": "quotations", "kind": "other"})
    assert "is a page of the site itself" in words(second)


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Auditor", "Administrator"])
def test_others_read_policies(role: str) -> None:
    policy, client = make_policy_edition().policy, enter(role)
    assert client.get(LIST).status_code == 200
    assert "We say where our words are from." in words(client.get(f"{LIST}{policy.pk}/change/"))
    for address in (f"{LIST}add/", f"{LIST}{policy.pk}/publish/", f"{LIST}{policy.pk}/withdraw/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}{policy.pk}/change/", FORM).status_code == 403
