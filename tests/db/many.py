"""Stories with any number of quotations, to count queries and to see order."""

from typing import Any

from articles.models import Quote, Story
from tests.factories import make_quotation, make_quote, make_source, make_speaker, make_story

VERIFIED = Quote.Verification.VERIFIED


def story_with_quotes(number: int, **fields: Any) -> Story:
    """A story with `number` verified quotes, each with its own speaker and source, one a paragraph."""
    lines = [f"Gate {index} will be closed before the tide of that evening turns." for index in range(number)]
    body = "".join(f"<p>“{line}” said Speaker {index}.</p>" for index, line in enumerate(lines))
    story = make_story(**{"body": body, "topics": ["Tides", "Harbour"], **fields})
    start = 1
    for index, line in enumerate(lines):
        speaker = make_speaker(f"Speaker {index}", role="Gate Keeper")
        source = make_source(text=f"Minutes of the harbour council. {line} The chair thanked them.")
        quote = make_quote(line, speaker=speaker, source=source, verification=VERIFIED)
        make_quotation(story, quote, spans=[[start, start + len(line)]])
        start += len(f"“{line}” said Speaker {index}.") + 2
    return story
