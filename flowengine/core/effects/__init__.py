"""What a turn may ask for: orders, as plain data. The core gives them; others carry them out.

A timer is no effect but part of a wait (`steps.Pause`): it lives and dies with the wait it belongs to. Things of the
account are named by slug. `node` of an effect is filled in by the interpreter where the answer has to find it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from msgspec import Struct

from flowengine.core.effects.calls import AskAi, CallHttp
from flowengine.core.effects.crm import (
    AddNote,
    AssignOwner,
    ChangeTags,
    CloneDeal,
    CreateDeal,
    CreateTask,
    MoveDeal,
    SetConsent,
    UpdateContact,
    UpdateDeal,
)
from flowengine.core.effects.flows import Enrol, StartFlow, StopRuns
from flowengine.core.effects.order import Order
from flowengine.core.events import Attachment


class Option(Struct, frozen=True):
    """A button: `id` is the author's, unique in its menu."""

    id: str
    title: str


class SendMessage(Order, frozen=True):
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
    location: Mapping[str, Any] | None = None  # latitude, longitude, name, address
    contact_card: Mapping[str, Any] | None = None  # name, phone, email, organisation
    fallback: str = ""  # what a channel says instead of a part it cannot show; empty: the part's address as text


class SendTemplate(Order, frozen=True):
    """Send an approved message template; `values` are its parameters in order. Allowed outside the channel's window."""

    kind: ClassVar[str] = "send_template"
    template: str = ""
    language: str = ""
    values: tuple[str, ...] = ()
    channel: str | None = None
    expects: bool = False
    node: str = ""


class SendEmail(Order, frozen=True):
    """Send an e-mail; `to` is an address. `body` is plain text, `html` the same as HTML where the author gave it."""

    kind: ClassVar[str] = "send_email"
    to: str = ""
    subject: str = ""
    body: str = ""
    html: str = ""
    reply_to: str = ""
    node: str = ""


class Notify(Order, frozen=True):
    """A notice to people of the account: to a user, or to the members of a team."""

    kind: ClassVar[str] = "notify"
    text: str = ""
    user: str | None = None
    team: str | None = None


class ChangeConversation(Order, frozen=True):
    """Set its priority or its subject; None leaves it."""

    kind: ClassVar[str] = "change_conversation"
    priority: Literal["normal", "high"] | None = None
    subject: str | None = None


class FinishConversation(Order, frozen=True):
    """The conversation is over once the run is, with this reason: a rating may still be asked."""

    kind: ClassVar[str] = "finish_conversation"
    reason: str | None = None


class HandOff(Order, frozen=True):
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
    user: str | None = None  # one person instead of the whole team
    subject: str | None = None


class TakeBack(Order, frozen=True):
    """Take the conversation out of the team's queue again; the flow answers from here on."""

    kind: ClassVar[str] = "take_back"
    why: str = "timed_out"


Effect = (
    SendMessage
    | SendTemplate
    | SendEmail
    | Notify
    | UpdateContact
    | ChangeTags
    | SetConsent
    | AssignOwner
    | AddNote
    | CreateDeal
    | UpdateDeal
    | MoveDeal
    | CloneDeal
    | CreateTask
    | CallHttp
    | AskAi
    | Enrol
    | StopRuns
    | StartFlow
    | ChangeConversation
    | FinishConversation
    | HandOff
    | TakeBack
)

EFFECT_TYPES: Mapping[str, type[Effect]] = {cls.kind: cls for cls in Effect.__args__}

__all__ = [
    "AddNote",
    "AskAi",
    "AssignOwner",
    "CallHttp",
    "ChangeConversation",
    "ChangeTags",
    "CloneDeal",
    "CreateDeal",
    "CreateTask",
    "EFFECT_TYPES",
    "Effect",
    "Enrol",
    "FinishConversation",
    "HandOff",
    "MoveDeal",
    "Notify",
    "Option",
    "SendEmail",
    "SendMessage",
    "SendTemplate",
    "SetConsent",
    "StartFlow",
    "StopRuns",
    "TakeBack",
    "UpdateContact",
    "UpdateDeal",
]
