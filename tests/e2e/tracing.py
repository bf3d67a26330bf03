"""The browser's own trace of what a page did: how long its main thread was busy at a time, how long frames took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

FRAME_LIMIT_MS = 50


def traced(page: Page, act: Callable[[Page], None]) -> dict[str, Any]:
    """The main thread's tasks and the frames while something is done."""
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    session = page.context.new_cdp_session(page)
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: done.append(True))
    categories = (
        "toplevel,devtools.timeline,disabled-by-default-devtools.timeline,disabled-by-default-devtools.timeline.frame"
    )
    session.send("Tracing.start", {"categories": categories, "transferMode": "ReportEvents"})
    act(page)
    session.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    session.detach()
    return _figures(events)


def _figures(events: list[dict[str, Any]]) -> dict[str, Any]:
    mains = {
        (each["pid"], each["tid"])
        for each in events
        if each["name"] == "thread_name" and each["args"].get("name") == "CrRendererMain"
    }
    ours = [each for each in events if (each["pid"], each["tid"]) in mains and each.get("ph") == "X"]
    tasks = [each for each in ours if each["name"] == "RunTask"]
    wall = [each.get("dur", 0) / 1_000 for each in tasks]
    cpu = [each.get("tdur", 0) / 1_000 for each in tasks]
    frames = _between_frames(events)
    return {
        "longest_task_ms": round(max(wall, default=0)),
        "longest_task_cpu_ms": round(max(cpu, default=0)),
        "tasks_over_50_ms": sum(each > FRAME_LIMIT_MS for each in wall),
        "tasks_over_50_cpu_ms": sum(each > FRAME_LIMIT_MS for each in cpu),
        "longest_frame_ms": round(max(frames, default=0)),
        "frames": len(frames),
    }


def _between_frames(events: list[dict[str, Any]]) -> list[float]:
    """How long each frame took from its beginning until it was handed over, in ms."""
    begun = {
        each["args"]["frameSeqId"]: each["ts"]
        for each in events
        if each["name"] == "BeginFrame" and "frameSeqId" in each["args"]
    }
    drawn = {
        each["args"]["frameSeqId"]: each["ts"]
        for each in events
        if each["name"] == "DrawFrame" and "frameSeqId" in each["args"]
    }
    return [(drawn[frame] - begun[frame]) / 1_000 for frame in drawn if frame in begun]
