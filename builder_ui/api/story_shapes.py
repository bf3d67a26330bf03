"""How stories, what came of them, and rehearsals look from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from builder_ui.api.shapes import Body, Finding, Shape, Words

Document = dict[str, Any]
Stories = Annotated[dict[str, Any], Field(description="As schemas/story.schema.json describes a file of stories.")]


class Kept(Shape):
    """The stories of a flow; revision 0 and no document where there are none."""

    document: Document | None
    revision: int
    updated_at: datetime | None


class Keep(Body):
    """Stories over the revision they were made from; 0 for the first."""

    document: Stories
    revision: int = Field(ge=0)


class ToTell(Body):
    """What is to be told; absent, what is kept: the flow's draft and its stories."""

    document: Document | None = None
    stories: Stories | None = None


class Line(Shape):
    """A line of a comparison: as expected (" "), expected and missing ("-"), or come unexpected ("+")."""

    sign: Literal[" ", "-", "+"] = Field(alias="is")
    text: str


class Failed(Shape):
    """What did not come true; `exchange` is its number, from 1, `node` the step whose answer is not known."""

    code: str
    exchange: int | None
    message: Words
    diff: list[Line]
    node: str | None = None


class Story(Shape):
    """A story; it came true where nothing failed."""

    name: str
    failures: list[Failed]


class Reached(Shape):
    """How many of them all."""

    reached: int
    of: int


class Unreached(Shape):
    """Steps by id, ports as `step.port`."""

    nodes: list[str]
    ports: list[str]


class Results(Shape):
    """What came of the stories, and how much of the flow they pass; ports are those that a wire leaves.

    `findings` are what publishing would warn of.
    """

    findings: list[Finding]
    stories: list[Story]
    nodes: Reached
    ports: Reached
    unreached: Unreached


class ToRehearse(Body):
    """All that is to happen, from the beginning; absent: the flow's draft, the usual world."""

    document: Document | None = None
    world: dict[str, Any] = {}
    acts: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=200)]


class Said(Shape):
    """A message of the bot's as the channel shows it; where options are in the `text`, the list of them is empty."""

    text: str
    show_as: Literal["buttons", "list", "text"]
    options: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    location: dict[str, Any] | None
    contact_card: dict[str, Any] | None


class Came(Shape):
    """What an act brought about, and how the talk stands then.

    `exchange` is the act with what came of it, as a story keeps it. `effects` are those that are no messages.
    """

    exchange: dict[str, Any]
    messages: list[Said]
    effects: list[dict[str, Any]]
    trace: list[dict[str, Any]]
    variables: dict[str, Any]
    answers: dict[str, Any]
    state: Literal["bot", "queued", "finished"]
    team: str | None
    now: datetime
    waits_at: str | None = Field(description="The step at which the run waits.")
    next_timer: datetime | None
    status: Literal["open", "completed", "failed", "ended"] | None
    outcome: str | None
    error: dict[str, Any] | None


class Rehearsed(Shape):
    """What came of each act. `world` is the one it was played in: a story that keeps it comes true.

    `stopped` says why the acts that follow were not played, `halfway` what came of the first of these until then.
    """

    world: dict[str, Any]
    acts: list[Came]
    halfway: Came | None
    stopped: Failed | None
