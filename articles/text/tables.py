"""Tables of a body as readers get them: header cells say what they head, wide tables scroll in a box."""

from __future__ import annotations

import html as html_entities
import re
from typing import Final

_TABLE: Final = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_ROW: Final = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_EMPTY_ROW: Final = re.compile(r"<tr>(?:<td[^>]*></td>)+</tr>")
_HEADER: Final = re.compile(r"<th(?![a-z])(?![^>]* scope=)")
_HEADER_ROWS: Final = re.compile(r"<table><tbody>((?:<tr>(?:(?!<td|</tr>).)*</tr>\s*)+)(?=<tr>)", re.DOTALL)


def set_tables(html: str, *, label: str) -> str:
    """The body with each table in a box that scrolls, named `label` for who cannot see that it does.

    A header cell without a scope heads its column in a row of header cells, else its row; such rows at the
    top become the head of the table, which print repeats on each page. Rows without a word go.
    """
    name = html_entities.escape(label)
    return _TABLE.sub(lambda table: _boxed(table, name), html)


def _boxed(table: re.Match[str], name: str) -> str:
    scoped = _ROW.sub(_scoped, _EMPTY_ROW.sub("", table[0]))
    headed = _HEADER_ROWS.sub(r"<table><thead>\1</thead><tbody>", scoped)
    return f'<div class="table-box" role="region" aria-label="{name}" tabindex="0">{headed}</div>'


def _scoped(row: re.Match[str]) -> str:
    scope = "row" if "<td" in row[1] else "col"
    return _HEADER.sub(f'<th scope="{scope}"', row[0])
