"""How a story is cited: names, titles, dates and signs that a form must not break on."""

import datetime
import re

import pytest

from articles.text.cite import Work, cite

DAY = datetime.date(2026, 5, 12)
ADDRESS = "https://news.example/harbour/lighthouse/"


def cited(form: str, **fields: object) -> str:
    values = {
        "title": "Lighthouse stays open",
        "authors": ("Wilma Fenn",),
        "paper": "The Kelder Courier",
        "published": DAY,
        "address": ADDRESS,
    } | fields
    return next(each.text for each in cite(Work(**values)) if each.name == form)


@pytest.mark.parametrize(("form", "expected"), [
    ("Plain", f"Wilma Fenn, “Lighthouse stays open”, The Kelder Courier, 12 May 2026, {ADDRESS}"),
    ("APA", f"Fenn, W. (2026, May 12). Lighthouse stays open. The Kelder Courier. {ADDRESS}"),
    ("MLA", "Fenn, Wilma. “Lighthouse stays open.” The Kelder Courier, 12 May 2026,"
            " news.example/harbour/lighthouse/."),
    ("BibTeX", "@article{fenn2026lighthouse,\n  author = {Wilma Fenn},\n"
               "  title = {{Lighthouse stays open}},\n"
               "  journal = {The Kelder Courier},\n  year = {2026},\n  month = may,\n  day = {12},\n"
               f"  url = {{{ADDRESS}}}\n}}"),
])  # fmt: skip
def test_each_form(form: str, expected: str) -> None:
    assert cited(form) == expected


@pytest.mark.parametrize(("names", "plain", "apa", "mla"), [
    ((), "“Li", "Lighthouse stays open. (2026, May 12). The", "“Lighthouse stays open.” The"),
    (("Wilma Fenn", "Aldo Rew"), "Wilma Fenn and Aldo Rew, “", "Fenn, W., & Rew, A. (",
     "Fenn, Wilma, and Aldo Rew. “"),
    (("Wilma Fenn", "Aldo Rew", "Bo Tarn"), "Wilma Fenn, Aldo Rew and Bo Tarn, “",
     "Fenn, W., Rew, A., & Tarn, B. (", "Fenn, Wilma, et al. “"),
    (("Ottoline",), "Ottoline, “", "Ottoline. (", "Ottoline. “"),
    (("Jan van der Meerle",), "Jan van der Meerle, “", "van der Meerle, J. (", "van der Meerle, Jan. “"),
    (("Anna-Lena K. Orr",), "Anna-Lena K. Orr, “", "Orr, A.-L. K. (", "Orr, Anna-Lena K. “"),
    (("Edwin Orr Jr.",), "Edwin Orr Jr., “", "Orr, E., Jr. (", "Orr, Edwin, Jr. “"),
    (("de la Tour",), "de la Tour, “", "la Tour, D. (", "la Tour, de. “"),
])  # fmt: skip
def test_names(names: tuple[str, ...], plain: str, apa: str, mla: str) -> None:
    for form, begins in (("Plain", plain), ("APA", apa), ("MLA", mla)):
        assert cited(form, authors=names).startswith(begins)


@pytest.mark.parametrize(("title", "apa"), [
    ("Who pays?", "Who pays? The"),
    ("‘Nobody asked us.’", "‘Nobody asked us.’ The"),
    ("A vote", "A vote. The"),
    ("And then …", "And then … The"),
])  # fmt: skip
def test_a_title_gets_one_stop(title: str, apa: str) -> None:
    assert f"12). {apa}" in cited("APA", title=title)


@pytest.mark.parametrize(("title", "tex"), [
    ("Fish & chips at 50%", r"Fish \& chips at 50\%"),
    ("$5_000 #1 {x}", r"\$5\_000 \#1 \{x\}"),
    (r"C:\new ~ 2^3", r"C:\textbackslash{}new \textasciitilde{} 2\textasciicircum{}3"),
])  # fmt: skip
def test_signs_that_tex_would_read(title: str, tex: str) -> None:
    assert f"title = {{{{{tex}}}}}" in cited("BibTeX", title=title)


@pytest.mark.parametrize(("authors", "title", "key"), [
    (("Zoë Ångström",), "The ferry", "angstrom2026ferry"),
    ((), "The ferry", "thekeldercourier2026ferry"),
    (("Иван Орлов",), "Маяк", "2026"),
    (("Jan van der Meerle",), "412 million", "vandermeerle2026million"),
])  # fmt: skip
def test_the_key_of_an_entry_has_plain_letters(authors: tuple[str, ...], title: str, key: str) -> None:
    found = re.match(r"@article\{([a-z0-9]*),", cited("BibTeX", authors=authors, title=title))
    assert found is not None
    assert found[1] == key


def test_a_later_version_says_that_it_is_one() -> None:
    assert "12 May 2026, version 3, https" in cited("Plain", version=3)
    assert "note = {Version 3}" in cited("BibTeX", version=3)
    assert "ersion" not in cited("BibTeX") + cited("Plain")


@pytest.mark.parametrize(
    ("month", "mla"), [(1, "Jan."), (6, "June"), (9, "Sept."), (7, "July"), (12, "Dec.")]
)
def test_months_are_short_where_they_are_long(month: int, mla: str) -> None:
    assert f", 12 {mla} 2026," in cited("MLA", published=datetime.date(2026, month, 12))
