"""What the benchmarks make of what they measured."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.arithmetic import Figure, Goal, percentile, written
from bench.chart import draw
from bench.load import read, write_script
from bench.rows import Bench, Row
from bench.run import PARTS, read_options
from bench.seeds import Seeds, number_of
from bench.table import write_chart, write_json, write_page
from bench.watching import Commit, Look, slowest_seen, stale, told
from bench.words import Vocabulary

WRK = """\
Running 3s test @ http://127.0.0.1:8000/
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   812.40us    1.02ms  31.50ms   92.10%
    Req/Sec    12.31k     1.90k   15.02k    71.43%
  Latency Distribution
     50%  540.00us
     75%  700.00us
     90%    1.40ms
     99%    5.02ms
  73502 requests in 3.00s, 1.10GB read
Requests/sec:  24466.31
Transfer/sec:    375.02MB
"""


def test_a_figure_is_the_median_with_the_middle_half() -> None:
    figure = Figure.of([5.0, 1.0, 3.0, 2.0, 4.0])
    assert (figure.median, figure.low, figure.high, figure.runs) == (3.0, 2.0, 4.0, 5)
    assert Figure.of([7.0]) == Figure(7.0, 7.0, 7.0, 1)
    with pytest.raises(ValueError, match="Nothing was measured"):
        Figure.of([])


def test_a_ratio_compares_each_measurement_with_that_of_its_turn() -> None:
    assert Figure.ratio([10.0, 40.0, 30.0], [10.0, 20.0, 30.0]).median == 1.0


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 50), (0.99, 99), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(range(100, 0, -1), share) == value


@pytest.mark.parametrize(
    ("sign", "value", "verdict"),
    [("≥", 0.35, "met"), ("≥", 0.34, "missed"), ("≤", 0.35, "met"), ("≤", 0.36, "missed")],
)
def test_a_row_says_whether_its_goal_was_met(sign: str, value: float, verdict: str) -> None:
    assert Row("k", "name", Figure.of([value]), goal=Goal(sign, 0.35)).verdict == verdict
    assert Row("k", "name", Figure.of([value])).verdict == ""


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.354, "0.35"), (12.34, "12.3"), (15, "15"), (137_000.4, "137,000")]
)
def test_a_number_is_written_with_the_figures_that_count(value: float, text: str) -> None:
    assert written(value) == text


def test_what_wrk_prints_is_read() -> None:
    load = read(WRK)
    assert (load.rate, load.p50, load.p99, load.longest, load.errors) == (24466.31, 0.54, 5.02, 31.5, 0)


def test_errors_that_wrk_saw_are_counted() -> None:
    failed = "  Socket errors: connect 1, read 2, write 0, timeout 3\n  Non-2xx or 3xx responses: 4\n"
    assert read(WRK + failed).errors == 10
    with pytest.raises(ValueError, match="something else"):
        read("unable to connect")


def test_the_script_for_wrk_asks_for_every_path(tmp_path: Path) -> None:
    script = write_script(tmp_path, "mixed", ["/harbour/one/", "/harbour/two/"])
    assert str(tmp_path / "mixed.txt") in script.read_text()
    assert (tmp_path / "mixed.txt").read_text().split() == ["/harbour/one/", "/harbour/two/"]


def test_an_old_page_is_late_when_it_was_asked_for_too_long_after_the_commit() -> None:
    commits = [Commit(1, 10.0), Commit(2, 11.0)]
    looks = [Look(10.05, 0), Look(10.2, 0), Look(10.9, 1), Look(11.05, 1), Look(11.3, 1), Look(11.4, 2)]
    assert stale(looks, commits) == pytest.approx([0.2, 0.3])
    assert slowest_seen(looks, commits) == pytest.approx(0.3)
    assert slowest_seen([Look(12.0, 2)], commits) == 0
    assert "number 12." in told(12)


@pytest.mark.parametrize(("size", "number"), [("1k", 1000), ("100K", 100_000), ("1m", 1_000_000), ("50", 50)])
def test_a_size_is_read(size: str, number: int) -> None:
    assert number_of(size) == number


def test_options_name_rows_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_options([]).rows.split(",") == list(PARTS)
    with pytest.raises(SystemExit):
        read_options(["--rows=serving,weather"])
    assert "no rows weather" in capsys.readouterr().err


def test_the_words_are_the_same_for_a_seed_and_the_names_differ() -> None:
    words = Vocabulary(1)
    assert Vocabulary(1).words == words.words
    assert len(set(words.words)) == len(words.words)
    assert len({words.name(number) for number in range(20_000)}) == 20_000


def test_the_chart_is_a_picture_with_words() -> None:
    svg = draw({"front": {1000: 4.0, 1_000_000: 4.4}, "a < b": {1000: 8.0, 1_000_000: 9.0}}, title="Time")
    root = ElementTree.fromstring(svg)  # noqa: S314 (made here)
    assert root.get("role") == "img"
    assert "4.4 ms at 1,000,000 stories" in svg
    assert "prefers-color-scheme: dark" in svg
    assert svg.count("<polyline") == 2


def test_the_page_and_the_figures_are_written(tmp_path: Path) -> None:
    bench = Bench(Seeds(tmp_path), (1000, 10_000), ("sqlite",), 1, 2)
    rows = [
        Row("front sqlite 1000", "front", Figure.of([4.0, 4.2]), "ms", None, "5 queries"),
        Row("front sqlite 10000", "front", Figure.of([4.1, 4.3]), "ms", Goal("≤", 5)),
    ]
    write_page(bench, rows, tmp_path / "page.md")
    write_chart(bench, rows, tmp_path / "chart.svg")
    write_json(bench, rows, tmp_path / "bench.json")
    assert "| front | 4.20 ms | 4.15 to 4.25 | ≤ 5 | met |" in (tmp_path / "page.md").read_text()
    assert "1,000, 10,000" in (tmp_path / "page.md").read_text()
    assert "<polyline" in (tmp_path / "chart.svg").read_text()
    assert json.loads((tmp_path / "bench.json").read_text())["rows"][1]["verdict"] == "met"
