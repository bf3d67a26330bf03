"""A contact's message: recorded, then taken by whoever the conversation listens to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from flowengine.core.dispatch import Answer, Keep, Start, Steer, ToPeople, Trigger, who_takes
from flowengine.core.errors import NotFound
from flowengine.core.events import MessageReceived
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.starting import may_start
from flowengine.core.turn import Need
from flowengine.crm import contacts
from flowengine.desk import arrivals, handoffs
from flowengine.effects.choices import read_id
from flowengine.effects.stage import Stage
from flowengine.store.messages import NewMessage
from flowengine.store.runs import StoredRun
from flowengine.turns import draft_tests
from flowengine.turns.claim import Claim
from flowengine.turns.starts import start
from flowengine.turns.walk import end, walk, world_around
from flowengine.turns.world import look_up

TOO_OLD_TO_GREET = timedelta(hours=1)  # what lay somewhere for longer goes to the waiting run or to people


def take_message(claim: Claim, contact_id: UUID, event: MessageReceived) -> None:
    """Record the message, see to the conversation, and let the flow that listens take it."""
    unit = claim.unit
    stage, arrival, said = hear(claim, contact_id, event)
    if arrival.quiet:
        return
    # What is decided is decided now, however long the message lay somewhere; the recorded turn says so.
    now = replace(said, at=unit.now)
    floor = unit.runs.get(stage.conversation.floor_run_id) if stage.conversation.floor_run_id else None
    if draft_tests.take(claim, stage, floor, now):
        return
    floor_run = _open_run(stage, floor)
    listens = claim.program(floor.version_id) if floor and floor_run else None
    may_start = stage.conversation.state == "bot" and unit.now - event.at <= TOO_OLD_TO_GREET
    decision = who_takes(
        now,
        state=stage.conversation.state,
        first=arrival.opened,
        floor=floor_run,
        triggers=claim.triggers(stage.channel.id) if may_start else [],
        commands=_commands(claim, listens),
        holds=lambda trigger: _holds(claim, stage, trigger, now),
    )
    match decision:
        case Keep():
            # One question of the flow may want to hear what was said while it waited for something else.
            if listens and floor_run and (listens.keeps or floor_run.version) and stage.conversation.state == "bot":
                walk(claim, stage, listens, floor_run, now)
        case Answer() if listens and floor_run:
            walk(claim, stage, listens, floor_run, now, cause=event.provider_id)
        case Steer(command) if listens and floor_run:
            walk(claim, stage, listens, floor_run, command, cause=event.provider_id)
        case Start(trigger, replaces):
            if replaces and floor_run:
                end(stage, floor_run, "replaced")
            live = claim.live_flows(stage.channel.id)[trigger.flow]
            start(claim, stage, flow=live.flow_id, version=live.version_id, node=trigger.node, message=now)
        case ToPeople() | Answer() | Steer():
            team = unit.teams.get(stage.channel.team_id)
            handoffs.hand_off(unit, stage.conversation, team=team.slug if team else None, why="nobody_listens")


def _open_run(stage: Stage, floor: StoredRun | None) -> Run | None:
    """The run that the conversation listens to, where it goes on."""
    goes_on = floor is not None and floor.status == "open" and floor.id == stage.conversation.floor_run_id
    return Run.from_data(floor.state) if floor and goes_on else None


def _holds(claim: Claim, stage: Stage, trigger: Trigger, event: MessageReceived) -> bool:
    """Whether the trigger's condition holds; one without a condition costs nothing."""
    if "where" not in trigger.params:
        return True
    program = claim.program(claim.live_flows(stage.channel.id)[trigger.flow].version_id)
    world = world_around(stage)
    while isinstance(holds := may_start(program, trigger.node, event, world), Need):
        world = replace(world, facts={**world.facts, **look_up(stage.unit, stage.contact, holds.queries)})
    return holds


def hear(claim: Claim, contact_id: UUID, event: MessageReceived) -> tuple[Stage, arrivals.Arrival, MessageReceived]:
    """Record the message in the conversation it belongs to; no flow is asked."""
    unit = claim.unit
    contact, channel = unit.contacts.get(contact_id), claim.channel(UUID(event.channel))
    if contact is None or channel is None:
        raise NotFound("the message's contact or channel is gone")
    if contact.last_seen_at is None:
        contacts.met(unit, contact)
    unit.contacts.seen([contact.id])
    contact = contact.heard(unit.now)
    if event.name and not contact.name:  # a name that somebody gave them here is kept
        contact = unit.contacts.change(contact.id, name=event.name) or contact
    account = claim.account
    arrival = arrivals.arrive(
        unit, account, channel, contact_id=contact.id, identity_id=UUID(event.identity), text=event.text
    )
    stage = Stage(unit, account, contact, channel, arrival.conversation)
    said = _understood(stage, event)
    _record(stage, said)
    return stage, arrival, said


def _understood(stage: Stage, event: MessageReceived) -> MessageReceived:
    """The option a button stands for, and the words on it where the channel sent none."""
    if event.choice is None:
        return event
    option, asked = read_id(event.choice)
    words = event.text or _title(stage, event.choice, option)
    return replace(event, choice=option, asked=asked or event.asked, text=words)


def _title(stage: Stage, choice: str, option: str) -> str:
    for message in reversed(stage.unit.messages.latest(stage.conversation.id)):
        for offered in message.body.get("options", ()):
            if offered["id"] == choice or read_id(offered["id"])[0] == option:
                return str(offered["title"])
    return option


def _record(stage: Stage, event: MessageReceived) -> None:
    talk, unit = stage.conversation, stage.unit
    body: dict[str, object] = {"text": event.text} if event.text else {}
    if event.choice:
        body["choice"] = event.choice
    if event.attachments:
        body["attachments"] = [{"url": a.url, "mime": a.mime, "name": a.name} for a in event.attachments]
    (message,) = unit.messages.add(
        [
            NewMessage(
                conversation_id=talk.id,
                contact_id=talk.contact_id,
                channel_id=talk.channel_id,
                identity_id=talk.identity_id,
                author="contact",
                body=body,
                provider_id=event.provider_id,
            )
        ]
    )
    shown = event.text or ", ".join(a.name or a.mime for a in event.attachments)
    stage.conversation = unit.conversations.said(talk.id, text=shown, author="contact") or talk
    unit.live.tell("message", {"id": str(message.id), "conversation": str(talk.id)})


def _commands(claim: Claim, listens: Program | None) -> Sequence[Mapping[str, Any]]:
    """The flow's own words come before the account's."""
    if listens is None:
        return ()
    return [*listens.flow.settings.get("commands", ()), *claim.account.settings.get("commands", ())]
