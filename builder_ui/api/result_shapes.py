"""How what became of a flow's runs looks from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from builder_ui.api.shapes import Body, Named, Option, Query, Shape

Fate = Literal["waiting", "dropped", "handed_off", "failed", "completed", "ended"]
NUMBER = 2**31 - 1


class Period(Query):
    """Of one version or all; runs that began from one moment on, up to another (the last seven days)."""

    version: int | None = Field(None, ge=1, le=NUMBER)
    since: AwareDatetime | None = Field(None, alias="from")
    until: AwareDatetime | None = Field(None, alias="to")


class Which(Period):
    """Runs of a period: that came to a step (and left it by a port), stand or ended at one, met a fate; a contact's."""

    fate: Fate | None = None
    stopped_at: str | None = Field(None, max_length=200)
    node: str | None = Field(None, max_length=200)
    port: str | None = Field(None, max_length=200)
    contact: UUID | None = None
    before: UUID | None = None


class NodeResults(Shape):
    """One step in numbers of runs; `seconds` is the median time of those that waited there and left.

    Where no run passes twice, `reached` is the sum of the ways out that led on and of what became of the others.
    """

    node: str
    reached: int
    ports: dict[str, int]
    waiting: int = 0
    dropped: int = 0
    handed_off: int = 0
    failed: int = 0
    completed: int = 0
    ended: int = 0
    seconds: float | None = None


class Results(Shape):
    """`fates` counts all runs by what became of them; `seconds` is the median length of the completed ones."""

    since: datetime = Field(alias="from")
    until: datetime = Field(alias="to")
    runs: int
    fates: dict[Fate, int]
    seconds: float | None
    nodes: list[NodeResults]


class RunRow(Shape):
    """A run; `node` is where it stands or ended, `since` when it came to wait there.

    `contact` is null for those who may not see the conversation.
    """

    id: UUID
    version: int
    contact: Named | None
    conversation: UUID | None
    fate: Fate
    reason: str | None
    error: str | None
    node: str | None
    since: datetime | None
    started_at: datetime
    ended_at: datetime | None
    turns: int


class Rows(Shape):
    """Newest first; `before` asks for those that follow, null where there are none."""

    runs: list[RunRow]
    before: UUID | None


class Heard(Shape):
    """What a turn was told; `text` and `choice` of a message, `name` of a fact, else empty."""

    kind: str
    at: datetime
    text: str
    choice: str | None
    name: str


class Said(Shape):
    """What was answered; `node` said it."""

    node: str
    text: str
    options: list[Option]


class Passed(Shape):
    """A step of the walk; `version` is that of a flow that was called, empty for the run's own."""

    node: str
    type: str
    port: str | None
    why: str
    answer: Any
    version: str


class Turn(Shape):
    """One event and what came of it; `done` are the kinds of all else that was asked for."""

    number: int
    at: datetime
    heard: Heard
    steps: list[Passed]
    said: list[Said]
    done: list[str]


class Run(Shape):
    """A run turn by turn. `hidden`: its words are for those who may see the conversation."""

    id: UUID
    version: int
    contact: Named | None
    conversation: UUID | None
    status: str
    reason: str | None
    node: str | None
    hidden: bool
    turns: list[Turn]


class Waiting(Shape):
    """People at a step now."""

    version: int
    node: str | None
    runs: int


class People(Shape):
    """Who is in the flow now, whenever they came."""

    runs: int
    waiting: list[Waiting]


class Stop(Body):
    """End runs of a version, of those before one, waiting at a step; without a question: all of the flow.

    `then` says where a conversation goes that was still the bot's: nowhere, or to the flow's default team.
    """

    version: int | None = Field(None, ge=1, le=NUMBER)
    before_version: int | None = Field(None, ge=1, le=NUMBER)
    node: str | None = Field(None, max_length=200)
    then: Literal["end", "default_team"] = "end"


class Stopping(Shape):
    """How many have been ended by this call; ask again while there are `more`."""

    stopped: int
    more: bool
