"""The picture library at the desk: the grid and its filters, many uploads at once, choosing in a form."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image as Pillow

from articles.models import Image, Speaker, Story
from articles.workflow.find import index_records
from tests.db.test_picture_words import iptc_segment, jpeg
from tests.doors.desk import enter, typed, words
from tests.factories import make_image, make_section, make_speaker, make_story, make_user

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/articles/image/"
UPLOAD = f"{LIBRARY}upload/"
CHOICES = f"{LIBRARY}choices/"
DAY = datetime.timedelta(days=1)


def a_file(name: str, data: bytes | None = None, colour: str = "teal") -> SimpleUploadedFile:
    """A file as a browser sends it: a picture, unless `data` is something else."""
    out = io.BytesIO()
    Pillow.new("RGB", (64, 48), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue() if data is None else data, content_type="image/png")


def titles(query: str) -> set[str]:
    """What the library shows for a filter."""
    response = enter("Editor").get(f"{LIBRARY}?{query}")
    assert response.status_code == 200
    return {image.title for image in response.context["cl"].result_list}


def test_the_filters_find_what_is_missing_ending_or_unused() -> None:
    today, uploader = timezone.localdate(), make_user("Reporter")
    make_image(title="over", expires_on=today - DAY)
    make_image(title="soon", expires_on=today + 5 * DAY)
    make_image(title="bare", alt="", uploaded_by=uploader)
    make_image(title="nobody's", credit="")
    make_story(lead_image=make_image(title="led"))
    everything = {"over", "soon", "bare", "nobody's", "led"}
    assert titles("") == everything
    assert titles("rights=expired") == {"over"}
    assert titles("rights=soon") == {"soon"}
    assert titles("missing=any") == {"bare", "nobody's"}
    assert titles("missing=alt") == {"bare"}
    assert titles("missing=credit") == {"nobody's"}
    assert titles("use=unused") == everything - {"led"}
    assert titles("use=live") == set()
    assert titles(f"by={uploader.pk}") == {"bare"}
    assert titles("by=99999999999999999999") == everything


def test_the_search_finds_words_of_the_caption() -> None:
    image = make_image(title="Pier", caption="Gulls over the fish market.")
    make_image(title="Crane")
    index_records([image])
    assert titles("q=gull") == {"Pier"}


def test_the_library_costs_the_same_for_two_pictures_and_for_twenty() -> None:
    client = enter("Editor")
    counts = []
    for more in (2, 18):
        for number in range(more):
            image = make_image(expires_on=timezone.localdate() if number % 2 else None)
            make_story(lead_image=image)
        client.get(LIBRARY)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIBRARY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18


def test_an_empty_library_says_what_to_do() -> None:
    assert "Upload pictures, say what they show" in words(enter("Editor").get(LIBRARY))


def test_many_files_come_in_at_once_and_each_has_its_own_result() -> None:
    client = enter("Reporter")
    files = [
        a_file("pier.png"),
        a_file("notes.txt", b"no picture"),
        a_file("again.png"),
        a_file("crane.png", colour="red"),
        a_file("empty.png", b""),
    ]
    response = client.post(UPLOAD, {"pictures": files, "credit": "T. Reed", "rights": "On line only"})
    page = words(response)
    assert response.status_code == 200
    assert {(image.title, image.credit, image.rights) for image in Image.objects.all()} == {
        ("pier", "T. Reed", "On line only"),
        ("crane", "T. Reed", "On line only"),
    }
    outcome = {result.name: (bool(result.image), result.known) for result in response.context["results"]}
    assert outcome == {
        "pier.png": (True, False),
        "notes.txt": (False, False),
        "again.png": (True, True),
        "crane.png": (True, False),
        "empty.png": (False, False),
    }
    assert "This is not a picture that can be used" in page
    assert "The file is empty" in page
    assert "2 pictures are new. 2 were refused." in page
    assert 'value="T. Reed"' in page, "what was typed is kept for the next files"


def test_the_script_gets_the_rows_alone() -> None:
    response = enter("Editor").post(
        UPLOAD, {"pictures": [a_file("pier.png")]}, headers={"Accept": "text/x-rows"}
    )
    assert words(response).startswith('<li class="upload-row" data-result="kept">')


def test_a_day_that_is_none_is_said_and_nothing_comes_in() -> None:
    fields = {"pictures": [a_file("pier.png")], "expires_on": "soon", "credit": "T. Reed"}
    response = enter("Editor").post(UPLOAD, fields)
    assert response.context["form"].errors["expires_on"]
    assert 'value="T. Reed"' in words(response)
    assert not Image.objects.exists()
    assert enter("Editor").post(UPLOAD, fields, headers={"Accept": "text/x-rows"}).status_code == 422


def test_without_a_file_the_form_asks_for_one() -> None:
    assert "Choose at least one picture." in words(enter("Editor").post(UPLOAD, {"credit": "T. Reed"}))


@pytest.mark.parametrize("take", [True, False])
def test_the_words_of_the_files_are_taken_or_offered(take: bool) -> None:
    data = jpeg(segment=iptc_segment({5: "Lock at night", 80: "Tomas Reed"}))
    client = enter("Editor")
    client.post(UPLOAD, {"pictures": [a_file("l.jpg", data)], **({"take_words": "on"} if take else {})})
    image = Image.objects.get()
    assert (image.title, image.credit) == (("Lock at night", "Tomas Reed") if take else ("l", ""))
    url = f"{LIBRARY}{image.pk}/change/"
    assert ("The file says" in words(client.get(url))) is not take
    form = client.get(f"{url}?take=credit").context["adminform"].form
    assert form["credit"].value() == "Tomas Reed"
    assert form["title"].value() == image.title


@pytest.mark.parametrize(
    ("role", "upload", "choose"),
    [("Reporter", 200, 200), ("Editor", 200, 200), ("Auditor", 403, 200), ("Administrator", 403, 200)],
)
def test_who_may_upload_and_who_may_look(role: str, upload: int, choose: int) -> None:
    client = enter(role)
    assert client.get(UPLOAD).status_code == upload
    assert client.post(UPLOAD, {"pictures": [a_file("pier.png")]}).status_code == upload
    assert client.get(CHOICES).status_code == choose
    assert client.get(LIBRARY).status_code == choose


def test_who_has_no_role_gets_no_pictures() -> None:
    assert enter("").get(CHOICES).status_code == 403


def test_the_page_of_a_picture_says_where_it_is_used() -> None:
    image = make_image()
    story = make_story(lead_image=image)
    speaker = make_speaker(photo=image)
    page = words(enter("Editor").get(f"{LIBRARY}{image.pk}/change/"))
    assert story.headline in page
    assert f"/admin/articles/speaker/{speaker.pk}/change/" in page
    unused = words(enter("Editor").get(f"{LIBRARY}{make_image().pk}/change/"))
    assert "No story, speaker or edition shows it." in unused


def test_the_dialog_is_offered_the_newest_the_found_or_the_one_asked_for() -> None:
    client = enter("Editor")
    first, second = make_image(title="Pier", alt=""), make_image(title="Crane")
    index_records([first, second])
    ask = lambda query: [item["title"] for item in client.get(f"{CHOICES}?{query}").json()["items"]]  # noqa: E731
    assert ask("") == ["Crane", "Pier"]
    assert ask("q=pie") == ["Pier"]
    assert ask(f"ref={second.pk}") == ["Crane"]
    assert ask("ref=99999999999999999999") == []
    (item,) = client.get(f"{CHOICES}?ref={first.pk}").json()["items"]
    assert item["warning"] == "no alt text"
    assert item["ref"] == str(first.pk)


def test_the_form_of_a_story_costs_the_same_however_many_pictures_there_are() -> None:
    client, counts, sizes = enter("Editor"), [], []
    story = make_story(lead_image=make_image())
    for more in (1, 60):
        for _ in range(more):
            make_image()
        client.get(f"/admin/articles/story/{story.pk}/change/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/admin/articles/story/{story.pk}/change/")
        counts.append(len(queries))
        sizes.append(page.content.count(b"Lighthouse "))
    assert counts[0] == counts[1]
    assert sizes[1] < 40, "only the newest are in the page"


@pytest.mark.parametrize("number", ["", "0", "987654", "99999999999999999999", "pier"])
def test_a_number_that_is_no_picture_is_said_and_what_was_typed_stays(number: str) -> None:
    story = make_story(section=make_section(), lead_image=make_image())
    client = enter("Editor")
    url = f"/admin/articles/story/{story.pk}/change/"
    response = client.post(url, typed(story, lead_image=number, kicker="Kept words"))
    story.refresh_from_db()
    if number:
        assert "The library has no picture with this number." in words(response)
        assert "Kept words" in words(response)
        assert story.lead_image is not None
    else:
        assert story.lead_image is None


def test_a_picture_is_chosen_by_its_number() -> None:
    image, story, speaker = make_image(), make_story(), make_speaker()
    client = enter("Editor")
    client.post(f"/admin/articles/story/{story.pk}/change/", typed(story, lead_image=image.pk))
    assert Story.objects.get().lead_image == image
    fields = {
        "kind": "person", "name": speaker.name, "photo": image.pk,
        "roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0,
    }  # fmt: skip
    client.post(f"/admin/articles/speaker/{speaker.pk}/change/", fields)
    assert Speaker.objects.get().photo == image
