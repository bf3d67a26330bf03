"""Stories: recorded conversations that are tests of a flow; how they are played, and judged exchange by exchange."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.durations import Duration
from flowengine.core.errors import FlowEngineError
from flowengine.core.events import Attachment
from flowengine.core.program import Program
from flowengine.core.stories.failure import Failure
from flowengine.core.stories.judge import judge
from flowengine.core.stories.mocks import NoMock
from flowengine.core.stories.patience import TooLong
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene
from flowengine.core.stories.surroundings import surroundings_of

Programs = Mapping[str, Program]


@dataclass(frozen=True, slots=True)
class Told:
    """How a story went: what did not come as written, and what of the flow it passed."""

    name: str
    failures: tuple[Failure, ...]
    ports: frozenset[tuple[str, str]]
    nodes: frozenset[str] = frozenset()
    elsewhere: frozenset[tuple[str, str, str | None]] = frozenset()  # (flow, node, port) of flows it called or started


@dataclass(frozen=True, slots=True)
class Played:
    """One exchange as it was written, and what came of it."""

    place: int
    exchange: Mapping[str, Any]
    scene: Scene
    rehearsal: Rehearsal  # as it is after the exchange, until the next is asked for


def play_stories(program: Program, stories: Mapping[str, Any], flows: Programs | None = None) -> list[Told]:
    """Play every story of a file whose shape has been proved; `flows` are others that this one calls, by key."""
    common = stories.get("world", {})
    return [tell(program, story, {**common, **story.get("world", {})}, flows) for story in stories["stories"]]


def tell(program: Program, story: Mapping[str, Any], world: Mapping[str, Any], flows: Programs | None) -> Told:
    """Play one story in this world and judge it."""
    failures: list[Failure] = []
    passed: set[tuple[str, str, str | None]] = set()
    place, exchange = 1, story["exchanges"][0]
    try:
        for played in play(program, story, world, flows):
            place, exchange = played.place + 1, story["exchanges"][min(played.place, len(story["exchanges"]) - 1)]
            passed |= {(step.version, step.node, step.port) for step in played.scene.trace}
            failures += [each.at(played.place, played.exchange) for each in _judged(played)]
            if failures:
                break  # what follows a wrong turn says nothing
    except FlowEngineError as fault:
        failures.append(failure_of(fault).at(place, exchange))
    own = {(node, port) for flow, node, port in passed if flow in ("", program.flow.key)}
    return Told(
        name=story["name"],
        failures=tuple(failures),
        ports=frozenset((node, port) for node, port in own if port is not None),
        nodes=frozenset(node for node, _ in own),
        elsewhere=frozenset(each for each in passed if each[0] not in ("", program.flow.key)),
    )


def play(
    program: Program, story: Mapping[str, Any], world: Mapping[str, Any], flows: Programs | None
) -> Iterator[Played]:
    """The exchanges of a story, one after the other, whatever comes of them."""
    rehearsal = Rehearsal(program, surroundings_of(world, flows))
    for place, exchange in enumerate(story["exchanges"], start=1):
        yield Played(place, exchange, act(rehearsal, exchange), rehearsal)


def wired_ports(program: Program) -> frozenset[tuple[str, str]]:
    """Every port of the flow that a wire leaves."""
    return frozenset((edge.source, edge.port) for edge in program.flow.edges)


def act(rehearsal: Rehearsal, exchange: Mapping[str, Any]) -> Scene:
    """Let happen what an exchange begins with."""
    rehearsal.come = Scene()
    match exchange:
        case {"says": text}:
            return rehearsal.says(text, attachments=_files(exchange))
        case {"sends": _}:
            return rehearsal.says("", attachments=_files(exchange))
        case {"shares": place}:
            return rehearsal.says("", location=place)
        case {"presses": option}:
            return rehearsal.presses(option)
        case {"waits": time}:
            duration = Duration.read(time)
            return rehearsal.waits(duration.after(rehearsal.now) - rehearsal.now)
        case {"happens": name}:
            return rehearsal.happens(name, exchange.get("data", {}))
        case {"finished": reason}:
            return rehearsal.finishes(reason if isinstance(reason, str) else None)
        case {"refused": reason}:
            return rehearsal.refuses(reason, exchange.get("node", ""))
    return Scene()


def failure_of(fault: FlowEngineError) -> Failure:
    """Why a story could not go on."""
    match fault:
        case NoMock(detail=detail):
            return Failure("mock", {"node": detail["node"]})
        case TooLong(detail=detail):
            return Failure("long", {"most": detail["most"]})
    return Failure("broken", {"error": str(fault)})


def _judged(played: Played) -> Iterator[Failure]:
    return judge(played.rehearsal, played.scene, played.exchange)


def _files(exchange: Mapping[str, Any]) -> tuple[Attachment, ...]:
    return tuple(Attachment(file["url"], file["mime"], file.get("name", "")) for file in exchange.get("sends", ()))
