"""The recorded turns of a run, taken again by another version: all the same, or the first turn that differs, and how.

Nothing is read from anywhere: the world of each turn is made of what was read then. What the other version wants to
know beyond that nobody can say now, and that is a difference too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from msgspec import to_builtins
from msgspec.structs import replace

from flowengine.core.events import Moved, event_from
from flowengine.core.interpreter import Need, Turn, advance
from flowengine.core.moving import move
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.steps import Query, World

What = Literal["trace", "effects", "wait", "needs", "not_taken", "status"]
ROUNDS = 100  # of asking for programs: flows within flows are ten deep

WORDS: Mapping[What, Mapping[str, str]] = {
    "trace": {"pt-BR": "o caminho é outro", "en": "it walks another way"},
    "effects": {"pt-BR": "o que é feito é outro", "en": "other things are done"},
    "wait": {"pt-BR": "espera por outra coisa", "en": "it waits for something else"},
    "needs": {"pt-BR": "precisa do que não foi lido naquela vez", "en": "it needs something that was not read then"},
    "not_taken": {"pt-BR": "o evento não é mais aceito", "en": "the event is no longer taken"},
    "status": {"pt-BR": "o desfecho é outro", "en": "it comes to another end"},
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A turn as it was kept: the event, what was read, and what came of it, all as plain data.

    `read` holds the world's parts and its facts as [kind, key, answer]; "refused" where the account did not carry out
    an order: {"index", "effect"}, and the run then failed.
    """

    number: int
    event: Mapping[str, Any]
    read: Mapping[str, Any]
    trace: Sequence[Any]
    effects: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a turn differs: `before` as it was, `after` as it would be; None where there is nothing.

    `node` is the one that needs what was not read.
    """

    turn: int
    what: What
    before: Any = None
    after: Any = None
    node: str = ""

    def as_data(self) -> dict[str, Any]:
        words = dict(WORDS[self.what])
        return {"turn": self.turn, "what": self.what, "words": words, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Replayed:
    """`same` is how many turns went as they did; `differences` are those of the first one that did not."""

    same: int
    of: int
    differences: tuple[Difference, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return {"same": self.same, "of": self.of, "differences": [each.as_data() for each in self.differences]}


def replay(
    turns: Sequence[Recorded],
    against: Program,
    *,
    run: str,
    pinned: Program | None = None,
    programs: Mapping[str, Program] | None = None,
) -> Replayed:
    """Take the turns of the run with this id again with `against`.

    `pinned` is the version that took them: with it, waits and ends are compared as well, which the record does not hold
    themselves. `programs` are those of the sub-flows, by version.
    """
    compared = turn_by_turn(turns, against, run=run, pinned=pinned, programs=programs)
    for same, (_, differences) in enumerate(compared):
        if differences:
            return Replayed(same, len(turns), differences)
    return Replayed(len(turns), len(turns))


def turn_by_turn(
    turns: Sequence[Recorded],
    against: Program,
    *,
    run: str,
    pinned: Program | None = None,
    programs: Mapping[str, Program] | None = None,
) -> Iterator[tuple[Recorded, tuple[Difference, ...]]]:
    """Each turn with how it differs, as `replay` takes them; on and on, for as long as what is needed is known.

    `pinned` is the version that took the first of them, `programs` has those that the run was moved to.
    """
    mine, theirs, known = Run(run), Run(run), programs or {}
    for recorded in turns:
        if recorded.event["kind"] == Moved.kind:
            mine = replace(mine, turn=mine.turn + 1)
            theirs, pinned = _moved(theirs, pinned, recorded, known)
            yield recorded, ()
            continue
        outcome = _take(against, mine, recorded, known)
        if isinstance(outcome, Need):
            needs = [" ".join(query) for query in outcome.queries]
            yield recorded, (Difference(recorded.number, "needs", None, needs, outcome.node),)
            return
        differences = _differences(recorded, outcome, mine)
        before = None if pinned is None else _take(pinned, theirs, recorded, known)
        if isinstance(before, Turn):
            differences = differences or _ends(recorded, before.run, outcome.run)
            theirs = before.run
        yield recorded, tuple(differences)
        mine = outcome.run


def _moved(
    run: Run, pinned: Program | None, recorded: Recorded, programs: Mapping[str, Program]
) -> tuple[Run, Program | None]:
    """The run in the version it was moved to; without one where that is not known."""
    event, after = event_from(dict(recorded.event)), programs.get(recorded.event["version"])
    if pinned is None or after is None or not isinstance(event, Moved):
        return run, None
    moved = move(run, pinned, after, event, _world(recorded.read))
    return (moved, after) if isinstance(moved, Run) else (run, None)


def _take(program: Program, run: Run, recorded: Recorded, programs: Mapping[str, Program]) -> Turn | Need:
    event, world = event_from(dict(recorded.event)), _world(recorded.read)
    for _ in range(ROUNDS):
        outcome = advance(program, run, event, world)
        if isinstance(outcome, Turn) or not all(_is_program(query, programs) for query in outcome.queries):
            break
        asked = {version: programs[version] for _, version in outcome.queries}
        world = replace(world, programs={**world.programs, **asked})
    return outcome


def _is_program(query: Query, programs: Mapping[str, Program]) -> bool:
    kind, version = query
    return kind == "program" and version in programs


def _world(read: Mapping[str, Any]) -> World:
    """What was read then; JSON has no pairs for keys."""
    names = ("contact", "conversation", "account", "channel", "deal", "agent")
    facts = {(kind, key): answer for kind, key, answer in read.get("facts", ())}
    return World(**{name: read[name] for name in names if name in read}, facts=facts)


def _differences(recorded: Recorded, outcome: Turn, before: Run) -> list[Difference]:
    if outcome.run.turn == before.turn:
        return [Difference(recorded.number, "not_taken", recorded.event.get("kind"), None)]
    trace, effects = recorded.trace, recorded.effects
    asked = [effect.as_data() for effect in outcome.effects]
    refused = recorded.read.get("refused")
    if refused:  # by the account, after the core had decided: what stands behind it is not the core's
        trace, effects = trace[:-1], [*effects[: refused["index"]], refused["effect"]]
        asked = asked[: refused["index"] + 1]
    pairs: tuple[tuple[What, Sequence[Any], Sequence[Any]], ...] = (
        ("trace", [_step(step) for step in trace], [_step(step.as_data()) for step in outcome.trace]),
        ("effects", effects, asked),
    )
    found = []
    for what, then, now in pairs:
        first = _first_other(_plain(then), _plain(now))
        if first is not None:
            found.append(Difference(recorded.number, what, *first))
    return found


def _ends(recorded: Recorded, then: Run, now: Run) -> list[Difference]:
    found = []
    waits = [_plain(to_builtins(run.wait)) for run in (then, now)]
    if waits[0] != waits[1]:
        found.append(Difference(recorded.number, "wait", *waits))
    ends = [f"{run.status} {run.outcome}".strip() for run in (then, now)]
    if ends[0] != ends[1]:
        found.append(Difference(recorded.number, "status", *ends))
    return found


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    """What counts of a node passed; why in words does not."""
    return {name: step.get(name) for name in ("node", "port", "answer")}


def _first_other(then: list[Any], now: list[Any]) -> tuple[Any, Any] | None:
    for place in range(max(len(then), len(now))):
        one = then[place] if place < len(then) else None
        other = now[place] if place < len(now) else None
        if one != other:
            return one, other
    return None


def _plain(value: Any) -> Any:
    """As JSON gives it back."""
    return orjson.loads(orjson.dumps(value))
