"""F130 branches that can never be taken, F131 no `else` where the branches do not cover everything.

A branch is taken where its condition holds and none before it does. So its boxes, less those of the branches before,
must leave something over; and where something is left over of everything, `else` needs a wire.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from flowengine.core.check.assigned import Assigned
from flowengine.core.check.boxes import Box, Space, TooMany, space_of
from flowengine.core.check.cells import OTHER, Cell
from flowengine.core.check.domains import Domains
from flowengine.core.check.subject import Subject
from flowengine.core.check.uses import branch_of
from flowengine.core.finding import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked
from flowengine.core.naming import LANGUAGES

MOST_NAMED = 3  # operands of an example

EMPTY = {"pt-BR": "está vazio", "en": "is empty"}
OTHERWISE = {"pt-BR": "tem outro valor", "en": "has another value"}
YES_NO = {True: {"pt-BR": "é “sim”", "en": "is “yes”"}, False: {"pt-BR": "é “não”", "en": "is “no”"}}


def branch_findings(
    subject: Subject, domains: Domains, assigned: Assigned, unreadable: Collection[str]
) -> Iterator[Finding]:
    """Of nodes in `unreadable` no condition is judged: other findings say why."""
    for node in subject.sound_nodes():
        branches = [c for c in subject.marked(node, "x-widget", "condition") if branch_of(node, c)]
        if not branches:
            continue
        rest: list[Box] | None = None
        given = {name for name in assigned.bits if assigned.surely(name, node.id)}
        space = Space({})
        if node.id not in unreadable:
            space = space_of([branch.value for branch in branches], domains, given)
            try:
                taken = [space.boxes(branch.value) for branch in branches]
                yield from _never_taken(subject, node, branches, space, taken)
                rest = space.left_over([{}], [box for boxes in taken for box in boxes])
            except TooMany:
                rest = None
        yield from _open_else(subject, node, _example(space, rest))


def _never_taken(
    subject: Subject, node: Node, branches: Sequence[Marked], space: Space, taken: Sequence[Sequence[Box]]
) -> Iterator[Finding]:
    for place, branch in enumerate(branches):
        before = [box for boxes in taken[:place] for box in boxes]
        if space.left_over(taken[place], before):
            continue
        alone = [first for first in range(place) if not space.left_over(taken[place], taken[first])]
        text = "F130" if not taken[place] else "F130.after" if alone else "F130.together"
        yield finding(
            "F130",
            text=text,
            node=node.id,
            edge=(node.id, branch_of(node, branch)),
            pointer=subject.pointer(node, branch.path),
            fix=_without(node, branches, branch),
            label=subject.called(node),
            branch=subject.port_called(node, branch_of(node, branch)),
            other=subject.port_called(node, branch_of(node, branches[alone[0]])) if alone else "",
        )


def _open_else(subject: Subject, node: Node, example: Mapping[str, str] | None) -> Iterator[Finding]:
    """`example` is None where the branches cover everything, and has empty texts where there is no telling."""
    port = next((port for port in subject.ports[node.id] if port.id == "else"), None)
    if port is None or example is None or (node.id, "else") in subject.wires:
        return
    text = "F131" if port.unwired == "required" else "F131.goes"
    if not any(example.values()):
        text += ".plain"
    yield finding(
        "F131",
        text=text,
        node=node.id,
        edge=(node.id, "else"),
        fix=subject.connection(node, port),
        label=subject.called(node),
        port=subject.port_called(node, "else"),
        example=example,
    )


def _without(node: Node, branches: Sequence[Marked], branch: Marked) -> dict[str, Any] | None:
    """The params without the branch, and without the wire that left by it; not where it is the only one."""
    name, place = branch.path[0], branch.path[1]
    if len(branches) == 1 or not isinstance(name, str):
        return None
    kept = [each for at, each in enumerate(node.params[name]) if at != place]
    params = {**node.params, name: kept}
    return {"kind": "setParams", "node": node.id, "params": params, "unwire": [branch_of(node, branch)]}


def _example(space: Space, rest: Sequence[Box] | None) -> dict[str, str] | None:
    """In words, values of which no branch holds."""
    if rest is None:
        return dict.fromkeys(LANGUAGES, "")
    if not rest:
        return None
    values = space.some_value(min(rest, key=len))
    named = [(operand, cell) for operand, cell in values.items() if not operand.startswith("{")][:MOST_NAMED]
    return {language: ", ".join(_is(operand, cell, language) for operand, cell in named) for language in LANGUAGES}


def _is(operand: str, cell: Cell, language: str) -> str:
    if cell.empty:
        return f"{operand} {EMPTY[language]}"
    if isinstance(cell.value, bool):
        return f"{operand} {YES_NO[cell.value][language]}"
    if cell.value in (OTHER, [OTHER]):
        return f"{operand} {OTHERWISE[language]}"
    return f"{operand} = {cell.value}"
