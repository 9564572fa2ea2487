"""The look of the paper on readers' pages, and the page at the desk that changes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Brand
from articles.workflow.brand import save_brand
from tests.db.test_brand import picture
from tests.doors.desk import enter, words
from tests.editions import make_edition
from tests.factories import make_user

pytestmark = pytest.mark.django_db

DESK = "/admin/articles/brand/1/change/"
FORM = {"name": "The Saltmarsh Gazette", "tagline": "", "accent": "#7a1f3d", "ground": "", "ground_dark": "",
        "reading": "newsreader", "labels": "franklin", "headlines": "reading", "version": "0"}  # fmt: skip


def test_pages_link_no_stylesheet_that_says_nothing(client: Client) -> None:
    make_edition()
    assert "paper." not in client.get("/").content.decode()
    assert client.get("/paper.0123456789ab.css").status_code == 404


def test_the_stylesheet_is_kept_for_ever_at_its_address(client: Client) -> None:
    address = make_edition().get_absolute_url()
    save_brand(by=make_user("Managing editor"), version=0, accent="#7a1f3d", reading="system_serif")
    page = client.get(address).content.decode()
    link = page.split('href="/paper.')[1].split('"')[0]
    assert "newsreader-roman.woff2" not in page
    response = client.get(f"/paper.{link}")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    assert "--accent:#7a1f3d" in response.content.decode()
    older = client.get("/paper.0123456789ab.css")
    assert older.content == response.content
    assert older.headers["Cache-Control"] == "public, max-age=60"


def test_a_change_reaches_who_has_the_page_already(client: Client) -> None:
    address = make_edition().get_absolute_url()
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    save_brand(by=make_user("Managing editor"), version=0, name="The Saltmarsh Gazette")
    response = client.get(address, headers={"if-none-match": tag})
    assert response.status_code == 200
    assert "The Saltmarsh Gazette" in words(response)


def test_the_desk_changes_it_and_shows_it() -> None:
    owner = enter("Managing editor")
    assert owner.get("/admin/articles/brand/").headers["Location"] == DESK
    assert owner.get(DESK).status_code == 200
    logo = SimpleUploadedFile("logo.png", picture(), "image/png")
    assert owner.post(DESK, FORM | {"logo_file": logo}).status_code == 302
    brand = Brand.objects.get()
    assert (brand.name, brand.accent, brand.version) == ("The Saltmarsh Gazette", "#7a1f3d", 1)
    assert "The logo now" in words(owner.get(DESK))
    assert owner.get("/admin/articles/brand/1/history/").status_code == 200
    assert owner.post(DESK, FORM | {"version": "1", "remove": "logo_file"}).status_code == 302
    assert Brand.objects.get().logo == {}


def test_a_refusal_keeps_what_was_typed() -> None:
    page = enter("Managing editor").post(DESK, FORM | {"accent": "#ffee88"})
    assert page.status_code == 200
    assert "Choose a darker one" in words(page)
    assert 'value="#ffee88"' in words(page)
    assert 'value="The Saltmarsh Gazette"' in words(page)


def test_others_only_read_it() -> None:
    editor = enter("Editor")
    assert editor.get(DESK).status_code == 200
    assert editor.post(DESK, FORM).status_code == 403
    assert editor.post("/preview/look/", FORM).status_code == 403


def test_the_preview_shows_what_is_typed_and_saves_nothing(client: Client) -> None:
    make_edition()
    owner = enter("Managing editor")
    page = owner.post("/preview/look/", FORM | {"ground": "nonsense"})
    assert "The Saltmarsh Gazette" in words(page)
    css = owner.get("/preview/look.css?accent=%237a1f3d&ground=url(x)&reading=own")
    assert "--accent:#7a1f3d" in css.content.decode()
    assert "url(x)" not in css.content.decode()
    assert not Brand.objects.exists()
    assert client.post("/preview/look/", FORM).status_code == 302
