"""What of a flow its stories pass: steps, and ports that a wire leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flowengine.core.program import Program
from flowengine.core.stories.play import Told, wired_ports

Passed = tuple[str, str, str | None]  # flow, node, port


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many there are, and those that no story reaches, in the order of the document."""

    nodes: int
    ports: int
    nodes_left: tuple[str, ...]
    ports_left: tuple[tuple[str, str], ...]

    @property
    def nodes_reached(self) -> int:
        return self.nodes - len(self.nodes_left)

    @property
    def ports_reached(self) -> int:
        return self.ports - len(self.ports_left)

    @property
    def whole(self) -> bool:
        return not self.nodes_left and not self.ports_left


def coverage(program: Program, told: Iterable[Told], elsewhere: Iterable[Passed] = ()) -> Coverage:
    """`elsewhere` is what stories of other flows passed; what they passed of this one counts too."""
    flow, stories = program.flow, list(told)
    by_others = [(node, port) for key, node, port in elsewhere if key == flow.key]
    ports = {port for story in stories for port in story.ports} | {(node, port) for node, port in by_others if port}
    nodes = {node for story in stories for node in story.nodes} | {node for node, _ in by_others}
    wired = wired_ports(program)
    return Coverage(
        nodes=len(flow.nodes),
        ports=len(wired),
        nodes_left=tuple(node.id for node in flow.nodes if node.id not in nodes),
        ports_left=tuple(sorted(wired - ports)),
    )
