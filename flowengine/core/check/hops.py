"""The ways on in a flow as those see them who reckon with time: how long each takes, and whether the contact wrote."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from flowengine.core.check.graphs import DiGraph, directed, strongly_connected
from flowengine.core.check.subject import JUMP, Subject
from flowengine.core.flow import Node
from flowengine.core.steps import NodeType, Span, Spans

NO_REPLY = "no_reply"
NOT_HEARD = frozenset({NO_REPLY, "failed", "timed_out"})  # of a node that asks: ports left without a word said
HAPPENED = "happened"  # of a node that waits for an event
END = ""  # no node has this id
INSTANT, SOME_TIME = Span(), Span(most=None)


@dataclass(frozen=True, slots=True)
class Hop:
    """From node to node by a port (JUMP for a jump). `least` and `most` are seconds, `most` may be infinite.

    `heard`: the contact has written when the walk goes this way, between `least_since` and `most_since` seconds before.
    """

    source: str
    port: str
    target: str
    least: float = 0.0
    most: float = 0.0
    heard: bool = False
    least_since: float = 0.0
    most_since: float = 0.0


# How another flow is walked by a node that calls it: hops that say how long it takes, and whether it heard the contact.
Passing = Callable[[Subject, Node], Sequence[Hop]]


@dataclass(frozen=True, slots=True)
class Ways:
    """All hops between nodes that a run can come to, and where runs begin.

    `starts` says of each beginning whether the contact has just written there.
    """

    starts: Mapping[str, bool]
    hops: tuple[Hop, ...]

    @classmethod
    def of(cls, subject: Subject, passing: Passing) -> Self:
        starts = _summoned(subject) | {node: _in_time(subject, subject.nodes[node]) for node in subject.triggers}
        return cls.reached(starts, hops_of(subject, passing))

    @classmethod
    def reached(cls, starts: Mapping[str, bool], hops: Iterable[Hop]) -> Self:
        """Of these hops those that a run can go from these beginnings."""
        out: dict[str, list[Hop]] = defaultdict(list)
        for hop in hops:
            out[hop.source].append(hop)
        reached, to_see = set(starts), list(starts)
        while to_see:
            for hop in out[to_see.pop()]:
                if hop.target not in reached:
                    reached.add(hop.target)
                    to_see.append(hop.target)
        return cls(starts, tuple(hop for node in reached for hop in out[node]))

    def nodes(self) -> set[str]:
        return {*self.starts, *(hop.target for hop in self.hops)}

    def without(self, ports: Container[tuple[str, str]]) -> Self:
        """The ways of runs that leave no node by these of its ports."""
        return self.reached(self.starts, (hop for hop in self.hops if (hop.source, hop.port) not in ports))


def hops_of(subject: Subject, passing: Passing) -> Iterator[Hop]:
    """The ways on from each node."""
    spans: dict[str, Spans] = {}
    for (source, port), target in subject.wires.items():
        node = subject.nodes[source]
        if source not in spans:
            spans[source] = _spans(subject, node)
        yield from _hops(subject, node, port, target, spans[source], passing)


def ends_of(subject: Subject, passing: Passing) -> Iterator[Hop]:
    """The ways out of the flow, as hops to END."""
    for node in subject.flow.nodes:
        ports = subject.ports[node.id]
        if not ports and (node.id, JUMP) not in subject.wires:
            yield Hop(node.id, "", END)
        for port in ports:
            if port.unwired == "end" and (node.id, port.id) not in subject.wires:
                yield from _hops(subject, node, port.id, END, _spans(subject, node), passing)


def _hops(subject: Subject, node: Node, port: str, target: str, spans: Spans, passing: Passing) -> Iterator[Hop]:
    kind = subject.types[node.type]
    if kind.does("calls_flow") and port not in NOT_HEARD:
        yield from (replace(hop, source=node.id, port=port, target=target) for hop in passing(subject, node))
        return
    span = spans.get(port) or spans.get("*") or _usual(kind, port)
    most = math.inf if span.most is None else span.most.total_seconds()
    least = span.least.total_seconds()
    if port != NO_REPLY or not kind.does("asks"):
        heard = _just_wrote(subject, node) if port == HAPPENED else kind.does("asks") and port not in NOT_HEARD
        yield Hop(node.id, port, target, least, most, heard)
        return
    # Nobody said a word, or the last words did not fit and the limit of silence began again.
    yield Hop(node.id, port, target, least, least)
    if most > least:
        yield Hop(node.id, port, target, least, most, heard=True, least_since=least, most_since=least)


def knots(nodes: set[str], hops: Iterable[Hop]) -> list[set[str]]:
    """The nodes in the order they are walked; those that lie on a circle together."""
    graph: DiGraph[str] = directed()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((hop.source, hop.target) for hop in hops)
    # Nuutila's algorithm gives a component after all those that can be reached from it.
    return list(strongly_connected(graph))[::-1]


def _usual(kind: NodeType, port: str) -> Span:
    return SOME_TIME if kind.waits or port in kind.waits_before else INSTANT


def _spans(subject: Subject, node: Node) -> Spans:
    kind = subject.types[node.type]
    if kind.spans is None or node.id in subject.broken:
        return {}
    return kind.spans(node.params, subject.flow.settings)


def _just_wrote(subject: Subject, node: Node) -> bool:
    """Whether the event that this node begins by, or waits for, is something that the contact writes at that moment."""
    event, looks_back = node.params.get("event"), node.params.get("lookback", "now") != "now"
    return isinstance(event, str) and not looks_back and bool(subject.schema.events.get(event, {}).get("heard"))


def _in_time(subject: Subject, trigger: Node) -> bool:
    """Whether what follows this beginning is said in time: whoever has opened a web chat sees it there and then, and
    a flow that is only a part of others is called when those see fit.
    """
    event = trigger.params.get("event")
    part_of_others = event == "manual" and trigger.params.get("by") == ["flow"]
    return part_of_others or event == "webchat.opened" or _just_wrote(subject, trigger)


def _summoned(subject: Subject) -> dict[str, bool]:
    """Nodes that the settings lead to: by a command, which the contact has just said, or otherwise."""
    commands = {str(command.get("node")) for command in subject.flow.settings.get("commands", ())}
    return {node: node in commands for node in subject.summoned}
