"""What readers see of the paper's policies: what was published, and what was published before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import PolicyEdition
from tests.disputes import make_policy, make_policy_edition
from tests.doors.desk import enter, words
from tests.editions import make_edition, withdraw_edition
from tests.factories import make_author, make_section, make_user

pytestmark = pytest.mark.django_db


def test_a_policy_is_listed_read_and_linked_from_every_page(client: Client) -> None:
    make_edition()
    policy = make_policy(summary="Where our words are from.", title="Our ethics")
    make_policy_edition(policy)
    assert "Where our words are from." in words(client.get("/policies/"))
    page = client.get("/policies/how-we-work-ethics/")
    assert "We say where our words are from." in words(page)
    assert page.headers["Cache-Control"].startswith("public")
    assert 'href="/policies/how-we-work-ethics/"' in client.get("/about/").content.decode()
    assert 'href="/policies/how-we-work-ethics/"' in client.get("/").content.decode()


def test_a_draft_is_seen_by_nobody_but_the_desk(client: Client) -> None:
    make_section()
    canary = "quokkazephyr"
    policy = make_policy(title=f"Draft {canary}", body=f"<p>{canary}</p>", slug="draft")
    for address in ("/policies/", "/policies/draft/", "/policies/draft/1/", "/about/", "/"):
        assert canary not in client.get(address).content.decode(), address
    assert client.get("/policies/draft/").status_code == 404
    preview = f"/preview/policies/{policy.pk}/"
    assert client.get(preview).status_code == 302
    shown = enter("Reporter").get(preview)
    assert canary in words(shown)
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert enter("").get(preview).status_code == 403


def test_a_change_at_the_desk_is_no_change_for_readers(client: Client) -> None:
    policy = make_policy_edition().policy
    policy.body, policy.title = "<p>Unpublished words.</p>", "Unpublished title"
    policy.save()
    assert "Unpublished" not in words(client.get("/policies/how-we-work-ethics/")) + words(
        client.get("/policies/")
    )


def test_a_former_version_stays_readable_and_says_that_it_is_one(client: Client) -> None:
    policy, now = make_policy(), timezone.now()
    make_policy_edition(
        policy, body_html="<p>Former words.</p>", slug="former-name", live_from=now - timedelta(days=9),
        live_until=now - timedelta(days=1),
    )  # fmt: skip
    make_policy_edition(policy, change_note="It is clearer.", live_from=now - timedelta(days=1))
    page = client.get("/policies/how-we-work-ethics/")
    assert "It is clearer." in words(page)
    former = client.get("/policies/how-we-work-ethics/1/")
    assert "This is a former version." in words(former)
    assert "Former words." in words(former)
    assert former.headers["X-Robots-Tag"] == "noindex"
    assert '<link rel="canonical" href="http://127.0.0.1:8000/policies/how-we-work-ethics/">' in (
        former.content.decode()
    )
    moved = client.get("/policies/former-name/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/policies/how-we-work-ethics/")
    current = client.get("/policies/how-we-work-ethics/2/")
    assert current.headers["Location"] == "/policies/how-we-work-ethics/"
    assert client.get("/policies/how-we-work-ethics/3/").status_code == 404


def test_a_withdrawn_policy_answers_410_in_every_version(client: Client) -> None:
    policy = make_policy_edition().policy
    PolicyEdition.objects.all().end(timezone.now())
    for address in ("/policies/how-we-work-ethics/", "/policies/how-we-work-ethics/1/"):
        page = client.get(address)
        assert page.status_code == 410
        assert policy.title not in words(page)
    assert client.get("/policies/none/").status_code == 404


def test_the_page_about_marks_stays_at_its_address_and_leads_to_the_policy(client: Client) -> None:
    make_section()
    assert "What the marks mean" in words(client.get("/policies/quotations/"))
    make_policy_edition(make_policy("verification", title="How we verify"))
    assert "How we verify" in words(client.get("/policies/quotations/"))


def test_the_masthead_names_staff_who_have_published_and_nobody_else(client: Client) -> None:
    staff, left = make_user("Reporter"), make_user("Reporter", is_active=False)
    for name, slug, user in (
        ("Wilma Fenn", "wilma-fenn", staff),
        ("Hidden Hire", "hidden-hire", make_user("Reporter")),
        ("Long Gone", "long-gone", left),
        ("Free Lance", "free-lance", None),
        ("Killed Byline", "killed-byline", make_user("Reporter")),
    ):
        make_author(name, slug=slug, user=user)
    make_edition()  # signed by Wilma Fenn
    for slug in ("long-gone", "free-lance"):
        make_edition(bylines=[{"name": slug, "slug": slug}])
    killed = make_edition(bylines=[{"name": "Killed Byline", "slug": "killed-byline"}])
    withdraw_edition(killed, "It was wrong.")
    make_policy_edition(make_policy("masthead", body="<p>Otto edits the paper.</p>"))
    page = words(client.get("/about/"))
    assert "Wilma Fenn" in page
    assert "Otto edits the paper." in page
    for name in ("Hidden Hire", "Long Gone", "Free Lance", "Killed Byline"):
        assert name not in page
