"""The history of a draft: who changed what and when, how it stood, and names for the points one goes back to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.drafts import today
from builder_ui.api.shapes import Body, Query, Shape
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.diff import diff
from flowengine.core.diff_words import lines_of
from flowengine.core.errors import NotFound
from flowengine.core.naming import LANGUAGES
from flowengine.nodes import FLOW_SCHEMA
from flowengine.store.flow_points import PointHead
from flowengine.store.unit import Unit

PAGE = 20
MOST_LINES = 12  # of what a sitting changed; the whole is seen by looking at the point
LAST = 2**31 - 1

points = APIBlueprint("points", __name__, tag="Flows")

Document = dict[str, Any]


class Page(Query):
    """Points of revisions before this one."""

    before: int = Field(LAST, ge=1, le=LAST)


class Who(Shape):
    """A member."""

    id: UUID
    name: str


class Lines(Shape):
    """What changed, a line each; `more` were left out."""

    lines: list[str]
    more: int


class Point(Shape):
    """How the draft stood after one sitting of one person; `changed` since the point before, by language."""

    revision: int
    name: str
    by: Who | None
    begun_at: datetime
    saved_at: datetime
    changed: dict[str, Lines] | None


class Points(Shape):
    """Newest first; `before` asks for those that follow, null where there are none."""

    points: list[Point]
    before: int | None


class PointWithDocument(Shape):
    """A point as the builder would edit it."""

    revision: int
    document: Document


class Named(Body):
    """What a point is called; empty takes the name away."""

    name: Annotated[str, Field(max_length=120)]


@points.get("/flows/<uuid:flow_id>/points")
@allowed("see flows")
@points.input(Page, location="query")
@points.output(Points)
def listed(flow_id: UUID, query_data: Page) -> Any:
    """The history of the draft, a page of it."""
    with reading(me().account_id) as unit:
        _prove(unit, flow_id)
        heads = unit.points.heads(flow_id, until=query_data.before, most=PAGE)
        wanted = {each.revision for each in heads} | {each.before for each in heads if each.before is not None}
        documents = unit.points.documents(flow_id, wanted)
    last = heads[-1] if heads else None
    return {
        "points": [_shown(each, documents) for each in heads],
        "before": last.revision if last is not None and last.before is not None else None,
    }


@points.get("/flows/<uuid:flow_id>/points/<int:revision>")
@allowed("see flows")
@points.output(PointWithDocument)
def read(flow_id: UUID, revision: int) -> Any:
    """How the draft stood then."""
    with reading(me().account_id) as unit:
        _prove(unit, flow_id)
        point = unit.points.get(flow_id, revision) if revision <= LAST else None
    if point is None:
        raise NotFound("There is no such point.")
    return {"revision": point.revision, "document": today(point.document)}


@points.put("/flows/<uuid:flow_id>/points/<int:revision>/name")
@allowed("edit flows")
@points.input(Named)
@points.output({}, status_code=204)
def name(flow_id: UUID, revision: int, json_data: Named) -> Any:
    """Name a point, so that it is found again and outlives those without a name."""
    with writing(me().account_id) as unit:
        _prove(unit, flow_id)
        if revision > LAST:
            raise NotFound("There is no such point.")
        unit.points.name(flow_id, revision, json_data.name.strip())
    return ""


def _shown(head: PointHead, documents: Any) -> dict[str, Any]:
    before, after = documents.get(head.before), documents.get(head.revision)
    return {
        "revision": head.revision,
        "name": head.name,
        "by": {"id": head.saved_by, "name": head.saved_by_name or ""} if head.saved_by else None,
        "begun_at": head.begun_at,
        "saved_at": head.saved_at,
        "changed": None if before is None or after is None else _changed(before, after),
    }


def _changed(before: Document, after: Document) -> dict[str, Any]:
    found = diff(before, after, FLOW_SCHEMA)
    lines = {language: lines_of(found, language) for language in LANGUAGES}
    return {
        language: {"lines": all[:MOST_LINES], "more": max(0, len(all) - MOST_LINES)} for language, all in lines.items()
    }


def _prove(unit: Unit, flow_id: UUID) -> None:
    if unit.flows.get(flow_id) is None:
        raise NotFound("There is no such flow.")
