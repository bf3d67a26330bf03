"""What can happen: past facts, as plain data.

An event knows when it happened and has an id of its own; both come from outside, so that a turn can be taken again
with the same result. Events that answer something a run asked carry the run and the turn that asked: an answer that
comes late, twice or for somebody else then changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

from msgspec import Struct, convert, to_builtins


class Attachment(Struct, frozen=True):
    """A file the contact or we sent; `url` is where it can be fetched."""

    url: str
    mime: str
    name: str = ""


class _Event(Struct, frozen=True):
    kind: ClassVar[str]
    id: str
    at: datetime

    def as_data(self) -> dict[str, Any]:
        """JSON-able; `event_from` reads it back."""
        return {"kind": self.kind, **to_builtins(self)}


class Asked(Struct, frozen=True):
    """Which question a pressed button belongs to: a prefix of the run's id and the turn that sent it."""

    run: str
    turn: int


class MessageReceived(_Event, frozen=True):
    """A contact wrote, pressed an option or sent files.

    `choice` is the id of an option; `asked` tells of which question (None: the sender did not say).
    `location` is a place they shared: latitude, longitude, and name and address where known.
    `channel` and `identity` are ids of the account's; `provider_id` is the sender's own id of the message.
    """

    kind: ClassVar[str] = "message_received"
    text: str = ""
    choice: str | None = None
    asked: Asked | None = None
    attachments: tuple[Attachment, ...] = ()
    channel: str = ""
    identity: str = ""
    provider_id: str = ""
    name: str = ""  # what the sender calls the contact
    location: dict[str, Any] | None = None


class Started(_Event, frozen=True):
    """A run begins at `trigger`; `message` is the one that started it, which answers none of its questions.

    `run` is the run where it stands ready already; without a `trigger` it begins where other flows begin it.
    """

    kind: ClassVar[str] = "started"
    trigger: str = ""
    message: dict[str, Any] | None = None
    variables: dict[str, Any] = {}
    run: str = ""


class TimerFired(_Event, frozen=True):
    """A wait of `run`, begun in `turn`, has lasted as long as its timer `name` said."""

    kind: ClassVar[str] = "timer_fired"
    run: str = ""
    turn: int = 0
    name: str = ""


class HumanFinished(_Event, frozen=True):
    """A person finished the conversation that `run` had handed over in `turn`."""

    kind: ClassVar[str] = "human_finished"
    run: str = ""
    turn: int = 0
    agent: str = ""
    reason: str | None = None


class SendFailed(_Event, frozen=True):
    """The channel did not take a message that `node` of `run` sent in `turn`."""

    kind: ClassVar[str] = "send_failed"
    run: str = ""
    turn: int = 0
    reason: str = ""
    node: str = ""


class CallAnswered(_Event, frozen=True):
    """What came of a call that `run` owed since `turn` (CallHttp, AskAi).

    `ok` says that an answer came and was one the caller wanted (HTTP 2xx; what fits the schema). `body` is JSON, or
    text. `reason` where not: "timeout", "refused", "unknown" (it may have arrived), "status", "invalid"; `error` in
    words.
    """

    kind: ClassVar[str] = "call_answered"
    run: str = ""
    turn: int = 0
    ok: bool = False
    status: int = 0
    headers: dict[str, str] = {}
    body: Any = None
    reason: str = ""
    error: str = ""


class Commanded(_Event, frozen=True):
    """The contact said a word that steers the flow at any time: see `commands` in the settings of chatbots.

    `do` is "transfer" (to `team`, None: the default team), "node" (go on at `node`), "back", "restart" or "end".
    """

    kind: ClassVar[str] = "commanded"
    text: str = ""
    do: str = ""
    node: str | None = None
    team: str | None = None


class Happened(_Event, frozen=True):
    """A fact about the subject: `name` is one of the catalogue (x-events of schemas/definitions.json).

    `by` is the run that brought it about, where a flow did.
    """

    kind: ClassVar[str] = "happened"
    name: str = ""
    data: dict[str, Any] = {}
    by: str = ""


class FlowReturned(_Event, frozen=True):
    """A sub-flow came back to the node that called it. Made within a turn; never stored, never sent."""

    kind: ClassVar[str] = "flow_returned"
    outcome: str = ""
    variables: dict[str, Any] = {}  # its outputs
    failed: bool = False
    error: str = ""


class Moved(_Event, frozen=True):
    """The run goes on in another version of its flow, where it stands: ids of the version it left and of the new one.

    Put down among its turns by whoever moves it; never in the intake, and no node hears of it.
    """

    kind: ClassVar[str] = "moved"
    left: str = ""
    version: str = ""


Event = (
    MessageReceived
    | Started
    | TimerFired
    | HumanFinished
    | SendFailed
    | CallAnswered
    | Commanded
    | Happened
    | FlowReturned
    | Moved
)
EventKind = Literal[
    "message_received",
    "started",
    "timer_fired",
    "human_finished",
    "send_failed",
    "call_answered",
    "commanded",
    "happened",
    "flow_returned",
]

EVENT_TYPES: dict[str, type[Event]] = {cls.kind: cls for cls in Event.__args__}


def event_from(data: dict[str, Any]) -> Event:
    """The event that `as_data` wrote; KeyError for a kind nobody knows."""
    return convert(data, EVENT_TYPES[data["kind"]])
