"""Filters that somebody uses again, above each list."""

import pytest

from articles.models import SavedView
from tests.doors.desk import enter, words
from tests.factories import make_story, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/story/"


def test_a_filter_is_saved_used_and_forgotten() -> None:
    client = enter("Editor")
    make_story(headline="A draft")
    page = client.post(f"{LIST}?status__exact=draft&p=0", {"_save_view": "1", "name": "Drafts"}, follow=True)
    assert "The view is saved" in words(page)
    view = SavedView.objects.get()
    assert view.query == "status__exact=draft"
    assert f'<a href="?{view.query}"' in words(client.get(LIST))
    here = client.get(f"{LIST}?{view.query}")
    assert [link.here for link in here.context["saved_views"]] == [True]
    client.post(f"{LIST}?{view.query}", {"_forget_view": view.pk})
    assert not SavedView.objects.exists()


def test_a_name_is_replaced_and_nothing_is_saved_without_filters() -> None:
    client = enter("Editor")
    client.post(f"{LIST}?q=wall", {"_save_view": "1", "name": "Mine"})
    client.post(f"{LIST}?mine=1", {"_save_view": "1", "name": "Mine"})
    assert SavedView.objects.get().query == "mine=1"
    page = client.post(LIST, {"_save_view": "1", "name": "All"}, follow=True)
    assert "Choose a filter or search first" in words(page)
    page = client.post(f"{LIST}?q=wall", {"_save_view": "1", "name": " "}, follow=True)
    assert SavedView.objects.count() == 1


def test_a_view_is_seen_and_forgotten_by_its_owner_only() -> None:
    owner = make_user("Editor")
    enter(owner).post(f"{LIST}?mine=1", {"_save_view": "1", "name": "Private view"})
    other = enter("Editor")
    assert "Private view" not in words(other.get(LIST))
    assert other.post(LIST, {"_forget_view": SavedView.objects.get().pk}).status_code == 404
    assert "Private view" in words(enter(owner).get(LIST))
    assert "Private view" not in words(enter(owner).get("/admin/articles/quote/"))
