"""What a node may set off elsewhere by what it does (the mark `x-causes`), and the triggers that hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

from flowengine.core.flow import Node

Values = frozenset[str | bool]

MOST_HEARD = 100  # triggers of one wake that are followed; an account has a handful


@dataclass(frozen=True, slots=True)
class Wake:
    """An event of the catalogue; `values` are what the params of a trigger for it may say, the most telling first."""

    event: str
    values: tuple[tuple[str, Values], ...]

    def reaches(self, trigger: Node) -> bool:
        """A trigger that does not name a value hears of every one."""
        return trigger.params.get("event") == self.event and all(
            name not in trigger.params or str(trigger.params[name]) in values for name, values in self.values
        )


def wakes_of(node: Node, about: Mapping[str, Any]) -> Iterator[Wake]:
    """By the schema of its type, whose words are explained in schemas/README.md."""
    for cause in about.get("x-causes", ()):
        if all(value in _said(node, about, where) for where, value in cause.get("when", {}).items()):
            values = tuple((name, _meant(node, about, what)) for name, what in cause.get("with", {}).items())
            if all(found for _, found in values):  # tags that adds none wakes nobody
                yield Wake(cause["event"], values)


@dataclass(frozen=True, slots=True)
class Listening:
    """Triggers (flow, node) by event, and by the value of the param that a wake looks at first."""

    by_value: Mapping[tuple[str, str, str], list[tuple[str, Node]]]
    heard: dict[Wake, Sequence[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, triggers: Iterable[tuple[str, Node]], schemas: Mapping[str, Mapping[str, Any]]) -> Self:
        """`schemas`, by type, say what a param is where it is absent."""
        usual = {
            type_name: {name: part["default"] for name, part in about["properties"].items() if part.get("default")}
            for type_name, about in schemas.items()
        }
        by_value: dict[tuple[str, str, str], list[tuple[str, Node]]] = {}
        for flow, given in triggers:
            trigger = Node(given.id, given.type, {**usual[given.type], **given.params})
            event = trigger.params.get("event")
            for name, value in (("", ""), *trigger.params.items()):
                if isinstance(event, str) and isinstance(value, str):
                    by_value.setdefault((event, name, value), []).append((flow, trigger))
        return cls(by_value)

    def to(self, wake: Wake) -> Sequence[tuple[str, str]]:
        """The (flow, node) of those that hear of it, at most MOST_HEARD."""
        if wake not in self.heard:
            hearing = (one for one in self._likely(wake) if wake.reaches(one[1]))
            self.heard[wake] = [(flow, trigger.id) for flow, trigger in islice(hearing, MOST_HEARD)]
        return self.heard[wake]

    def _likely(self, wake: Wake) -> Iterator[tuple[str, Node]]:
        """Those that name one of the first values, then those that name none."""
        name, values = wake.values[0] if wake.values else ("", frozenset({""}))
        for value in sorted(map(str, values)):
            yield from self.by_value.get((wake.event, name, value), ())
        if name:
            open_to_all = self.by_value.get((wake.event, "", ""), ())
            yield from (one for one in open_to_all if name not in one[1].params)


def _meant(node: Node, about: Mapping[str, Any], what: str) -> Values:
    """What a pointer leads to; anything else is the value itself."""
    return _said(node, about, what) if what.startswith("/") else frozenset({what})


def _said(node: Node, about: Mapping[str, Any], where: str) -> Values:
    """The values of a param, or at a pointer; of a param that is absent, the default."""
    if where.startswith("/"):
        return frozenset(_at(node.params, where.split("/")[1:]))
    value = node.params.get(where, about.get("properties", {}).get(where, {}).get("default"))
    return frozenset({value} if isinstance(value, str | bool) else ())


def _at(value: Any, path: list[str]) -> Iterator[str]:
    """The texts at a pointer, in which * stands for each item."""
    if not path:
        if isinstance(value, str):
            yield value
    elif path[0] == "*" and isinstance(value, list):
        for item in value:
            yield from _at(item, path[1:])
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _at(value[path[0]], path[1:])
