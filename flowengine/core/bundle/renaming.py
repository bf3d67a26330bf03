"""Gives nodes other ids, wherever they are named: references, templates, conditions, wires, frames."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

from flowengine.core.marks import PathPart, marked
from flowengine.core.schema import FlowSchema

Ids = Mapping[str, str]  # the new id of each node that gets one

_LEXER = Environment()  # only its lexer: nothing is compiled or run
_ANSWER = re.compile(r"^(answers\.)([a-z0-9_]+)$")  # as the operand of a condition


def with_ids(node: Mapping[str, Any], ids: Ids, schema: FlowSchema) -> dict[str, Any]:
    """The node under its new id, naming the others by theirs."""
    changing = {before: after for before, after in ids.items() if before != after}
    params = node["params"]
    if changing:
        params = _renamed(params, changing)
        for found in marked(params, schema.marks(node.get("type"), "x-ref", "node") if _known(node, schema) else ()):
            params = put_at(params, found.path, _named(found.value, changing))
    return {**node, "id": ids.get(node["id"], node["id"]), "params": params}


def with_ids_in_text(text: str, ids: Ids) -> str:
    """A template in which the answers of other nodes are named; what is no template stays as it is.

    >>> with_ids_in_text("{{ answers.menu }} do menu, {{ answers['menu'] }}", {"menu": "menu_2"})
    "{{ answers.menu_2 }} do menu, {{ answers['menu_2'] }}"
    """
    if "{" not in text or "answers" not in text:
        return text
    tokens = _tokens(text)
    pieces, here, before = [], 0, ("", "", "", "")  # the kinds and words of the tokens before, nearest last
    for start, kind, word in tokens:
        if kind == "whitespace":
            continue
        new = _answer(before, kind, word, ids)
        if new is not None:
            pieces += [text[here:start], new]
            here = start + len(word)
        before = (*before[1:], word)
    return "".join([*pieces, text[here:]])


def put_at(value: Any, path: tuple[PathPart, ...], new: Any) -> Any:
    """A copy of a JSON value with something else at a path that is there."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [put_at(each, rest, new) if place == first else each for place, each in enumerate(value)]
    return {key: put_at(below, rest, new) if key == first else below for key, below in value.items()}


def _answer(before: tuple[str, ...], kind: str, word: str, ids: Ids) -> str | None:
    """The new word where this one names a node after `answers.` or `answers[`."""
    owner, link = before[-2:]
    if owner != "answers" or before[-3] == ".":
        return None
    if kind == "name" and link == ".":
        return ids.get(word)
    if kind == "string" and link == "[":
        new = ids.get(word[1:-1])
        return None if new is None else word[0] + new + word[-1]
    return None


def _tokens(text: str) -> list[tuple[int, str, str]]:
    """Each token with its place. The lexer leaves white space out here and there, so each is looked for."""
    found, here = [], 0
    try:
        for _, kind, word in _LEXER.lex(text):
            start = text.find(word, here)
            if start >= 0:
                found.append((start, kind, word))
                here = start + len(word)
    except TemplateSyntaxError:
        return []  # nothing of it would be rendered either
    return found


def _renamed(value: Any, ids: Ids) -> Any:
    """A copy in which templates and operands name the new ids."""
    if isinstance(value, str):
        return with_ids_in_text(value, ids)
    if isinstance(value, Mapping):
        return {key: _operand(below, ids) if key == "left" else _renamed(below, ids) for key, below in value.items()}
    if isinstance(value, list):
        return [_renamed(below, ids) for below in value]
    return value


def _operand(left: Any, ids: Ids) -> Any:
    found = _ANSWER.match(left) if isinstance(left, str) else None
    return left if found is None else found[1] + ids.get(found[2], found[2])


def _named(value: Any, ids: Ids) -> Any:
    if isinstance(value, list):
        return [_named(each, ids) for each in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _known(node: Mapping[str, Any], schema: FlowSchema) -> bool:
    return node.get("type") in schema.nodes
