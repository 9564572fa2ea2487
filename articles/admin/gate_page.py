"""The handbook page of the publish gate: `docs/gate.md`, readable in the admin, one anchor for each code."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

HANDBOOK = Path(settings.BASE_DIR) / "docs" / "gate.md"
HEADING = re.compile(r"^(#{1,4})\s+(.*)$")
CODE = re.compile(r"\bG\d{3}\b")
INLINE = re.compile(r"\*\*|__|`")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list; `anchor` is the code that a heading names."""

    kind: str
    text: str
    level: int = 0
    anchor: str = ""


@cache
def gate_handbook() -> tuple[Block, ...]:
    """Read the handbook as plain blocks: it is ours, and no more of Markdown than it uses."""
    if not HANDBOOK.is_file():
        return ()
    return tuple(_blocks(HANDBOOK.read_text(encoding="utf-8")))


def gate_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """Show the handbook of the gate."""
    context |= {"title": _("What the gate asks"), "blocks": gate_handbook()}
    return TemplateResponse(request, "admin/articles/gate.html", context)


def _blocks(source: str) -> list[Block]:
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", source):
        lines = chunk.strip("\n").splitlines()
        while lines and (heading := HEADING.match(lines[0])):
            blocks.append(_heading(heading))
            lines = lines[1:]
        if lines:
            blocks.extend(_text(lines))
    return blocks


def _heading(heading: re.Match[str]) -> Block:
    code = CODE.search(heading[2])
    return Block("heading", _plain(heading[2]), level=len(heading[1]), anchor=code[0] if code else "")


def _text(lines: list[str]) -> list[Block]:
    if lines[0].lstrip().startswith("|"):
        rows = [line for line in lines if not re.fullmatch(r"[|\s:-]+", line)]
        return [
            Block("item", _plain(" · ".join(cell.strip() for cell in row.strip("| ").split("|"))))
            for row in rows
        ]
    blocks: list[Block] = []
    for line in lines:
        item = re.match(r"\s*(?:[-*]|\d+\.)\s+(.*)", line)
        if item:
            blocks.append(Block("item", _plain(item[1])))
        elif blocks:
            last = blocks[-1]
            blocks[-1] = Block(last.kind, f"{last.text} {_plain(line.strip())}")
        else:
            blocks.append(Block("paragraph", _plain(line.strip())))
    return blocks


def _plain(text: str) -> str:
    return INLINE.sub("", LINK.sub(r"\1", text))
