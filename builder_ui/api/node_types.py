"""What the builder draws its palette, cards and forms from: the public schemas, as they are."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES

node_types = APIBlueprint("node_types", __name__, tag="Flows")


class NodeTypes(Shape):
    """JSON Schemas 2020-12 with the builder's marks (x-…)."""

    groups: list[dict[str, Any]]
    types: dict[str, dict[str, Any]]
    flow: dict[str, Any]
    definitions: dict[str, Any] = Field(description="What the schemas refer to as definitions.json.")


@node_types.get("/node-types")
@allowed("see flows")
@node_types.output(NodeTypes)
def read() -> Any:
    """All node types, and the schema of flows."""
    return {
        "groups": DEFINITIONS["x-groups"],
        "types": {name: kind.schema for name, kind in NODE_TYPES.items()},
        "flow": FLOW_SCHEMA.document,
        "definitions": DEFINITIONS,
    }
