"""Documents that nobody would draw: each as large in one way as the format lets it be, or larger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from flowengine.bench.hostile_parts import Node, asks, chain, decides, flow, group, says, sets, test, wire

Document = Any


def many_templates(source: str, count: int) -> Document:
    return chain([says(place, source % place) for place in range(count)])


def conditions(nodes: int, tests: int, op: Mapping[str, Any] | None = None) -> Document:
    made = [
        decides(place, group([{**test(place * tests + at), **(op or {})} for at in range(tests)]))
        for place in range(nodes)
    ]
    return chain(made, "b0")


def wide_conditions(nodes: int, tests: int) -> Document:
    """Each of twenty branches."""
    made = [
        decides(place, *(group([test(place + branch * at) for at in range(tests // 20)]) for branch in range(20)))
        for place in range(nodes)
    ]
    return chain(made, "b0")


def patterns(count: int) -> Document:
    """Patterns, as large as they may be, no two the same."""
    pattern = {"op": "matches"}
    made = [
        decides(place, {"left": "message.text", **pattern, "right": f"[a-z]{{1,400}}x{place}.*y{{1,300}}"})
        for place in range(count)
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
    made: list[Node] = [
        decides(place, *({"left": f"vars.x{chance.randrange(4_000)}", "op": "is_known"} for _ in range(4)))
        if place % 4 == 1
        else sets(place, range(place + 1, place + 3))
        for place in range(4_800)
    ]
    ports: Mapping[str, Sequence[str]] = {"condition": ["b0", "b1", "b2", "b3", "else"], "set": ["next"]}
    ways = [wire(str(n["id"]), port, f"n{chance.randrange(4_800)}") for n in made for port in ports[str(n["type"])]]
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
    terms: list[Node] = [
        {"id": f"k{at}", "type": "trigger", "params": {"event": "keyword", "terms": [f"w{at} {n}" for n in range(30)]}}
        for at in range(4_900)
    ]
    return flow([*terms, says(0, "oi")], [wire("start", "next", "n0"), *(wire(t["id"], "next", "n0") for t in terms)])


def waits() -> Document:
    """Delays with windows of their own, and a hand-off after each."""
    made: list[Node] = []
    for place in range(0, 4_980, 2):
        hours = {"opens": f"{place % 20:02}:00", "closes": f"{place % 20 + 3:02}:30", "weekdays": ["mon", "thu"]}
        wait = {"amount": place % 999 + 1, "unit": "minutes"}
        made.append({"id": f"n{place}", "type": "delay", "params": {"wait": wait, "window": "own", **hours}})
        made.append({"id": f"n{place + 1}", "type": "transfer", "params": {"team": f"t{place % 50}", "note": "x"}})
    ways = [wire("start", "next", "n0")]
    for place in range(0, 4_978, 2):
        ways += [wire(f"n{place}", "next", f"n{place + 1}"), wire(f"n{place + 1}", "finished", f"n{place + 2}")]
    return flow(made, ways)


def references() -> Document:
    """Tags that the account lacks, nearly like those that it has."""
    made = [
        {"id": f"n{at}", "type": "tags", "params": {"add": [f"tagg-{at * 40 + n}" for n in range(40)]}}
        for at in range(4_000)
    ]
    return chain(made)


def choices(lists: int) -> Document:
    """Menus of twenty options into one variable, and conditions with lists of two hundred."""
    made = [asks(place, 20) for place in range(1_000)]
    for node in made:
        node["params"]["save_to"] = "choice"
    listed = [f"Option {n} of {n}" for n in range(200)]
    made += [
        decides(place, {"left": "vars.choice", "op": "in", "right": [*listed[1:], f"Option {place}"]})
        for place in range(1_000, 1_000 + lists)
    ]
    ways = [wire("start", "next", "n0")]
    ways += [wire(f"n{at}", "o0" if at < 1_000 else "b0", f"n{at + 1}") for at in range(999 + lists)]
    return flow(made, ways)


def deep(value: Any, levels: int, key: str) -> Any:
    for _ in range(levels):
        value = {key: [value]} if key == "all" else [value]
    return value


def nested_groups() -> Document:
    """As deep as a document may be, many times over."""
    made = [decides(place, deep(test(place), 18, "all")) for place in range(250)]
    return chain(made, "b0")


def unset_everywhere() -> Document:
    """Every second node reads ten names that only some ways set."""
    texts = ["".join(f"{{{{ vars.v{(place * 31 + at) % 4_900} }}}}" for at in range(10)) for place in range(2_400)]
    made = [asks(place, 2) if place % 2 else says(place, texts[place // 2]) for place in range(4_800)]
    ways = [wire(f"n{at}", "o0" if at % 2 else "next", f"n{at + 1}") for at in range(4_799)]
    ways += [wire(f"n{at}", "o1", f"n{(at * 7) % 4_800}") for at in range(1, 4_799, 2)]
    return flow(made, [wire("start", "next", "n0"), *ways])


def calls() -> Document:
    """Calls of flows that nobody knows and of the flow itself, each with ten values."""
    inputs = [{"name": f"i{n}", "value": f"{{{{ vars.x{n} }}}}"} for n in range(10)]
    made = [
        {"id": f"n{at}", "type": "call_flow", "params": {"flow": "hostile" if at % 2 else f"f{at}", "inputs": inputs}}
        for at in range(2_400)
    ]
    return chain(made, "finished")


def garbage(count: int) -> Document:
    chance = Random(7)
    kinds = ("message", "menu", "condition", "question", "set", "delay", "transfer", "http_request", "email")
    stuff: list[Any] = [1, "x", None, [], {}, [1, [2]], {"a": {"b": []}}, True, -1.5]
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
    "choices in 1,100 texts": lambda: many_templates(
        "{{ 'a' if vars.x > %d else contact.name | default('b') }}", 1_100
    ),
    "choices in 4,990 texts": lambda: many_templates(
        "{{ 'a' if vars.x > %d else contact.name | default('b') }}", 4_990
    ),
    "sums without blanks": lambda: many_templates("{{" + "a+" * 50 + "%d}}" + ("{{" + "a+" * 50 + "a}}") * 10, 34),
    "the largest templates": lambda: many_templates("{{ " + "a + " * 50 + "%d }}" + "{{ a | upper }}" * 250, 1_200),
    "24,000 names": lambda: many_templates("{{ a%d }}" + "{{ vars.x }}{{ vars.y }}" * 30, 400),
    "templates that never end": lambda: many_templates("{{ a " * 60 + "%d", 800),
    "20 conditions of 240 tests": lambda: conditions(20, 240),
    "230 conditions of 20 tests": lambda: conditions(230, 20),
    "2,400 conditions of a test": lambda: wide_conditions(120, 20),
    "2,000 conditions of 20 tests": lambda: conditions(2_000, 20),
    "100 conditions of 20 templates": lambda: conditions(100, 20, {"right": "{{ 1 if vars.v1 == 'a' else 2 }}"}),
    "11 conditions of 400 tests": lambda: wide_conditions(11, 400),
    "20 conditions of 2,500 tests": lambda: wide_conditions(20, 2_500),
    "199 patterns": lambda: patterns(199),
    "250 conditions 18 deep": nested_groups,
    "180 lists of 200 choices": lambda: choices(180),
    "4,800 nodes, 25,000 wires": lambda: tangle(4_800, 24_990, 6),
    "4,000 nodes, 16,000 wires": lambda: tangle(4_000, 16_000, 5),
    "1,200 nodes, 20 ways each": lambda: tangle(1_200, 24_000, 20),
    "a tangle that never waits": quick_tangle,
    "loops within loops": ladder,
    "30 commands, 4,990 waits": with_commands,
    "4,900 triggers, 147,000 words": keywords,
    "24,000 variables": lambda: chain([sets(at, range(at * 20, at * 20 + 20)) for at in range(1_200)]),
    "24,000 names unset": unset_everywhere,
    "2,490 delays and hand-offs": waits,
    "160,000 things missing": references,
    "2,400 calls": calls,
    "4,990 nodes alone": lambda: flow([asks(place, 8) for place in range(4_990)], []),
    "5,000 nodes of garbage": lambda: garbage(4_990),
    "24,900 wires to nothing": wires_to_nothing,
    "10,000 nodes": lambda: many_templates("oi %d", 10_000),
    "a text of 10 MB": lambda: chain([says(0, "{{ x }}" * 1_500_000)]),
    "1,000 levels": lambda: chain([decides(0, deep(test(1), 1_000, "all"))]),
    "500,000 lists": lambda: flow([], [], notes=deep([[] for _ in range(490_000)], 3, "")),
}
