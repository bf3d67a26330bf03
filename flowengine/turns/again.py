"""Takes the recorded turns of a run again with another version: what it would have done differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.core.events import Moved
from flowengine.core.program import Program
from flowengine.core.replay import Recorded, Replayed, replay
from flowengine.core.retracing import Retraced, retrace
from flowengine.store.runs import StoredRun
from flowengine.store.turns import TurnRecord
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs, program_of


def replay_run(unit: Unit, programs: Programs, run_id: UUID, against: Program) -> Replayed:
    """The turns of a stored run, with `against` in place of the version it pins; NotFound where there is no run."""
    run = unit.runs.get(run_id)
    if run is None:
        raise NotFound("There is no such run.")
    turns = _recorded(unit.turns.of_run(run_id))
    first, others = versions_of(run, turns)
    known = {version: program_of(unit, programs, UUID(version)) for version in {first, *others}}
    return replay(turns, against, run=str(run_id), pinned=known[first], programs=known)


def retrace_run(run: StoredRun, turns: Sequence[TurnRecord], draft: Program, known: Mapping[str, Program]) -> Retraced:
    """A stored run walked again by a draft; `known` are the programs of `versions_of`, by version."""
    recorded = _recorded(turns)
    first, _ = versions_of(run, recorded)
    return retrace(recorded, draft, run=str(run.id), pinned=known.get(first), programs=known)


def versions_of(run: StoredRun, turns: Iterable[Recorded | TurnRecord]) -> tuple[str, set[str]]:
    """The version that a run began in, and those it was moved to or has called."""
    first, others = "", set()
    for turn in turns:
        if turn.event.get("kind") == Moved.kind:
            first = first or turn.event["left"]
            others.add(turn.event["version"])
        for kind, _, answer in (turn.read or {}).get("facts", ()):
            if kind == "flow" and answer is not None:
                others.add(str(answer["version"]))
    return first or str(run.version_id), others


def _recorded(turns: Iterable[TurnRecord]) -> list[Recorded]:
    return [Recorded(turn.number, turn.event, turn.read or {}, turn.trace, turn.effects) for turn in turns]
