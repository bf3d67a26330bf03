"""What a node may say to the interpreter, and what it is told: the contract of all node types.

A node type is one module of `flowengine.nodes` with three pure functions:

    def read(params) -> Params                      # once per version: typed, templates and conditions compiled
    def enter(params, context) -> Step              # the walk has come to this node
    def resume(params, context, event) -> Step      # what this node waits for has happened

and the schema of its params, which also declares its ports (`x-ports`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from flowengine.core.effects import Effect
from flowengine.core.events import Event, EventKind

Unwired = Literal["required", "end", "default_team", "stay"]
# What follows when a port has no wire: "required" is an error of the checker (at run time it acts as "default_team",
# so that a contact is never left alone); "end" ends the run; "default_team" hands off; "stay" is the node's own affair.


@dataclass(frozen=True, slots=True)
class Port:
    """A way out of a node."""

    id: str
    title: str = ""
    unwired: Unwired = "required"


@dataclass(frozen=True, slots=True)
class Timer:
    """Wakes the wait it belongs to at `due` (UTC); `rule` keeps the wall-clock words it was computed from."""

    name: str
    due: datetime
    rule: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Go:
    """Leave by `port`. `sets` are variables; `answer` is kept under `answers.<node>`; `why` is for the trace."""

    port: str = "next"
    effects: tuple[Effect, ...] = ()
    sets: Mapping[str, Any] = field(default_factory=dict)
    answer: Any = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait here for one of the kinds of event in `until`, or for a timer; `keep` is the node's own note to itself.

    A node that pauses again gives its timers again: those of the wait before are gone.
    """

    until: tuple[EventKind, ...]
    effects: tuple[Effect, ...] = ()
    timers: tuple[Timer, ...] = ()
    keep: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """The event changes nothing: the wait goes on as it was."""


@dataclass(frozen=True, slots=True)
class End:
    """The run is complete with this outcome."""

    outcome: str = "completed"
    effects: tuple[Effect, ...] = ()


Step = Go | Pause | Stay | End


@dataclass(frozen=True, slots=True)
class NodeType:
    """A node type as the interpreter and the checker know it.

    `ports` gives the ways out for these params, in the order they are drawn. `waits` says whether the walk always
    pauses here (then a loop through it cannot spin); `waits_before` are the ports that are left only after a pause.
    """

    name: str
    schema: Mapping[str, Any]
    ports: Callable[[Mapping[str, Any]], tuple[Port, ...]]
    read: Callable[[Mapping[str, Any]], Any]
    enter: Callable[[Any, Context], Step]
    resume: Callable[[Any, Context, Any], Step]
    waits: bool = False
    waits_before: frozenset[str] = frozenset()


NodeTypes = Mapping[str, NodeType]


class NotLoaded(Exception):  # noqa: N818 - no error: it tells the interpreter what a node needs to know
    """A node looked something up that the world does not hold yet."""

    def __init__(self, query: Query) -> None:
        super().__init__(query)
        self.query = query


Query = tuple[str, str]
"""What can be looked up, answered in plain values:

("team", slug) → {"name", "members": how many, "available": of them online and with room, "texts": {"closed"?, …}}
                 or None: no such team
("hours", "account" | "team:<slug>") → business hours as hours.py reads them, or None: always open
"""


@dataclass(frozen=True, slots=True)
class World:
    """The read-only view of what surrounds a run, loaded so far; plain JSON values only.

    `contact`: name, email, phone, language, fields. `conversation`: id, state, channel. `account`: name, language,
    timezone, vars. `facts`: answers to queries.
    """

    contact: Mapping[str, Any] = field(default_factory=dict)
    conversation: Mapping[str, Any] = field(default_factory=dict)
    account: Mapping[str, Any] = field(default_factory=dict)
    channel: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[Query, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What a node may see. `now` is the event's time in UTC; `names` are those that templates and conditions know."""

    node: str
    now: datetime
    language: str
    timezone: str
    names: Mapping[str, Any]
    settings: Mapping[str, Any]
    wired: frozenset[str]
    kept: Mapping[str, Any]
    asked_in: int  # the turn in which this wait began
    run: str
    world: World
    event: Event

    def look_up(self, kind: str, key: str) -> Any:
        """The answer to a query; the interpreter asks the outside for what is not loaded yet."""
        query = (kind, key)
        if query not in self.world.facts:
            raise NotLoaded(query)
        return self.world.facts[query]
