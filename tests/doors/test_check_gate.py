"""The command `check_gate`: what it prints, where, and how it ends."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Event, Quote, Story
from articles.workflow.override import override_blocker
from tests.factories import make_quoting_story, make_story, make_user

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_gate", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def unverified_story(**fields) -> Story:
    story = make_quoting_story(Quote.Verification.UNVERIFIED, **fields)
    story.quotations.update(sure=True)
    return story


def test_all_is_well() -> None:
    make_quoting_story()
    assert run() == (0, "1 checked, 0 stopped.\n", "")


def test_what_stops_a_story_is_told_in_sentences_and_ends_with_one() -> None:
    story = unverified_story(slug="barrier-vote")
    code, out, err = run()
    assert code == 1
    assert f"{story.pk} {story.headline}\n  G208 blocker: Nobody has verified “We will keep" in out
    assert out.endswith("1 checked, 1 stopped.\n")
    assert f"{story.pk} barrier-vote: One thing stops it." in err


def test_stories_are_called_by_number_or_slug() -> None:
    first, second, third = make_story(slug="first"), make_story(slug="second"), make_story(headline="")
    reports = json.loads(run("second", str(first.pk), "second", "--json")[1])["stories"]
    assert [report["id"] for report in reports] == [second.pk, first.pk]
    assert run("first", str(third.pk))[0] == 1


def test_without_names_spiked_and_killed_stories_are_left_alone() -> None:
    story = make_story(headline="", status=Story.Status.SPIKED)
    make_story(headline="", status=Story.Status.KILLED)
    assert run()[1] == "0 checked, 0 stopped.\n"
    assert run(str(story.pk))[0] == 1


@pytest.mark.parametrize("name", ["999999", "no-such-story", "9" * 30, "²"])
def test_an_unknown_story_is_a_wrong_call(name: str) -> None:
    code, out, err = run(name)
    assert (code, out) == (2, "")
    assert f"There is no story with the number or slug {name}." in err


def test_json_is_one_object_on_standard_output_and_nothing_else() -> None:
    story = unverified_story()
    code, out, err = run("--json")
    (report,) = json.loads(out)["stories"]
    assert code == 1
    assert (report["id"], report["passes"], report["status"]) == (story.pk, False, "draft")
    (finding,) = report["findings"]
    assert (finding["code"], finding["severity"], finding["overridable"]) == ("G208", "blocker", True)
    assert "One thing stops it." in err


def test_warnings_do_not_stop_a_story_and_are_told_when_asked_for() -> None:
    story = make_quoting_story()
    story.quotations.update(state="missing")
    Story.objects.filter(pk=story.pk).update(body="<p>The lighthouse stays open.</p>")
    assert run() == (0, "1 checked, 0 stopped.\n", "")
    assert "  G213 warning: “We will keep" in run("--warnings")[1]


def test_what_was_set_aside_does_not_stop_a_story_and_is_told() -> None:
    story = unverified_story()
    place = f"quote:{story.quotations.get().quote.key}"
    managing = make_user("Managing editor")
    override_blocker(story, by=managing, code="G208", place=place, reason="Both of us heard it.")
    code, out, _err = run()
    assert code == 0
    assert "G208 blocker (set aside)" in out
    assert json.loads(run("--json")[1])["stories"][0]["findings"][0]["set_aside_because"].startswith("Both")


def test_it_only_reads_and_says_so_to_who_asks_for_a_dry_run() -> None:
    story = unverified_story()
    events = Event.objects.count()
    code, _out, err = run("--dry-run")
    assert code == 1
    assert "only reads" in err
    story.refresh_from_db()
    assert (story.version, Event.objects.count()) == (1, events)


def test_the_queries_grow_with_the_stories_alone(django_assert_num_queries) -> None:
    make_quoting_story()
    with django_assert_num_queries(1 + 10):
        run()


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("check_gate", "--help")
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert "manage.py check_gate 41 barrier-vote" in shown
