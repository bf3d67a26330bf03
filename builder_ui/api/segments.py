"""Segments: named conditions on contacts, that flows can ask about."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from builder_ui.api.account_things import LEFT_OUT, Description, NewSlug, given, new_slug, note, there
from builder_ui.api.shapes import Body, Finding, Name, Shape
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.crm.segments import mistakes_in, readable
from flowengine.crm.uses import retire
from flowengine.store import segments as store

segments = APIBlueprint("segments", __name__, tag="Account")

Condition = dict[str, Any]


class NewSegment(Body):
    """A segment; without a slug it gets one from its name. The definition looks at the contact alone."""

    slug: NewSlug | None = None
    name: Name
    description: Description = ""
    definition: Condition


class ChangedSegment(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    description: Description = LEFT_OUT
    definition: Condition = LEFT_OUT


class Definition(Body):
    """A definition that is only looked at; `slug` is the segment's own, which it must not lead back to."""

    slug: NewSlug | None = None
    definition: Condition


class Segment(Shape):
    """A segment as it is."""

    slug: str
    name: str
    description: str
    definition: Condition


class Segments(Shape):
    """By name."""

    segments: list[Segment]


class Findings(Shape):
    """Empty for a definition that can be judged."""

    findings: list[Finding]


@segments.get("/segments")
@allowed("see account")
@segments.output(Segments)
def list_segments() -> Any:
    """All segments of the account."""
    with reading(me().account_id) as unit:
        return {"segments": [_shown(each) for each in unit.segments.all()]}


@segments.post("/segments")
@allowed("manage account")
@segments.input(NewSegment)
@segments.output(Segment, status_code=201)
def create(json_data: NewSegment) -> Any:
    """A new segment; 422 in words for a definition that cannot be judged."""
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.segments.free)
        readable(unit, json_data.definition, slug)
        made = unit.segments.add(
            slug, name=json_data.name, description=json_data.description, definition=json_data.definition
        )
        note(unit, "segment", slug, "created")
        return _shown(made)


@segments.patch("/segments/<slug>")
@allowed("manage account")
@segments.input(ChangedSegment)
@segments.output(Segment)
def change(slug: str, json_data: ChangedSegment) -> Any:
    """Another name, description or definition."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.segments.named(slug), slug)
        if not new:
            return _shown(now)
        if "definition" in new:
            readable(unit, new["definition"], now.slug)
        note(unit, "segment", now.slug, "changed", new)
        return _shown(there(unit.segments.change(now.slug, **new)))


@segments.delete("/segments/<slug>")
@allowed("manage account")
@segments.input(Removal, location="query")
@segments.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where it is used a successor takes its place, or it stays."""
    with writing(me().account_id) as unit:
        now = there(unit.segments.named(slug), slug)
        retire(unit, "segment", now.slug, query_data.successor)
        unit.segments.remove(now.slug)
        note(unit, "segment", now.slug, "removed", successor=query_data.successor)
    return ""


@segments.post("/segments/check")
@allowed("see account")
@segments.input(Definition)
@segments.output(Findings)
def check(json_data: Definition) -> Any:
    """What is wrong with a definition; nothing is saved."""
    with reading(me().account_id) as unit:
        found = mistakes_in(unit, json_data.definition, json_data.slug)
    about = {"code": "segment", "severity": "error", "node": None, "edge": None, "fix": None}
    return {"findings": [{**about, "pointer": each.pointer, "message": dict(each.message)} for each in found]}


def _shown(segment: store.Segment) -> dict[str, Any]:
    return {
        "slug": segment.slug,
        "name": segment.name,
        "description": segment.description,
        "definition": segment.definition,
    }
