"""Stories: recorded conversations that are tests of a flow; how they are read, played and judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flowengine.core.durations import Duration
from flowengine.core.program import Program
from flowengine.core.rehearsal import Rehearsal, Scene, Surroundings

WORLD: Mapping[str, Any] = {
    "at": "2026-01-05T10:00:00-03:00",  # a Monday
    "timezone": "America/Sao_Paulo",
    "contact": {"name": "Renata Vasques"},
    "channel": {"kind": "webchat", "key": "webchat"},
}


@dataclass(frozen=True, slots=True)
class Told:
    """How a story went: what did not come as written, and the ports that were passed."""

    name: str
    failures: tuple[str, ...]
    ports: frozenset[tuple[str, str]]


def play_stories(program: Program, stories: Mapping[str, Any]) -> list[Told]:
    """Play every story of a file whose shape has been proved."""
    common = {**WORLD, **stories.get("world", {})}
    return [_play(program, story, {**common, **story.get("world", {})}) for story in stories["stories"]]


def surroundings_of(world: Mapping[str, Any]) -> Surroundings:
    """A story's world; what it does not say is as usual."""
    given = {**WORLD, **world}
    return Surroundings(**{**given, "at": datetime.fromisoformat(given["at"])})


def wired_ports(program: Program) -> frozenset[tuple[str, str]]:
    """Every port of the flow that a wire leaves."""
    return frozenset((edge.source, edge.port) for edge in program.flow.edges)


def _play(program: Program, story: Mapping[str, Any], world: Mapping[str, Any]) -> Told:
    rehearsal = Rehearsal(program, surroundings_of(world))
    failures: list[str] = []
    ports: set[tuple[str, str]] = set()
    for place, exchange in enumerate(story["exchanges"], start=1):
        scene = _act(rehearsal, exchange)
        ports |= {(step.node, step.port) for step in scene.trace if step.port is not None}
        failures += [f"{place}: {failure}" for failure in _judge(rehearsal, scene, exchange)]
        if failures:
            break  # what follows a wrong turn says nothing
    return Told(story["name"], tuple(failures), frozenset(ports))


def _act(rehearsal: Rehearsal, exchange: Mapping[str, Any]) -> Scene:
    match exchange:
        case {"says": text}:
            return rehearsal.says(text)
        case {"presses": option}:
            return rehearsal.presses(option)
        case {"waits": time}:
            duration = Duration.read(time)
            return rehearsal.waits(duration.after(rehearsal.now) - rehearsal.now)
        case {"finished": reason}:
            return rehearsal.finishes(reason if isinstance(reason, str) else None)
        case {"refused": reason}:
            return rehearsal.refuses(reason)
    return Scene()


def _judge(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> Iterator[str]:
    said, wanted = [message.text for message in scene.messages], exchange.get("bot", [])
    if len(said) != len(wanted) or not all(_fits(text, pattern) for text, pattern in zip(said, wanted, strict=True)):
        yield f"the bot said {said}, not {wanted}"
    offered = [option.id for option in scene.messages[-1].options] if scene.messages else []
    if "options" in exchange and offered != exchange["options"]:
        yield f"the options were {offered}, not {exchange['options']}"
    yield from _judge_hand_off(rehearsal, scene, exchange)
    run = rehearsal.run
    outcome = run.outcome if run and run.status != "open" else None
    if "outcome" in exchange and outcome != exchange["outcome"]:
        yield f"the run's outcome is {outcome!r}, not {exchange['outcome']!r}"
    failed = (run.error or {}).get("code") if run else None
    if failed != exchange.get("fails"):
        yield f"the run failed with {failed!r} ({(run.error or {}).get('message') if run else ''})"
    for name, value in exchange.get("variables", {}).items():
        found = run.variables.get(name) if run else None
        if found != value:
            yield f"the variable {name} is {found!r}, not {value!r}"


def _judge_hand_off(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> Iterator[str]:
    handed = scene.hand_off
    team = rehearsal.team if handed else None
    if team != exchange.get("team") and ("team" in exchange or not _is_expected(exchange)):
        yield f"handed to {team!r}, not {exchange.get('team')!r}"
    if "note" in exchange and not (handed and _fits(handed.note, exchange["note"])):
        yield f"the note was {handed.note if handed else None!r}, not {exchange['note']!r}"
    if "priority" in exchange and not (handed and handed.priority == exchange["priority"]):
        yield f"the priority was {handed.priority if handed else None!r}, not {exchange['priority']!r}"


def _is_expected(exchange: Mapping[str, Any]) -> bool:
    """A run that fails always hands off; that need not be said twice."""
    return "fails" in exchange


def _fits(text: str, pattern: str) -> bool:
    """Whether the text is as written, where … stands for anything."""
    parts = (re.escape(part) for part in pattern.split("…"))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None
