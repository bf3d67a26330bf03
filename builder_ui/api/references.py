"""What a flow's document may name: the things of the account by their slugs, and by their aliases."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.crm.catalogue import catalogue

references = APIBlueprint("references", __name__, tag="Flows")


class Reference(Shape):
    """A thing as documents name it: by its slug (a channel's or a flow's key, a stage's <pipeline>/<stage>)."""

    slug: str
    name: str
    alias_of: str | None = Field(None, description="The slug of the thing that this one is another name of.")


class AiReference(Reference):
    """An AI endpoint, and which model answers."""

    model: str


class ChannelReference(Reference):
    """A channel, and of which kind."""

    kind: str


class ConstantReference(Reference):
    """A constant with its value."""

    type: str
    value: Any


class Choice(Shape):
    """One of a field's choices."""

    slug: str
    name: str


class FieldReference(Reference):
    """A field, and what it holds."""

    type: str
    choices: list[Choice]
    required: bool


class FlowReference(Reference):
    """A flow; only a live one can be started."""

    kind: str
    live: bool


class StageShort(Shape):
    """A stage within its pipeline."""

    slug: str
    name: str
    kind: str


class PipelineReference(Reference):
    """A pipeline with its stages in order."""

    stages: list[StageShort]


class StageReference(Reference):
    """A stage by `<pipeline>/<stage>`."""

    pipeline: str
    kind: str


class KindReference(Reference):
    """A reason or a portfolio, and of which kind."""

    kind: str


class TagReference(Reference):
    """A tag in its color."""

    color: str


class TeamReference(Reference):
    """A team, and how many in it may answer contacts."""

    members: int


class TemplateReference(Reference):
    """A template with what it wants filled in."""

    status: str
    category: str
    language: str
    channel: str | None
    text: str
    parameters: list[str]


class UserReference(Reference):
    """A person of the account."""

    role: str
    teams: list[str]


class References(Shape):
    """By kind, as `x-ref` names it."""

    ai: list[AiReference]
    channel: list[ChannelReference]
    constant: list[ConstantReference]
    deal_field: list[FieldReference]
    field: list[FieldReference]
    flow: list[FlowReference]
    pipeline: list[PipelineReference]
    portfolio: list[KindReference]
    reason: list[KindReference]
    secret: list[Reference]
    segment: list[Reference]
    snippet: list[Reference]
    stage: list[StageReference]
    tag: list[TagReference]
    team: list[TeamReference]
    template: list[TemplateReference]
    user: list[UserReference]


@references.get("/references")
@allowed("see flows")
@references.output(References)
def read() -> Any:
    """Everything a document may refer to."""
    with reading(me().account_id) as unit:
        return catalogue(unit)
