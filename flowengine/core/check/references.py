"""F160 references to things that the account does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowengine.core.check.account import Account
from flowengine.core.check.subject import Subject
from flowengine.core.conditions import comparisons_in
from flowengine.core.finding import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import marked

KINDS: Mapping[str, Mapping[str, str]] = {
    "team": {"pt-BR": "a equipe", "en": "team"},
    "channel": {"pt-BR": "o canal", "en": "channel"},
    "flow": {"pt-BR": "o fluxo", "en": "flow"},
}

Found = tuple[str, str, str]  # kind, slug, pointer


def reference_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """Only of the kinds that the account is known to have things of."""
    for found in marked(subject.flow.settings, subject.schema.marks(None, "x-ref")):
        kind, slug = str(found.about["x-ref"]), str(found.value)
        if account.lacks(kind, slug):
            pointer = "/settings/" + "/".join(map(str, found.path))
            yield finding("F160", pointer=pointer, label=found.title(), kind=KINDS.get(kind, kind), slug=slug)
    for node in subject.sound_nodes():
        for kind, slug, pointer in _named(subject, node):
            if account.lacks(kind, slug):
                words = KINDS.get(kind, kind)
                yield finding("F160", node=node.id, pointer=pointer, label=subject.called(node), kind=words, slug=slug)


def _named(subject: Subject, node: Node) -> Iterator[Found]:
    """By the mark `x-ref`, and in operands such as hours.team:vendas."""
    for found in subject.marked(node, "x-ref"):
        yield str(found.about["x-ref"]), str(found.value), subject.pointer(node, found.path)
    for condition in subject.marked(node, "x-widget", "condition"):
        for test in comparisons_in(condition.value):
            _, is_team, slug = test["left"].partition("hours.team:")
            if is_team:
                yield "team", slug, subject.pointer(node, condition.path)
