"""When in the week a run can come to each node: sets of minutes, carried along waits and through questions of hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.check.account import Account
from flowengine.core.check.hops import Hop, Ways, knots
from flowengine.core.check.subject import Subject
from flowengine.core.check.week import ALWAYS, NEVER, Week, spread, week_of
from flowengine.core.flow import Node

Guards = Mapping[tuple[str, str], Week]  # by node and port: the minutes in which it can be left that way
Opening = Mapping[str, Week]

OTHERWISE = "else"


def opening_of(account: Account) -> Opening:
    """The minutes in which the hours of the account and of each team are open, by what follows `hours.`"""
    return {of: week_of(hours, account.now) for of, hours in account.hours.items()}


def moments_of(subject: Subject, ways: Ways, opening: Opening) -> Mapping[str, Week]:
    """For each node that a run can come to. Never too few: on a circle where time passes, any minute of the week."""
    guards = guards_of(subject, opening)
    into: dict[str, list[Hop]] = defaultdict(list)
    for hop in ways.hops:
        into[hop.target].append(hop)
    moments: dict[str, Week] = {}
    for knot in knots(ways.nodes(), ways.hops):
        week = ALWAYS if any(node in ways.starts for node in knot) else NEVER
        turns = False
        for hop in (hop for node in knot for hop in into[node]):
            if hop.source in knot:
                turns = turns or hop.most > 0
            else:
                left_at = spread(moments[hop.source], hop.least, hop.most)
                week |= left_at & guards.get((hop.source, hop.port), ALWAYS)
        moments |= dict.fromkeys(knot, ALWAYS if turns and week else week)
    return moments


def guards_of(subject: Subject, opening: Opening) -> Guards:
    """Of every port that a question of hours stands before, and of others."""
    return {port: week for node in subject.sound_nodes() for port, week in _guards(subject, node, opening)}


def can_be(condition: Mapping[str, Any], opening: Opening, *, holds: bool) -> Week:
    """The minutes in which the condition can hold, or can fail to; what it asks beside hours is left open."""
    match condition:
        case {"not": part}:
            return can_be(part, opening, holds=not holds)
        case {"all": parts} | {"any": parts}:
            weeks = [can_be(part, opening, holds=holds) for part in parts]
            together = ("all" in condition) is holds  # all must hold, or: none of any may
            week = ALWAYS if together else NEVER
            for part in weeks:
                week = week & part if together else week | part
            return week
        case {"left": str() as left, "op": "is_true" | "is_false" as op} if left.startswith("hours."):
            open_then = opening.get(left.removeprefix("hours."), ALWAYS)
            return open_then if (op == "is_true") is holds else ALWAYS & ~open_then
    return ALWAYS


def _guards(subject: Subject, node: Node, opening: Opening) -> Iterator[tuple[tuple[str, str], Week]]:
    """Branches are judged in their order, so each is taken only when none before it was. A trigger has but one way."""
    left = ALWAYS
    for condition in subject.marked(node, "x-widget", "condition"):
        port = _port_beside(node.params, condition.path)
        holding = left & can_be(condition.value, opening, holds=True)
        if port is not None:
            yield (node.id, port), holding
            left &= can_be(condition.value, opening, holds=False)
        elif subject.begins(node):
            yield from (((node.id, way.id), holding) for way in subject.ports[node.id])
    yield (node.id, OTHERWISE), left


def _port_beside(params: Mapping[str, Any], path: tuple[str | int, ...]) -> str | None:
    """The id that stands beside a condition in a list of branches."""
    if len(path) != 3 or not isinstance(path[1], int):
        return None
    port = params[str(path[0])][path[1]].get("id")
    return port if isinstance(port, str) else None
