"""The preview: as readers would see it, for who has a log-in or a link, and for nobody else."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.models import Edition, Event, PreviewLink, Source, Story
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.preview import preview_story, revoke_preview, share_preview
from tests.doors.desk import enter, words
from tests.factories import bring_to, make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def share(story: Story, **fields: Any) -> PreviewLink:
    values = {"by": make_user("Editor"), "recipient": "Counsel", "lasts": DAY} | fields
    return share_preview(story, **values)


def test_a_link_shows_the_story_as_it_stands_to_who_has_no_log_in() -> None:
    story = make_quoting_story(headline="Lighthouse stays open")
    response = Client().get(share(story).get_absolute_url())
    page = words(response)
    assert response.status_code == 200
    assert "Lighthouse stays open" in page
    assert "This is not published" in page
    assert "For Counsel." in page
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex' in page
    assert "application/ld+json" not in page
    assert 'rel="canonical"' not in page
    assert not Edition.objects.exists()
    assert PreviewLink.objects.get().opened_at


def test_a_link_ends_by_its_time_and_when_it_is_taken_back() -> None:
    link = share(make_story())
    address = link.get_absolute_url()
    with time_machine.travel(timezone.now() + DAY * 2):
        assert Client().get(address).status_code == 410
    revoke_preview(link, by=make_user("Editor"))
    response = Client().get(address)
    assert response.status_code == 410
    assert "This link no longer works" in words(response)
    assert "no-store" in response.headers["Cache-Control"]
    revoke_preview(link, by=make_user("Editor"))
    actions = ["story.preview_revoked", "story.preview_shared"]
    assert list(Event.objects.values_list("action", flat=True)) == actions


@pytest.mark.parametrize("status", [Story.Status.KILLED, Story.Status.SPIKED])
def test_a_link_to_a_story_that_is_gone_shows_nothing(status: Story.Status) -> None:
    story = make_story(headline="Gone for good")
    link = share(story)
    bring_to(status, story)
    response = Client().get(link.get_absolute_url())
    assert response.status_code == 410
    assert "Gone for good" not in words(response)


def test_an_address_that_nobody_made_is_not_found() -> None:
    link = share(make_story())
    address = link.get_absolute_url()
    forged = address.replace(link.key, "2222222222")
    for tried in (forged, address[:-2] + "/", f"/preview/{link.key}/", "/preview/x.y.z/"):
        assert Client().get(tried).status_code == 404, tried


def test_nothing_of_a_confidential_source_is_in_a_preview() -> None:
    story = make_quoting_story(editors_note="Ask the canary.")
    secret = {"title": "The canary memo", "confidential": True, "owner": make_user("Reporter")}
    Source.objects.update(**secret)
    for page in (
        words(Client().get(share(story).get_absolute_url())),
        words(enter("Editor").get(f"/preview/{story.pk}/")),
    ):
        assert "canary" not in page.lower()


def test_the_preview_at_the_desk_follows_what_is_typed_and_stores_nothing() -> None:
    story = make_quoting_story(headline="Old")
    moved = f"<p>First this.</p>{story.body}<script>alert(1)</script>"
    response = enter("Reporter").post(f"/preview/{story.pk}/", {"headline": "Typed", "body": moved})
    page = words(response)
    assert "Typed" in page
    assert "First this." in page
    assert 'class="quotation-note"' in page
    assert "alert(1)" not in page
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    story.refresh_from_db()
    assert (story.headline, story.version) == ("Old", 1)
    without = words(enter("Reporter").post(f"/preview/{story.pk}/", {"body": "<p>Nothing was said.</p>"}))
    assert 'class="quotation-note"' not in without


def test_the_preview_at_the_desk_needs_a_role() -> None:
    story = make_story()
    assert Client().get(f"/preview/{story.pk}/").status_code == 302
    assert enter("").get(f"/preview/{story.pk}/").status_code == 403
    assert enter("Auditor").get(f"/preview/{story.pk}/").status_code == 200
    assert enter("Editor").get("/preview/999999/").status_code == 404


def test_a_story_with_nothing_in_it_has_a_preview() -> None:
    story = Story.objects.create(owner=make_user("Reporter"))
    page = words(enter("Editor").get(f"/preview/{story.pk}/"))
    assert "No headline yet" in page
    assert "No section yet" in page


def test_what_was_published_keeps_its_first_date_and_corrections() -> None:
    story = make_story()
    first = timezone.now() - DAY
    Edition.objects.create(
        story=story, number=1, kind="first", story_version=1, live_from=first, first_live_from=first,
        section_slug="harbour", section_name="Harbour", slug="light", headline="Old", type_of_work="news",
    )  # fmt: skip
    preview = preview_story(story, by=make_user("Editor"))
    assert (preview.edition.number, preview.edition.first_live_from) == (2, first)


def test_links_are_made_and_taken_back_at_the_desk() -> None:
    story, client = make_story(), enter("Editor")
    url = f"/admin/articles/story/{story.pk}/preview/"
    assert "Nobody has a link." in words(client.get(url))
    page = words(client.post(url, {"recipient": "Dr Osk", "hours": 24}, follow=True))
    address = re.search(r'readonly value="http://testserver(/preview/[^"]+)"', page)
    assert address
    assert Client().get(address[1]).status_code == 200
    client.post(url, {"_revoke": PreviewLink.objects.get().pk})
    assert Client().get(address[1]).status_code == 410
    assert "taken back" in words(client.get(url))
    again = client.post(url, {"recipient": "", "hours": 24})
    assert again.status_code == 200
    assert "This field is required" in words(again)


def test_who_may_not_change_a_story_shares_nothing() -> None:
    story = make_story()
    url = f"/admin/articles/story/{story.pk}/preview/"
    for role in ("Reporter", "Auditor"):
        assert "Make a link" not in words(enter(role).get(url))
        page = words(enter(role).post(url, {"recipient": "Me", "hours": 24}))
        assert "form-refusal" in page or "Make a link" not in page
    assert not PreviewLink.objects.exists()
    with pytest.raises(NotAllowed):
        revoke_preview(share(story), by=make_user("Reporter"))


def test_a_link_is_for_somebody_and_for_a_time() -> None:
    with pytest.raises(Invalid):
        share(make_story(), recipient="  ")
    for lasts in (DAY * 15, DAY * 0, -DAY):
        with pytest.raises(WrongState):
            share(make_story(), lasts=lasts)


def test_a_preview_costs_the_same_however_many_quotations(django_assert_max_num_queries: Any) -> None:
    story = make_quoting_story()
    client = Client()
    address = share(story).get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)
