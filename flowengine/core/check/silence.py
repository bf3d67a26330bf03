"""How long the contact can have been silent when a run comes to a node: at least, and at most."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from flowengine.core.check.hops import Hop, Ways, knots


class Silence(NamedTuple):
    """Seconds since the contact last wrote; `after` is the node where most of them passed, `longest` how many."""

    seconds: float = 0.0
    longest: float = 0.0
    after: str = ""

    def and_then(self, hop: Hop, seconds: float) -> Silence:
        if seconds > self.longest:
            return Silence(self.seconds + seconds, seconds, hop.source)
        return Silence(self.seconds + seconds, self.longest, self.after)


def least_silence(ways: Ways) -> Mapping[str, Silence]:
    """Dijkstra from wherever the contact may have just written."""
    out: dict[str, list[Hop]] = defaultdict(list)
    for hop in ways.hops:
        if not hop.heard:
            out[hop.source].append(hop)
    least: dict[str, Silence] = {}
    heap = [(Silence(), node) for node in ways.starts]
    heap += [(Silence(hop.least_since, hop.least_since, hop.source), hop.target) for hop in ways.hops if hop.heard]
    heapify(heap)
    while heap:
        silence, node = heappop(heap)
        if node not in least:
            least[node] = silence
            for hop in out[node]:
                heappush(heap, (silence.and_then(hop, hop.least), hop.target))
    return least


def most_silence(ways: Ways) -> Mapping[str, Silence]:
    """The longest path, knot by knot; a circle on which time passes without a word has no longest."""
    into: dict[str, list[Hop]] = defaultdict(list)
    for hop in ways.hops:
        if not hop.heard:
            into[hop.target].append(hop)
    heard: dict[str, list[Silence]] = defaultdict(list)
    for node, wrote in ways.starts.items():
        heard[node].append(Silence() if wrote else Silence(math.inf, math.inf, node))
    for hop in ways.hops:
        if hop.heard:
            heard[hop.target].append(Silence(hop.most_since, hop.most_since, hop.source))
    most: dict[str, Silence] = {}
    for knot in knots(ways.nodes(), [hop for hops in into.values() for hop in hops]):
        silences = [silence for node in knot for silence in heard.get(node, ())]
        for hop in (hop for node in knot for hop in into[node]):
            if hop.source not in knot:
                silences.append(most[hop.source].and_then(hop, hop.most))
            elif hop.most > 0:
                silences.append(Silence(math.inf, hop.most, hop.source))
        most |= dict.fromkeys(knot, max(silences))
    return most
