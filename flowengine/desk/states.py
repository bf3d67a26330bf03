"""What may become of a conversation: pure functions from what it is to what changes.

    bot ──hand_off──▶ queued ──take──▶ open ◀──▶ pending
     ▲ └──take_over────────────────────▲ │
     └──────finish, the flow goes on─────┤
                                         └──finish──▶ finished ──reopen──▶ open | queued

Nothing here knows the clock or the database; `changes.apply` makes a Change real.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict, NotAllowed
from flowengine.desk.people import WORKERS, Person, rights
from flowengine.store.conversations import Conversation
from flowengine.store.teams import Team


@dataclass(frozen=True, slots=True)
class Change:
    """`what` stands on the timeline with `data`; `new` are the columns that change.

    `ends_run` is a run that people take the word from; `resumes` a hand-off whose run is told that they finished.
    """

    what: str
    new: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)
    ends_run: UUID | None = None
    resumes: Mapping[str, Any] | None = None


def take(conversation: Conversation, by: Person, now: datetime) -> Change | None:
    """Make it `by`'s own; None where it is already. Conflict where it is somebody else's, or over."""
    if conversation.state == "open" and conversation.owner_id == by.id:
        return None
    if conversation.state == "finished":
        raise Conflict("this conversation is finished", detail=_where(conversation))
    if conversation.state in ("open", "pending") and conversation.owner_id != by.id:
        raise Conflict("somebody else has this conversation", detail=_where(conversation))
    if not rights(conversation, by).take:
        raise NotAllowed("only people of its team may take this conversation")
    new: dict[str, Any] = {"state": "open", "owner_id": by.id, "taken_at": now}
    if conversation.state != "bot":
        return Change("taken", new)
    new |= _away_from_the_flow(conversation)
    return Change("taken", new, {"from": "bot"}, ends_run=conversation.floor_run_id)


def transfer_to_team(conversation: Conversation, team: Team, by: Person, now: datetime, note: str = "") -> Change:
    """Nobody is responsible any more; it is new in that team."""
    _may_transfer(conversation, by)
    new = {"state": "queued", "team_id": team.id, "owner_id": None, "queued_at": now}
    return _transfer(conversation, new, team, by, note, to=None)


def transfer_to_member(
    conversation: Conversation, team: Team, member: Person, by: Person, now: datetime, note: str = ""
) -> Change:
    """Straight to that person, booked under `team`, which must be one of theirs."""
    _may_transfer(conversation, by)
    if member.role not in WORKERS or team.id not in member.teams and member.role != "administrator":
        raise NotAllowed(f"{member.name} is not one of the team {team.name} who answer", code="not_in_team")
    new = {"state": "open", "team_id": team.id, "owner_id": member.id, "taken_at": now}
    return _transfer(conversation, new, team, by, note, to=member)


def finish(conversation: Conversation, by: Person, now: datetime, reason: str | None = None) -> Change:
    """People are done. A flow that waits for this goes on: then it is `bot` until that run ends."""
    if conversation.state == "finished":
        raise Conflict("this conversation is finished", detail=_where(conversation))
    if not rights(conversation, by).finish:
        raise NotAllowed("only its agent, a supervisor or an administrator may finish this conversation")
    data = {} if reason is None else {"reason": reason}
    handoff = conversation.handoff
    if handoff and handoff.get("goes_on"):
        owner = conversation.owner_id or by.id
        closing = {"by": str(by.id), "owner": str(owner), "at": now.isoformat(), "reason": reason}
        new: dict[str, Any] = {
            "state": "bot",
            "owner_id": None,
            "handoff": None,
            "closing": closing,
            "floor_run_id": UUID(handoff["run"]),
            "unread": 0,
            "waiting_since": None,
        }
        return Change("finished", new, data | {"flow_goes_on": True}, resumes=handoff)
    new = _over(now, by=by.id, reason=reason)
    ends = conversation.floor_run_id if conversation.state == "bot" else None
    return Change("finished", new | (_away_from_the_flow(conversation) if ends else {}), data, ends_run=ends)


def hand_off(
    conversation: Conversation,
    team: Team,
    now: datetime,
    *,
    handoff: Mapping[str, Any] | None,
    priority: str = "normal",
    back_to: UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> Change | None:
    """A flow gives it to people: to the agent `back_to` who had just finished it and is there, else to the queue.

    None where people have it already. `handoff` is {run, turn, goes_on, note}.
    """
    if conversation.state != "bot":
        return None
    new: dict[str, Any] = {
        "team_id": team.id,
        "handoff": dict(handoff) if handoff else None,
        "closing": None,
        "floor_run_id": None,
        "priority": priority,
    }
    if back_to is not None:
        new |= {"state": "open", "owner_id": back_to, "taken_at": now}
        return Change("reopened", new, data or {})
    new |= {"state": "queued", "owner_id": None, "queued_at": now}
    return Change("queued", new, data or {})


def take_back(conversation: Conversation, why: str) -> Change | None:
    """The flow takes it out of the queue again; None where somebody has taken it meanwhile."""
    if conversation.state != "queued" or not conversation.handoff:
        return None
    run = UUID(conversation.handoff["run"])
    new = {"state": "bot", "handoff": None, "floor_run_id": run, "queued_at": None}
    return Change("bot_returned", new, {"reason": why})


def end_with_flow(conversation: Conversation, now: datetime, reason: str | None = None) -> Change | None:
    """The flow has ended, and the talk with it; it counts as finished by the person who closed it, if one did."""
    if conversation.state != "bot":
        return None
    closing = conversation.closing
    if closing is None:
        return Change("finished", _over(now, by=None, reason=reason), {} if reason is None else {"reason": reason})
    new = _over(now, by=UUID(closing["by"]), reason=closing.get("reason"))
    return Change("finished", new | {"owner_id": UUID(closing["owner"])}, {"after": "flow"})


def wake(conversation: Conversation, now: datetime, *, agent_is_there: bool) -> Change:
    """The contact wrote where it was pending: back to its agent, else to the queue, with its old place there."""
    if agent_is_there:
        return Change("reopened", {"state": "open"})
    new = {"state": "queued", "owner_id": None, "queued_at": conversation.queued_at or now}
    return Change("queued", new, {"reason": "agent_away"})


def reopen(conversation: Conversation, now: datetime, *, agent_is_there: bool) -> Change:
    """The contact wrote soon after a person had finished it."""
    new: dict[str, Any] = {"finished_at": None, "finished_by": None, "finish_reason": None}
    if agent_is_there:
        return Change("reopened", new | {"state": "open", "taken_at": now})
    new |= {"state": "queued", "owner_id": None, "queued_at": now}
    return Change("reopened", new, {"to": "queue"})


def _may_transfer(conversation: Conversation, by: Person) -> None:
    if conversation.state == "finished":
        raise Conflict("this conversation is finished", detail=_where(conversation))
    if not rights(conversation, by).transfer:
        raise NotAllowed("only its agent, a supervisor or an administrator may transfer this conversation")


def _transfer(
    conversation: Conversation, new: dict[str, Any], team: Team, by: Person, note: str, *, to: Person | None
) -> Change:
    mark = {"by": str(by.id), "name": by.name, "to": None if to is None else str(to.id), "note": note}
    data: dict[str, Any] = {"team": team.name, "team_slug": team.slug, "note": note}
    if to is not None:
        data["member"] = to.name
    new["transferred"] = mark
    if conversation.state == "bot":
        new |= _away_from_the_flow(conversation)
        return Change("transferred", new, data, ends_run=conversation.floor_run_id)
    return Change("transferred", new, data)


def _away_from_the_flow(conversation: Conversation) -> dict[str, Any]:
    """What a take-over does: bot messages of an older epoch are not sent any more."""
    return {"owner_epoch": conversation.owner_epoch + 1, "floor_run_id": None, "closing": None}


def _over(now: datetime, *, by: UUID | None, reason: str | None) -> dict[str, Any]:
    return {
        "state": "finished",
        "finished_at": now,
        "finished_by": by,
        "finish_reason": reason,
        "handoff": None,
        "closing": None,
        "floor_run_id": None,
        "unread": 0,
        "waiting_since": None,
    }


def _where(conversation: Conversation) -> dict[str, Any]:
    owner = conversation.owner_id
    return {"state": conversation.state, "owner": None if owner is None else str(owner)}
