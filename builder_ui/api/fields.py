"""Fields that the account makes itself, of contacts and of deals."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field as Limits

from builder_ui.api.account_things import LEFT_OUT, Description, NewSlug, VariableName, given, note, there
from builder_ui.api.shapes import Body, Name, Shape
from builder_ui.api.uses import Of, Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.crm import fields as rules
from flowengine.store import fields as store

fields = APIBlueprint("fields", __name__, tag="Account")

Type = Literal[
    "text",
    "long_text",
    "number",
    "integer",
    "money",
    "date",
    "date_time",
    "time",
    "yes_no",
    "choice",
    "choices",
    "user",
    "url",
]


class NewChoice(Body):
    """A choice; without a slug it gets one from its name."""

    slug: NewSlug | None = None
    name: Name


class NewField(Body):
    """A field; texts read it as contact.fields.<slug>. Without a slug it gets one from its name."""

    slug: VariableName | None = None
    name: Name
    of: Literal["contact", "deal"] = "contact"
    type: Type = "text"
    choices: Annotated[list[NewChoice], Limits(max_length=rules.MOST_CHOICES)] = []
    required: bool = False
    unique: bool = False
    in_form: bool = True
    description: Description = ""


class ChangedField(Body):
    """What is to be different; slug and type never are."""

    name: Name = LEFT_OUT
    choices: Annotated[list[NewChoice], Limits(max_length=rules.MOST_CHOICES)] = LEFT_OUT
    required: bool = LEFT_OUT
    unique: bool = LEFT_OUT
    in_form: bool = LEFT_OUT
    description: Description = LEFT_OUT


class Choice(Shape):
    """One of a field's choices."""

    slug: str
    name: str


class Field(Shape):
    """A field as it is."""

    slug: str
    name: str
    of: Literal["contact", "deal"]
    type: Type
    choices: list[Choice]
    required: bool
    unique: bool
    in_form: bool
    description: str


class Fields(Shape):
    """Those of contacts first, by name."""

    fields: list[Field]


class Removed(Of, Removal):
    """Whose field, and who takes its place."""


@fields.get("/fields")
@allowed("see texts")
@fields.output(Fields)
def list_fields() -> Any:
    """All fields of the account."""
    with reading(me().account_id) as unit:
        return {"fields": [_shown(each) for each in unit.fields.all()]}


@fields.post("/fields")
@allowed("manage account")
@fields.input(NewField)
@fields.output(Field, status_code=201)
def create(json_data: NewField) -> Any:
    """A new field."""
    new = json_data.model_dump()
    with writing(me().account_id) as unit:
        made = rules.create(unit, new.pop("of"), new.pop("slug"), **new)
        note(unit, store.KINDS[made.of], made.slug, "created")
        return _shown(made)


@fields.patch("/fields/<slug>")
@allowed("manage account")
@fields.input(Of, location="query")
@fields.input(ChangedField)
@fields.output(Field)
def change(slug: str, json_data: ChangedField, query_data: Of) -> Any:
    """Whatever but slug and type; 409 where contacts hold what would no longer be allowed."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.fields.named(query_data.of, slug), slug)
        if not new:
            return _shown(now)
        note(unit, store.KINDS[now.of], now.slug, "changed", new)
        return _shown(rules.change(unit, now, **new))


@fields.delete("/fields/<slug>")
@allowed("manage account")
@fields.input(Removed, location="query")
@fields.output({}, status_code=204)
def remove(slug: str, query_data: Removed) -> Any:
    """Remove it with what it holds; with a successor of the same type that takes over what it can."""
    with writing(me().account_id) as unit:
        now = there(unit.fields.named(query_data.of, slug), slug)
        rules.remove(unit, now, query_data.successor)
        note(unit, store.KINDS[now.of], now.slug, "removed", successor=query_data.successor)
    return ""


def _shown(field: store.Field) -> dict[str, Any]:
    return {
        "slug": field.slug,
        "name": field.name,
        "of": field.of,
        "type": field.type,
        "choices": field.choices,
        "required": field.required,
        "unique": field.is_unique,
        "in_form": field.in_form,
        "description": field.description,
    }
