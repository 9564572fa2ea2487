"""Who is speaking in a story: every speaker, and how often in quotation marks, how often only reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Quotation
from articles.text.quotations import Kind
from articles.workflow.quotations import Sighting


@dataclass(slots=True)
class Voice:
    """A speaker of one story and how often they are heard; `speaker` is empty for words of nobody known."""

    speaker: str
    role: str = ""
    direct: int = 0
    partial: int = 0
    reported: int = 0

    @property
    def total(self) -> int:
        """How often altogether."""
        return self.direct + self.partial + self.reported


def count_voices(sightings: Iterable[Sighting]) -> list[Voice]:
    """Every speaker once, the one heard most often first, nobody last; dismissed words do not count."""
    voices: dict[str, Voice] = {}
    for sighting in sightings:
        if sighting.state == Quotation.State.DISMISSED:
            continue
        voice = voices.setdefault(sighting.speaker.casefold(), Voice(sighting.speaker))
        voice.role = voice.role or sighting.role
        match sighting.kind:
            case Kind.INDIRECT:
                voice.reported += 1
            case Kind.PARTIAL:
                voice.partial += 1
            case _:
                voice.direct += 1
    return sorted(voices.values(), key=lambda voice: (not voice.speaker, -voice.total))
