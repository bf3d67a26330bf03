"""Where a thing of the account is used: what is asked before it is changed or removed."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Query, Shape, Slug
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.core.errors import NotFound
from flowengine.crm.catalogue import catalogue
from flowengine.crm.uses import uses_of

uses = APIBlueprint("uses", __name__, tag="Account")

KINDS = {
    "ai": "ai",
    "constants": "constant",
    "fields": "field",
    "pipelines": "pipeline",
    "portfolios": "portfolio",
    "reasons": "reason",
    "secrets": "secret",
    "segments": "segment",
    "snippets": "snippet",
    "tags": "tag",
    "teams": "team",
    "templates": "template",
    "users": "user",
}


class FlowUse(Shape):
    """A flow that names the thing: in its draft, in what is live or still walked."""

    id: UUID
    key: str
    name: str
    draft: bool
    live: bool
    nodes: list[str] = Field(description="Ids; empty where only the settings name it.")


class OtherUse(Shape):
    """Another thing of the account that names it."""

    kind: str
    slug: str
    name: str


class Uses(Shape):
    """Nobody: it may be removed without a successor."""

    flows: list[FlowUse]
    others: list[OtherUse]


class Removal(Query):
    """Who takes the place of what is removed; its slug stays as an alias of that one."""

    successor: Slug | None = None


class Of(Query):
    """Whose field."""

    of: Literal["contact", "deal"] = "contact"


@uses.get(f"/<any({','.join(KINDS)}):things>/<slug>/uses")
@allowed("see flows")
@uses.input(Of, location="query")
@uses.output(Uses)
def read(things: str, slug: str, query_data: Of) -> Any:
    """The flows and other things that name this one, by its slug or by an alias."""
    kind = "deal_field" if things == "fields" and query_data.of == "deal" else KINDS[things]
    return _read(kind, slug)


@uses.get("/pipelines/<slug>/stages/<stage>/uses")
@allowed("see flows")
@uses.output(Uses)
def read_of_stage(slug: str, stage: str) -> Any:
    """The same of a stage."""
    return _read("stage", f"{slug}/{stage}")


@uses.get("/flows/<uuid:flow_id>/uses")
@allowed("see flows")
@uses.output(Uses)
def read_of_flow(flow_id: UUID) -> Any:
    """The other flows that call this one, start it, or enrol in it."""
    with reading(me().account_id) as unit:
        flow = unit.flows.get(flow_id)
        if flow is None:
            raise NotFound("There is no such flow.")
        return uses_of(unit, "flow", flow.key).as_data()


def _read(kind: str, slug: str) -> Any:
    with reading(me().account_id) as unit:
        if not any(each["slug"] == slug for each in catalogue(unit, {kind})[kind]):
            raise NotFound("There is no such thing.")
        return uses_of(unit, kind, slug).as_data()
