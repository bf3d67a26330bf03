"""Templates that give values, not only text: a name alone keeps its type, and a JSON document is filled leaf by leaf.

What is put into a leaf can be nothing but that leaf: no quote or bracket in it changes the document around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.errors import BadParameter
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context
from flowengine.core.text import Template, compile_template

DEEPEST = 20  # levels of a JSON document that an author writes; sound ones have five

# A template that is nothing but one name: {{ vars.items }}.
_NAME = re.compile(r"\s*\{\{\s*([A-Za-z]\w*(?:\.\w+)*)\s*\}\}\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class ValueTemplate:
    """`path` is the name it consists of, where it is nothing else."""

    template: Template
    path: tuple[str, ...] | None = None

    def value(self, context: Context) -> Any:
        """A plain JSON value: that of the name where it is one name alone, else the text. None: nothing there."""
        if self.path is not None:
            found = _at(context.names, self.path)
            if found is None or _is_plain(found):
                return found
        return render(self.template, context)


def compile_value(source: str) -> ValueTemplate:
    """Raises BadTemplate for what cannot be read."""
    name = _NAME.fullmatch(source)
    return ValueTemplate(compile_template(source), tuple(name[1].split(".")) if name else None)


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


def _at(names: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        if not isinstance(names, Mapping):
            return None
        names = names.get(part)
    return names


def _is_plain(value: Any) -> bool:
    """Whether it is JSON at its top: what lies within came from JSON as well. A moment, for one, is not."""
    return isinstance(value, str | int | float | bool | list | dict)
