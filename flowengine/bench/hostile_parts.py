"""What hostile documents are put together from: nodes by their place, wires, an account."""

from __future__ import annotations

from typing import Any

from flowengine.core.check import Account

Node = dict[str, Any]

TEAMS = {f"t{number}": {"name": f"Time {number}", "members": number % 3} for number in range(50)}
WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE = {"timezone": "America/Sao_Paulo", "week": WEEK}
ACCOUNT = Account(
    references={"team": TEAMS, "tag": {f"tag-{number}": {"name": f"Tag {number}"} for number in range(500)}},
    hours={"account": OFFICE, **{f"team:{team}": OFFICE for team in TEAMS}},
)
START: Node = {"id": "start", "type": "trigger", "params": {"event": "message.received"}}


def flow(nodes: list[Node], edges: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": "hostile",
        "name": "Hostile",
        "language": "pt-BR",
        "settings": {"default_team": "t1"},
        "nodes": [START, *nodes],
        "edges": edges,
        **more,
    }


def chain(nodes: list[Node], port: str = "next", **more: Any) -> dict[str, Any]:
    """The nodes one after the other."""
    ways = [("start", "next", nodes[0]["id"])]
    ways += [(here["id"], port, there["id"]) for here, there in zip(nodes, nodes[1:], strict=False)]
    return flow(nodes, [wire(*way) for way in ways], **more)


def wire(source: str, port: str, target: str) -> dict[str, Any]:
    return {"source": source, "port": port, "target": target}


def says(place: int, text: str) -> Node:
    return {"id": f"n{place}", "type": "message", "params": {"parts": [{"kind": "text", "text": text}]}}


def decides(place: int, *conditions: Any) -> Node:
    branches = [{"id": f"b{at}", "title": f"B{at}", "when": when} for at, when in enumerate(conditions)]
    return {"id": f"n{place}", "type": "condition", "params": {"branches": branches}}


def asks(place: int, options: int) -> Node:
    own = [{"id": f"o{at}", "title": f"Option {at} of {place}"} for at in range(options)]
    return {"id": f"n{place}", "type": "menu", "params": {"text": "?", "options": own, "save_to": f"v{place}"}}


def sets(place: int, names: range) -> Node:
    given = [{"name": f"x{name}", "value": f"{{{{ vars.x{name - 1} }}}}"} for name in names]
    return {"id": f"n{place}", "type": "set", "params": {"assignments": given}}


def group(tests: list[Any]) -> dict[str, Any]:
    """Any number of tests, in groups of fifty."""
    groups: list[Any] = tests
    while len(groups) > 50:
        groups = [{"any": groups[at : at + 50]} for at in range(0, len(groups), 50)]
    return {"all": groups}


def test(number: int, name: str = "vars.v") -> dict[str, Any]:
    return {"left": f"{name}{number % 97}", "op": "equals", "right": f"value {number}"}
