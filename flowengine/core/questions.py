"""The questions of a flow as columns of a table: those that contacts answer, in the order in which they are come to."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

LONGEST = 80  # characters of a title
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """The node that asks, and what it is called: its label, else what it asks."""

    node: str
    title: str


def columns(documents: Iterable[Mapping[str, Any]], *, asking: Set[str]) -> list[Column]:
    """Of all these versions, the newest first: a question that a newer one still has is named as there."""
    found: dict[str, Column] = {}
    for document in documents:
        for node in _in_order(document):
            if node["type"] in asking:
                found.setdefault(node["id"], Column(node["id"], _title(node)))
    return list(found.values())


def _in_order(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """By how many wires they are from the first trigger, then from the others; what no wire leads to last."""
    nodes = {node["id"]: node for node in document["nodes"]}
    targets: dict[str, list[str]] = {}
    for edge in document["edges"]:
        targets.setdefault(edge["source"], []).append(edge["target"])
    came: dict[str, None] = {}
    for trigger in (id for id, node in nodes.items() if node["type"] == "trigger"):
        waiting = deque([trigger])
        while waiting:
            here = waiting.popleft()
            if here in nodes and here not in came:
                came[here] = None
                waiting.extend(targets.get(here, ()))
    return [nodes[id] for id in [*came, *(id for id in nodes if id not in came)]]


def _title(node: Mapping[str, Any]) -> str:
    words = node.get("label") or _CODE.sub("…", str(node["params"].get("text", "")))
    told = " ".join(words.split()) or node["id"]
    return told if len(told) <= LONGEST else told[: LONGEST - 1].rstrip() + "…"
