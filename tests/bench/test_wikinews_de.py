"""Documents of the German corpus become stories: direct speech only, a quotation a paragraph."""

from bench.wikinews_de import convert

TEXT = "„Der Steg leckt.\n\n„Immer schon“, sagte Ada Morrow. Er werde schließen."


def annotation(kind: str, words: str, speaker: str | None) -> dict[str, object]:
    start = TEXT.index(words)
    return {
        "type": kind,
        "quote": {"spans": [{"charBegin": start, "charEnd": start + len(words)}]},
        "speaker": speaker and {"text": speaker},
    }


def test_a_document_becomes_a_story() -> None:
    direct = annotation("Direct", "Der Steg leckt.\n\n„Immer schon", "Ada Morrow")
    story = convert(
        {
            "documentName": "Steg",
            "originalText": TEXT,
            "annotations": [direct, annotation("Indirect", "Er werde schließen", None)],
        }
    )
    assert story["id"] == "Steg"
    assert [(quote["text"], quote["speaker_kind"]) for quote in story["quotes"]] == [
        ("Der Steg leckt.", "nominal"),
        ("„Immer schon", "nominal"),
    ]
    assert all(TEXT[quote["start"] : quote["end"]] == quote["text"] for quote in story["quotes"])


def test_speech_of_nobody_has_no_speaker() -> None:
    document = {
        "documentName": "",
        "originalText": TEXT,
        "annotations": [annotation("Direct", "leckt", None)],
    }
    assert convert(document)["quotes"][0]["speaker_kind"] == "none"
