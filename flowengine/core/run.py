"""A run: one subject's walk through one version of a flow, as a value that survives JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from flowengine.core.events import (
    CallAnswered,
    Event,
    EventKind,
    HumanFinished,
    SendFailed,
    Started,
    TimerFired,
)
from flowengine.core.steps import Timer

STATE_VERSION = 2  # raised, with a pure upgrade in `_today`, whenever the shape below changes

Status = Literal["open", "completed", "failed", "ended"]
# completed: walked to an end; failed: the author's mistake, or a hand-off nobody asked for; ended: from outside.

_ANSWERS = (TimerFired, HumanFinished, SendFailed, CallAnswered)  # to what a certain turn of a certain run asked for


class Wait(Struct, frozen=True):
    """What an open run waits for, where, since when; `turn` is the one that began it."""

    node: str
    until: tuple[EventKind, ...]
    turn: int
    since: datetime
    timers: tuple[Timer, ...] = ()
    keep: Mapping[str, Any] = {}


class Frame(Struct, frozen=True):
    """A flow that called another at `node` and waits for it to come back; `version` as in Run."""

    version: str
    node: str
    variables: Mapping[str, Any] = {}
    answers: Mapping[str, Any] = {}


class Run(Struct, frozen=True, tag_field="state_version", tag=STATE_VERSION):
    """The state of a walk. `turn` counts the turns taken; 0 is a run that has not started.

    `version` is the one walked now: "" for the version the run pins, else that of a sub-flow; `frames` are the flows
    that wait for it, the outermost first. `questions` says by turn which node offered buttons then, so that one pressed
    late finds its question; `asked` are the latest nodes that waited for the contact, so that "back" finds its way.
    `times` are moments (ISO) that look-backs count from; `kept` is what was said while the flow waited for time.
    """

    id: str
    turn: int = 0
    status: Status = "open"
    wait: Wait | None = None
    variables: Mapping[str, Any] = {}
    answers: Mapping[str, Any] = {}
    outcome: str = ""
    error: Mapping[str, Any] | None = None
    questions: Mapping[str, str] = {}
    version: str = ""
    frames: tuple[Frame, ...] = ()
    trigger: str = ""
    asked: tuple[str, ...] = ()
    times: Mapping[str, str] = {}
    kept: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As it is stored, its version first; `from_data` reads it back, in later versions too."""
        data: dict[str, Any] = to_builtins(self)
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Run:
        return convert(_today(data), cls)

    def as_json(self) -> bytes:
        """What `as_data` gives, as JSON, made at once."""
        return encode(self)

    @classmethod
    def from_json(cls, state: bytes | str) -> Run:
        try:
            return _READER.decode(state)
        except ValidationError:  # of an older version
            return cls.from_data(_ANY.decode(state))

    def ended(self, outcome: str) -> Run:
        """The run, ended from outside (a person took over, another flow replaced it)."""
        return replace(self, status="ended", wait=None, outcome=outcome)


def is_for(event: Event, run: Run) -> bool:
    """Whether `run` takes `event` now. What is late, repeated or somebody else's is not for it."""
    if run.status != "open":
        return False
    if isinstance(event, Started):
        return run.turn == 0 and event.run in ("", run.id)
    wait = run.wait
    if wait is None or event.kind not in wait.until:
        return False
    if isinstance(event, _ANSWERS):
        return event.run == run.id and event.turn == wait.turn
    return True


def _today(data: dict[str, Any]) -> dict[str, Any]:
    """A stored state in today's shape; pure, a step a version."""
    if data.get("state_version", 1) < 2:  # sub-flows, commands and look-backs came with version 2
        since_then = {"version": "", "frames": [], "trigger": "", "asked": [], "times": {}, "kept": []}
        data = {**data, **since_then, "state_version": 2}
    return data


_READER = Decoder(Run)
_ANY = Decoder(dict[str, Any])
