"""F151 questions from which a contact can reach no person, whatever the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.check.account import Account
from flowengine.core.check.graphs import weakly_connected
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node

NOT_BY_CHOICE = "failed"  # a contact cannot make a message fail
TO_PEOPLE = ("default_team", "required")  # what an open port comes to at run time


def stuck_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """One finding for each part of a chatbot that has questions and no way out to people."""
    if subject.flow.kind != "chatbot" or _has_command(subject):
        return
    helped = _with_a_way(subject, account)
    asking = {node for node in _before_people(subject) if subject.types[subject.nodes[node].type].does("asks")} - helped
    if not asking:
        return
    left_alone = subject.graph.subgraph(node for node in subject.nodes if node not in helped)
    parts = [part & asking for part in weakly_connected(left_alone)]
    for first in sorted(
        (min(part, key=subject.places.__getitem__) for part in parts if part), key=subject.places.__getitem__
    ):
        yield finding("F151", node=first, label=subject.called(subject.nodes[first]), fix=_fix(subject))


def _has_command(subject: Subject) -> bool:
    """Whether a word that is valid at every wait leads to a person."""
    commands = subject.flow.settings.get("commands", ())
    return any(command.get("do") == "transfer" for command in commands if isinstance(command, Mapping))


def _with_a_way(subject: Subject, account: Account) -> set[str]:
    """Walked backwards from where people are reached; a command may jump there from everywhere."""
    before: dict[str, list[str]] = defaultdict(list)
    for (source, port), target in subject.wires.items():
        if port != NOT_BY_CHOICE:
            before[target].append(source)
    helped = {node.id for node in subject.flow.nodes if _hands_over(subject, account, node)}
    to_see = list(helped)
    while to_see:
        for node in before[to_see.pop()]:
            if node not in helped:
                helped.add(node)
                to_see.append(node)
    if helped & {str(command.get("node")) for command in subject.flow.settings.get("commands", ())}:
        return set(subject.nodes)
    return helped


def _before_people(subject: Subject) -> set[str]:
    """What is reached without a hand-off: who comes back from people is known to them, and can reach them again."""
    reached = {*subject.triggers, *subject.summoned}
    to_see = list(reached)
    while to_see:
        node = to_see.pop()
        if not subject.types[subject.nodes[node].type].does("hands_off"):
            new = set(subject.graph.successors(node)) - reached
            reached |= new
            to_see += new
    return reached


def _hands_over(subject: Subject, account: Account, node: Node) -> bool:
    kind = subject.types[node.type]
    if kind.does("hands_off"):
        return True
    if kind.does("calls_flow") or kind.does("starts_flow"):
        return any(_flow_helps(subject, account, str(found.value)) for found in subject.marked(node, "x-ref", "flow"))
    return any(
        port.unwired in TO_PEOPLE and port.id != NOT_BY_CHOICE and (node.id, port.id) not in subject.wires
        for port in subject.ports[node.id]
    )


def _flow_helps(subject: Subject, account: Account, key: str) -> bool:
    """Another flow is looked at as a whole; of one that is not known the best is thought."""
    document = account.flows.get(account.meant("flow", key))
    if document is None:
        return True
    types = (subject.types.get(str(node.get("type"))) for node in document.get("nodes", ()))
    if any(kind.does("hands_off") or kind.does("starts_flow") for kind in types if kind is not None):
        return True
    return any(command.get("do") == "transfer" for command in document.get("settings", {}).get("commands", ()))


def _fix(subject: Subject) -> Mapping[str, Any]:
    """A word for it, valid at every question."""
    word = "atendente" if subject.flow.language == "pt-BR" else "agent"
    commands = [*subject.flow.settings.get("commands", ()), {"terms": [word], "do": "transfer"}]
    return {"kind": "setSettings", "settings": {**subject.flow.settings, "commands": commands}}
