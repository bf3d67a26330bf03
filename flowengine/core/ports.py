"""Ways out of a node, from what its type declares (`x-ports`) and its params."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flowengine.core.steps import Port

Declaration = Sequence[Mapping[str, Any]] | Mapping[str, Any]


def ports_of(declaration: Declaration, params: Mapping[str, Any]) -> tuple[Port, ...]:
    """The ports in the order they are drawn; params that are not as they should be give fewer ports, no error.

    >>> each = {"each": "/options/*/id", "title": "/options/*/title", "unwired": "required", "and": [{"id": "invalid"}]}
    >>> [port.id for port in ports_of(each, {"options": [{"id": "sim", "title": "Sim"}]})]
    ['sim', 'invalid']
    """
    if not isinstance(declaration, Mapping):
        return tuple(_fixed(port) for port in declaration)
    ids = _at(params, declaration["each"])
    titles = _at(params, declaration["title"])
    unwired = declaration.get("unwired", "required")
    own = (Port(i, t if isinstance(t, str) else i, unwired) for i, t in zip(ids, titles, strict=True) if _is_id(i))
    return (*own, *(_fixed(port) for port in declaration.get("and", ())))


def _fixed(port: Mapping[str, Any]) -> Port:
    return Port(port["id"], port.get("title", port["id"]), port.get("unwired", "required"))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _at(params: Mapping[str, Any], pointer: str) -> list[Any]:
    """What lies at a pointer of the form /list/*/key, one value an item (None where it is not there)."""
    name, _, key = pointer.strip("/").split("/")
    items = params.get(name)
    return list(_values(items, key)) if isinstance(items, list) else []


def _values(items: Sequence[Any], key: str) -> Iterator[Any]:
    for item in items:
        yield item.get(key) if isinstance(item, dict) else None
