"""Takes an event through one run: the core decides, and what it decided becomes rows of the same transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from flowengine.core.events import Event
from flowengine.core.interpreter import Turn, advance
from flowengine.core.program import Program
from flowengine.core.run import STATE_VERSION, Run
from flowengine.core.steps import World
from flowengine.desk import handoffs
from flowengine.effects import applied
from flowengine.effects.stage import Origin, Stage
from flowengine.store.outbox import Owed
from flowengine.store.turns import TurnRecord
from flowengine.turns.claim import Claim
from flowengine.turns.observed import TurnTaken
from flowengine.turns.refused import failed
from flowengine.turns.world import look_up, world_of

ROUNDS = 64  # of asking for what the world lacks: each answers one question, and a turn may pass many nodes that ask


class Overtaken(Exception):  # noqa: N818 - not an error: the transaction is rolled back and the event taken again
    """Somebody else took a turn of this run meanwhile."""


def walk(
    claim: Claim,
    stage: Stage,
    program: Program,
    run: Run,
    event: Event,
    *,
    cause: str | None = None,
    generation: int = 0,
) -> Run:
    """Let `run` take `event` and make the outcome durable; the run as it is afterwards.

    `cause` is the sender's id of the message that is answered; `generation` counts since the last word from outside.
    An event that is not for this run changes nothing.
    """
    turn, world = _decide(claim, stage, program, run, event)
    if turn.run == run:
        return run
    origin = Origin(
        run=UUID(run.id),
        turn=turn.run.turn,
        flow_name=program.flow.name,
        default_team=program.flow.settings.get("default_team"),
        cause=cause,
        generation=generation,
    )
    after = _make_durable_or_fail(stage, run, turn, event, world, origin)
    claim.told.append(_told(program, stage, after))
    return after


def _make_durable_or_fail(stage: Stage, run: Run, turn: Turn, event: Event, world: World, origin: Origin) -> Run:
    """With what the account has; where it lacks something that the turn names, the run fails at that step."""
    if not applied.may_be_refused(turn.effects):
        return _make_durable(stage, run, turn, event, world, origin)
    before = stage.contact, stage.conversation
    try:
        with stage.unit.savepoint():
            return _make_durable(stage, run, turn, event, world, origin)
    except applied.Refused as refusal:
        stage.contact, stage.conversation = before
        refused = {"index": refusal.index, "effect": turn.effects[refusal.index].as_data()}
        return _make_durable(stage, run, failed(turn, refusal), event, world, origin, refused)


def _told(program: Program, stage: Stage, run: Run) -> TurnTaken:
    error = run.error or {}
    outcome = "waiting" if run.status == "open" else run.status
    return TurnTaken(
        program.flow.key, stage.contact.id, run.id, run.turn, outcome, error.get("code", ""), error.get("node", "")
    )


def _make_durable(
    stage: Stage,
    before: Run,
    turn: Turn,
    event: Event,
    world: World,
    origin: Origin,
    refused: dict[str, Any] | None = None,
) -> Run:
    _save(stage, before, turn)
    stage.unit.turns.record([record_of(stage, turn, event, world, refused)])
    set_timers(stage, before, turn.run)
    applied.apply(turn.effects, stage, origin)
    if turn.run.status != "open":
        stage.conversation = handoffs.leave(stage.unit, stage.conversation, UUID(turn.run.id), turn.run.outcome)
    return turn.run


def end(stage: Stage, run: Run, outcome: str) -> None:
    """End a run from outside; its timers go with it."""
    _save(stage, run, Turn(run.ended(outcome)))
    stage.unit.outbox.cancel_timers([UUID(run.id)])


def world_around(stage: Stage) -> World:
    """The usual world of a turn on this stage."""
    talk = stage.conversation
    return world_of(stage.account, stage.contact, stage.channel, talk, stage.unit.around.of(talk.id, talk.team_id))


def _decide(claim: Claim, stage: Stage, program: Program, run: Run, event: Event) -> tuple[Turn, World]:
    world = world_around(stage)
    for _ in range(ROUNDS):
        outcome = advance(program, run, event, world)
        if isinstance(outcome, Turn):
            return outcome, world
        called = {key: claim.program(UUID(key)) for kind, key in outcome.queries if kind == "program"}
        asked = look_up(stage.unit, stage.contact, [query for query in outcome.queries if query[0] != "program"])
        world = replace(world, facts={**world.facts, **asked}, programs={**world.programs, **called})
    raise RuntimeError(f"a node of {program.flow.key} asks for ever, at last beside {sorted(world.facts)}")


def _save(stage: Stage, before: Run, turn: Turn) -> None:
    run = turn.run
    saved = stage.unit.runs.save(
        UUID(run.id),
        expected_turn=before.turn,
        turn=run.turn,
        state=run.as_data(),
        state_version=STATE_VERSION,
        status=run.status,
        reason=run.outcome or None,
        error=run.error,
    )
    if not saved:
        raise Overtaken(run.id)


def record_of(
    stage: Stage, turn: Turn, event: Event, world: World, refused: dict[str, Any] | None = None
) -> TurnRecord:
    """Enough to take the turn again: what happened, what was read (and refused), what came of it."""
    return TurnRecord(
        run_id=UUID(turn.run.id),
        number=turn.run.turn,
        event=event.as_data(),
        read={
            "contact": dict(world.contact),
            "conversation": dict(world.conversation),
            "account": dict(world.account),
            "channel": dict(world.channel),
            "deal": dict(world.deal),
            "agent": dict(world.agent),
            "facts": [[kind, key, answer] for (kind, key), answer in world.facts.items()],
            **({"refused": refused} if refused else {}),
        },
        trace=[step.as_data() for step in turn.trace],
        effects=[effect.as_data() for effect in turn.effects],
        at=stage.unit.now,
    )


def set_timers(stage: Stage, before: Run, run: Run) -> None:
    """A timer belongs to a wait: those of the wait that is over go, those of the new one are owed."""
    if before.wait and before.wait.timers:
        stage.unit.outbox.cancel_timers([UUID(run.id)])
    if run.wait is None:
        return
    stage.unit.outbox.owe(
        [
            Owed(
                id=f"{run.id}:{run.turn}:{timer.name}",
                kind="timer",
                payload={"kind": "timer_fired", "run": run.id, "turn": run.wait.turn, "name": timer.name},
                due_at=timer.due,
                lane_id=stage.contact.id,
                run_id=UUID(run.id),
                conversation_id=stage.conversation.id,
            )
            for timer in run.wait.timers
        ]
    )
