"""What can happen: past facts, as plain data.

An event knows when it happened and has an id of its own; both come from outside, so that a turn can be taken again
with the same result. Events that answer something a run asked carry the run and the turn that asked: an answer that
comes late, twice or for somebody else then changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Literal, Self


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file the contact or we sent; `url` is where it can be fetched."""

    url: str
    mime: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Event:
    kind: ClassVar[str]
    id: str
    at: datetime

    def as_data(self) -> dict[str, Any]:
        """JSON-able; `event_from` reads it back."""
        data = asdict(self)
        data["kind"] = self.kind
        data["at"] = self.at.isoformat()
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        values["at"] = datetime.fromisoformat(values["at"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which question a pressed button belongs to: a prefix of the run's id and the turn that sent it."""

    run: str
    turn: int


@dataclass(frozen=True, slots=True)
class MessageReceived(_Event):
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

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> MessageReceived:
        asked = data.get("asked")
        return cls(
            id=data["id"],
            at=datetime.fromisoformat(data["at"]),
            text=data.get("text") or "",
            choice=data.get("choice"),
            asked=Asked(**asked) if asked else None,
            attachments=tuple(Attachment(**a) for a in data.get("attachments") or ()),
            channel=data.get("channel") or "",
            identity=data.get("identity") or "",
            provider_id=data.get("provider_id") or "",
            name=data.get("name") or "",
            location=data.get("location"),
        )


@dataclass(frozen=True, slots=True)
class Started(_Event):
    """A run begins at `trigger`; `message` is the one that started it, which answers none of its questions.

    `run` is the run where it stands ready already; without a `trigger` it begins where other flows begin it.
    """

    kind: ClassVar[str] = "started"
    trigger: str = ""
    message: dict[str, Any] | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    run: str = ""


@dataclass(frozen=True, slots=True)
class TimerFired(_Event):
    """A wait of `run`, begun in `turn`, has lasted as long as its timer `name` said."""

    kind: ClassVar[str] = "timer_fired"
    run: str = ""
    turn: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class HumanFinished(_Event):
    """A person finished the conversation that `run` had handed over in `turn`."""

    kind: ClassVar[str] = "human_finished"
    run: str = ""
    turn: int = 0
    agent: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SendFailed(_Event):
    """The channel did not take a message that `node` of `run` sent in `turn`."""

    kind: ClassVar[str] = "send_failed"
    run: str = ""
    turn: int = 0
    reason: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class CallAnswered(_Event):
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
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    reason: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Commanded(_Event):
    """The contact said a word that steers the flow at any time: see `commands` in the settings of chatbots.

    `do` is "transfer" (to `team`, None: the default team), "node" (go on at `node`), "back", "restart" or "end".
    """

    kind: ClassVar[str] = "commanded"
    text: str = ""
    do: str = ""
    node: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Happened(_Event):
    """A fact about the subject: `name` is one of the catalogue (x-events of schemas/definitions.json).

    `by` is the run that brought it about, where a flow did.
    """

    kind: ClassVar[str] = "happened"
    name: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True, slots=True)
class FlowReturned(_Event):
    """A sub-flow came back to the node that called it. Made within a turn; never stored, never sent."""

    kind: ClassVar[str] = "flow_returned"
    outcome: str = ""
    variables: dict[str, Any] = field(default_factory=dict)  # its outputs
    failed: bool = False
    error: str = ""


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
    return EVENT_TYPES[data["kind"]].from_data(data)
