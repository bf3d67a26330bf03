"""F130 branches that can never be taken, F131 no `else` where the branches do not cover everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from flowengine.core.check.assigned import Assigned
from flowengine.core.check.cells import OTHER, Cell
from flowengine.core.check.domains import Domains
from flowengine.core.check.facts import Facts
from flowengine.core.check.subject import Subject
from flowengine.core.check.verdict import GIVEN_UP, Example, Never, Verdict, verdict_on
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked
from flowengine.core.naming import LANGUAGES

MOST_NAMED = 3  # operands of an example
MOST_GIVEN_UP = 20  # nodes too intricate to judge; a flow with more is no work of people, and takes no more of our time
MOST_EFFORT = 100_000  # of all the nodes together: a thousand of two tests each, with one value

EMPTY = {"pt-BR": "está vazio", "en": "is empty"}
OTHERWISE = {"pt-BR": "tem outro valor", "en": "has another value"}
YES_NO = {True: {"pt-BR": "é “sim”", "en": "is “yes”"}, False: {"pt-BR": "é “não”", "en": "is “no”"}}
TEXTS = {"itself": "F130", "after": "F130.after", "together": "F130.together"}


def branch_findings(
    subject: Subject, domains: Domains, assigned: Assigned, unfit: Collection[str]
) -> Iterator[Finding]:
    """Of the nodes in `unfit` no condition is judged: other findings say why."""
    given_up = effort = 0
    for node in subject.flow.nodes:
        facts = subject.facts[node.id]
        if not facts.branches:
            continue
        verdict = GIVEN_UP
        effort += facts.effort
        worth_it = given_up < MOST_GIVEN_UP and effort <= MOST_EFFORT
        if not facts.bad_conditions and node.id not in unfit and worth_it:
            verdict = _judged(node, facts, domains, assigned)
            given_up += verdict is GIVEN_UP
        for never in verdict.never:
            yield _never_taken(subject, node, facts.branches, never)
        yield from _open_else(subject, node, _in_words(verdict.left))


def _judged(node: Node, facts: Facts, domains: Domains, assigned: Assigned) -> Verdict:
    operands = (
        (name, domains.in_hand(name, surely=name in assigned.bits and assigned.surely(name, node.id)))
        for name in facts.operands
    )
    return verdict_on(facts.written_branches, tuple(operands))


def _never_taken(subject: Subject, node: Node, branches: Sequence[Marked], never: Never) -> Finding:
    branch, other = (_port(node, branches[place]) for place in (never.place, never.other))
    return finding(
        "F130",
        text=TEXTS[never.why],
        node=node.id,
        edge=(node.id, branch),
        pointer=subject.pointer(node, branches[never.place].path),
        fix=_without(node, branches, never.place),
        label=subject.called(node),
        branch=subject.port_called(node, branch),
        other=subject.port_called(node, other),
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


def _without(node: Node, branches: Sequence[Marked], place: int) -> dict[str, Any] | None:
    """The params without the branch, and without the wire that left by it; not where it is the only one."""
    name = branches[place].path[0]
    if len(branches) == 1 or not isinstance(name, str):
        return None
    kept = [each for at, each in enumerate(node.params[name]) if at != place]
    unwire = [_port(node, branches[place])]
    return {"kind": "setParams", "node": node.id, "params": {**node.params, name: kept}, "unwire": unwire}


def _port(node: Node, branch: Marked) -> str:
    name, place, *_ = branch.path
    return str(node.params[str(name)][place]["id"])


def _in_words(left: Example | None) -> dict[str, str] | None:
    """Values of which no branch holds; empty texts where there is no telling, None where there are none."""
    if left is None:
        return None
    named = left[:MOST_NAMED]
    return {language: ", ".join(_is(operand, cell, language) for operand, cell in named) for language in LANGUAGES}


def _is(operand: str, cell: Cell, language: str) -> str:
    if cell.empty:
        return f"{operand} {EMPTY[language]}"
    if isinstance(cell.value, bool):
        return f"{operand} {YES_NO[cell.value][language]}"
    if cell.value in (OTHER, [OTHER]):
        return f"{operand} {OTHERWISE[language]}"
    return f"{operand} = {cell.value}"
