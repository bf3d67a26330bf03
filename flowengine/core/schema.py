"""The flow schema, put together from its files; says what is wrong with a document as (path, keyword, detail).

jsonschema-rs is the engine; jsonschema, 300 times slower, is the reference that the tests hold it to. Their texts
differ, so no text of theirs is ever shown: sentences are made from path and keyword (wording.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator

from flowengine.core.marks import MarkedPath, PathPart, marked_paths

# A node type's params of this version, as the next one has them; pure, and patient with drafts.
UpgradeParams = Callable[[dict[str, Any], int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SchemaError:
    """What is wrong at `path`; `detail` holds what a sentence needs: limit, property, unexpected, options, types."""

    path: tuple[PathPart, ...]
    keyword: str
    detail: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def pointer(self) -> str:
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)


class DocumentSchema:
    """A schema without outside references, ready to judge documents. Made once, then only read."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._engine = jsonschema_rs.validator_for(document)

    def errors(self, document: Any) -> Iterator[SchemaError]:
        """What the engine finds, in the order of the document."""
        for error in self._engine.iter_errors(document):
            yield SchemaError(tuple(error.instance_path), error.kind.name, error.kind.as_dict())

    def reference_errors(self, document: Any) -> Iterator[SchemaError]:
        """The same by the reference implementation: for tests."""
        for error in Draft202012Validator(self.document).iter_errors(document):
            yield SchemaError(tuple(error.absolute_path), str(error.validator), {"limit": error.validator_value})


class FlowSchema(DocumentSchema):
    """The schema of flows whose nodes are of these types."""

    def __init__(
        self,
        flow: Mapping[str, Any],
        definitions: Mapping[str, Any],
        nodes: Mapping[str, Mapping[str, Any]],
        upgrades: Mapping[str, UpgradeParams] | None = None,
    ) -> None:
        super().__init__(put_together(flow, definitions, nodes))
        self.nodes = nodes
        self.upgrades = upgrades or {}
        self._settings = self._settings_of_all_kinds()
        # The operands that name a thing of the account, and its kind: {"hours.team:*": "team"}.
        self.operand_references: Mapping[str, str] = {
            operand["id"]: operand["x-ref"] for operand in definitions.get("x-operands", ()) if "x-ref" in operand
        }
        # The catalogue of events, by id.
        self.events: Mapping[str, Mapping[str, Any]] = {event["id"]: event for event in definitions.get("x-events", ())}
        # And that of operators.
        self.operators: Mapping[str, Mapping[str, Any]] = {op["id"]: op for op in definitions.get("x-operators", ())}

    def about(self, type_name: str | None, path: tuple[PathPart, ...]) -> Mapping[str, Any]:
        """The part of the schema that describes `path`; {} where it describes nothing.

        With `type_name` the path is one within the params of a node of that type.
        """
        if type_name is None and path[:1] == ("settings",):
            return self._about(self._settings, path[1:])
        return self._about(self.nodes.get(type_name, {}) if type_name else self.document, path)

    def _about(self, place: Any, path: tuple[PathPart, ...]) -> Mapping[str, Any]:
        for part in path:
            place = self.resolve(place)
            place = place.get("items") if isinstance(part, int) else place.get("properties", {}).get(part)
            if not isinstance(place, Mapping):
                return {}
        return {**self.resolve(place), **place}

    @lru_cache(maxsize=1024)  # noqa: B019 - there is one schema a process, and it lives as long
    def marks(self, type_name: str | None, mark: str, value: str | None = None) -> tuple[MarkedPath, ...]:
        """Where the schema of this node type's params (None: of the settings) carries a mark."""
        about = self.nodes[type_name] if type_name else self._settings
        return tuple(marked_paths(about, mark, value, self.resolve))

    def _settings_of_all_kinds(self) -> dict[str, Any]:
        """What all kinds may say, in one schema: a word that several of them know means the same in each."""
        kinds = self.document["properties"]["kind"]["enum"]
        each = [self.document["$defs"][f"{kind}_settings"]["properties"] for kind in kinds]
        merged: dict[str, Any] = {name: about for properties in reversed(each) for name, about in properties.items()}
        return {**self.document["properties"]["settings"], "properties": merged}

    def resolve(self, place: Mapping[str, Any]) -> Mapping[str, Any]:
        """A part of a schema with what it refers to put in; its own words win."""
        reference = place.get("$ref")
        if not isinstance(reference, str):
            return place
        found = self.document["$defs"].get(reference.rsplit("/", 1)[-1], {})
        return {**self.resolve(found), **place}


def put_together(
    flow: Mapping[str, Any], definitions: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """One schema without outside references: an enum of the node types, and an if/then with a $ref for each.

    Never oneOf: its errors say "none of these fits" at the node, and it takes five times as long.
    """
    whole = with_definitions(flow, definitions)
    types = sorted(nodes)
    node = whole["$defs"]["node"]
    node["properties"]["type"] = {**node["properties"]["type"], "enum": types}
    node["allOf"] = [
        {
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": {"properties": {"params": {"$ref": f"#/$defs/node-{name}"}}},
        }
        for name in types
    ]
    whole["$defs"].update({f"node-{name}": _with_local_references(nodes[name]) for name in types})
    return whole


def with_definitions(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with the definitions it refers to put in."""
    whole = _with_local_references(schema)
    whole["$defs"].update(_with_local_references(definitions["$defs"]))
    return whole


def _with_local_references(part: Mapping[str, Any]) -> dict[str, Any]:
    """A copy in which references to definitions.json point into the schema put together."""
    text = json.dumps(part).replace('"../definitions.json#', '"#').replace('"definitions.json#', '"#')
    copy: dict[str, Any] = json.loads(text)
    copy.pop("$schema", None)
    return copy
