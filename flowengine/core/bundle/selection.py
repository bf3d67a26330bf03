"""Some nodes of a flow with what hangs between them, and their way into another document.

Clashing ids get new ones in one pass, before wires and references are rewritten; relative places stay; nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.core.bundle.renaming import with_ids
from flowengine.core.errors import BadTemplate, Invalid
from flowengine.core.files import texts_in
from flowengine.core.marks import marked
from flowengine.core.references import Reference, node_references
from flowengine.core.schema import FlowSchema
from flowengine.core.text import compile_template

LONGEST_ID = 64

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """Nodes, the wires among them, the declarations of the variables they use, the frames around them."""

    nodes: Sequence[JsonObject] = ()
    edges: Sequence[JsonObject] = ()
    variables: Sequence[JsonObject] = ()
    frames: Sequence[JsonObject] = ()

    def as_data(self) -> dict[str, Any]:
        return {
            "nodes": list(self.nodes),
            "edges": list(self.edges),
            "variables": list(self.variables),
            "frames": list(self.frames),
        }

    @classmethod
    def from_data(cls, data: JsonObject) -> Selection:
        """From data whose shape has been proved."""
        return cls(*(tuple(data.get(name, ())) for name in ("nodes", "edges", "variables", "frames")))


@dataclass(frozen=True, slots=True)
class Pasted:
    """The document afterwards; `ids` are the new ids by the old; `met` are variables that it declares otherwise."""

    document: dict[str, Any]
    ids: Mapping[str, str]
    met: tuple[str, ...] = ()


def select(document: JsonObject, ids: Collection[str], schema: FlowSchema) -> Selection:
    """These nodes of a document; raises Invalid for one that it does not have."""
    wanted = set(ids)
    nodes = [node for node in document["nodes"] if node["id"] in wanted]
    missing = wanted - {node["id"] for node in nodes}
    if missing:
        raise Invalid(f"there is no node {min(missing)!r} in {document.get('key')!r}", detail={"pointer": "/nodes/ids"})
    used = {name for node in nodes for name in _variables_of(node, schema)}
    return Selection(
        nodes=nodes,
        edges=[edge for edge in document["edges"] if edge["source"] in wanted and edge["target"] in wanted],
        variables=[each for each in document.get("variables", ()) if each["name"] in used],
        frames=[
            {**frame, "nodes": [node for node in frame["nodes"] if node in wanted]}
            for frame in document.get("frames", ())
            if wanted & set(frame["nodes"])
        ],
    )


def paste(
    document: JsonObject, selection: Selection, schema: FlowSchema, *, offset: tuple[float, float] = (0, 0)
) -> Pasted:
    """The document with the selection in it, moved by `offset`."""
    ids = fresh_ids([node["id"] for node in selection.nodes], {node["id"] for node in document["nodes"]})
    nodes = [_moved(with_ids(node, ids, schema), offset) for node in selection.nodes]
    edges = [
        {**edge, "source": ids[edge["source"]], "target": ids[edge["target"]]}
        for edge in selection.edges
        if edge["source"] in ids and edge["target"] in ids
    ]
    declared = {each["name"]: each for each in document.get("variables", ())}
    new = [each for each in selection.variables if each["name"] not in declared]
    frames = _frames(selection.frames, ids, {frame["id"] for frame in document.get("frames", ())})
    pasted = {**document, "nodes": [*document["nodes"], *nodes], "edges": [*document["edges"], *edges]}
    if new:
        pasted["variables"] = [*document.get("variables", ()), *new]
    if frames:
        pasted["frames"] = [*document.get("frames", ()), *frames]
    met = (each["name"] for each in selection.variables if declared.get(each["name"], each) != each)
    return Pasted(pasted, ids, tuple(met))


def fresh_ids(wanted: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """An id nobody has for each one wanted: itself where it is free, else with the next number.

    >>> fresh_ids(["menu", "fim"], {"menu", "menu_2"})
    {'menu': 'menu_3', 'fim': 'fim'}
    """
    wanted = list(dict.fromkeys(wanted))
    used = {*taken}
    ids = {each: each for each in wanted if each not in used}
    used |= set(ids)
    for each in wanted:
        if each not in ids:
            ids[each] = _numbered(each, used)
            used.add(ids[each])
    return {each: ids[each] for each in wanted}


def named_by(selection: Selection, schema: FlowSchema) -> list[Reference]:
    """What the nodes name of their account."""
    return [
        reference
        for place, node in enumerate(selection.nodes)
        for reference in node_references(node["id"], node["type"], node["params"], place, schema)
    ]


def _numbered(wanted: str, used: Collection[str]) -> str:
    base, number = re.sub(r"_\d+$", "", wanted), 2
    while True:
        end = f"_{number}"
        new = base[: LONGEST_ID - len(end)] + end
        if new not in used:
            return new
        number += 1


def _frames(frames: Sequence[JsonObject], ids: Mapping[str, str], taken: Collection[str]) -> list[dict[str, Any]]:
    new = fresh_ids([frame["id"] for frame in frames], taken)
    return [
        {**frame, "id": new[frame["id"]], "nodes": [ids[node] for node in frame["nodes"] if node in ids]}
        for frame in frames
    ]


def _moved(node: dict[str, Any], offset: tuple[float, float]) -> dict[str, Any]:
    place = node.get("position")
    return {**node, "position": {"x": place["x"] + offset[0], "y": place["y"] + offset[1]}} if place else node


def _variables_of(node: JsonObject, schema: FlowSchema) -> set[str]:
    """The variables a node reads or sets."""
    params = node["params"]
    texts = list(texts_in(params))
    names = {read[1] for text in texts for read in _reads_of(text) if read[0] == "vars" and len(read) > 1}
    names |= {text.removeprefix("vars.") for text in texts if text.startswith("vars.")}
    if node.get("type") in schema.nodes:
        paths = schema.marks(node["type"], "x-widget", "variable")
        names |= {found.value for found in marked(params, paths) if isinstance(found.value, str)}
    return names


def _reads_of(text: str) -> frozenset[tuple[str, ...]]:
    """The names a template reads, if variables are among them."""
    try:
        return compile_template(text).reads if "{" in text and "vars" in text else frozenset()
    except BadTemplate:
        return frozenset()
