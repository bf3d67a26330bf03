"""Whether an exchange of a story came as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flowengine.core.effects import Effect, HandOff, SendMessage, TakeBack
from flowengine.core.stories.failure import Failure, differing
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene

SAID_ELSEWHERE = (SendMessage, HandOff, TakeBack)  # by "bot", "options", "team", "note", "priority"


def judge(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> Iterator[Failure]:
    """What did not come as written; nothing for an exchange that came true."""
    yield from _judge_run_failed(rehearsal, exchange)
    yield from _judge_words(scene, exchange)
    yield from _judge_hand_off(rehearsal, scene, exchange)
    yield from _judge_effects(scene, exchange)
    passed = sorted({f"{step.node}.{step.port}" for step in scene.trace if step.port is not None})
    for port in exchange.get("ports", ()):
        if port not in passed:
            yield Failure("ports", {"port": port, "passed": ", ".join(passed) or "–"})
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


def _judge_words(scene: Scene, exchange: Mapping[str, Any]) -> Iterator[Failure]:
    said, wanted = [message.text for message in scene.messages], exchange.get("bot", [])
    if len(said) != len(wanted) or not all(map(fits, said, wanted)):
        code = "said.nothing" if not said else "said" if wanted else "said.unexpected"
        yield Failure(code, diff=differing(wanted, said, fits))
    offered = [option.id for option in scene.messages[-1].options] if scene.messages else []
    if "options" in exchange and offered != exchange["options"]:
        yield Failure("options", diff=differing(exchange["options"], offered))


def _judge_hand_off(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> Iterator[Failure]:
    handed = scene.hand_off
    team, wanted = rehearsal.team if handed else None, exchange.get("team")
    # A run that fails always hands off; that need not be said twice.
    if team != wanted and ("team" in exchange or "fails" not in exchange):
        code = "team.none" if team is None else "team" if wanted else "team.unexpected"
        yield Failure(code, {"came": team or "", "expected": wanted or ""})
    if "note" in exchange and not (handed and fits(handed.note, exchange["note"])):
        lines = handed.note.splitlines() if handed else []
        yield Failure("note", diff=differing(exchange["note"].splitlines(), lines, fits))
    if "priority" in exchange and not (handed and handed.priority == exchange["priority"]):
        yield Failure("priority", {"came": handed.priority if handed else "–", "expected": exchange["priority"]})
    if "user" in exchange and not (handed and handed.user == exchange["user"]):
        yield Failure("user", {"came": (handed.user if handed else None) or "–", "expected": exchange["user"]})


def _judge_effects(scene: Scene, exchange: Mapping[str, Any]) -> Iterator[Failure]:
    """Those listed have to come, in this order and no others; a listed one says only what matters of it."""
    if "effects" not in exchange:
        return
    came, wanted = done(scene), exchange["effects"]
    if len(came) != len(wanted) or not all(map(_holds, came, wanted)):
        patterns = {_line(pattern): pattern for pattern in wanted}
        effects = {_line(effect): effect for effect in came}
        yield Failure(
            "effects", diff=differing(list(map(_line, wanted)), list(map(_line, came)), _as_lines(effects, patterns))
        )


def _judge_run_failed(rehearsal: Rehearsal, exchange: Mapping[str, Any]) -> Iterator[Failure]:
    """First, since what a failed run did not do follows from that."""
    error = (rehearsal.run.error if rehearsal.run else None) or {}
    wanted = exchange.get("fails")
    if error.get("code") == wanted:
        return
    if error:
        yield Failure("fails", {"node": error.get("node", ""), "error": error.get("message", "")})
    else:
        yield Failure("fails.not", {"expected": str(wanted)})


def _judge_run(rehearsal: Rehearsal, exchange: Mapping[str, Any]) -> Iterator[Failure]:
    run = rehearsal.run
    outcome = run.outcome if run and run.status != "open" else None
    if "outcome" in exchange and outcome != exchange["outcome"]:
        code = "outcome.open" if outcome is None else "outcome"
        yield Failure(code, {"came": outcome or "", "expected": exchange["outcome"]})
    for name, value in exchange.get("variables", {}).items():
        found = run.variables.get(name) if run else None
        if not _holds(_plain(found), value):
            yield Failure("variables", {"name": name}, diff=differing([_line(value)], [_line(found)]))


def _line(value: Any) -> str:
    """A value on one line."""
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _as_lines(came: Mapping[str, Any], wanted: Mapping[str, Any]) -> Callable[[str, str], bool]:
    return lambda line, pattern: _holds(came[line], wanted[pattern])


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
