"""Makes a change of a conversation real: the row by compare-and-set, the timeline, the screens, the flow."""

from uuid import UUID

from flowengine.core.errors import Conflict
from flowengine.core.events import HumanFinished
from flowengine.desk.people import Person
from flowengine.desk.states import Change
from flowengine.store.conversations import Conversation
from flowengine.store.intake import NewEvent
from flowengine.store.unit import Unit


def apply(
    unit: Unit, conversation: Conversation, change: Change, *, by: Person | None, where_done: str
) -> Conversation:
    """Conflict, naming who has it now, where somebody was first. `by` None: a flow, or time.

    Who ends or resumes a run must hold the lane's lock, or let the run's own lane do it: a resumed run gets an event.
    """
    try:
        changed = unit.conversations.change(conversation, **change.new)
    except Conflict as lost:
        raise Conflict("somebody else was first", detail=who_has(unit, conversation.id)) from lost
    if change.ends_run is not None:
        end_run(unit, change.ends_run, "human_took_over")
    if changed.owner_epoch > conversation.owner_epoch:
        unit.messages.mark(unit.outbox.cancel_older(changed.id, changed.owner_epoch), "cancelled")
    if change.resumes is not None:
        unit.intake.append([_finished(unit, changed, change, by)])
    unit.conversations.record(
        changed.id,
        change.what,
        where_done=where_done,
        member_id=None if by is None else by.id,
        data=change.data,
    )
    tell(unit, changed, by, before=conversation)
    return changed


def tell(
    unit: Unit, conversation: Conversation, by: Person | None = None, *, before: Conversation | None = None
) -> None:
    """Screens hear of it; `before` is for those out of whose sight this has put it."""
    unit.live.tell(
        "conversation",
        {
            "id": str(conversation.id),
            "conversation": str(conversation.id),
            "actor": None if by is None else str(by.id),
            "before": None if before is None else _standing(before),
        },
    )


def end_run(unit: Unit, run_id: UUID, outcome: str) -> None:
    """A person ends a run from outside: its timers go with it. The lane is locked."""
    stored = unit.runs.get(run_id)
    if stored is None or stored.status != "open":
        return
    # Not read as a Run: one whose state cannot be read any more must end all the same.
    ended = {**stored.state, "status": "ended", "wait": None, "outcome": outcome}
    unit.runs.save(
        run_id,
        expected_turn=stored.turn,
        turn=stored.turn,
        state=ended,
        state_version=stored.state_version,
        status="ended",
        reason=outcome,
    )
    unit.outbox.cancel_timers([run_id])


def who_has(unit: Unit, conversation_id: UUID) -> dict[str, object]:
    """What to tell somebody who was not first: the state by now, and the owner by name."""
    now = unit.conversations.get(conversation_id)
    if now is None:
        return {}
    owner = None if now.owner_id is None else unit.members.get(now.owner_id)
    named = None if owner is None else {"id": str(owner.id), "name": owner.name}
    return {"state": now.state, "version": now.version, "owner": named}


def _standing(conversation: Conversation) -> dict[str, str | None]:
    owner = conversation.owner_id
    return {
        "team": str(conversation.team_id),
        "owner": None if owner is None else str(owner),
        "state": conversation.state,
    }


def _finished(unit: Unit, conversation: Conversation, change: Change, by: Person | None) -> NewEvent:
    handoff = change.resumes or {}
    fact = HumanFinished(
        id=str(unit.new_id()),
        at=unit.now,
        run=handoff["run"],
        turn=handoff["turn"],
        agent="" if by is None else by.name,
        reason=change.data.get("reason"),
    )
    return NewEvent(
        lane_id=conversation.contact_id,
        event=fact.as_data(),
        id=UUID(fact.id),
        channel_id=conversation.channel_id,
        identity_id=conversation.identity_id,
    )
