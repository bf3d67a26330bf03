"""Tags: short coloured words on contacts and conversations."""

from __future__ import annotations

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, new_slug, note, there
from builder_ui.api.shapes import Body, Shape, Text
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.crm.uses import retire
from flowengine.store.unit import Unit

tags = APIBlueprint("tags", __name__, tag="Account")

Name = Annotated[Text, Field(min_length=1, max_length=50)]
Color = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class NewTag(Body):
    """A tag; without a slug it gets one from its name."""

    slug: NewSlug | None = None
    name: Name
    color: Color = "#6b7280"


class ChangedTag(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    color: Color = LEFT_OUT


class Tag(Shape):
    """A tag as it is."""

    slug: str
    name: str
    color: str
    uses_contacts: int = Field(description="How many contacts have it.")


class Tags(Shape):
    """By name."""

    tags: list[Tag]


@tags.get("/tags")
@allowed("see texts")
@tags.output(Tags)
def list_tags() -> Any:
    """All tags of the account."""
    with reading(me().account_id) as unit:
        return {"tags": _rows(unit)}


@tags.post("/tags")
@allowed("manage account")
@tags.input(NewTag)
@tags.output(Tag, status_code=201)
def create(json_data: NewTag) -> Any:
    """A new tag."""
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.tags.free)
        unit.tags.add(slug, name=json_data.name, color=json_data.color)
        note(unit, "tag", slug, "created")
        return _row(unit, slug)


@tags.patch("/tags/<slug>")
@allowed("manage account")
@tags.input(ChangedTag)
@tags.output(Tag)
def change(slug: str, json_data: ChangedTag) -> Any:
    """Another name or colour."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.tags.named(slug), slug)
        if new:
            unit.tags.change(now.slug, **new)
            note(unit, "tag", now.slug, "changed", new)
        return _row(unit, now.slug)


@tags.delete("/tags/<slug>")
@allowed("manage account")
@tags.input(Removal, location="query")
@tags.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it, also from what has it; with a successor that has the successor instead."""
    with writing(me().account_id) as unit:
        now = there(unit.tags.named(slug), slug)
        retire(unit, "tag", now.slug, query_data.successor)
        heir = unit.tags.named(query_data.successor) if query_data.successor else None
        unit.tags.hand_over(now.id, None if heir is None else heir.id)
        unit.tags.remove(now.slug)
        note(unit, "tag", now.slug, "removed", successor=query_data.successor)
    return ""


def _rows(unit: Unit) -> list[dict[str, Any]]:
    return [
        {"slug": each.slug, "name": each.name, "color": each.color, "uses_contacts": each.contacts}
        for each in unit.tags.rows()
    ]


def _row(unit: Unit, slug: str) -> dict[str, Any]:
    return next(each for each in _rows(unit) if each["slug"] == slug)
