"""Templates that give values, not only text: an expression alone keeps its type, a JSON document is filled by leaf.

What is put into a leaf can be nothing but that leaf: no quote or bracket in it changes the document around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.errors import BadParameter
from flowengine.core.rendering import absent
from flowengine.core.rendering import value as value_of
from flowengine.core.steps import Context
from flowengine.core.text import Template, compile_template

DEEPEST = 20  # levels of a JSON document that an author writes; sound ones have five


@dataclass(frozen=True, slots=True)
class ValueTemplate:
    """A template that is one expression has the value of that expression, all others their text."""

    template: Template

    def value(self, context: Context) -> Any:
        """A plain JSON value; None: nothing there."""
        return value_of(self.template, context)


def compile_value(source: str) -> ValueTemplate:
    """Raises BadTemplate for what cannot be read."""
    return ValueTemplate(compile_template(source))


@dataclass(frozen=True, slots=True)
class JsonTemplate:
    """A JSON document whose texts may be templates; its keys are as they are written."""

    document: Any  # mappings and lists with a ValueTemplate in the place of each text
    leaves: tuple[ValueTemplate, ...]

    def value(self, context: Context) -> Any:
        return _filled(self.document, context)

    def absent(self, context: Context) -> str:
        return absent(context, *(leaf.template for leaf in self.leaves))


def compile_json(document: Any) -> JsonTemplate:
    """Raises BadTemplate for a text that cannot be read, BadParameter where it is nested too deeply."""
    leaves: list[ValueTemplate] = []
    return JsonTemplate(_compiled(document, leaves, DEEPEST), tuple(leaves))


def _compiled(part: Any, leaves: list[ValueTemplate], levels: int) -> Any:
    if levels == 0:
        raise BadParameter({"pt-BR": "o JSON tem níveis demais", "en": "the JSON is nested too deeply"})
    match part:
        case str():
            leaves.append(compile_value(part))
            return leaves[-1]
        case Mapping():
            return {key: _compiled(value, leaves, levels - 1) for key, value in part.items()}
        case list():
            return [_compiled(value, leaves, levels - 1) for value in part]
    return part


def _filled(part: Any, context: Context) -> Any:
    match part:
        case ValueTemplate():
            return part.value(context)
        case Mapping():
            return {key: _filled(value, context) for key, value in part.items()}
        case list():
            return [_filled(value, context) for value in part]
    return part
