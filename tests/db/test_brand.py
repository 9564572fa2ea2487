"""What makes the site this paper's own: who changes it, what is refused, and that readers see it at once."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from articles.house import open_house
from articles.models import Brand, Event, Section, SiteChange
from articles.workflow.brand import FACE_BYTES, save_brand
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.sections import delete_section, save_author, save_section
from tests.factories import make_author, make_section, make_story, make_user

pytestmark = pytest.mark.django_db


def picture(width: int = 2000, height: int = 500) -> bytes:
    out = BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def refusal(**facts: object) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as caught:
        save_brand(by=make_user("Managing editor"), version=0, **facts)
    return caught.value.errors


def test_the_paper_is_as_the_settings_say_until_somebody_changes_it() -> None:
    make_section()
    assert open_house().paper.name == settings.NEWSROOM_NAME
    brand = save_brand(
        by=make_user("Managing editor"), version=0, name=" The Saltmarsh Gazette ", accent="7A1F3D"
    )
    assert (brand.version, brand.accent) == (1, "#7a1f3d")
    house = open_house()
    assert house.paper.name == "The Saltmarsh Gazette"
    assert house.paper.tagline == settings.NEWSROOM_TAGLINE
    assert "--accent:#7a1f3d" in house.stylesheet
    event = Event.objects.get(action="brand.saved")
    assert event.before == {"name": "", "accent": ""}
    assert event.after == {"name": "The Saltmarsh Gazette", "accent": "#7a1f3d"}
    assert SiteChange.objects.count() == 1


def test_a_paper_without_sections_has_its_name_too() -> None:
    save_brand(by=make_user("Administrator"), version=0, name="The Saltmarsh Gazette")
    assert open_house().paper.name == "The Saltmarsh Gazette"


def test_nothing_new_is_no_change() -> None:
    owner = make_user("Managing editor")
    save_brand(by=owner, version=0, name="The Saltmarsh Gazette")
    assert save_brand(by=owner, version=1, name="The Saltmarsh Gazette").version == 1
    assert Event.objects.filter(action="brand.saved").count() == 1


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Auditor"])
def test_others_do_not_change_it(role: str) -> None:
    with pytest.raises(NotAllowed):
        save_brand(by=make_user(role), version=0, name="Mine")


def test_who_did_not_see_the_last_change_is_told() -> None:
    owner = make_user("Managing editor")
    save_brand(by=owner, version=0, name="One")
    with pytest.raises(WrongState, match="Somebody else changed the look"):
        save_brand(by=owner, version=0, name="Two")
    assert Brand.objects.get().name == "One"


def test_what_readers_could_not_read_is_refused_with_the_contrast() -> None:
    assert "contrast of 1." in refusal(accent="#f7e36a")["accent"][0]
    assert "lighter one" in refusal(ground="#8a8a8a")["ground"][0]
    assert "darker one" in refusal(ground_dark="#707070")["ground_dark"][0]
    assert "is no colour" in refusal(accent="blue")["accent"][0]
    assert not Brand.objects.filter(version__gt=0).exists()


def test_a_logo_is_made_anew_and_small() -> None:
    owner = make_user("Managing editor")
    brand = save_brand(by=owner, version=0, logo=picture())
    assert (brand.logo["width"], brand.logo["height"]) == (960, 240)
    with default_storage.open(brand.logo["file"]) as file:
        assert Image.open(file).mode == "RGBA"
    make_section()
    assert open_house().paper.logo_url.endswith(".png")
    assert save_brand(by=owner, version=1, logo=b"").logo == {}
    assert refusal(logo=b"<svg/>")["logo"]


def test_a_typeface_of_ones_own_needs_its_file() -> None:
    assert "WOFF2" in refusal(reading="own")["reading"][0]
    assert "WOFF2" in refusal(reading_file=b"OTTO....")["reading_file"][0]
    assert "300 kB" in refusal(labels_file=b"wOF2" + bytes(FACE_BYTES))["labels_file"][0]
    brand = save_brand(by=make_user("Managing editor"), version=0, reading="own", reading_file=b"wOF2 a face")
    make_section()
    assert default_storage.url(brand.faces["reading"]) in open_house().stylesheet


def test_a_section_gets_a_colour_that_can_be_read() -> None:
    owner, section = make_user("Managing editor"), make_section()
    section.colour = "0A5C5C"
    save_section(section, by=owner)
    house = open_house()
    assert house.desk(section.slug) == section.slug
    assert f'[data-desk="{section.slug}"]' in house.stylesheet
    assert Event.objects.get(action="section.saved").after == {"colour": "#0a5c5c"}
    assert SiteChange.objects.count() == 1
    section.colour = "#ffee88"
    with pytest.raises(Invalid, match="The colour of the section"):
        save_section(section, by=owner)


def test_sections_and_authors_change_through_verbs_alone() -> None:
    owner, author = make_user("Managing editor"), make_author()
    author.bio = "Wilma Fenn has written about the harbour since 2009."
    save_author(author, by=owner)
    assert Event.objects.get(action="author.saved").after == {"bio": author.bio}
    with pytest.raises(NotAllowed):
        save_author(author, by=make_user("Reporter"))
    with pytest.raises(NotAllowed):
        save_section(Section(name="Night", slug="night"), by=make_user("Editor"))
    assert save_section(Section(name="Night", slug="night"), by=owner).pk
    assert Event.objects.filter(action="section.created").count() == 1


def test_a_section_with_stories_stays() -> None:
    admin, story = make_user("Administrator"), make_story()
    with pytest.raises(WrongState, match="Move them"):
        delete_section(story.section, by=admin)
    empty = make_section("Night")
    delete_section(empty, by=admin)
    assert not Section.objects.filter(name="Night").exists()
