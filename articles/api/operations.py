"""The OpenAPI description, taken apart for the page that people read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_PIECE: Final = re.compile(r"(`[^`]+`|\[[^]]+\]\(https://[^)\s]+\))")
_CODE: Final = re.compile(r"`([^`]+)`")
_LINK: Final = re.compile(r"\[([^]]+)\]\((https://[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a description: plain, a name in code, or a link to `address`."""

    words: str
    code: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may stand in an address."""

    name: str
    place: str
    kind: str
    required: bool
    default: str
    description: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A field of an answer."""

    name: str
    kind: str
    description: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be asked."""

    name: str
    path: str
    summary: str
    description: tuple[Piece, ...]
    parameters: tuple[Parameter, ...]
    answer: str
    parts: tuple[Part, ...]


def read_operations(description: dict[str, Any]) -> list[Operation]:
    """What can be asked, in the order of the description."""
    types = description["components"]["schemas"]
    return [
        _operation(path, asked["get"], types)
        for path, asked in description["paths"].items()
        if "get" in asked
    ]


def _operation(path: str, asked: dict[str, Any], types: dict[str, Any]) -> Operation:
    content = asked["responses"][200].get("content", {})
    schema = next(iter(content.values()), {}).get("schema", {})
    answer = _kind(schema)
    properties = types.get(answer, {}).get("properties", {})
    return Operation(
        name=asked["operationId"].rpartition("_api_")[2].replace("_", "-"),
        path=path,
        summary=asked["summary"].capitalize(),
        description=_pieces(asked.get("description", "")),
        parameters=tuple(_parameter(each) for each in asked.get("parameters", [])),
        answer=answer,
        parts=tuple(
            Part(name, _kind(each), _pieces(each.get("description", ""))) for name, each in properties.items()
        ),
    )


def _parameter(given: dict[str, Any]) -> Parameter:
    schema = given["schema"]
    return Parameter(
        name=given["name"],
        place=given["in"],
        kind=_kind(schema),
        required=given.get("required", False),
        default=str(schema.get("default") or ""),
        description=_pieces(given.get("description") or schema.get("description", "")),
    )


def _pieces(description: str) -> tuple[Piece, ...]:
    """A description, which is Markdown, in pieces."""
    return tuple(_piece(words) for words in _PIECE.split(description) if words)


def _piece(words: str) -> Piece:
    if code := _CODE.fullmatch(words):
        return Piece(code[1], code=True)
    if link := _LINK.fullmatch(words):
        return Piece(link[1], address=link[2])
    return Piece(words)


def _kind(schema: dict[str, Any]) -> str:
    """A type in few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return ", ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if "allOf" in schema:
        return _kind(schema["allOf"][0])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "object")
