"""The latest real runs of a flow, walked again by its draft: how many go the same way, and where others part first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from builder_ui.rehearsing import programs
from flowengine.core.program import Program
from flowengine.core.retracing import Passed, Retraced, Verdict, Why
from flowengine.store.runs import StoredRun
from flowengine.store.unit import Unit
from flowengine.turns.again import retrace_run, versions_of
from flowengine.turns.programs import program_of

MOST_RUNS = 200
MOST_TURNS = 200  # of a run: what goes round longer than that has shown its way
LONGEST = 4.0  # seconds; runs that have not been walked by then are left, and said to be
AT_ONCE = 20  # runs whose turns lie in memory together


@dataclass(frozen=True, slots=True)
class Place:
    """Where runs differ first, and how."""

    verdict: Verdict
    why: Why
    node: str
    before: Passed | None
    after: Passed | None


@dataclass(slots=True)
class Tally:
    """`of` runs were found, `verdicts` counts those that were walked; `examples` has the newest run of each place."""

    of: int
    verdicts: Counter[str] = field(default_factory=Counter)
    places: Counter[Place] = field(default_factory=Counter)
    examples: dict[Place, StoredRun] = field(default_factory=dict)

    def count(self, run: StoredRun, found: Retraced) -> None:
        self.verdicts[found.verdict] += 1
        if found.verdict != "same":
            place = Place(found.verdict, found.why, found.node, found.before, found.after)
            self.places[place] += 1
            self.examples.setdefault(place, run)


def retraced(unit: Unit, flow_id: UUID, draft: Program, *, longest: float = LONGEST) -> Tally:
    """The newest first, for as long as there is time; nothing is sent, called or kept."""
    end = monotonic() + longest
    runs = unit.runs.latest(flow_id, MOST_RUNS)
    tally = Tally(of=len(runs))
    for run, turns in _with_turns(unit, runs):
        if monotonic() > end:
            break
        first, others = versions_of(run, turns)
        known = {version: program_of(unit, programs(), UUID(version)) for version in {first, *others}}
        tally.count(run, retrace_run(run, turns, draft, known))
        sleep(0)  # whoever else asks this process something is not kept waiting
    return tally


def _with_turns(unit: Unit, runs: list[StoredRun]) -> Iterator[tuple[StoredRun, list[Any]]]:
    left = iter(runs)
    while some := list(islice(left, AT_ONCE)):
        turns = unit.turns.of_runs([run.id for run in some], MOST_TURNS)
        for run in some:
            yield run, turns.get(run.id, [])
