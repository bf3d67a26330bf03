"""Params and settings as rows of a table, in one language: whatever the schema says of each, however deep it lies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.cli.drawing.summary import duration_in_words, in_language
from flowengine.core.schema import FlowSchema

DEEPEST = 8

WORDS: Mapping[str, Mapping[str, str]] = {
    "string": {"pt-BR": "texto", "en": "text"},
    "template": {"pt-BR": "texto com nomes", "en": "text with names"},
    "number": {"pt-BR": "número", "en": "number"},
    "integer": {"pt-BR": "número inteiro", "en": "whole number"},
    "boolean": {"pt-BR": "sim ou não", "en": "yes or no"},
    "array": {"pt-BR": "lista", "en": "list"},
    "object": {"pt-BR": "grupo", "en": "group"},
    "duration": {"pt-BR": "duração", "en": "duration"},
    "condition": {"pt-BR": "condição", "en": "condition"},
    "any": {"pt-BR": "qualquer valor", "en": "any value"},
    "or": {"pt-BR": "ou", "en": "or"},
    "least": {"pt-BR": "no mínimo {}", "en": "at least {}"},
    "most": {"pt-BR": "no máximo {}", "en": "at most {}"},
    "least_items": {"pt-BR": "itens: no mínimo {}", "en": "items: at least {}"},
    "most_items": {"pt-BR": "itens: no máximo {}", "en": "items: at most {}"},
    "most_characters": {"pt-BR": "até {} caracteres", "en": "up to {} characters"},
    "pattern": {"pt-BR": "forma {}", "en": "pattern {}"},
    "empty": {"pt-BR": "vazio", "en": "empty"},
}
LIMITS = {
    "minimum": "least",
    "maximum": "most",
    "minItems": "least_items",
    "maxItems": "most_items",
    "maxLength": "most_characters",
    "pattern": "pattern",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen, and what people call it."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A param. `path` is its way from the params, `depth` how deep it lies; `names` what of the account it names."""

    path: str
    name: str
    depth: int
    title: str
    kind: str
    required: bool
    default: str
    description: str
    limits: tuple[str, ...]
    choices: tuple[Choice, ...]
    shown_if: str
    example: str
    names: str


def rows_of(about: Mapping[str, Any], schema: FlowSchema, language: str) -> list[Row]:
    """In the order of the schema; what lies inside a group or a list follows it."""
    return list(_rows(schema.resolve(about), schema, language, "", 0))


def _rows(about: Mapping[str, Any], schema: FlowSchema, language: str, base: str, depth: int) -> Iterator[Row]:
    required = about.get("required", ())
    for name, declared in about.get("properties", {}).items():
        part = schema.resolve(declared)
        path = f"{base}{name}"
        yield _row(path, name, depth, part, name in required, language)
        if part.get("x-widget") in ("condition", "duration") or depth == DEEPEST:
            continue
        items = schema.resolve(part["items"]) if isinstance(part.get("items"), Mapping) else {}
        yield from _rows(items, schema, language, f"{path}[].", depth + 1)
        yield from _rows(part, schema, language, f"{path}.", depth + 1)


def _row(path: str, name: str, depth: int, part: Mapping[str, Any], required: bool, language: str) -> Row:
    titles = {**part.get("x-enum", {}), **part.get("x-i18n", {}).get(language, {}).get("enum", {})}
    examples = part.get("examples", ())
    return Row(
        path=path,
        name=name,
        depth=depth,
        title=str(in_language(part, "title", language) or ""),
        kind=_kind(part, language),
        required=required,
        default=_value(part["default"], language) if "default" in part else "",
        description=str(in_language(part, "description", language) or ""),
        limits=tuple(_limits(part, language)),
        choices=tuple(Choice(str(value), str(titles.get(value, value))) for value in part.get("enum", ())),
        shown_if=_shown_if(part.get("x-show-if", {})),
        example=_value(examples[0], language) if examples else "",
        names=str(part.get("x-ref", "")),
    )


def _kind(part: Mapping[str, Any], language: str) -> str:
    if part.get("x-widget") in ("duration", "condition"):
        return WORDS[part["x-widget"]][language]
    if part.get("format") == "template":
        return WORDS["template"][language]
    types = part.get("type", "any")
    names = [types] if isinstance(types, str) else [each for each in types if each != "null"]
    return f" {WORDS['or'][language]} ".join(WORDS[each][language] for each in names)


def _limits(part: Mapping[str, Any], language: str) -> Iterator[str]:
    for keyword, word in LIMITS.items():
        if keyword in part:
            yield WORDS[word][language].format(part[keyword])


def _shown_if(rule: Mapping[str, Any]) -> str:
    """`method = POST, PUT`, as the form decides whether to show the field."""
    return " · ".join(
        f"{name} = {', '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in rule.items()
    )


def _value(value: Any, language: str) -> str:
    match value:
        case "" | None | []:
            return WORDS["empty"][language]
        case str():
            return value
        case {"amount": _, "unit": _}:
            return duration_in_words(value, language)
    return json.dumps(value, ensure_ascii=False)
