"""What a node says by itself, whatever flow it stands in: found once for the same params, then only read.

The checker runs on every edit, and an edit changes one node: so what can be said of a node alone is kept, by what its
params are, and only what depends on the wires and on other nodes is worked out anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from msgspec import Struct

from flowengine.core.check.gives import Gifts, answers, gifts_of
from flowengine.core.check.local import Local, branch_of
from flowengine.core.check.uses import Use, uses_of
from flowengine.core.conditions import comparisons_in, compile_condition
from flowengine.core.conditions.catalogue import kind_of
from flowengine.core.errors import BadCondition, BadParameter, BadTemplate, FlowError
from flowengine.core.findings import Words
from flowengine.core.marks import Marked, PathPart
from flowengine.core.references import Reference, node_references
from flowengine.core.schema import FlowSchema
from flowengine.core.steps import NodeType, Port
from flowengine.core.text import compile_template

KEPT = 8_000_000  # bytes of params: of some large flows, or hundreds of ordinary ones; facts take some times that

A_TEST = 40  # what it takes to begin with, in comparisons

Loose = tuple[Marked, str, bytes]
"""A condition, an operand in it whose type the catalogue leaves open, and the test as JSON."""

Unreadable = tuple[tuple[PathPart, ...], Words]


class Facts(Struct, frozen=True, gc=False):  # as Marked
    """`bad_texts`, `bad_conditions` and `bad_params` cannot be read, with why. Of a node whose params do not fit its
    schema only ports, variables and gifts are told. `operands` are what the branches look at, `effort` is what it
    takes to judge them. `references` lie in no flow: see Subject.located.
    """

    ports: tuple[Port, ...]
    variables: tuple[Marked, ...]
    answers: bool
    gifts: Gifts
    uses: tuple[Use, ...] = ()
    conditions: tuple[Marked, ...] = ()
    branches: tuple[Marked, ...] = ()
    written_branches: bytes = b""
    operands: tuple[str, ...] = ()
    effort: int = 0
    loose: tuple[Loose, ...] = ()
    bad_texts: tuple[tuple[Marked, Words], ...] = ()
    bad_conditions: tuple[Unreadable, ...] = ()
    bad_params: Words | None = None
    nodes: tuple[Marked, ...] = ()
    dates: tuple[Marked, ...] = ()
    durations: tuple[Marked, ...] = ()
    references: tuple[Reference, ...] = ()
    blob: bytes = b""


class _Key:
    """A node's type and params, as what tells one from another."""

    __slots__ = ("blob", "kind", "schema", "sound")

    def __init__(self, schema: FlowSchema, kind: NodeType, blob: bytes, sound: bool) -> None:
        self.schema, self.kind, self.blob, self.sound = schema, kind, blob, sound

    def __hash__(self) -> int:
        return hash(self.blob)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key)
            and self.blob == other.blob
            and self.kind is other.kind
            and self.schema is other.schema
            and self.sound is other.sound
        )


def facts_of(schema: FlowSchema, kind: NodeType, params: Mapping[str, Any], *, sound: bool) -> Facts:
    """`sound`: the params fit their schema."""
    return _kept.of(_Key(schema, kind, written(params), sound))


def written(value: Any) -> bytes:
    """A JSON value as bytes."""
    try:
        return orjson.dumps(value)
    except TypeError:  # half a character: JSON can name it, UTF-8 cannot hold it
        return json.dumps(value).encode()


def _facts(key: _Key) -> Facts:
    node = Local.of(key.schema, key.kind, json.loads(key.blob))
    variables = tuple(v for v in node.marked("x-widget", "variable") if isinstance(v.value, str))
    if not key.sound:
        return Facts(node.ports, variables, answers(node), gifts_of(node, variables, ()))
    conditions = tuple(node.marked("x-widget", "condition"))
    branches = tuple(condition for condition in conditions if branch_of(node, condition))
    unread = _read(node)  # which compiles its conditions as well: only where it cannot, they are tried one by one
    bad_conditions = [] if unread is None else [bad for bad in map(_judged, conditions) if bad is not None]
    return Facts(
        ports=node.ports,
        variables=variables,
        answers=answers(node),
        gifts=gifts_of(node, variables, conditions),
        uses=tuple(uses_of(node, variables, conditions)),
        conditions=conditions,
        branches=branches,
        written_branches=written([branch.value for branch in branches]),
        operands=() if bad_conditions else _operands(branches),
        effort=0 if bad_conditions else _effort(branches),
        loose=() if bad_conditions else tuple(_loose(conditions)),
        bad_texts=tuple(_bad_texts(node)),
        bad_conditions=tuple(bad_conditions) or ((((), unread.words),) if isinstance(unread, BadCondition) else ()),
        bad_params=unread.words if isinstance(unread, BadParameter) and not bad_conditions else None,
        nodes=tuple(filter(node.in_use, node.marked("x-ref", "node"))),
        dates=tuple(filter(node.in_use, node.marked("x-past"))),
        durations=tuple(filter(node.in_use, node.marked("x-widget", "duration"))),
        references=tuple(node_references("", key.kind.name, node.params, 0, key.schema)),
        blob=key.blob,
    )


def _operands(branches: tuple[Marked, ...]) -> tuple[str, ...]:
    """What the conditions look at, each once."""
    return tuple(dict.fromkeys(test["left"] for branch in branches for test in comparisons_in(branch.value)))


def _effort(branches: tuple[Marked, ...]) -> int:
    """Each test is held against the values of all the others."""
    tests = [test for branch in branches for test in comparisons_in(branch.value)]
    values = sum(len(right) if isinstance(right := test.get("right"), list) else 1 for test in tests)
    return A_TEST * len(tests) + values * values


def _loose(conditions: Iterable[Marked]) -> Iterator[Loose]:
    for condition in conditions:
        for test in comparisons_in(condition.value):
            kind = kind_of(test["left"])
            if kind is not None and kind.type == "any":
                yield condition, test["left"], written(test)


def _bad_texts(node: Local) -> list[tuple[Marked, Words]]:
    found: list[tuple[Marked, Words]] = []
    for text in node.marked("format", "template"):
        try:
            compile_template(text.value)
        except BadTemplate as mistake:
            found.append((text, mistake.words))
    return found


def _judged(condition: Marked) -> Unreadable | None:
    try:
        compile_condition(condition.value)
    except (BadCondition, BadTemplate) as mistake:
        return condition.path, mistake.words
    return None


def _read(node: Local) -> FlowError | None:
    """Why the node cannot be read; of templates their own family speaks, at the field."""
    try:
        node.kind.read(node.params)
    except (BadCondition, BadParameter, BadTemplate) as mistake:
        return mistake
    return None


class _Kept:
    """The facts of nodes seen lately; begins anew when it is full."""

    def __init__(self) -> None:
        self._facts: dict[_Key, Facts] = {}
        self._bytes = 0

    def of(self, key: _Key) -> Facts:
        found = self._facts.get(key)
        if found is None:
            found = _facts(key)
            self._bytes += len(key.blob)
            if self._bytes > KEPT:
                self._facts, self._bytes = {}, len(key.blob)
            self._facts[key] = found
        return found


_kept = _Kept()
