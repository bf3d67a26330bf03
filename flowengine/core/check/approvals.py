"""F142 templates that are not approved, that belong to another channel, or whose parameters are other ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flowengine.core.check.account import Account, Facts
from flowengine.core.check.limits import spoken_on
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked

APPROVED = "approved"
STATES: Mapping[str, Mapping[str, str]] = {
    "draft": {"pt-BR": "ainda é um rascunho", "en": "is still a draft"},
    "pending": {"pt-BR": "ainda espera aprovação", "en": "still waits for approval"},
    "paused": {"pt-BR": "está pausado", "en": "is paused"},
    "rejected": {"pt-BR": "foi recusado", "en": "was rejected"},
}
NOT_APPROVED = {"pt-BR": "não está aprovado", "en": "is not approved"}


def approval_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """Of templates that the account has; those it lacks are F160."""
    for node in subject.sound_nodes():
        for named in subject.marked(node, "x-ref", "template"):
            facts = account.facts("template", str(named.value))
            if facts is not None:
                yield from _judge(subject, node, named, facts, account)


def _judge(subject: Subject, node: Node, named: Marked, facts: Facts, account: Account) -> Iterator[Finding]:
    where: dict[str, Any] = {
        "node": node.id,
        "pointer": subject.pointer(node, named.path),
        "label": subject.called(node),
        "template": str(facts.get("name") or named.value),
    }
    status = str(facts.get("status", APPROVED))
    if status != APPROVED:
        yield finding("F142", **where, state=STATES.get(status, NOT_APPROVED))
    own = facts.get("channel")
    others = [channel for channel in spoken_on(subject, node, account) if own and channel.key != own]
    if others:
        yield finding("F142", text="F142.channel", **where, channel=others[0].name or others[0].key)
    for filled in subject.marked(node, "x-parameters-of"):
        if filled.about["x-parameters-of"] == named.path[-1]:
            yield from _parameters(subject, node, filled, facts, where)


def _parameters(
    subject: Subject, node: Node, filled: Marked, facts: Facts, where: Mapping[str, Any]
) -> Iterator[Finding]:
    if "parameters" not in facts:
        return
    wanted, given = _names(facts["parameters"]), _names(filled.value)
    if set(wanted) == set(given):
        return
    lacking = [name for name in wanted if name not in given]
    if lacking:  # what stands in for them only the author knows
        yield finding("F142", text="F142.lacking", **where, names=", ".join(lacking))
        return
    names = ", ".join(name for name in given if name not in wanted)
    kept = [value for value in filled.value if str(value.get("name")) in wanted]
    fix = {"kind": "setParams", "node": node.id, "params": {**node.params, str(filled.path[-1]): kept}}
    yield finding("F142", text="F142.unknown", **where, names=names, fix=fix)


def _names(parameters: Sequence[Any]) -> list[str]:
    """A parameter is {"name"}, or its name."""
    return [str(each.get("name") if isinstance(each, Mapping) else each) for each in parameters]
