"""What differs between two versions of a flow, or between one and its draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Query, Shape, Words
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.core.diff import diff
from flowengine.core.errors import NotFound
from flowengine.nodes import FLOW_SCHEMA
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit

diffs = APIBlueprint("diffs", __name__, tag="Flows")

Which = r"^([1-9]\d{0,8}|draft|live)$"


class Between(Query):
    """Two of: a version's number, `draft`, `live`."""

    before: str = Field("live", pattern=Which, alias="from")
    after: str = Field("draft", pattern=Which, alias="to")


class FieldChange(Shape):
    """A value that is another; null where it is not there. `title` is the way to it in people's words."""

    pointer: str
    title: Words
    before: Any
    after: Any


class NodeChange(Shape):
    """A node that differs; `was` is its id before, where that was another."""

    id: str
    type: str
    name: Words
    was: str | None = None
    fields: list[FieldChange] = []


class Nodes(Shape):
    """`moved` ones only lie elsewhere, or that as well."""

    added: list[NodeChange]
    removed: list[NodeChange]
    changed: list[NodeChange]
    renamed: list[NodeChange]
    moved: list[str]


class WireChange(Shape):
    """Where a port led and leads; null where it leads nowhere."""

    source: str
    port: str
    before: str | None
    after: str | None


class Diff(Shape):
    """`same`: the two do the same, however they are drawn."""

    same: bool
    nodes: Nodes
    wires: list[WireChange]
    settings: list[FieldChange]
    variables: list[FieldChange]
    flow: list[FieldChange]
    reordered: bool
    drawn: bool


@diffs.get("/flows/<uuid:flow_id>/diff")
@allowed("see flows")
@diffs.input(Between, location="query")
@diffs.output(Diff)
def read(flow_id: UUID, query_data: Between) -> Any:
    """From one to the other; without a question, from what is live to the draft."""
    with reading(me().account_id) as unit:
        flow = unit.flows.get(flow_id)
        if flow is None:
            raise NotFound("There is no such flow.")
        before, after = (_document(unit, flow, which) for which in (query_data.before, query_data.after))
    return diff(before, after, FLOW_SCHEMA).as_data()


def _document(unit: Unit, flow: Flow, which: str) -> dict[str, Any]:
    if which == "draft":
        return flow.draft
    if which == "live":
        found = unit.flows.version(flow.live_version_id) if flow.live_version_id else None
    else:
        found = unit.flows.version_by_number(flow.id, int(which))
    if found is None:
        raise NotFound("There is no such version.")
    return found.document
