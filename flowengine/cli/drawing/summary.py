"""The lines on a node's card in one language: its schema's `x-summary`, filled with its params."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flowengine.core.conditions import comparisons_in
from flowengine.core.schema import FlowSchema

MOST_LINES = 2
UNITS = {
    "pt-BR": {"seconds": "s", "minutes": "min", "hours": "h", "days": "dias"},
    "en": {"seconds": "s", "minutes": "min", "hours": "h", "days": "days"},
}
ONE_DAY = {"pt-BR": "1 dia", "en": "1 day"}
_PLACE = re.compile(r"\{([^{}]+)\}")
_LOOK_UP = re.compile(r"\{\{-?\s*([\w.]+)[^}]*\}\}")
_OTHERWISE = re.compile(r"\{%-? *el(?:se|if).*?(?=\{%-? *endif)", re.DOTALL)
_BLOCK = re.compile(r"\{%.*?%\}", re.DOTALL)


def summary_of(node: Mapping[str, Any], document: Mapping[str, Any], schema: FlowSchema, language: str) -> list[str]:
    """At most two lines; one with an empty placeholder is left out."""
    about = schema.nodes.get(str(node.get("type")), {})
    templates = in_language(about, "x-summary", language) or ()
    lines = (filled(template, node, document, schema, language) for template in templates)
    return [line for line in lines if line][:MOST_LINES]


def filled(
    template: str, node: Mapping[str, Any], document: Mapping[str, Any], schema: FlowSchema, language: str
) -> str:
    """A text of a schema with its `{param}`s put in, `{param|one|many}` by its number; "" where one is empty."""
    line = template
    for place in _PLACE.findall(template):
        path, _, choice = place.partition("|")
        word = _word(path.split("."), node, document, schema, language)
        if not word:
            return ""
        one, _, many = choice.partition("|")
        line = line.replace(f"{{{place}}}", (one if word == "1" else many) if choice else word)
    return line


def in_language(about: Mapping[str, Any], key: str, language: str) -> Any:
    """A text of a schema as this language says it, or in English where it does not."""
    return about.get("x-i18n", {}).get(language, {}).get(key, about.get(key))


def duration_in_words(value: Mapping[str, Any], language: str) -> str:
    unit = str(value.get("unit"))
    if unit == "days" and value.get("amount") == 1:
        return ONE_DAY[language]
    return f"{value.get('amount')} {UNITS[language].get(unit, unit)}"


def _word(
    path: Sequence[str], node: Mapping[str, Any], document: Mapping[str, Any], schema: FlowSchema, language: str
) -> str:
    parts = tuple(int(part) if part.isdigit() else part for part in path)
    if parts[-1] == "length":
        items = _at(node["params"], parts[:-1])
        return str(len(items)) if isinstance(items, list) and items else ""
    about = schema.about(str(node.get("type")), parts)
    if not _counts(str(parts[0]), node, schema):
        return ""
    inherited = str(about.get("x-default-from", "")).strip("/").split("/")
    values = (_at(node["params"], parts), _at(document, inherited) if inherited != [""] else None, about.get("default"))
    return _said(next((value for value in values if value is not None), None), about, language)


def _counts(name: str, node: Mapping[str, Any], schema: FlowSchema) -> bool:
    """Whether the param is shown beside the others (`x-show-if`); what is not has nothing to say."""
    type_name = str(node.get("type"))
    for other, wanted in schema.about(type_name, (name,)).get("x-show-if", {}).items():
        path = tuple(str(other).split("."))
        value = _at(node["params"], path)
        value = schema.about(type_name, path).get("default") if value is None else value
        if value not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


def _said(value: Any, about: Mapping[str, Any], language: str) -> str:
    match value:
        case None | "" | False:
            return ""
        case True:
            return str(in_language(about, "title", language) or "")
        case str() if about.get("format") == "template":
            likely = _BLOCK.sub("", _OTHERWISE.sub("", value))  # of an if with its else, one way
            return " ".join(_LOOK_UP.sub(lambda found: found[1].split(".")[-1], likely).split())
        case str():
            enum = {**about.get("x-enum", {}), **about.get("x-i18n", {}).get(language, {}).get("enum", {})}
            return str(enum.get(value, value))
        case list():
            items = about.get("items", {})
            return " · ".join(_said(each, items, language) for each in value if not isinstance(each, dict | list))
        case {"amount": _, "unit": _}:
            return duration_in_words(value, language)
        case dict() if about.get("x-widget") == "condition":
            return _condition(value)
        case dict():
            return ""
    return str(value)


def _condition(condition: Mapping[str, Any]) -> str:
    tests = comparisons_in(condition)
    first = " ".join(str(tests[0].get(part, "")) for part in ("left", "op", "right")).strip()
    return f"{first} (+{len(tests) - 1})" if len(tests) > 1 else first


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
