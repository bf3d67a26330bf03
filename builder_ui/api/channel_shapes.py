"""How channels, and the flows that answer on them, look from outside."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT
from builder_ui.api.flow_shapes import Hours
from builder_ui.api.shapes import Body, ChannelRef, Name, Shape, Slug, Text
from flowengine.channels.http import MOST_AT_ONCE

FASTEST = 10_000  # messages a second: no receiver takes more, and a typing error of three zeros is found

# As those of a start (schemas/nodes/trigger.json, terms).
Keyword = Annotated[Text, Field(min_length=1, max_length=200)]
PerSecond = Annotated[float, Field(gt=0, le=FASTEST, allow_inf_nan=False)]
Together = Annotated[int, Field(ge=1, le=MOST_AT_ONCE)]


class Channel(Shape):
    """A channel as administrators see it; `flows` are the names of those that answer, in their order."""

    key: str
    kind: str
    name: str
    team: str | None
    callback: bool = Field(description="Whether messages are sent to an address; else they are fetched.")
    per_second: float | None = Field(description="Callbacks a second at most (schemas/channels/http.json); null: any.")
    together: int | None = Field(description="Messages in one callback at most, as a list; null: each by itself.")
    flows: list[str]


class Channels(Shape):
    """By name."""

    channels: list[Channel]


class ChangedChannel(Body):
    """What is to be different; null takes a limit away."""

    name: Name = LEFT_OUT
    team: Slug = LEFT_OUT
    per_second: PerSecond | None = LEFT_OUT
    together: Together | None = LEFT_OUT


class NewListener(Body):
    """A flow that is to answer: when, to any message or not, and what keywords of the channel start it."""

    flow: Slug
    hours: Hours = "always"
    any_message: bool = True
    keywords: Annotated[list[Keyword], Field(max_length=50)] = []


class NewListeners(Body):
    """All flows that are to answer, in the order in which they are asked; `before`: those that answered until now."""

    flows: Annotated[list[NewListener], Field(max_length=100)]
    before: list[Slug] | None = None


class Start(Shape):
    """A start of a flow's live version; `conditional`: only where its condition holds."""

    event: str
    first: bool
    terms: list[str]
    match: str
    conditional: bool


class Listener(Shape):
    """A flow that is to answer; `live`: it has a version; nobody begins one that is `stopped`."""

    id: UUID
    flow: Slug
    name: str
    live: bool
    stopped: bool
    hours: Hours
    any_message: bool
    keywords: list[str]
    starts: list[Start]


class HoursNow(Shape):
    """The hours of the channel's team, and whether they are open at this moment."""

    slug: str
    name: str
    open: bool


class ChannelFlows(Shape):
    """Which flows answer on a channel, in the order in which they are asked; without hours it is always open."""

    channel: ChannelRef
    hours: HoursNow | None
    flows: list[Listener]
