"""F150 hand-offs to a team that has nobody, or that is always or sometimes closed when a contact gets there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from flowengine.core.check.account import Account
from flowengine.core.check.hops import Ways
from flowengine.core.check.moments import Opening, guards_of, moments_of, opening_of
from flowengine.core.check.subject import Subject
from flowengine.core.check.week import ALWAYS, NEVER, Week
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node

DEFAULT_TEAM = "default_team"
CLOSED = "closed"
SOMETIMES = "F150.sometimes"
MOST_TEAMS = 10  # whose closed branches are told from others: each is a walk of its own


def handoff_findings(subject: Subject, account: Account, ways: Callable[[], Ways]) -> Iterator[Finding]:
    """A wired `closed` or `unavailable` is the author's answer to it: then nothing is said, nor of what follows it."""
    default = subject.flow.settings.get(DEFAULT_TEAM)
    if isinstance(default, str) and _has_nobody(account, default):
        label = _name(account, default)
        yield finding("F150", text="F150.default", pointer=f"/settings/{DEFAULT_TEAM}", team=label)
    handing = [
        (node, team)
        for node in subject.sound_nodes()
        if subject.types[node.type].does("hands_off") and (team := _team(subject, node)) is not None
    ]
    for node, team in handing:
        if team != default and _has_nobody(account, team) and (node.id, "unavailable") not in subject.wires:
            yield _finding(subject, node, "F150", _name(account, team))
    opening = opening_of(account)
    if all(opening.get(f"team:{team}", ALWAYS) == ALWAYS for _, team in handing):
        return
    told = frozenset(port for port in subject.wires if port[1] == CLOSED)
    guards = guards_of(subject, opening)

    @cache
    def moments(left_out: frozenset[tuple[str, str]]) -> Mapping[str, Week]:
        return moments_of(subject, ways().without(left_out), opening)

    for node, team in handing:
        if (node.id, CLOSED) in subject.wires:
            continue
        text = _closed(moments(told).get(node.id, NEVER), opening, account, team)
        if (
            text == SOMETIMES and moments.cache_info().currsize <= MOST_TEAMS
        ):  # the author who sent them on while closed meant it
            open_then = opening.get(f"team:{team}", ALWAYS)
            meant = told.union(port for port, week in guards.items() if not week & open_then)
            text = _closed(moments(meant).get(node.id, NEVER), opening, account, team)
        if text is not None:
            yield _finding(subject, node, text, _name(account, team))


def _team(subject: Subject, node: Node) -> str | None:
    """The team that the node names, else the flow's where the schema says so."""
    named = next((str(found.value) for found in subject.marked(node, "x-ref", "team")), None)
    if named is not None:
        return named if "{" not in named else None
    default = subject.flow.settings.get(DEFAULT_TEAM)
    return default if isinstance(default, str) else None


def _closed(week: Week, opening: Opening, account: Account, team: str) -> str | None:
    open_then = opening.get(f"team:{team}", ALWAYS)
    if week == NEVER:
        return None  # no run comes here: another family says so
    if open_then == NEVER and not _opens_some_day(account.hours.get(f"team:{team}")):
        return "F150.never"
    if not week & open_then:
        return "F150.always"
    return SOMETIMES if week & ~open_then else None


def _opens_some_day(hours: Mapping[str, Any] | None) -> bool:
    """Hours without a weekday may open on days of their own."""
    return any(isinstance(day, Mapping) and day.get("spans") for day in (hours or {}).get("holidays") or ())


def _has_nobody(account: Account, team: str) -> bool:
    """Only where it is known how many there are."""
    facts = account.facts("team", team)
    return facts is not None and facts.get("members") == 0


def _name(account: Account, team: str) -> str:
    return str((account.facts("team", team) or {}).get("name") or team)


def _finding(subject: Subject, node: Node, text: str, team: str) -> Finding:
    return finding("F150", text=text, node=node.id, label=subject.called(node), team=team)
