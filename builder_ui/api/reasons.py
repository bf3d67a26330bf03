"""Reasons: why a conversation was finished or a deal was lost."""

from __future__ import annotations

from typing import Any, Literal

from apiflask import APIBlueprint

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.crm.uses import retire
from flowengine.store import reasons as store

reasons = APIBlueprint("reasons", __name__, tag="Account")

Kind = Literal["resolved", "lost", "other"]


class NewReason(Body):
    """A reason; without a slug it gets one from its name."""

    slug: NewSlug | None = None
    name: Name
    kind: Kind = "other"


class ChangedReason(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    kind: Kind = LEFT_OUT


class Reason(Shape):
    """A reason as it is."""

    slug: str
    name: str
    kind: Kind


class Reasons(Shape):
    """By name."""

    reasons: list[Reason]


@reasons.get("/reasons")
@allowed("see texts")
@reasons.output(Reasons)
def list_reasons() -> Any:
    """All reasons of the account."""
    with reading(me().account_id) as unit:
        return {"reasons": [_shown(each) for each in unit.reasons.all()]}


@reasons.post("/reasons")
@allowed("manage account")
@reasons.input(NewReason)
@reasons.output(Reason, status_code=201)
def create(json_data: NewReason) -> Any:
    """A new reason."""
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.reasons.free)
        made = unit.reasons.add(slug, name=json_data.name, kind=json_data.kind)
        note(unit, "reason", slug, "created")
        return _shown(made)


@reasons.patch("/reasons/<slug>")
@allowed("manage account")
@reasons.input(ChangedReason)
@reasons.output(Reason)
def change(slug: str, json_data: ChangedReason) -> Any:
    """Another name or kind."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.reasons.named(slug), slug)
        if not new:
            return _shown(now)
        note(unit, "reason", now.slug, "changed", new)
        return _shown(there(unit.reasons.change(now.slug, **new)))


@reasons.delete("/reasons/<slug>")
@allowed("manage account")
@reasons.input(Removal, location="query")
@reasons.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where it is used a successor takes its place, or it stays. What was finished for it keeps its name."""
    with writing(me().account_id) as unit:
        now = there(unit.reasons.named(slug), slug)
        retire(unit, "reason", now.slug, query_data.successor)
        unit.reasons.remove(now.slug)
        note(unit, "reason", now.slug, "removed", successor=query_data.successor)
    return ""


def _shown(reason: store.Reason) -> dict[str, Any]:
    return {"slug": reason.slug, "name": reason.name, "kind": reason.kind}
