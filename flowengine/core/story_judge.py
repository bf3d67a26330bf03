"""Whether an exchange of a story came as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.effects import Effect, HandOff, SendMessage, TakeBack
from flowengine.core.rehearsal import Rehearsal
from flowengine.core.scene import Scene

SAID_ELSEWHERE = (SendMessage, HandOff, TakeBack)  # by "bot", "options", "team", "note", "priority"


def judge(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> Iterator[str]:
    """What did not come as written, in words; nothing for an exchange that came true."""
    said, wanted = [message.text for message in scene.messages], exchange.get("bot", [])
    if len(said) != len(wanted) or not all(fits(text, pattern) for text, pattern in zip(said, wanted, strict=True)):
        yield f"the bot said {said}, not {wanted}"
    offered = [option.id for option in scene.messages[-1].options] if scene.messages else []
    if "options" in exchange and offered != exchange["options"]:
        yield f"the options were {offered}, not {exchange['options']}"
    yield from _judge_hand_off(rehearsal, scene, exchange)
    yield from _judge_effects(scene, exchange)
    passed = {f"{step.node}.{step.port}" for step in scene.trace if step.port is not None}
    for port in exchange.get("ports", ()):
        if port not in passed:
            yield f"the port {port} was not passed; these were: {sorted(passed)}"
    yield from _judge_run(rehearsal, exchange)


def done(scene: Scene) -> list[dict[str, Any]]:
    """The effects that a story lists as such: all but words to the contact and hand-offs, without what is usual."""
    return [shown(effect) for effect in scene.effects if not isinstance(effect, SAID_ELSEWHERE)]


def shown(effect: Effect) -> dict[str, Any]:
    """An effect as a story writes it: its kind and what differs from an effect of that kind that says nothing."""
    usual = type(effect)().as_data()
    return {name: _plain(value) for name, value in effect.as_data().items() if name == "kind" or value != usual[name]}


def fits(text: str, pattern: str) -> bool:
    """Whether the text is as written, where … stands for anything."""
    parts = (re.escape(part) for part in pattern.split("…"))
    return re.fullmatch(".*".join(parts), text, re.DOTALL) is not None


def _judge_hand_off(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> Iterator[str]:
    handed = scene.hand_off
    team = rehearsal.team if handed else None
    # A run that fails always hands off; that need not be said twice.
    if team != exchange.get("team") and ("team" in exchange or "fails" not in exchange):
        yield f"handed to {team!r}, not {exchange.get('team')!r}"
    if "note" in exchange and not (handed and fits(handed.note, exchange["note"])):
        yield f"the note was {handed.note if handed else None!r}, not {exchange['note']!r}"
    if "priority" in exchange and not (handed and handed.priority == exchange["priority"]):
        yield f"the priority was {handed.priority if handed else None!r}, not {exchange['priority']!r}"
    if "user" in exchange and not (handed and handed.user == exchange["user"]):
        yield f"handed to the person {handed.user if handed else None!r}, not {exchange['user']!r}"


def _judge_effects(scene: Scene, exchange: Mapping[str, Any]) -> Iterator[str]:
    """Those listed have to come, in this order and no others; a listed one says only what matters of it."""
    if "effects" not in exchange:
        return
    came, wanted = done(scene), exchange["effects"]
    if len(came) != len(wanted) or not all(_holds(one, pattern) for one, pattern in zip(came, wanted, strict=True)):
        yield f"the effects were {came}, not {wanted}"


def _judge_run(rehearsal: Rehearsal, exchange: Mapping[str, Any]) -> Iterator[str]:
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


def _holds(came: Any, pattern: Any) -> bool:
    """Whether everything the pattern says is so; texts may hold …"""
    if isinstance(pattern, Mapping):
        return isinstance(came, Mapping) and all(name in came and _holds(came[name], pattern[name]) for name in pattern)
    if isinstance(pattern, list):
        return (
            isinstance(came, list)
            and len(came) == len(pattern)
            and all(_holds(one, other) for one, other in zip(came, pattern, strict=True))
        )
    return fits(came, pattern) if isinstance(came, str) and isinstance(pattern, str) else bool(came == pattern)


def _plain(value: Any) -> Any:
    """As JSON would have it."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
