"""A language is a data file: words in a TOML file are enough to attribute its quotations."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.text import lexicon
from articles.text.attribution import read_quotations

# An invented language, so that no rule of English can help.
WORDS = """
[cues]
common = "dorza dorzi"
plain = "dorza dorzi pelva"
[pronouns]
ru = "m"
zha = "f"
[titles]
open = "karn"
[nouns]
person = "karn fendro"
[words]
determiners = "ul"
not_names = "ul ru zha ve"
prepositions = "ve"
[names]
female = "oriva"
male = "tembo"
"""
TEXT = (
    "Oriva Salt ve Brinn.\n\n«Nolo vesti ferano malk», dorza Oriva Salt.\n\n"
    "Tembo Ash pelva: «Ferano zum, ferano lok vesti.»\n\nZha pelva: «Malk tarro nolo vesti.»\n"
)


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "qx.toml").write_text(WORDS, encoding="utf-8")
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    lexicon.load_lexicon.cache_clear()
    yield "qx"
    lexicon.load_lexicon.cache_clear()


def test_a_lexicon_alone_attributes(invented: str) -> None:
    found = read_quotations(TEXT, language=invented)
    assert [(item.attribution.speaker, item.attribution.cue) for item in found] == [
        ("Oriva Salt", "dorza"),
        ("Tembo Ash", "pelva"),
        ("Oriva Salt", "pelva"),
    ]


def test_without_a_lexicon_the_spans_are_found_and_nobody_is_guessed() -> None:
    found = read_quotations(TEXT, language="qx")
    assert [item.quotation.segments[0].text[:4] for item in found] == ["Nolo", "Fera", "Malk"]
    assert {item.attribution.speaker for item in found} == {""}


def test_a_regional_code_reads_the_file_of_its_language() -> None:
    assert lexicon.load_lexicon("en-GB").sorts == lexicon.load_lexicon("en_AU").sorts != {}


@pytest.mark.parametrize("code", ["../../secrets", "e n", "", "zz"])
def test_a_code_that_names_no_file_gives_an_empty_lexicon(code: str) -> None:
    assert lexicon.load_lexicon(code).sorts == {}


@pytest.mark.parametrize(
    "path", sorted((Path(lexicon.__file__).parent).glob("??.toml")), ids=lambda path: path.stem
)
def test_every_list_of_a_lexicon_is_one_that_the_engine_reads(path: Path) -> None:
    """A misspelt heading would be passed over in silence."""
    known = {f"{table}.{name}" for table, name in lexicon._LISTS} | {"names.same"}
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    given = {f"{table}.{name}" for table, lists in data.items() if table != "pronouns" for name in lists}
    assert given - known == set()
