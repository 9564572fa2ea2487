"""The public site as files: complete, nothing that readers do not see, and only what changed again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from articles.models import Edition, Section
from articles.views import front
from articles.workflow.readers import readers_see, readers_see_edition
from newsroom.mirror import baking
from newsroom.mirror.addresses import name_of
from newsroom.mirror.pages import PageMaker
from newsroom.page_store.rules import PARAMETERS
from tests.doors.mirror.conftest import Bake
from tests.editions import make_edition, replace_edition, withdraw_edition
from tests.factories import make_section
from tests.secrets import SECRETS, SHOWN, deep, keep_secrets

pytestmark = pytest.mark.django_db


def files(site: Path) -> dict[str, tuple[int, int]]:
    """Every file with what changes when it is written again."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    return {str(path.relative_to(site)): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The pages that were written, without their packed forms and without those of the mirror's own."""
    names = {name for name in after if after[name] != before.get(name)}
    return {name for name in names if not name.endswith(".gz") and not name.startswith(".pages")}


def story(slug: str, **fields: Any) -> Edition:
    made = make_edition(slug=slug, headline=f"The {slug} story", **fields)
    readers_see_edition(made)
    return made


def text(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_every_page_that_the_store_knows_is_baked(bake: Bake, site: Path) -> None:
    first = story("one", quotes=[{}])
    replace_edition(first, headline="The one story again", quotes=[{}])
    readers_see()
    report = bake()
    assert report["errors"] == {}
    assert report["left"] == 0
    baked = {name_of(address) for address in _addresses(site)}
    rest = {"search", "quote_check", "policy", "policy_version"}  # resting, or there is none
    assert {f"articles:{name}" for name in rest} == PARAMETERS.keys() - baked
    assert "articles:robots" in baked


def _addresses(site: Path) -> Iterator[str]:
    for name in files(site):
        folder, _, last = f"/{name}".rpartition("/")
        yield f"{folder}/" if last.startswith("index") else f"/{name}"


def test_pages_are_written_with_their_stylesheets_and_pictures(
    bake: Bake, site: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "media" / "gate.jpg"
    picture.parent.mkdir()
    picture.write_bytes(b"\xff\xd8picture")
    image = {"url": "/media/gate.jpg", "width": 9, "height": 6, "alt": "A gate.", "caption": "", "credit": ""}
    shown = story("one", image=image)
    bake()
    assert (site / "media/gate.jpg").read_bytes() == b"\xff\xd8picture"
    assert list((site / "static").rglob("*.css"))
    assert list((site / "static").rglob("*.woff2")), "What a stylesheet names comes with it."
    assert (site / "harbour/one/index.html.gz").is_file()
    withdraw_edition(shown, "This story was wrong.")
    readers_see_edition(shown)
    bake()
    assert not (site / "media/gate.jpg").exists(), "No page shows it any more."


def test_nothing_is_baked_that_readers_do_not_see(bake: Bake, tmp_path: Path) -> None:
    keep_secrets()
    readers_see()
    report = bake()
    assert report["errors"] == {}
    said = [path.read_bytes() for path in (tmp_path / "mirror").rglob("*") if path.is_file()]
    assert [secret for secret in SECRETS for body in said if deep(secret).encode() in body] == []
    assert any(deep(SHOWN).encode() in body for body in said)


def test_a_second_bake_writes_nothing(bake: Bake, site: Path) -> None:
    story("one", quotes=[{}])
    bake()
    before = files(site)
    report = bake()
    assert (report["asked"], report["written"], report["removed"]) == (0, 0, 0)
    assert changed(before, files(site)) == set()


def test_what_is_published_is_written_and_what_it_does_not_touch_stays(bake: Bake, site: Path) -> None:
    other = make_section("Science", slug="science")
    story("one", section=other, bylines=[{"name": "Ada", "slug": "ada"}], topics=[])
    bake()
    before = files(site)
    story("two", bylines=[{"name": "Bo", "slug": "bo"}], topics=[])
    bake()
    written = changed(before, files(site))
    assert {"harbour/two/index.html", "harbour/index.html", "index.html", "authors/bo/index.html"} <= written
    assert "feeds/atom/index.atom" in written
    assert not {name for name in written if "science" in name or "authors/ada" in name or "policies" in name}


def test_a_killed_story_is_gone_with_its_words(bake: Bake, site: Path) -> None:
    killed = story("one", quotes=[{"words": "We paid the pilot twice."}], dek="A dek.")
    story("two")
    bake()
    assert "paid the pilot" in text(site, "harbour/one/index.html")
    withdraw_edition(killed, "This story was wrong.")
    readers_see_edition(killed)
    bake()
    assert not (site / "harbour/one").exists()
    assert "This story was wrong." in text(site, ".gone/harbour/one/index.html")
    assert '"/harbour/one/" "/.gone/harbour/one/index.html";' in text(site.parent, "nginx/gone.map")
    left = [path for path in site.rglob("*") if path.is_file() and b"paid the pilot" in path.read_bytes()]
    assert left == []


def test_a_renamed_story_leads_on(bake: Bake, site: Path) -> None:
    first = story("one")
    bake("--only", "/harbour/")
    readers_see_edition(replace_edition(first, slug="better"))
    bake("--only", "/harbour/")
    assert not (site / "harbour/one/index.html").exists()
    assert (site / "harbour/better/index.html").is_file()
    assert '"/harbour/one/" "/harbour/better/";' in text(site.parent, "nginx/moved.map")


def test_a_story_appears_when_its_hour_has_come(bake: Bake, site: Path, time_machine: Any) -> None:
    hour = timezone.now() + timedelta(hours=1)
    story("one")
    story("later", live_from=hour)
    bake("--only", "/harbour/")
    assert not (site / "harbour/later").exists()
    assert "The later story" not in text(site, "harbour/index.html")
    time_machine.move_to(hour + timedelta(seconds=1))
    bake("--only", "/harbour/")
    assert "The later story" in text(site, "harbour/later/index.html")
    assert "The later story" in text(site, "harbour/index.html")


def test_what_says_today_is_made_again_tomorrow(bake: Bake, site: Path, time_machine: Any) -> None:
    noon = timezone.now().replace(hour=12, minute=0)
    time_machine.move_to(noon)
    story("one", live_from=noon - timedelta(minutes=1))
    story("old", live_from=noon - timedelta(days=40))
    bake("--only", "/harbour/")
    bake("--only", "/policies/")
    before = files(site)
    time_machine.move_to(noon + timedelta(days=1))
    bake("--only", "/harbour/")
    bake("--only", "/policies/")
    written = changed(before, files(site))
    assert "harbour/index.html" in written
    assert not {name for name in written if "policies" in name}


def test_pages_of_a_list_follow_from_the_first(bake: Bake, site: Path) -> None:
    hour = timezone.now() - timedelta(days=2)
    for number in range(45):
        make_edition(
            slug=f"s{number}", headline=f"Story {number}", live_from=hour + timedelta(minutes=number)
        )
    readers_see()
    bake("--only", "/harbour/")
    pages = {name for name in files(site) if name.startswith("harbour/index@before=")}
    assert len(pages) == 4  # two, and their packed forms
    story("new")
    bake("--only", "/harbour/")
    now = {name for name in files(site) if name.startswith("harbour/index@before=")}
    assert len(now) == 4
    assert not now & pages, "What leads nowhere is taken away."


def test_who_is_stopped_goes_on(bake: Bake, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story("one", quotes=[{}])
    make = PageMaker.make
    asked: list[str] = []

    def stop(self: PageMaker, due: Any) -> Any:
        asked.append(due.address)
        if len(asked) == 30:
            raise KeyboardInterrupt
        return make(self, due)

    monkeypatch.setattr(PageMaker, "make", stop)
    with pytest.raises(KeyboardInterrupt):
        bake()
    assert not list(site.rglob(".*.new"))
    report = bake()
    assert report["left"] == 0
    assert len(asked) < 2 * len(set(asked)) - 2
    whole = files(site)
    assert bake("--all")["written"] == 0
    assert changed(whole, files(site)) == set()


def test_a_page_that_fails_is_told_and_the_others_are_written(
    bake: Bake, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    story("one")
    monkeypatch.setattr(front, "front_context", lambda *args: 1 / 0)
    with pytest.raises(CommandError) as stopped:
        bake()
    assert stopped.value.returncode == 1
    assert "/: The site answers 500" in capsys.readouterr().err
    assert (site / "harbour/one/index.html").is_file()
    assert not (site / "index.html").exists()
    monkeypatch.undo()


def test_a_part_and_a_limit(bake: Bake, site: Path) -> None:
    story("one")
    assert bake("--dry-run")["due"] > 20
    assert not site.exists()
    bake("--only", "http://testserver/harbour/")
    assert {name.partition("/")[0] for name in files(site)} == {"harbour", "static", ".pages"}
    report = bake("--limit", "7")
    assert report["asked"] == 7
    assert report["left"] > 0


def test_two_do_not_bake_at_once(bake: Bake, tmp_path: Path) -> None:
    (tmp_path / "mirror").mkdir()
    with baking._alone(tmp_path / "mirror"), pytest.raises(CommandError, match="Another bake is at work"):
        bake()


@pytest.mark.parametrize(
    "options", [["--workers", "0"], ["--only", "https://elsewhere.example/"], ["--only", "harbour"]]
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, options: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("bake", str(tmp_path), *options)
    assert refused.value.returncode == 2


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mirror").write_bytes(b"a file")
    with pytest.raises(CommandError, match="cannot be written .* Name a folder") as refused:
        call_command("bake", str(tmp_path / "mirror"))
    assert refused.value.returncode == 2


def test_no_mirror_is_made_of_the_pages_for_developers(tmp_path: Path, settings: Settings) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="Set DEBUG=0") as refused:
        call_command("bake", str(tmp_path / "mirror"))
    assert refused.value.returncode == 2
    assert not (tmp_path / "mirror").exists()


def test_a_new_section_brings_its_page(bake: Bake, site: Path) -> None:
    story("one")
    bake()
    Section.objects.create(name="Sport", slug="sport")
    readers_see()
    bake()
    assert "Sport" in text(site, "sport/index.html")
    assert "Sport" in text(site, "harbour/one/index.html")
