"""Where names stand in an index of names."""

import pytest

from articles.text.directory import AFTER_Z, directory_key, directory_words


@pytest.mark.parametrize(("name", "key"), [
    ("Ilse Marrow", "marrow ilse"),
    ("Cher", "cher"),
    ("Émile Zóla Jr", "zola emile jr"),
    ("Åsa Øberg", "oberg asa"),
    ("Ruth van der Berg", "berg ruth van der"),
    ("Amadi, Ruth", "amadi ruth"),
    ("Siobhán O’Neil", "oneil siobhan"),
    ("Ada Quill-Fenn", "fenn ada quill"),
    ("Ольга Петрова", f"{AFTER_Z} петрова ольга"),
    ("…", AFTER_Z),
])  # fmt: skip
def test_a_person_stands_under_the_surname(name: str, key: str) -> None:
    assert directory_key(name) == key


@pytest.mark.parametrize(("name", "key"), [
    ("The Kelder Trust", "kelder trust"),
    ("Association of Ports", "association of ports"),
    ("The The", "the"),
    ("1st Pilots’ Guild", f"{AFTER_Z} 1st pilots guild"),
])  # fmt: skip
def test_a_body_stands_under_its_first_word(name: str, key: str) -> None:
    assert directory_key(name, organisation=True) == key


def test_what_is_looked_for_is_folded_like_what_is_found() -> None:
    assert directory_words("MÜLLER o'neil") == ["muller", "oneil"]
    assert directory_words("%_\\ ") == []
