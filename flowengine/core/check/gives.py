"""What each node gives: the variables and answers that surely have a value once it is left by a port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flowengine.core.check.knowing import NOTHING, known_if
from flowengine.core.check.local import Local, branch_of
from flowengine.core.marks import Marked

Gifts = Mapping[str, frozenset[str]]  # by port: "vars.total", OWN_ANSWER

OWN_ANSWER = "answers."  # of the node, whatever its id

EMPTY_HANDED = frozenset({"failed", "invalid", "no_reply", "timed_out"})  # ports that say nothing came


def gifts_of(node: Local, variables: Iterable[Marked], conditions: Iterable[Marked]) -> Gifts:
    """By the marks `x-set-on` and `x-answers`, and by what the condition of a branch lets us know."""
    gifts: dict[str, frozenset[str]] = {}
    same: dict[frozenset[str], frozenset[str]] = {}  # most ports give the same: one set for all of them

    def give(ports: frozenset[str], names: frozenset[str]) -> None:
        for port in ports:
            given = gifts.get(port, NOTHING) | names
            gifts[port] = same.setdefault(given, given)

    for variable in variables:
        give(_ports(node, variable.about.get("x-set-on")), frozenset({f"vars.{variable.value}"}))
    if answers(node):
        give(_ports(node, node.about.get("x-answers")), frozenset({OWN_ANSWER}))
    for port, names in _known_by_branch(node, conditions):
        give(frozenset({port}), names)
    return gifts


def answers(node: Local) -> bool:
    """Whether the node keeps an answer under its id."""
    return "x-answers" in node.about or "save_to" in node.about["properties"]


def _ports(node: Local, said: Any) -> frozenset[str]:
    """The ports that a mark names: a list, "*" for all, {"each": …} for those made from the params."""
    ports = node.ways_out()
    match said:
        case None:
            return ports - EMPTY_HANDED
        case "*":
            return ports
        case Mapping():
            declared = node.about["x-ports"]
            fixed = declared.get("and", ()) if isinstance(declared, Mapping) else declared
            return ports - {port["id"] for port in fixed}
        case _:
            return ports & set(said)


def _known_by_branch(node: Local, conditions: Iterable[Marked]) -> Iterator[tuple[str, frozenset[str]]]:
    """A branch is taken where its condition holds and those before it do not; `else` where none does."""
    before: frozenset[str] = NOTHING
    is_branching = False
    for condition in conditions:
        port = branch_of(node, condition)
        if port:
            is_branching = True
            yield port, before | known_if(condition.value, holds=True)
            before |= known_if(condition.value, holds=False)
    if is_branching:
        yield "else", before
