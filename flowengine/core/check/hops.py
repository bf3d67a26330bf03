"""The ways on in a flow as those see them who reckon with time: how long each takes, and whether the contact wrote."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import networkx as nx

from flowengine.core.check.subject import Subject
from flowengine.core.flow import Node
from flowengine.core.steps import NodeType, Span, Spans

NOT_HEARD = frozenset({"no_reply", "failed", "timed_out"})  # of a node that asks: ports left without a word said
HAPPENED = "happened"  # of a node that waits for an event
INSTANT, SOME_TIME = Span(), Span(most=None)


@dataclass(frozen=True, slots=True)
class Hop:
    """From node to node by a port (JUMP for a jump). `least` and `most` are seconds, `most` may be infinite.

    `heard`: the contact has just written when the walk goes this way.
    """

    source: str
    port: str
    target: str
    least: float = 0.0
    most: float = 0.0
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """All hops between nodes that a run can come to, and where runs begin.

    `starts` says of each beginning whether the contact has just written there.
    """

    starts: Mapping[str, bool]
    hops: tuple[Hop, ...]

    @classmethod
    def of(cls, subject: Subject) -> Self:
        out = hops_of(subject)
        starts = _summoned(subject) | {node: _just_wrote(subject, subject.nodes[node]) for node in subject.triggers}
        return cls(starts, tuple(hop for node in _reached(starts, out) for hop in out[node]))

    def nodes(self) -> set[str]:
        return {*self.starts, *(hop.target for hop in self.hops)}

    def without(self, port: str) -> set[str]:
        """The nodes that a run can come to without leaving any by this port."""
        out: dict[str, list[Hop]] = defaultdict(list)
        for hop in self.hops:
            if hop.port != port:
                out[hop.source].append(hop)
        return _reached(self.starts, out)


def _reached(starts: Iterable[str], out: Mapping[str, list[Hop]]) -> set[str]:
    reached, to_see = set(starts), list(starts)
    while to_see:
        for hop in out[to_see.pop()]:
            if hop.target not in reached:
                reached.add(hop.target)
                to_see.append(hop.target)
    return reached


def hops_of(subject: Subject) -> Mapping[str, list[Hop]]:
    """The ways on from each node."""
    out: dict[str, list[Hop]] = {node: [] for node in subject.nodes}
    spans: dict[str, Spans] = {}
    for (source, port), target in subject.wires.items():
        node = subject.nodes[source]
        kind = subject.types[node.type]
        if source not in spans:
            spans[source] = _spans(subject, kind, node)
        span = spans[source].get(port) or spans[source].get("*") or _usual(kind, port)
        most = math.inf if span.most is None else span.most.total_seconds()
        heard = _just_wrote(subject, node) if port == HAPPENED else kind.does("asks") and port not in NOT_HEARD
        out[source].append(Hop(source, port, target, span.least.total_seconds(), most, heard))
    return out


def knots(nodes: set[str], hops: Iterable[Hop]) -> list[set[str]]:
    """The nodes in the order they are walked; those that lie on a circle together."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((hop.source, hop.target) for hop in hops)
    # Nuutila's algorithm gives a component after all those that can be reached from it.
    return list(nx.strongly_connected_components(graph))[::-1]


def _usual(kind: NodeType, port: str) -> Span:
    return SOME_TIME if kind.waits or port in kind.waits_before else INSTANT


def _spans(subject: Subject, kind: NodeType, node: Node) -> Spans:
    if kind.spans is None or node.id in subject.broken:
        return {}
    return kind.spans(node.params, subject.flow.settings)


def _just_wrote(subject: Subject, node: Node) -> bool:
    """Whether the event that this node begins by, or waits for, is something that the contact writes at that moment."""
    event, looks_back = node.params.get("event"), node.params.get("lookback", "now") != "now"
    return isinstance(event, str) and not looks_back and bool(subject.schema.events.get(event, {}).get("heard"))


def _summoned(subject: Subject) -> dict[str, bool]:
    """Nodes that the settings lead to: by a command, which the contact has just said, or otherwise."""
    commands = {str(command.get("node")) for command in subject.flow.settings.get("commands", ())}
    return {node: node in commands for node in subject.summoned}
