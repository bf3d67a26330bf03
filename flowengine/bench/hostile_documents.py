"""Documents that nobody would draw: each as large in one way as the format lets it be, or larger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from flowengine.core.check import Account

Document = Any
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


def many_templates(source: str, count: int) -> Document:
    return chain([says(place, source % place) for place in range(count)])


def conditions(nodes: int, tests: int, op: Mapping[str, Any] | None = None) -> Document:
    made = [
        decides(place, group([{**test(place * tests + at), **(op or {})} for at in range(tests)]))
        for place in range(nodes)
    ]
    return chain(made, "b0")


def wide_conditions() -> Document:
    """Twenty nodes of twenty branches of a hundred and twenty-five tests."""
    made = [
        decides(place, *(group([test(place + branch * at) for at in range(125)]) for branch in range(20)))
        for place in range(20)
    ]
    return chain(made, "b0")


def orders() -> Document:
    """Patterns, as large as they may be, no two the same."""
    pattern = {"op": "matches"}
    made = [
        decides(place, {"left": "message.text", **pattern, "right": f"[a-z]{{1,400}}x{place}.*y{{1,300}}"})
        for place in range(2_400)
    ]
    return chain(made, "b0")


def tangle(nodes: int, wires: int, ports: int) -> Document:
    chance = Random(3)
    ids = [f"n{place}" for place in range(nodes)]
    ends = [(id, f"o{port}") for id in ids for port in range(ports)]
    ways = [wire(*end, chance.choice(ids)) for end in chance.sample(ends, min(wires, len(ends)))]
    return flow([asks(place, ports) for place in range(nodes)], [wire("start", "next", "n0"), *ways])


def quick_tangle() -> Document:
    """The same of nodes that never wait, and that read what others set."""
    chance = Random(5)
    made = [
        decides(place, *({"left": f"vars.x{chance.randrange(4_000)}", "op": "is_known"} for _ in range(4)))
        if place % 2
        else sets(place, range(place + 1, place + 3))
        for place in range(4_800)
    ]
    ports: Mapping[str, Sequence[str]] = {"condition": ["b0", "b1", "b2", "b3", "else"], "set": ["next"]}
    ways = [wire(str(n["id"]), port, f"n{chance.randrange(4_800)}") for n in made for port in ports[n["type"]]]
    return flow(made, [wire("start", "next", "n0"), *ways])


def ladder() -> Document:
    """A long line with a way back from every node: loops within loops, against the order of the walk."""
    made = [asks(place, 4) for place in range(4_900)]
    ways = [wire("start", "next", "n0")]
    for place in range(4_899):
        ways += [wire(f"n{place}", "o0", f"n{place + 1}"), wire(f"n{place + 1}", "o1", f"n{place}")]
        ways += [wire(f"n{place}", "o2", f"n{place * 7 % 4_900}"), wire(f"n{place}", "o3", "n0")]
    return flow(made, ways)


def with_commands() -> Document:
    """As many commands as there may be, each to a node of its own, in a flow that waits everywhere."""
    made = [asks(place, 2) for place in range(4_990)]
    commands = [{"terms": [f"c{at}"], "do": "node", "node": f"n{at * 100}"} for at in range(30)]
    return chain(made, "o0", settings={"default_team": "t1", "commands": commands})


def keywords() -> Document:
    terms = [
        {"id": f"k{at}", "type": "trigger", "params": {"event": "keyword", "terms": [f"w{at} {n}" for n in range(90)]}}
        for at in range(4_900)
    ]
    return flow([*terms, says(0, "oi")], [wire("start", "next", "n0"), *(wire(t["id"], "next", "n0") for t in terms)])


def waits() -> Document:
    """Delays with windows of their own, and a hand-off after each."""
    made: list[Node] = []
    for place in range(0, 4_980, 2):
        window = {"from": f"{place % 20:02}:00", "to": f"{place % 20 + 3:02}:30", "weekdays": ["mon", "thu"]}
        wait = {"amount": place % 999 + 1, "unit": "minutes"}
        made.append({"id": f"n{place}", "type": "delay", "params": {"wait": wait, "window": window}})
        made.append({"id": f"n{place + 1}", "type": "transfer", "params": {"team": f"t{place % 50}", "note": "x"}})
    ways = [wire("start", "next", "n0")]
    for place in range(0, 4_978, 2):
        ways += [wire(f"n{place}", "next", f"n{place + 1}"), wire(f"n{place + 1}", "finished", f"n{place + 2}")]
    return flow(made, ways)


def references() -> Document:
    """Tags that the account lacks, nearly like those that it has."""
    made = [
        {"id": f"n{at}", "type": "tags", "params": {"add": [f"tagg-{at * 40 + n}" for n in range(40)]}}
        for at in range(4_900)
    ]
    return chain(made)


def choices() -> Document:
    """Menus of twenty options into one variable, and conditions with lists of two hundred."""
    made = [asks(place, 20) for place in range(1_000)]
    for node in made:
        node["params"]["save_to"] = "choice"
    listed = [f"Option {n} of {n}" for n in range(200)]
    made += [
        decides(place, {"left": "vars.choice", "op": "in", "right": [*listed[1:], f"Option {place}"]})
        for place in range(1_000, 2_200)
    ]
    ways = [wire("start", "next", "n0")]
    ways += [wire(f"n{at}", "o0" if at < 1_000 else "b0", f"n{at + 1}") for at in range(2_199)]
    return flow(made, ways)


def deep(value: Any, levels: int, key: str) -> Any:
    for _ in range(levels):
        value = {key: [value]} if key == "all" else [value]
    return value


def nested_groups() -> Document:
    """As deep as a document may be, many times over."""
    made = [decides(place, deep(test(place), 18, "all")) for place in range(1_500)]
    return chain(made, "b0")


def unset_everywhere() -> Document:
    """Every node reads thirty names that only some ways set."""
    texts = ["".join(f"{{{{ vars.v{(place * 31 + at) % 4_900} }}}}" for at in range(30)) for place in range(2_400)]
    made = [asks(place, 2) if place % 2 else says(place, texts[place // 2]) for place in range(4_800)]
    ways = [wire(f"n{at}", "o0" if at % 2 else "next", f"n{at + 1}") for at in range(4_799)]
    ways += [wire(f"n{at}", "o1", f"n{(at * 7) % 4_800}") for at in range(1, 4_799, 2)]
    return flow(made, [wire("start", "next", "n0"), *ways])


def calls() -> Document:
    """Calls of flows that nobody knows and of the flow itself, each with fifty values."""
    inputs = [{"name": f"i{n}", "value": f"{{{{ vars.x{n} }}}}"} for n in range(20)]
    made = [
        {"id": f"n{at}", "type": "call_flow", "params": {"flow": "hostile" if at % 2 else f"f{at}", "inputs": inputs}}
        for at in range(4_900)
    ]
    return chain(made, "finished")


def garbage(count: int) -> Document:
    chance = Random(7)
    kinds = ("message", "menu", "condition", "question", "set", "delay", "transfer", "http_request", "email")
    stuff: list[Any] = [1, "x", None, [], {}, [1, [2]], {"a": {"b": []}}, "{{ x", True, -1.5]
    made = [
        {"id": f"n{at}", "type": chance.choice(kinds), "params": {f"p{n}": chance.choice(stuff) for n in range(8)}}
        for at in range(count)
    ]
    return chain(made)


def wires_to_nothing() -> Document:
    made = [says(place, "oi") for place in range(4_900)]
    return flow(made, [wire(f"n{at % 9_000}", f"p{at % 7}", f"m{at}") for at in range(24_900)])


DOCUMENTS: Mapping[str, Callable[[], Document]] = {
    "names in 4,990 texts": lambda: many_templates("Olá, {{ contact.name }}! (%d)", 4_990),
    "filters in 4,990 texts": lambda: many_templates("Olá, {{ contact.name | first_name }}! (%d)", 4_990),
    "choices in 4,990 texts": lambda: many_templates(
        "{{ 'a' if vars.x > %d else contact.name | default('b') }}", 4_990
    ),
    "the largest templates": lambda: many_templates("{{ " + "a + " * 50 + "%d }}" + "{{ a | upper }}" * 250, 1_200),
    "templates that never end": lambda: many_templates("{{ a " * 800 + "%d", 1_200),
    "120 conditions of 300 tests": lambda: conditions(120, 300),
    "2,000 conditions of 20 tests": lambda: conditions(2_000, 20),
    "500 conditions of 20 templates": lambda: conditions(500, 20, {"right": "{{ 1 if vars.v1 == 'a' else 2 }}"}),
    "20 conditions of 2,500 tests": wide_conditions,
    "2,400 patterns": orders,
    "1,500 conditions 18 deep": nested_groups,
    "1,200 lists of 200 choices": choices,
    "4,800 nodes, 25,000 wires": lambda: tangle(4_800, 24_990, 6),
    "1,200 nodes, 20 ways each": lambda: tangle(1_200, 24_000, 20),
    "a tangle that never waits": quick_tangle,
    "loops within loops": ladder,
    "30 commands, 4,990 waits": with_commands,
    "4,900 triggers, 441,000 words": keywords,
    "200,000 variables": lambda: chain([sets(at, range(at * 40, at * 40 + 40)) for at in range(4_000)]),
    "72,000 names unset": unset_everywhere,
    "2,490 delays and hand-offs": waits,
    "196,000 things missing": references,
    "4,900 calls": calls,
    "4,990 nodes alone": lambda: flow([asks(place, 20) for place in range(4_990)], []),
    "5,000 nodes of garbage": lambda: garbage(4_990),
    "24,900 wires to nothing": wires_to_nothing,
    "10,000 nodes": lambda: many_templates("oi %d", 10_000),
    "a text of 10 MB": lambda: chain([says(0, "{{ x }}" * 1_500_000)]),
    "1,000 levels": lambda: chain([decides(0, deep(test(1), 1_000, "all"))]),
    "500,000 lists": lambda: flow([], [], notes=deep([[] for _ in range(490_000)], 3, "")),
}
