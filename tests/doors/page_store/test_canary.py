"""The canary: nothing that is secret, and nothing of a person, ever gets into the store."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.models import Story
from articles.workflow.readers import readers_see
from newsroom.page_store.entry import unpack
from newsroom.page_store.rules import PARAMETERS
from newsroom.page_store.store import PageStore
from tests.doors.page_store.asking import ask
from tests.doors.test_crawl import addresses
from tests.factories import make_user
from tests.secrets import SECRETS, SHOWN, deep, keep_secrets

pytestmark = pytest.mark.django_db


def test_no_secret_and_nothing_of_a_person_is_kept(store: PageStore, client: Client) -> None:
    keep_secrets()
    readers_see()
    editor = make_user("Editor", username="canary-name", last_name="Canary", is_superuser=True)
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken=canary-token; messages=canary-message"
    public = {address for name, address in addresses() if f"articles:{name}" in PARAMETERS}
    for story in Story.objects.all():
        public.add(reverse("articles:preview", args=[story.pk]))
    public |= {reverse("admin:index"), reverse("articles:front_preview"), reverse("admin:login")}
    for address in sorted(public):
        seen = ask(
            store, address, HTTP_COOKIE=cookie, HTTP_REFERER="https://canary.example/", REMOTE_USER="canary"
        )
        assert seen.code < 500
        ask(store, address, HTTP_COOKIE="theme=canary-theme", HTTP_X_FORWARDED_FOR="canary-address")
    entries = [*store._plain._pages.items(), *store._asked._pages.items()]
    assert len(entries) > 60
    shown = 0
    words = {session, editor.last_name, "canary", "nonce-", *(deep(secret) for secret in SECRETS)}
    for key, entry in entries:
        kept = b"".join(unpack(body, coding) for coding, body in entry.bodies.items()).decode()
        shown += deep(SHOWN) in kept
        kept += repr([entry.headers, entry.facts(), *key])
        assert [word for word in words if word in kept] == [], key
        names = {name.lower() for name, _ in entry.headers}
        assert not names & {"set-cookie", "vary", "www-authenticate"}, key
    assert any(
        deep(SHOWN) in unpack(*reversed(next(iter(entry.bodies.items())))).decode() for _, entry in entries
    )
