"""The OpenAPI description, taken apart for the page that people read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_CODE: Final = re.compile(r"`([^`]+)`")
_LINK: Final = re.compile(r"\[([^]]+)\]\((https://[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may stand in an address."""

    name: str
    place: str
    kind: str
    required: bool
    default: str
    description: SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """A field of an answer."""

    name: str
    kind: str
    description: SafeString


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be asked."""

    name: str
    path: str
    summary: str
    description: SafeString
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
        description=_set(asked.get("description", "")),
        parameters=tuple(_parameter(each) for each in asked.get("parameters", [])),
        answer=answer,
        parts=tuple(
            Part(name, _kind(each), _set(each.get("description", ""))) for name, each in properties.items()
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
        description=_set(given.get("description") or schema.get("description", "")),
    )


def _set(description: str) -> SafeString:
    """Words of a description, which is Markdown, as HTML: names as code, links as links."""
    linked = _LINK.sub(r'<a href="\2">\1</a>', escape(description))
    return mark_safe(_CODE.sub(r"<code>\1</code>", linked))  # noqa: S308  # escaped above


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
