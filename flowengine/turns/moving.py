"""People who wait in older versions of a flow go on in another: who can, and moving them, each in their lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from msgspec.structs import replace

from flowengine.core.events import Moved
from flowengine.core.moving import Stays, Why, move, why_stays
from flowengine.core.program import Program
from flowengine.core.run import STATE_VERSION, Run
from flowengine.core.steps import World
from flowengine.core.turn import Turn
from flowengine.effects.stage import Stage
from flowengine.store.flows import FlowVersion
from flowengine.store.runs import StoredRun
from flowengine.store.unit import Unit
from flowengine.turns.answer import stage_of
from flowengine.turns.claim import Claim
from flowengine.turns.programs import Programs, program_of
from flowengine.turns.walk import ROUNDS, record_of, set_timers, world_around
from flowengine.turns.world import look_up


@dataclass(frozen=True, slots=True)
class Prospect:
    """How many runs of a version wait at a node of it, and why they would stay; None: they can go on."""

    version: int
    node: str | None
    runs: int
    why: Why | None


def prospects(
    unit: Unit, programs: Programs, flow_id: UUID, after: Program, *, but: int | None = None
) -> list[Prospect]:
    """What would become of everybody who is in the flow, but those in version `but`, were they moved to `after`."""
    present = [each for each in unit.results.present(flow_id) if each.version != but]
    before = {number: _version(unit, programs, flow_id, number) for number in {each.version for each in present}}
    return [
        Prospect(each.version, each.node, each.runs, why_stays(before[each.version], after, each.node))
        for each in present
    ]


def move_runs(unit: Unit, programs: Programs, runs: Sequence[StoredRun], to: FlowVersion) -> list[bool]:
    """Move those of these runs that can go on in that version of their flow; which of them were moved.

    Locks the lanes of their contacts, so that no turn of theirs is taken meanwhile: what was taken before counts, what
    comes next is heard by the new version. Nothing is said or done.
    """
    unit.lanes.lock(sorted({run.contact_id for run in runs}))
    claim, after = Claim(unit, programs), program_of(unit, programs, to.id)
    return [_move(claim, run.id, to.id, after) for run in runs]


def _move(claim: Claim, run_id: UUID, to: UUID, after: Program) -> bool:
    stored = claim.unit.runs.get(run_id)  # as it is by now, that its lane is locked
    stage = None if stored is None or stored.version_id == to else stage_of(claim, stored)
    if stored is None or stage is None:
        return False
    run = Run.from_data(stored.state)
    event = Moved(str(claim.unit.new_id()), claim.unit.now, str(stored.version_id), str(to))
    moved, world = _decide(stage, run, claim.program(stored.version_id), after, event)
    if isinstance(moved, Stays):
        return False
    saved = claim.unit.runs.move(
        run_id, to, expected_turn=run.turn, turn=moved.turn, state=moved.as_data(), state_version=STATE_VERSION
    )
    if saved:
        claim.unit.turns.record([record_of(stage, Turn(moved), event, world)])
        set_timers(stage, run, moved)
    return saved


def _decide(stage: Stage, run: Run, before: Program, after: Program, event: Moved) -> tuple[Run | Stays, World]:
    world = world_around(stage)
    for _ in range(ROUNDS):
        outcome = move(run, before, after, event, world)
        if isinstance(outcome, Run | Stays):
            return outcome, world
        asked = look_up(stage.unit, stage.contact, outcome.queries)
        world = replace(world, facts={**world.facts, **asked})
    raise RuntimeError(f"a node of {after.flow.key} asks for ever, at last beside {sorted(world.facts)}")


def _version(unit: Unit, programs: Programs, flow_id: UUID, number: int) -> Program:
    stored = unit.flows.version_by_number(flow_id, number)
    if stored is None:
        raise RuntimeError(f"runs stand in version {number} of flow {flow_id}, which is not there")
    return programs.kept(stored.id) or programs.compile(stored.id, stored.document)
