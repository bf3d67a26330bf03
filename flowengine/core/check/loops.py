"""F110 loops that never wait: they would spin until the step limit ends the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flowengine.core.check.graphs import DiGraph, directed, strongly_connected
from flowengine.core.check.subject import JUMP, Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.naming import LANGUAGES

MOST_NAMED = 8  # nodes of a circle that are named in the sentence


def loop_findings(subject: Subject) -> Iterator[Finding]:
    """One finding for each knot of wires that can be walked round without a pause."""
    instant = [
        (source, target) for (source, port), target in subject.wires.items() if not _pauses(subject, source, port)
    ]
    graph: DiGraph[str] = directed(_in_circles(instant))
    for knot in strongly_connected(graph):
        first = min(knot, key=lambda node: subject.places[node])
        if len(knot) == 1 and not graph.has_edge(first, first):
            continue
        names = [subject.called(subject.nodes[node]) for node in sorted(knot, key=lambda node: subject.places[node])]
        circle = {language: _in_a_row([name[language] for name in names]) for language in LANGUAGES}
        yield finding("F110", node=first, circle=circle)


def _pauses(subject: Subject, source: str, port: str) -> bool:
    """Whether the walk waits before it leaves by this port; of calls of other flows F111 speaks. Jumps wait never."""
    if port == JUMP:
        return False
    node = subject.nodes[source]
    kind = subject.types[node.type]
    return kind.always_waits(node.params) or port in kind.waits_before or kind.does("calls_flow")


def _in_circles(ways: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The ways that may be part of a circle: nodes that nothing leads to are taken away until there are none.

    In most flows nothing is left, and no graph need be looked at.
    """
    leading_to = Counter(target for _, target in ways)
    onward: dict[str, list[str]] = {}
    for source, target in ways:
        onward.setdefault(source, []).append(target)
    free = [source for source in onward if not leading_to[source]]
    while free:
        for target in onward.pop(free.pop()):
            leading_to[target] -= 1
            if not leading_to[target] and target in onward:
                free.append(target)
    return [(source, target) for source, targets in onward.items() for target in targets]


def _in_a_row(names: list[str]) -> str:
    return " → ".join(names[:MOST_NAMED] + ["…"] * (len(names) > MOST_NAMED))
