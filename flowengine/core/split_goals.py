"""What the variants of a split are judged by: the goal its author named, as something that runs can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.text import fold

Kind = Literal["goal", "outcome", "step", "completed", "unknown"]


@dataclass(frozen=True, slots=True)
class Judged:
    """goal: the flow's; outcome: the run ends with this one; step: it comes to this node after the split.

    completed: it walks to an end, where neither the split nor the flow names a goal. unknown: nothing in this version
    has the name that the split gives.
    """

    kind: Kind
    name: str = ""


def judged_by(document: Mapping[str, Any], split: Mapping[str, Any]) -> Judged:
    """By the outcome of an end of that name, else the step with that id or label; case and accents do not count."""
    name = str(split["params"].get("goal", "")).strip()
    if not name:
        return Judged("goal" if document.get("settings", {}).get("goal") else "completed")
    wanted = fold(name)
    outcomes = [str(node["params"].get("outcome", "")) for node in document["nodes"] if node["type"] == "end"]
    for outcome in outcomes:
        if fold(outcome) == wanted:
            return Judged("outcome", outcome)
    for node in document["nodes"]:
        if wanted in (fold(node["id"]), fold(node.get("label", ""))):
            return Judged("step", node["id"])
    return Judged("unknown", name)
