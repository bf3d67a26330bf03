"""What a batch holds of the rows that are its own, and what it has decided and not yet written."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from flowengine.store.accounts import Account
from flowengine.store.channels import Channel, LiveFlow
from flowengine.store.contacts import Contact
from flowengine.store.conversation_story import ConversationEvent
from flowengine.store.conversations import Conversation
from flowengine.store.facts import ToldFact
from flowengine.store.messages import Message
from flowengine.store.outbox import Owed
from flowengine.store.runs import StoredRun
from flowengine.store.turns import TurnRecord


@dataclass(slots=True)
class Held:
    """Rows as they are by now, in memory; every one of a lane, or of a conversation, that this transaction has locked.

    `latest` knows the conversation of a contact on a channel that counts (None: there is none); `known` are the
    contacts whose open runs are all here; `tags` are slugs by conversation; `numbers` the last ones given, by identity.
    """

    contacts: dict[UUID, Contact] = field(default_factory=dict)
    talks: dict[UUID, Conversation] = field(default_factory=dict)
    latest: dict[tuple[UUID, UUID], UUID | None] = field(default_factory=dict)
    tags: dict[UUID, list[str]] = field(default_factory=dict)
    runs: dict[UUID, StoredRun] = field(default_factory=dict)
    known: set[UUID] = field(default_factory=set)
    numbers: dict[UUID, int] = field(default_factory=dict)


@dataclass(slots=True)
class Kept:
    """What is still to be written. Rows are named by id and written as they are held by then."""

    opened: set[UUID] = field(default_factory=set)  # conversations that are not in the database yet
    changed: set[UUID] = field(default_factory=set)
    started: set[UUID] = field(default_factory=set)  # runs that are not in the database yet
    saved: dict[UUID, int] = field(default_factory=dict)  # run → the turn that the database has
    messages: list[Message] = field(default_factory=list)
    put: set[UUID] = field(default_factory=set)  # messages that their channel's reader is to fetch
    story: list[ConversationEvent] = field(default_factory=list)
    live: list[Mapping[str, Any]] = field(default_factory=list)
    turns: list[TurnRecord] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    timers_off: set[UUID] = field(default_factory=set)  # runs whose timers of earlier go
    facts: list[ToldFact] = field(default_factory=list)
    seen: set[UUID] = field(default_factory=set)
    done: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(slots=True)
class Shared:
    """What no event of a batch changes: read with the rest, so that nobody asks for it alone."""

    account: Account | None = None
    channels: dict[UUID, Channel] = field(default_factory=dict)
    answering: dict[UUID, list[LiveFlow]] = field(default_factory=dict)  # the flows that answer on a channel
    slugs: dict[UUID, str] = field(default_factory=dict)  # of teams


@dataclass(slots=True)
class Rows:
    """All of it together; `mark` and `back_to` undo what one event did."""

    held: Held = field(default_factory=Held)
    kept: Kept = field(default_factory=Kept)
    shared: Shared = field(default_factory=Shared)

    def mark(self) -> Rows:
        return Rows(_copied(self.held), _copied(self.kept), self.shared)

    def back_to(self, mark: Rows) -> None:
        self.held, self.kept = mark.held, mark.kept


def _copied(thing: Any) -> Any:
    return type(thing)(*(copy(getattr(thing, name)) for name in type(thing).__slots__))
