"""What a flow does to a conversation: hands it to people, takes it back, ends it. The contact's lane is locked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.desk import states
from flowengine.desk.arrivals import is_available
from flowengine.desk.changes import apply, tell
from flowengine.store.conversations import Conversation
from flowengine.store.teams import Team
from flowengine.store.unit import Unit

_OF_ITS_OWN_WILL = "transfer"  # any other reason is a way out of a difficulty


@dataclass(frozen=True, slots=True)
class Waits:
    """The run that waits for people to finish, and the turn in which it asked; `goes_on` if `finished` is wired."""

    run: UUID
    turn: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Target:
    """The team that gets it; `fallback` says why it is not the one that was asked for."""

    team: Team
    fallback: str | None = None


def hand_off(
    unit: Unit,
    conversation: Conversation,
    *,
    team: str | None = None,
    waits: Waits | None = None,
    note: str = "",
    priority: str = "normal",
    why: str = "transfer",
    error: str | None = None,
    flow: str | None = None,
    where_done: str = "flow",
    to: UUID | None = None,
) -> Conversation:
    """Into the queue of `team` (a slug), or of the default team where there is none such or nobody in it; straight to
    the member `to` where they are there to take it.

    A talk that an agent had just finished goes back to that agent if they are there, else to its team, unless the
    flow chose to transfer. Where people have it already it stays with them, and the timeline tells what failed.
    """
    comes_back = why != _OF_ITS_OWN_WILL and conversation.closing is not None
    its_team = unit.teams.get(conversation.team_id) if comes_back else None
    target = Target(its_team) if its_team else target_team(unit, team)
    data = _told(target, note=note, why=why, error=error, flow=flow)
    handoff = {"run": str(waits.run), "turn": waits.turn, "goes_on": waits.goes_on, "note": note} if waits else None
    back_to = _who_closed(unit, conversation) if comes_back else None
    if to is not None and is_available(unit, to, target.team.id):
        back_to = to
    change = states.hand_off(
        conversation, target.team, unit.now, handoff=handoff, priority=priority, back_to=back_to, data=data
    )
    if change is None:
        if error is not None:
            unit.conversations.record(conversation.id, "flow_failed", where_done=where_done, data=data)
        return conversation
    if error is not None:
        unit.conversations.record(conversation.id, "flow_failed", where_done=where_done, data=data)
    return apply(unit, conversation, change, by=None, where_done=where_done)


def flow_failed(unit: Unit, conversation: Conversation, error: str, *, flow: str | None = None) -> Conversation:
    """No contact is left with a silent bot: the default team takes over, and sees why."""
    return hand_off(unit, conversation, team=None, why="failed", error=error, flow=flow)


def take_back(unit: Unit, conversation: Conversation, why: str = "timed_out") -> Conversation:
    """Out of the queue, to the flow that waits; unchanged where somebody has taken it meanwhile."""
    change = states.take_back(conversation, why)
    return conversation if change is None else apply(unit, conversation, change, by=None, where_done="flow")


def leave_to_people(unit: Unit, conversation: Conversation, run: UUID) -> Conversation:
    """That run waits for their finish no more: it is over, and so the talk will be when they finish it."""
    handoff = conversation.handoff
    if not handoff or handoff["run"] != str(run) or not handoff["goes_on"]:
        return conversation
    left = unit.conversations.change(conversation, handoff={**handoff, "goes_on": False})
    tell(unit, left)
    return left


def leave(unit: Unit, conversation: Conversation, run: UUID, outcome: str) -> Conversation:
    """The run is over: what is still the bot's is finished with it; people, or another flow, keep what they have."""
    if conversation.floor_run_id not in (None, run):
        return conversation
    conversation = leave_to_people(unit, conversation, run)
    if conversation.state == "bot":
        return end_with_flow(unit, conversation, conversation.finish_reason or outcome)
    return give_floor(unit, conversation, None) if conversation.floor_run_id == run else conversation


def end_with_flow(unit: Unit, conversation: Conversation, reason: str | None = None) -> Conversation:
    """The flow has ended and the talk with it; unchanged where people have it."""
    change = states.end_with_flow(conversation, unit.now, reason)
    return conversation if change is None else apply(unit, conversation, change, by=None, where_done="flow")


def give_floor(unit: Unit, conversation: Conversation, run: UUID | None, *, flow: str | None = None) -> Conversation:
    """The conversation listens to this run from now on; None: to none."""
    if conversation.floor_run_id == run:
        return conversation
    if run is None:
        return unit.conversations.change(conversation, floor_run_id=None)
    change = states.Change("flow_started", {"floor_run_id": run}, {"flow": flow})
    return apply(unit, conversation, change, by=None, where_done="flow")


def target_team(unit: Unit, slug: str | None) -> Target:
    """The team of that slug if it can take somebody in, else the account's default team."""
    if slug is None:
        return Target(unit.teams.default())
    team = unit.teams.by_slug(slug)
    if team is None:
        return Target(unit.teams.default(), f"no_such_team: {slug}")
    if not unit.teams.teammates(team.id) and not team.is_default:
        return Target(unit.teams.default(), f"nobody_in_team: {team.name}")
    return Target(team)


def _told(target: Target, *, note: str, why: str, error: str | None, flow: str | None) -> dict[str, Any]:
    data: dict[str, Any] = {"team": target.team.name, "team_slug": target.team.slug, "why": why}
    data |= {name: value for name, value in (("note", note), ("error", error), ("flow", flow)) if value}
    if target.fallback is not None:
        data["reason"] = target.fallback
    return data


def _who_closed(unit: Unit, conversation: Conversation) -> UUID | None:
    """The agent who had just finished this talk, if they are there."""
    if conversation.closing is None:
        return None
    owner = UUID(conversation.closing["owner"])
    return owner if is_available(unit, owner, conversation.team_id) else None
