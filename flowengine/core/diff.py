"""What differs between two documents: nodes, their fields, wires, settings, variables; moves told from changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flowengine.core.differing import FieldChange, Where, Words, differing, title_of
from flowengine.core.naming import LANGUAGES, called
from flowengine.core.schema import FlowSchema

JsonObject = Mapping[str, Any]

_REST = ("kind", "key", "name", "description", "language")
_DRAWN = ("notes", "frames")


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A node that differs; `was` is its id before where it has another now. Added and removed ones have no fields."""

    id: str
    type: str
    name: Words
    fields: tuple[FieldChange, ...] = ()
    was: str | None = None

    def as_data(self) -> dict[str, Any]:
        data = {"id": self.id, "type": self.type, "name": dict(self.name)}
        fields = [each.as_data() for each in self.fields]
        return data | ({"was": self.was} if self.was else {}) | ({"fields": fields} if fields else {})


@dataclass(frozen=True, slots=True)
class WireChange:
    """Where a port led and leads; None where it leads nowhere. Nodes are named by their ids of afterwards."""

    source: str
    port: str
    before: str | None
    after: str | None

    def as_data(self) -> dict[str, Any]:
        return {"source": self.source, "port": self.port, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Diff:
    """From one document to another.

    `moved` nodes only lie elsewhere, or that as well. `reordered`: the nodes stand in another order, which decides
    between equal triggers. `drawn`: notes or frames differ. `names` is what the nodes of both are called, by id.
    """

    added: tuple[NodeChange, ...] = ()
    removed: tuple[NodeChange, ...] = ()
    changed: tuple[NodeChange, ...] = ()
    renamed: tuple[NodeChange, ...] = ()
    moved: tuple[str, ...] = ()
    wires: tuple[WireChange, ...] = ()
    settings: tuple[FieldChange, ...] = ()
    variables: tuple[FieldChange, ...] = ()
    flow: tuple[FieldChange, ...] = ()
    reordered: bool = False
    drawn: bool = False
    names: Mapping[str, Words] = field(default_factory=dict)

    @property
    def behaves_alike(self) -> bool:
        """Whether the two do the same, however they are drawn."""
        nodes = (self.added, self.removed, self.changed, self.renamed)
        return not any((*nodes, self.wires, self.settings, self.variables, self.flow, self.reordered))

    def as_data(self) -> dict[str, Any]:
        """As the API and `flowengine diff --json` give it."""
        kinds = {"added": self.added, "removed": self.removed, "changed": self.changed, "renamed": self.renamed}
        return {
            "same": self.behaves_alike,
            "nodes": {name: [each.as_data() for each in nodes] for name, nodes in kinds.items()}
            | {"moved": list(self.moved)},
            "wires": [each.as_data() for each in self.wires],
            "settings": [each.as_data() for each in self.settings],
            "variables": [each.as_data() for each in self.variables],
            "flow": [each.as_data() for each in self.flow],
            "reordered": self.reordered,
            "drawn": self.drawn,
        }


def diff(before: JsonObject, after: JsonObject, schema: FlowSchema) -> Diff:
    """What it takes to get from `before` to `after`; of drafts that are not sound, what can be compared."""
    old, new = _by(before, "nodes", "id"), _by(after, "nodes", "id")
    was = _renamed(old, new)
    now = {earlier: later for later, earlier in was.items()}
    kept = {id: old[was.get(id, id)] for id in new if was.get(id, id) in old}
    fields = {id: tuple(_of_node(one, new[id], schema)) for id, one in kept.items()}
    names = {id: called(node.get("label"), _type(node, schema), id) for id, node in {**old, **new}.items()}

    def told(id: str, node: JsonObject, fields: tuple[FieldChange, ...] = (), was: str | None = None) -> NodeChange:
        return NodeChange(id, str(node.get("type")), names[id], fields, was)

    return Diff(
        added=tuple(told(id, node) for id, node in new.items() if id not in kept),
        removed=tuple(told(id, node) for id, node in old.items() if id not in new and id not in now),
        changed=tuple(told(id, new[id], changes) for id, changes in fields.items() if changes),
        renamed=tuple(told(id, new[id], was=earlier) for id, earlier in was.items()),
        moved=tuple(id for id, one in kept.items() if one.get("position") != new[id].get("position")),
        wires=tuple(_wires(before, after, now)),
        settings=tuple(differing(schema, Where(None, ("settings",)), before.get("settings"), after.get("settings"))),
        variables=tuple(_variables(before, after)),
        flow=tuple(_rest(before, after, schema)),
        reordered=[was.get(id, id) for id in kept] != [id for id in old if now.get(id, id) in kept],
        drawn=any((before.get(name) or []) != (after.get(name) or []) for name in _DRAWN),
        names=names,
    )


def _renamed(old: Mapping[str, JsonObject], new: Mapping[str, JsonObject]) -> dict[str, str]:
    """By a node's new id its earlier one: of those gone and those come, the pairs that do the same, and alone do so."""
    gone = _alike({id: node for id, node in old.items() if id not in new})
    come = _alike({id: node for id, node in new.items() if id not in old})
    return {come[what][0]: ids[0] for what, ids in gone.items() if len(ids) == 1 == len(come.get(what, ()))}


def _alike(nodes: Mapping[str, JsonObject]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id, node in nodes.items():
        groups.setdefault(repr((node.get("type"), _plain(node.get("params")))), []).append(id)
    return groups


def _plain(value: Any) -> Any:
    """The same whatever the order of keys."""
    if isinstance(value, Mapping):
        return sorted((key, _plain(below)) for key, below in value.items())
    return [_plain(below) for below in value] if isinstance(value, list) else value


def _of_node(before: JsonObject, after: JsonObject, schema: FlowSchema) -> Iterator[FieldChange]:
    label = (before.get("label") or "", after.get("label") or "")
    if label[0] != label[1]:
        yield FieldChange("/label", {"pt-BR": "Nome", "en": "Name"}, *label)
    if before.get("type") != after.get("type"):
        yield FieldChange("/type", {"pt-BR": "Tipo", "en": "Type"}, before.get("type"), after.get("type"))
    if before.get("version", 1) != after.get("version", 1):
        words = {"pt-BR": "Versão dos parâmetros", "en": "Version of its parameters"}
        yield FieldChange("/version", words, before.get("version", 1), after.get("version", 1))
    params = Where(str(after.get("type")), base="/params")
    yield from differing(schema, params, before.get("params"), after.get("params"))


def _wires(before: JsonObject, after: JsonObject, now: Mapping[str, str]) -> Iterator[WireChange]:
    """In the order of the documents; nodes that have another id now are told by that."""
    old = {(now.get(s, s), port): now.get(t, t) for (s, port), t in _wires_of(before).items()}
    new = _wires_of(after)
    for source, port in dict.fromkeys([*old, *new]):
        led, leads = old.get((source, port)), new.get((source, port))
        if led != leads:
            yield WireChange(source, port, led, leads)


def _wires_of(document: JsonObject) -> dict[tuple[str, str], str]:
    edges = document.get("edges")
    return {
        (str(edge.get("source")), str(edge.get("port"))): str(edge.get("target"))
        for edge in (edges if isinstance(edges, list) else ())
        if isinstance(edge, Mapping)
    }


def _variables(before: JsonObject, after: JsonObject) -> Iterator[FieldChange]:
    old, new = _by(before, "variables", "name"), _by(after, "variables", "name")
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield FieldChange(f"/variables/{name}", dict.fromkeys(LANGUAGES, name), old.get(name), new.get(name))


def _rest(before: JsonObject, after: JsonObject, schema: FlowSchema) -> Iterator[FieldChange]:
    for name in _REST:
        if before.get(name) != after.get(name):
            yield FieldChange(f"/{name}", title_of(schema, Where(None, (name,))), before.get(name), after.get(name))


def _by(document: JsonObject, name: str, key: str) -> dict[str, JsonObject]:
    things = document.get(name)
    return {
        str(each.get(key)): each for each in (things if isinstance(things, list) else ()) if isinstance(each, Mapping)
    }


def _type(node: JsonObject, schema: FlowSchema) -> Mapping[str, Any]:
    return schema.nodes.get(str(node.get("type")), {})
