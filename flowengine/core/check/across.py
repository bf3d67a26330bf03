"""F111 circles through other flows: calls and starts that never wait, and what a flow does that wakes it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flowengine.core.check.family import Family, entry_of
from flowengine.core.check.graphs import DiGraph, directed, strongly_connected
from flowengine.core.check.subject import Subject
from flowengine.core.check.wakes import Listening, Wake
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.naming import LANGUAGES

NOWHERE = "*"  # no flow has this key
MOST_NAMED = 6  # flows of a circle that are named in the sentence

Spot = tuple[str, str]  # flow and node; flow NOWHERE for what is brought about, between who does it and who hears of it


def across_findings(family: Family) -> Iterator[Finding]:
    """Nothing where the flow neither leads to flows nor changes what triggers listen to."""
    if not any(_leads_out(family.own, node) for node in family.own.flow.nodes):
        return
    listening = _listening(family)
    known = _reached(family, listening)
    nodes = ((each, node) for each in known for node in each.flow.nodes)
    if not any(family.led_to(*each) or any(map(listening.to, family.wakes(*each))) for each in nodes):
        return
    spinning = _circles(_instant(family, known))
    for circle in spinning:
        if _is_ours(family, circle):
            yield _spin(family, circle)
    seen = {spot for circle in spinning for spot in circle}
    for circle in _circles(woken := _woken(family, listening, known)):
        if not circle <= seen and any(woken.edges[edge]["wakes"] for edge in woken.subgraph(circle).edges):
            yield from _echo(family, circle)


def _leads_out(subject: Subject, node: Node) -> bool:
    kind = subject.types[node.type]
    return kind.does("calls_flow") or kind.does("starts_flow") or "x-causes" in kind.schema


def _listening(family: Family) -> Listening:
    """The triggers of all flows of the account."""
    subject = family.own
    own = [(subject.flow.key, subject.nodes[trigger]) for trigger in subject.triggers]
    beginning = {name: kind.schema for name, kind in subject.types.items() if kind.schema.get("x-entry") is False}
    others = [
        (key, Node(str(node.get("id")), node["type"], node.get("params", {})))
        for key, document in family.account.flows.items()
        for node in document.get("nodes", ())
        if node.get("type") in beginning and key != subject.flow.key
    ]
    return Listening.of([*own, *others], beginning)


def _reached(family: Family, listening: Listening) -> list[Subject]:
    """The flows that a run of this one may lead to, itself first."""
    found, to_see = {family.own.flow.key: family.own}, [family.own]
    while to_see:
        subject = to_see.pop()
        for node in subject.flow.nodes:
            heard = (flow for wake in family.wakes(subject, node) for flow, _ in listening.to(wake))
            keys = {*family.led_to(subject, node), *heard}
            for key in sorted(keys - set(found)):
                other = family.subject(key)
                if other is not None:
                    found[key] = other
                    to_see.append(other)
    return list(found.values())


def _instant(family: Family, known: list[Subject]) -> DiGraph[Spot]:
    """All that is walked without a pause. A call leads into the other flow, and past it if it comes back at once."""
    graph: DiGraph[Spot] = directed()
    passing: dict[str, bool] = {}
    for subject in known:
        key = subject.flow.key
        for (source, port), target in subject.wires.items():
            if _is_instant(family, subject, source, port, passing):
                graph.add_edge((key, source), (key, target))
        for node in subject.flow.nodes:
            for led_to in family.led_to(subject, node):
                other = family.subject(led_to)
                if other is not None and (entry := entry_of(other)) is not None:
                    graph.add_edge((key, node.id), (led_to, entry))
    return graph


def _is_instant(family: Family, subject: Subject, source: str, port: str, passing: dict[str, bool]) -> bool:
    node = subject.nodes[source]
    kind = subject.types[node.type]
    if kind.does("calls_flow"):
        return any(_passes(family, key, passing) for key in family.led_to(subject, node))
    return not kind.always_waits(node.params) and port not in kind.waits_before


def _passes(family: Family, key: str, passing: dict[str, bool]) -> bool:
    """Whether a called flow can come back without a pause. One that calls itself is found where it does."""
    if key in passing:
        return passing[key]
    passing[key] = False
    subject = family.subject(key)
    entry = None if subject is None else entry_of(subject)
    if subject is None or entry is None:
        return False
    seen, to_see = {entry}, [entry]
    while to_see:
        here = to_see.pop()
        kind = subject.types[subject.nodes[here].type]
        ways = [port.id for port in subject.ports[here]] or [""]
        for port in ways:
            if kind.does("hands_off") or not _is_instant(family, subject, here, port, passing):
                continue
            target = subject.wires.get((here, port))
            if target is None:
                passing[key] = True
            elif target not in seen:
                seen.add(target)
                to_see.append(target)
    return passing[key]


def _woken(family: Family, listening: Listening, known: list[Subject]) -> DiGraph[Spot]:
    """All ways, waits or not, and from what a node does to the triggers that hear of it."""
    graph: DiGraph[Spot] = directed()
    fans: dict[Wake, Spot] = {}  # one for all nodes that bring about the same
    for subject in known:
        key = subject.flow.key
        for (source, _), target in subject.wires.items():
            graph.add_edge((key, source), (key, target), wakes=False)
        for node in subject.flow.nodes:
            for led_to in family.led_to(subject, node):
                other = family.subject(led_to)
                if other is not None and (entry := entry_of(other)) is not None:
                    graph.add_edge((key, node.id), (led_to, entry), wakes=False)
            for wake in family.wakes(subject, node):
                if wake not in fans:
                    fans[wake] = (NOWHERE, str(len(fans)))
                    graph.add_edges_from(((fans[wake], spot) for spot in listening.to(wake)), wakes=True)
                graph.add_edge((key, node.id), fans[wake], wakes=True)
    return graph


def _circles(graph: DiGraph[Spot]) -> list[set[Spot]]:
    knots = strongly_connected(graph)
    return [knot for knot in knots if len(knot) > 1 or any(graph.has_edge(spot, spot) for spot in knot)]


def _is_ours(family: Family, circle: set[Spot]) -> bool:
    """It goes through this flow, and by a call or a start: other circles are F110."""
    subject = family.own
    own = [node for flow, node in circle if flow == subject.flow.key]
    return any(family.led_to(subject, subject.nodes[node]) for node in own)


def _spin(family: Family, circle: set[Spot]) -> Finding:
    subject = family.own
    own = sorted((node for flow, node in circle if flow == subject.flow.key), key=lambda node: subject.places[node])
    first = next(node for node in own if family.led_to(subject, subject.nodes[node]))
    return finding("F111", node=first, label=subject.called(subject.nodes[first]), circle=_flows(family, circle))


def _echo(family: Family, circle: set[Spot]) -> Iterator[Finding]:
    """At the first step of this flow that sets it off again; a circle of other flows is theirs to be told of."""
    subject = family.own
    own = sorted((node for flow, node in circle if flow == subject.flow.key), key=lambda node: subject.places[node])
    acting = [node for node in own if _leads_out(subject, subject.nodes[node])]
    if acting:
        label = subject.called(subject.nodes[acting[0]])
        text = "F111.flows" if len({flow for flow, _ in circle} - {NOWHERE}) > 1 else "F111.self"
        yield finding("F111", text=text, node=acting[0], label=label, circle=_flows(family, circle))


def _flows(family: Family, circle: set[Spot]) -> Mapping[str, str]:
    """The flows by name, this one first and last."""
    own = family.own.flow
    others = sorted({flow for flow, _ in circle} - {own.key, NOWHERE})
    known = [family.subject(key) for key in others]
    names = [own.name, *(subject.flow.name for subject in known if subject is not None)]
    shown = names[:MOST_NAMED] + ["…"] * (len(names) > MOST_NAMED) + [own.name]
    return dict.fromkeys(LANGUAGES, " → ".join(shown))
