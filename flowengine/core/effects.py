"""What a turn may ask for: orders, as plain data. The core gives them; others carry them out.

A timer is no effect but part of a wait (`steps.Pause`): it lives and dies with the wait it belongs to.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from flowengine.core.events import Attachment


@dataclass(frozen=True, slots=True)
class Option:
    """A button: `id` is the author's, unique in its menu."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class _Effect:
    kind: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, **asdict(self)}


@dataclass(frozen=True, slots=True)
class SendMessage(_Effect):
    """Say this to the contact on the conversation's channel.

    `typing` is how many seconds the contact sees the bot write beforehand. `expects` says that an answer is awaited.
    `node` is filled in by the interpreter, so that a message the channel refuses finds the node that sent it.
    """

    kind: ClassVar[str] = "send_message"
    text: str = ""
    options: tuple[Option, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    typing: float = 0
    show_as: Literal["auto", "buttons", "list", "text"] = "auto"
    expects: bool = False
    node: str = ""


@dataclass(frozen=True, slots=True)
class UpdateContact(_Effect):
    """Set a field of the contact (`name`, `email`, `phone`, `language`); later nodes of the same turn see it."""

    kind: ClassVar[str] = "update_contact"
    field: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class HandOff(_Effect):
    """Give the conversation to people: `team` is a slug, None the flow's default team.

    `goes_on`: the run waits and takes over again when a person has finished. `why` is "transfer", "invalid",
    "failed" or "nobody_listens"; `error` says what failed, for the person who takes the talk.
    """

    kind: ClassVar[str] = "hand_off"
    team: str | None = None
    note: str = ""
    priority: Literal["normal", "high"] = "normal"
    goes_on: bool = False
    why: str = "transfer"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class TakeBack(_Effect):
    """Take the conversation out of the team's queue again; the flow answers from here on."""

    kind: ClassVar[str] = "take_back"
    why: str = "timed_out"


Effect = SendMessage | UpdateContact | HandOff | TakeBack
