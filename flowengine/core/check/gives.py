"""What each node gives: the variables and answers that surely have a value once it is left by a port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.check.knowing import NOTHING, known_if
from flowengine.core.check.subject import JUMP, Subject
from flowengine.core.check.uses import branch_of
from flowengine.core.flow import Node

Gifts = Mapping[str, frozenset[str]]  # by port: "vars.total", "answers.menu"

EMPTY_HANDED = frozenset({"failed", "invalid", "no_reply", "timed_out"})  # ports that say nothing came


def gifts_of(subject: Subject, node: Node) -> Gifts:
    """By the marks `x-set-on` and `x-answers`, and by what the condition of a branch lets us know."""
    gifts: dict[str, frozenset[str]] = {}

    def give(ports: frozenset[str], names: frozenset[str]) -> None:
        for port in ports:
            gifts[port] = gifts.get(port, NOTHING) | names

    for variable in subject.marked(node, "x-widget", "variable"):
        if isinstance(variable.value, str):
            give(_ports(subject, node, variable.about.get("x-set-on")), frozenset({f"vars.{variable.value}"}))
    if answers(subject, node):
        about = subject.types[node.type].schema
        give(_ports(subject, node, about.get("x-answers")), frozenset({f"answers.{node.id}"}))
    if node.id not in subject.broken:
        for port, names in _known_by_branch(subject, node):
            give(frozenset({port}), names)
    return gifts


def answers(subject: Subject, node: Node) -> bool:
    """Whether the node keeps an answer under its id."""
    about = subject.types[node.type].schema
    return "x-answers" in about or "save_to" in about["properties"]


def _ports(subject: Subject, node: Node, said: Any) -> frozenset[str]:
    """The ports that a mark names: a list, "*" for all, {"each": …} for those made from the params."""
    ports = frozenset(port.id for port in subject.ports[node.id])
    if subject.types[node.type].does("jumps"):
        ports |= {JUMP}
    match said:
        case None:
            return ports - EMPTY_HANDED
        case "*":
            return ports
        case Mapping():
            declared = subject.types[node.type].schema["x-ports"]
            fixed = declared.get("and", ()) if isinstance(declared, Mapping) else declared
            return ports - {port["id"] for port in fixed}
        case _:
            return ports & set(said)


def _known_by_branch(subject: Subject, node: Node) -> Iterator[tuple[str, frozenset[str]]]:
    """A branch is taken where its condition holds and those before it do not; `else` where none does."""
    before: frozenset[str] = NOTHING
    is_branching = False
    for condition in subject.marked(node, "x-widget", "condition"):
        port = branch_of(node, condition)
        if port:
            is_branching = True
            yield port, before | known_if(condition.value, holds=True)
            before |= known_if(condition.value, holds=False)
    if is_branching:
        yield "else", before
