"""Takes the recorded turns of a run again with another version: what it would have done differently."""

from __future__ import annotations

from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.core.program import Program
from flowengine.core.replay import Recorded, Replayed, replay
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs, program_of


def replay_run(unit: Unit, programs: Programs, run_id: UUID, against: Program) -> Replayed:
    """The turns of a stored run, with `against` in place of the version it pins; NotFound where there is no run."""
    run = unit.runs.get(run_id)
    if run is None:
        raise NotFound("There is no such run.")
    turns = [Recorded(t.number, t.event, t.read or {}, t.trace, t.effects) for t in unit.turns.of_run(run_id)]
    called = {
        str(answer["version"])
        for turn in turns
        for kind, _, answer in turn.read.get("facts", ())
        if kind == "flow" and answer is not None
    }
    return replay(
        turns,
        against,
        run=str(run_id),
        pinned=program_of(unit, programs, run.version_id),
        programs={version: program_of(unit, programs, UUID(version)) for version in called},
    )
