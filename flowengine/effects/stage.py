"""Where the effects of a turn are applied: the conversation as it is by now, and whose turn it was."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flowengine.crm.actor import Actor
from flowengine.store.accounts import Account
from flowengine.store.channels import Channel
from flowengine.store.contacts import Contact
from flowengine.store.conversations import Conversation
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asked for an effect: the run and its turn. `cause` is the sender's id of the message that the turn
    answers; `generation` that of the event which was taken.
    """

    run: UUID
    turn: int
    flow_name: str
    default_team: str | None
    cause: str | None = None
    generation: int = 0

    def effect_id(self, index: int) -> str:
        """`<run>:<turn>:<index>`: unique key, idempotency key and place in the history, all in one."""
        return f"{self.run}:{self.turn}:{index}"


@dataclass(slots=True)
class Stage:
    """Lives for one event. `conversation` is locked and is renewed by whatever changes it."""

    unit: Unit
    account: Account
    contact: Contact
    channel: Channel
    conversation: Conversation

    def actor(self, origin: Origin) -> Actor:
        """The flow, as those see it who keep the rules of contacts."""
        return Actor(where="flow", generation=origin.generation, conversation=self.conversation.id, run=origin.run)
