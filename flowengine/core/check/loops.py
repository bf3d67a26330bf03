"""F110 loops that never wait: they would spin until the step limit ends the run."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, finding
from flowengine.core.naming import LANGUAGES

MOST_NAMED = 8  # nodes of a circle that are named in the sentence


def loop_findings(subject: Subject) -> Iterator[Finding]:
    """One finding for each knot of wires that can be walked round without a pause."""
    instant: nx.DiGraph[str] = nx.DiGraph()
    for (source, port), target in subject.wires.items():
        node = subject.nodes[source]
        kind = subject.types[node.type]
        if not kind.always_waits(node.params) and port not in kind.waits_before and not kind.does("calls_flow"):  # those are F111
            instant.add_edge(source, target)
    for knot in nx.strongly_connected_components(instant):
        first = min(knot, key=lambda node: subject.places[node])
        if len(knot) == 1 and not instant.has_edge(first, first):
            continue
        names = [subject.called(subject.nodes[node]) for node in sorted(knot, key=lambda node: subject.places[node])]
        circle = {language: _in_a_row([name[language] for name in names]) for language in LANGUAGES}
        yield finding("F110", node=first, circle=circle)


def _in_a_row(names: list[str]) -> str:
    return " → ".join(names[:MOST_NAMED] + ["…"] * (len(names) > MOST_NAMED))
