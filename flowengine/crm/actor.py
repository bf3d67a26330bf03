"""Who changes a contact, and what every change leaves behind: the audit log, the screens, the contact's own lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.store.facts import NewFact
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Actor:
    """A member who acts `where` ("api", "inbox", …), or with None a flow, in a turn of whose `run` it happens.

    `generation` is that of the event which brought it about; `conversation` is the one whose screens hear of it too.
    """

    member: UUID | None = None
    where: str = "api"
    generation: int = 0
    conversation: UUID | None = None
    run: UUID | None = None


def leave_traces(
    unit: Unit, contact_id: UUID, actor: Actor, what: str, data: Mapping[str, Any], facts: Sequence[NewFact] = ()
) -> None:
    """Something about the contact is different now. What a flow did is in its turn already, so it is not audited."""
    if actor.where != "flow":
        unit.audit.record(
            actor.member, what, object_kind="contact", object_id=contact_id, where_done=actor.where, data=data
        )
    ref = {"id": str(contact_id), "actor": None if actor.member is None else str(actor.member)}
    if actor.conversation is not None:
        ref["conversation"] = str(actor.conversation)
    unit.live.tell("contact", ref)
    unit.facts.tell(contact_id, facts, generation=actor.generation + (actor.where == "flow"), by=actor.run)
