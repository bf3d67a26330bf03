"""The way through a flow that most runs take, as the few steps by which one would tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

MOST = 8  # steps; more are not read

Walked = Mapping[tuple[str, str | None], int]  # how many runs left a node by a port; came to it, where there is none


def main_way(document: Mapping[str, Any], walked: Walked, *, telling: Set[str]) -> list[str]:
    """The ids of the nodes of the `telling` types on the most walked way from a trigger, in its order.

    A way through more than can be read is told by the steps at which most were lost. At the port that nobody took
    yet the first wire counts; a circle is walked once.
    """
    nodes = {node["id"]: node for node in document["nodes"]}
    wires: dict[str, list[tuple[str, str]]] = {}
    for edge in document["edges"]:
        wires.setdefault(edge["source"], []).append((edge["port"], edge["target"]))
    starts = [node["id"] for node in document["nodes"] if node["type"] == "trigger"]
    here: str | None = max(starts, key=lambda id: walked.get((id, None), 0), default=None)
    way: list[str] = []
    while here is not None and here in nodes and here not in way:
        way.append(here)
        here = _next(nodes[here], wires.get(here, []), walked)
    steps = [id for id in way if nodes[id]["type"] in telling]
    return steps if len(steps) <= MOST else _by_loss(steps, walked)


def _next(node: Mapping[str, Any], wires: list[tuple[str, str]], walked: Walked) -> str | None:
    if node["type"] == "go_to":
        return str(node["params"].get("node", ""))
    taken = max(wires, key=lambda wire: walked.get((node["id"], wire[0]), 0), default=None)
    return None if taken is None else taken[1]


def _by_loss(steps: list[str], walked: Walked) -> list[str]:
    """The last, and those after which most are missing."""
    came = {id: walked.get((id, None), 0) for id in steps}
    lost = {one: came[one] - came[other] for one, other in zip(steps, steps[1:], strict=False)}
    kept = {*sorted(lost, key=lambda id: -lost[id])[: MOST - 1], steps[-1]}
    return [id for id in steps if id in kept]
