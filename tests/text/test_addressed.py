"""Names after an @."""

import pytest

from articles.text.addressed import read_addressed, split_addressed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@mara please look", ("mara",)),
        ("Ask @mara.holt, or @jon-b.", ("mara.holt", "jon-b")),
        ("(@mara) @mara @Tove_2!", ("mara", "Tove_2")),
        ("write to desk@kelder.example", ()),
        ("@ nobody, @. and @@x", ()),
        ("", ()),
    ],
)
def test_names_are_read(text: str, names: tuple[str, ...]) -> None:
    assert read_addressed(text) == names


@pytest.mark.parametrize("text", ["Ask @mara.holt, now.", "@mara", "no one", "", "a@b @c."])
def test_the_pieces_are_the_text(text: str) -> None:
    pieces = split_addressed(text)
    assert "".join(piece for piece, _is_name in pieces) == text
    assert [piece[1:] for piece, is_name in pieces if is_name] == list(read_addressed(text))
