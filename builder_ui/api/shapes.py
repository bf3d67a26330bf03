"""What goes in and out of the API, in shapes that several resources share. Strict: nothing is guessed or ignored."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["pt-BR", "en"]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]  # PostgreSQL: text cannot hold U+0000
Name = Annotated[Text, Field(min_length=1, max_length=200)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")]


class Body(BaseModel):
    """What a client sends as JSON."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Query(BaseModel):
    """What a client sends in the address: all of it is text, so numbers are read from text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shape(BaseModel):
    """What the API answers."""

    model_config = ConfigDict(extra="forbid")


class Named(Shape):
    """A person or thing by id and name."""

    id: UUID
    name: str


class TeamRef(Shape):
    """A team by its slug, as documents name it."""

    slug: str
    name: str


class ChannelRef(Shape):
    """A channel by its key, as documents name it."""

    key: str
    kind: str
    name: str


class Edge(Shape):
    """A wire by where it leaves."""

    source: str
    port: str


class Words(Shape):
    """A text in both languages."""

    pt_br: str = Field(alias="pt-BR")
    en: str


class Finding(Shape):
    """What the checker has to say about one place of a flow."""

    code: str
    severity: Literal["error", "warning"]
    node: str | None
    edge: Edge | None
    pointer: str | None
    message: Words
    fix: dict[str, Any] | None


class Option(Shape):
    """A button of a message."""

    id: str
    title: str


class Attachment(Shape):
    """A file of a message."""

    url: str
    mime: str
    name: str


class MessageItem(Shape):
    """Something that was said."""

    kind: Literal["message"]
    id: UUID
    at: datetime
    author: Literal["contact", "bot", "agent"]
    by: Named | None
    text: str
    options: list[Option]
    attachments: list[Attachment]
    status: Literal["received", "queued", "sent", "delivered", "read", "failed", "cancelled"]
    error: str | None = None
    client_id: str | None = None


class NoteItem(Shape):
    """A private note: it can never reach a channel."""

    kind: Literal["note"]
    id: UUID
    at: datetime
    by: Named | None
    text: str


class EventItem(Shape):
    """A change of the conversation: who, when, why and where it was done."""

    kind: Literal["event"]
    id: UUID
    at: datetime
    what: str
    by: Named | None
    where: str
    data: dict[str, Any]


class Step(Shape):
    """One node of a flow's walk, as people read it."""

    at: datetime
    node: str
    type: str
    label: str
    text: str
    answer: str | None
    port: str | None


class FlowRef(Shape):
    """A version of a flow."""

    name: str
    number: int | None


class TraceItem(Shape):
    """What a flow did in between."""

    kind: Literal["trace"]
    id: str
    at: datetime
    until: datetime
    flow: FlowRef
    steps: list[Step]


Item = Annotated[MessageItem | NoteItem | EventItem | TraceItem, Field(discriminator="kind")]
