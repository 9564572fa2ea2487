"""The three shelves that are searched, and what is asked of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from articles.text.terms import Terms


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table with its index. Migration 0026 makes both: change all or none.

    `window`: so many rows that match are ranked. A word is frequent when more than `many` rows hold it: then
    PostgreSQL reads through `budget` of the newest rows, since its index would name too many. Where all words
    are frequent, SQLite looks for a phrase of them in `depth` of the newest rows.
    """

    table: str
    record: str  # column: what the row stands for
    group: str  # column: rows with the same value are one result
    columns: tuple[str, ...]  # of FTS5, those that people search in
    weights: tuple[float, ...]  # of these columns, for bm25
    configuration: str = "english"  # of PostgreSQL
    timed: bool = True  # whether rows have an hour, and numbers that order them by age
    tagged: bool = True
    window: int = 300
    budget: int = 5000
    many: int = 8000
    depth: int = 250_000


STORIES: Final = Shelf(
    "articles_storywords", "edition_id", "edition_id", ("headline", "dek", "body"), (12.0, 5.0, 1.0)
)
QUOTES: Final = Shelf(
    "articles_quotewords", "quote_id", "quote_key", ("words", "said_by", "about"), (6.0, 3.0, 1.0),
    window=1000, budget=35_000, many=6000, depth=500_000,
)  # fmt: skip
NAMES: Final = Shelf(
    "articles_namewords", "id", "key", ("name", "title", "organisation"), (6.0, 1.0, 1.0),
    configuration="simple", timed=False, tagged=False, many=1 << 62,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What a row must hold: the words of `any_of` (one of them is enough), and every tag.

    `newest` and `oldest` bound the numbers of rows; `kind` is that of a name.
    """

    any_of: tuple[Terms, ...]
    now: datetime
    place: int  # of now
    tags: tuple[str, ...] = ()
    oldest: int | None = None
    newest: int | None = None
    kind: str = ""
    any_tag: str = ""  # or this tag instead of the words


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found: the number of its record, and what it is grouped by."""

    record: int
    group: object


@dataclass(frozen=True, slots=True)
class Hits:
    """The best rows, best first. `ranked`: of so many. `cut`: more may match, and these were the newest."""

    rows: list[Hit]
    ranked: int = 0
    cut: bool = False
