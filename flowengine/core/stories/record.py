"""Writes stories: what came of an exchange, put down as what must come; and old expectations brought up to date."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flowengine.core.errors import FlowEngineError
from flowengine.core.program import Program
from flowengine.core.stories.judge import done, fits, judge
from flowengine.core.stories.play import Programs, play
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene

ACTS = ("says", "sends", "shares", "presses", "waits", "happens", "data", "finished", "refused", "node")


def recorded(rehearsal: Rehearsal, scene: Scene, act: Mapping[str, Any]) -> dict[str, Any]:
    """The exchange that begins with `act` and expects what has just come of it."""
    exchange: dict[str, Any] = {name: act[name] for name in ACTS if name in act}
    if scene.messages:
        exchange["bot"] = [message.text for message in scene.messages]
        if scene.messages[-1].options:
            exchange["options"] = [option.id for option in scene.messages[-1].options]
    if scene.hand_off is not None:
        exchange["team"] = rehearsal.team
        exchange |= {"note": scene.hand_off.note} if scene.hand_off.note else {}
        exchange |= {"priority": scene.hand_off.priority} if scene.hand_off.priority != "normal" else {}
        exchange |= {"user": scene.hand_off.user} if scene.hand_off.user else {}
    if effects := done(scene):
        exchange["effects"] = effects
    run = rehearsal.run
    if run is not None and run.status == "failed":
        exchange["fails"] = (run.error or {}).get("code", "flow_error")
    elif run is not None and run.status != "open":
        exchange["outcome"] = run.outcome
    return exchange


def updated(program: Program, stories: Mapping[str, Any], flows: Programs | None = None) -> dict[str, Any]:
    """The same stories with expectations that come true; those that came true already stay as they are written."""
    common = stories.get("world", {})
    told = []
    for story in stories["stories"]:
        world = {**common, **story.get("world", {})}
        exchanges: list[dict[str, Any]] = []
        # A story that cannot go on, for want of a mock or so, keeps the rest as it is written.
        with suppress(FlowEngineError):
            for played in play(program, story, world, flows):
                exchanges.append(_kept(played.rehearsal, played.scene, played.exchange))
        told.append({**story, "exchanges": [*exchanges, *story["exchanges"][len(exchanges) :]]})
    return {**stories, "stories": told}


def _kept(rehearsal: Rehearsal, scene: Scene, exchange: Mapping[str, Any]) -> dict[str, Any]:
    if not any(judge(rehearsal, scene, exchange)):
        return dict(exchange)
    new = recorded(rehearsal, scene, exchange)
    if "bot" in new:  # a text written with … stays so where it still fits
        old = exchange.get("bot", [])
        new["bot"] = [_as_written(text, old[place : place + 1]) for place, text in enumerate(new["bot"])]
    run = rehearsal.run
    if "variables" in exchange and run is not None:
        new["variables"] = {name: run.variables.get(name) for name in exchange["variables"]}
    if "ports" in exchange:
        passed = [f"{step.node}.{step.port}" for step in scene.trace if step.port is not None]
        new["ports"] = [port for port in exchange["ports"] if port in passed] or passed
    return new


def _as_written(text: str, before: list[str]) -> str:
    return before[0] if before and fits(text, before[0]) else text
