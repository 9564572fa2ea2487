"""The other records at the desk: speakers, sources, quotes, pictures and people."""

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from articles.models import Event, Image, Source, Speaker
from tests.doors.desk import enter, words
from tests.factories import (
    WORDS,
    make_image,
    make_quote,
    make_quoting_story,
    make_source,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db

NO_ROLES = {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}


def png(width: int = 640, height: int = 360) -> SimpleUploadedFile:
    data = io.BytesIO()
    Picture.new("RGB", (width, height), "navy").save(data, "PNG")
    return SimpleUploadedFile("pier.png", data.getvalue(), content_type="image/png")


def test_a_speaker_is_made_with_other_names_identifiers_and_a_role() -> None:
    fields = {
        "kind": "person", "name": "Tam Reed", "aliases": "Thomas Reed\nT. Reed",
        "external_ids": "Wikidata: Q42", "roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 0,
        "roles-0-title": "Keeper", "roles-0-since": "2020-03-01",
    }  # fmt: skip
    assert enter("Editor").post("/admin/articles/speaker/add/", fields).status_code == 302
    speaker = Speaker.objects.get()
    assert speaker.aliases == ["Thomas Reed", "T. Reed"]
    assert speaker.external_ids == {"wikidata": "Q42"}
    assert [role.title for role in speaker.roles.all()] == ["Keeper"]
    assert Event.objects.filter(record_type="speaker").exists()


def test_a_reason_for_a_speaker_who_is_named_is_refused_and_the_words_stay() -> None:
    fields = {"kind": "person", "name": "Tam", "unnamed_reason": "He asked.", "bio": "Works at the port."}
    response = enter("Editor").post("/admin/articles/speaker/add/", fields | NO_ROLES)
    assert response.status_code == 200
    assert "Works at the port." in words(response)
    assert not Speaker.objects.exists()


def test_an_identifier_without_a_name_is_refused_with_the_line() -> None:
    fields = {"kind": "person", "name": "Tam Reed", "external_ids": "Q42"}
    response = enter("Editor").post("/admin/articles/speaker/add/", fields | NO_ROLES)
    assert "This line is not: Q42" in words(response)


def test_a_speaker_is_changed_by_the_verb() -> None:
    speaker = make_speaker("Tam Reed")
    fields = {"kind": "person", "name": "Tamsin Reed", "aliases": "Tam Reed", "external_ids": ""}
    enter("Editor").post(f"/admin/articles/speaker/{speaker.pk}/change/", fields | NO_ROLES)
    speaker.refresh_from_db()
    assert (speaker.name, speaker.aliases) == ("Tamsin Reed", ["Tam Reed"])


def roles_of(speaker: Speaker, **changes: object) -> dict[str, object]:
    """The form of `speaker`, with her one role."""
    role = speaker.roles.get()
    fields = {
        "kind": "person", "name": speaker.name, "roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 1,
        "roles-0-id": role.pk, "roles-0-speaker": speaker.pk, "roles-0-title": role.title,
    }  # fmt: skip
    return fields | changes


def test_a_role_is_put_right_and_deleted_on_the_page_of_its_speaker() -> None:
    speaker = make_speaker("Tam Reed", role="Keper")
    client, url = enter("Editor"), f"/admin/articles/speaker/{speaker.pk}/change/"
    client.post(url, roles_of(speaker, **{"roles-0-title": "Keeper"}))
    assert speaker.roles.get().title == "Keeper"
    client.post(url, roles_of(speaker, **{"roles-0-DELETE": "on"}))
    assert not speaker.roles.exists()


def test_a_role_that_a_quote_names_is_not_deleted_and_the_page_says_why() -> None:
    speaker = make_quote().speaker
    url = f"/admin/articles/speaker/{speaker.pk}/change/"
    response = enter("Editor").post(
        url, roles_of(speaker, name="Ilse Marrow-Fenn", **{"roles-0-DELETE": "on"})
    )
    assert speaker.roles.exists()
    assert response.status_code == 200
    assert "Ilse Marrow-Fenn" in words(response)
    assert "named by quotes" in words(response) or "protected" in words(response)


def test_a_source_is_made_and_its_copy_is_asked_for() -> None:
    editor = make_user("Editor")
    client = enter(editor)
    fields = {"kind": "document", "title": "Minutes", "terms": "on_the_record", "owner": editor.pk}
    response = client.post("/admin/articles/source/add/", fields)
    source = Source.objects.get()
    assert response.headers["Location"] == f"/admin/articles/source/{source.pk}/snapshot/"
    client.post(response.headers["Location"], {"text": f"She said: {WORDS}"})
    assert source.snapshots.get().text == f"She said: {WORDS}"
    page = words(client.get(f"/admin/articles/source/{source.pk}/change/"))
    assert WORDS in page
    assert source.snapshots.get().sha256 in page


def test_an_empty_copy_is_refused_with_a_sentence() -> None:
    source = make_source()
    response = enter("Editor").post(f"/admin/articles/source/{source.pk}/snapshot/", {"text": "  "})
    assert "Paste the text, choose a file" in words(response)


def test_a_confidential_source_cannot_be_opened_by_somebody_else() -> None:
    owner = make_user("Reporter")
    secret = make_source("Secret words.", title="The grey folder", confidential=True, owner=owner)
    for rest in ("change/", "snapshot/", "history/", "do/withdraw/"):
        response = enter("Editor").get(f"/admin/articles/source/{secret.pk}/{rest}", follow=True)
        assert "The grey folder" not in words(response)
        assert "Secret words." not in words(response)
    assert "Secret words." in words(enter(owner).get(f"/admin/articles/source/{secret.pk}/change/"))


def test_editing_a_quote_does_not_lose_a_source_that_the_editor_may_not_see() -> None:
    owner = make_user("Reporter")
    secret = make_source(f"Then: {WORDS}", title="The grey folder", confidential=True, owner=owner)
    quote = make_quote(source=secret)
    client = enter("Editor")
    page = words(client.get(f"/admin/articles/quote/{quote.pk}/change/"))
    assert "The grey folder" not in page
    assert "The source is confidential" in page
    fields = {"speaker": quote.speaker.pk, "role": quote.role.pk, "occasion": "a meeting", "language": "en"}
    client.post(f"/admin/articles/quote/{quote.pk}/change/", fields)
    quote.refresh_from_db()
    assert quote.source == secret
    assert quote.occasion == "a meeting"


def test_a_quote_shows_how_it_was_checked_and_where_it_is_used() -> None:
    story = make_quoting_story(headline="Lighthouse stays")
    quote = story.quotations.get().quote
    page = words(enter("Auditor").get(f"/admin/articles/quote/{quote.pk}/change/"))
    assert "How it was checked" in page
    assert "Lighthouse stays" in page
    assert quote.key in page


def test_a_quote_cannot_be_added_by_hand() -> None:
    assert enter("Managing editor").get("/admin/articles/quote/add/").status_code == 403


def test_a_picture_is_taken_in_and_its_words_are_changed() -> None:
    client = enter("Editor")
    fields = {"upload": png(), "title": "The pier", "alt": "A pier at dusk.", "credit": "Photograph: T. Reed"}
    assert client.post("/admin/articles/image/add/", fields).status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height, image.alt) == (640, 360, "A pier at dusk.")
    words_only = {"title": "The pier", "alt": "A pier at dawn.", "credit": "", "focus_x": 20, "focus_y": 80}
    client.post(f"/admin/articles/image/{image.pk}/change/", words_only)
    image.refresh_from_db()
    assert (image.alt, image.focus_x) == ("A pier at dawn.", 20)


def test_a_file_that_is_no_picture_gets_a_sentence_and_the_words_stay() -> None:
    upload = SimpleUploadedFile("pier.png", b"no picture", content_type="image/png")
    fields = {"upload": upload, "title": "The pier", "alt": "A pier at dusk."}
    response = enter("Editor").post("/admin/articles/image/add/", fields)
    assert response.status_code == 200
    assert response.context["errors"]
    assert "A pier at dusk." in words(response)
    assert not Image.objects.exists()


def test_the_list_of_pictures_says_what_is_missing() -> None:
    make_image(alt="", credit="")
    page = words(enter("Editor").get("/admin/articles/image/"))
    assert ">no alt text<" in page
    assert ">no credit<" in page


def test_an_administrator_gives_a_person_a_role() -> None:
    person = make_user("")
    client = enter("Administrator")
    group = Group.objects.get(name="Reporter")
    fields = {"username": person.username, "is_active": "on", "is_staff": "on", "groups": group.pk}
    assert client.post(f"/admin/auth/user/{person.pk}/change/", fields).status_code == 302
    assert list(User.objects.get(pk=person.pk).groups.all()) == [group]


def test_nobody_makes_himself_a_superuser_through_the_form() -> None:
    person = make_user("Administrator")
    fields = {"username": person.username, "is_active": "on", "is_staff": "on", "is_superuser": "on",
              "groups": [group.pk for group in person.groups.all()]}  # fmt: skip
    enter(person).post(f"/admin/auth/user/{person.pk}/change/", fields)
    assert not User.objects.get(pk=person.pk).is_superuser


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Auditor"])
def test_only_administrators_see_users(role: str) -> None:
    assert enter(role).get("/admin/auth/user/").status_code == 403


@pytest.mark.parametrize("kind", ["story", "quote", "speaker", "source", "image", "author"])
def test_nothing_is_deleted_in_the_admin(kind: str) -> None:
    story = make_quoting_story(lead_image=make_image())
    quote = story.quotations.get().quote
    author = story.bylines.get().author
    record = {"story": story, "quote": quote, "speaker": quote.speaker, "source": quote.source,
              "image": story.lead_image, "author": author}[kind]  # fmt: skip
    response = enter("Managing editor").post(f"/admin/articles/{kind}/{record.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403
    assert type(record).objects.filter(pk=record.pk).exists()
