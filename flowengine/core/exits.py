"""What takes a run out of its flow whatever it waits for: its goal, and conditions that stop it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.conditions import Judge, compile_condition
from flowengine.core.errors import FlowError
from flowengine.core.steps import Context


@dataclass(frozen=True, slots=True)
class Exit:
    """`event` is one of the catalogue; `node` is where the walk goes on, None where the run ends with `outcome`."""

    event: str
    holds: Judge
    outcome: str
    node: str | None = None

    def is_taken(self, name: str, context: Context) -> bool:
        return self.event == name and self.holds(context)


def exits_of(settings: Mapping[str, Any]) -> tuple[Exit, ...]:
    """The goal first. One that cannot be read is left out: the checker has told its author."""
    goal, stops = settings.get("goal"), settings.get("stop", ())
    declared = ([(goal, "goal")] if goal else []) + [(stop, "stop_condition") for stop in stops]
    return tuple(found for given, outcome in declared if (found := _exit(given, outcome)) is not None)


def _exit(given: Mapping[str, Any], outcome: str) -> Exit | None:
    try:
        holds = compile_condition(given["where"]) if given.get("where") else _always
    except FlowError:
        return None
    node = given.get("node") if given.get("then") == "node" else None
    return Exit(given["event"], holds, outcome, node)


def _always(_: Context) -> bool:
    return True
