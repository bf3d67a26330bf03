"""networkx, brought in by the first check: 12 MB in every process of an installation, most of which never check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from networkx import DiGraph
else:
    DiGraph = dict  # stands for it in annotations, which nobody evaluates

__all__ = ["DiGraph", "directed", "strongly_connected", "weakly_connected"]

Spot = TypeVar("Spot")


def directed(edges: Iterable[tuple[Spot, Spot]] | None = None) -> DiGraph[Spot]:
    """A graph with these edges, from one to the other."""
    return _nx().DiGraph(edges)  # type: ignore[no-any-return]


def strongly_connected(graph: DiGraph[Spot]) -> Iterator[set[Spot]]:
    """Sets of what lies on a common circle; what lies on none is a set of its own. Those that others lead to first."""
    return _nx().strongly_connected_components(graph)  # type: ignore[no-any-return]


def weakly_connected(graph: DiGraph[Spot]) -> Iterator[set[Spot]]:
    """Sets of what hangs together, whichever way its edges lead."""
    return _nx().weakly_connected_components(graph)  # type: ignore[no-any-return]


def _nx() -> Any:
    import networkx

    return networkx
