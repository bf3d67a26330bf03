"""Which variables and answers surely have a value where: must-assign data flow over the ports of a flow.

A name is surely assigned where a node is entered if it is so on every way in; ways multiply at joins and loops, so
the largest solution is sought: everything is taken for assigned until a way proves otherwise. Sets of names are the
bits of an integer, so that a join is one `&` however many names there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

from flowengine.core.check.gives import OWN_ANSWER, Gifts
from flowengine.core.check.subject import Subject

Way = tuple[str, str]  # out of this node, by this port

MOST_NAMES = 4_000  # that are followed; the largest sound flow has some thousand
MOST_WAYS = 500  # to one node, that are looked at
FARTHEST = 50  # ways looked at to say where a name got lost; beyond, the nearest way is named


@dataclass(frozen=True, slots=True)
class Assigned:
    """The solution for the names asked about. `ways_in` are the ways that lead to a node."""

    subject: Subject
    bits: Mapping[str, int]
    gifts: Mapping[str, Gifts]
    ways_in: Mapping[str, list[Way]]
    on_entry: Mapping[str, int]

    @classmethod
    def of(cls, subject: Subject, names: Collection[str]) -> Self:
        bits = {name: 1 << place for place, name in enumerate(islice(sorted(names), MOST_NAMES))}
        gifts = {id: _own(id, facts.gifts) for id, facts in subject.facts.items()}
        ways_in: dict[str, list[Way]] = {}
        for way, target in subject.wires.items():
            ways_in.setdefault(target, []).append(way)
        return cls(subject, bits, gifts, ways_in, _solve(subject, bits, gifts))

    def surely(self, name: str, node: str) -> bool:
        """Whether `name` has a value whenever the walk enters `node`."""
        return bool(self.on_entry[node] & self.bits[name])

    def lost(self, name: str, node: str) -> Way:
        """How the walk may come to `node` without it: the nearest way past one who gives it by another port,
        else a beginning that it may come from, with "" for the port.
        """
        seen, line = {node}, [node]
        for here in line:
            for source, port in islice(self.ways_in.get(here, ()), MOST_WAYS):
                if self.on_entry[source] & self.bits[name] or name in self.gifts.get(source, {}).get(port, ()):
                    continue
                if any(name in given for given in self.gifts.get(source, {}).values()):
                    return source, port
                if source not in seen and len(seen) < FARTHEST:
                    seen.add(source)
                    line.append(source)
        return line[-1], ""


def _own(node: str, gifts: Gifts) -> Gifts:
    """The gifts with the node's answer under its name."""
    if not any(OWN_ANSWER in names for names in gifts.values()):
        return gifts
    answer = frozenset({f"answers.{node}"})
    named = {names: names | answer if OWN_ANSWER in names else names for names in set(gifts.values())}
    return {port: named[names] for port, names in gifts.items()}


def _solve(subject: Subject, bits: Mapping[str, int], gifts: Mapping[str, Gifts]) -> dict[str, int]:
    everything = (1 << len(bits)) - 1
    as_bits = {
        names: sum(bits[name] for name in names if name in bits)
        for each in gifts.values()
        for names in set(each.values())
    }
    given = {(node, port): as_bits[names] for node, by_port in gifts.items() for port, names in by_port.items()}
    ways: dict[str, list[tuple[int, str]]] = {node: [] for node in subject.nodes}
    for (source, port), target in subject.wires.items():
        ways[source].append((given.get((source, port), 0), target))
    for id, standing in subject.nodes.items() if subject.summoned else ():
        kind = subject.types[standing.type]
        if kind.waits or kind.waits_before:
            ways[id] += [(0, target) for target in subject.summoned]
    on_entry = dict.fromkeys(subject.nodes, everything)
    handed_over = subject.handed_over_at()
    for trigger in subject.triggers:
        known = _at_the_start(subject, handed_over=trigger in handed_over)
        on_entry[trigger] = sum(bits[name] for name in known if name in bits)
    order = _downstream(subject.triggers, ways)
    changed = True
    while changed:  # once for a flow without loops, and once more to see it; a pass more for each loop in a loop
        changed = False
        for node in order:
            here = on_entry[node]
            for gift, target in ways[node]:
                left = on_entry[target] & (here | gift)
                if left != on_entry[target]:
                    on_entry[target] = left
                    changed = True
    return on_entry


def _downstream(beginnings: Iterable[str], ways: Mapping[str, Sequence[tuple[int, str]]]) -> list[str]:
    """The nodes that are reached, each after those that lead to it, loops aside (reverse postorder)."""
    seen, order = set(beginnings), []
    for beginning in list(seen):
        line = [(beginning, iter(ways[beginning]))]
        while line:
            node, onward = line[-1]
            for _, target in onward:
                if target not in seen:
                    seen.add(target)
                    line.append((target, iter(ways[target])))
                    break
            else:
                order.append(node)
                line.pop()
    return order[::-1]


def _at_the_start(subject: Subject, *, handed_over: bool) -> Iterator[str]:
    """What is declared with a value; and where other flows, people and programs begin, what they hand over."""
    for variable in subject.flow.variables:
        if variable.get("default") is not None or (variable.get("input") and handed_over):
            yield f"vars.{variable['name']}"
