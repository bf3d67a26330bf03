"""F140 free messages that can, or must, come after the channel's reply window has closed.

Two walks over the flow give the least and the most time that can have passed since the contact last wrote.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from flowengine.core.check.account import Account, Channel
from flowengine.core.check.hops import Hop, Ways, knots
from flowengine.core.check.limits import spoken_on
from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, finding
from flowengine.core.flow import Node

HOUR = 3600.0


@dataclass(frozen=True, slots=True, order=True)
class Silence:
    """Seconds since the contact last wrote; `after` is the node where most of them passed, `longest` how many."""

    seconds: float = 0.0
    longest: float = 0.0
    after: str = ""

    def and_then(self, hop: Hop, seconds: float) -> Silence:
        longest, after = max((self.longest, self.after), (seconds, hop.source), key=lambda wait: wait[0])
        return Silence(self.seconds + seconds, longest, after)


def window_findings(subject: Subject, account: Account, ways: Callable[[], Ways]) -> Iterator[Finding]:
    """One finding a node, for the first channel on which it may fail."""
    sending = [node for node in subject.sound_nodes() if subject.types[node.type].does("sends")]
    if not sending or not any(channel.window_hours for channel in account.channels):
        return
    least, most = least_silence(ways()), most_silence(ways())
    for node in sending:
        if node.id in most:
            channels = [channel for channel in spoken_on(subject, node, account) if channel.window_hours]
            yield from _judge(subject, node, least[node.id], most[node.id], channels)


def least_silence(ways: Ways) -> Mapping[str, Silence]:
    """Dijkstra from wherever the contact may have just written."""
    out: dict[str, list[Hop]] = defaultdict(list)
    for hop in ways.hops:
        if not hop.heard:
            out[hop.source].append(hop)
    least: dict[str, Silence] = {}
    heap = [(Silence(), node) for node in sorted({*ways.starts, *(hop.target for hop in ways.hops if hop.heard)})]
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
    heard = {*(hop.target for hop in ways.hops if hop.heard), *(node for node, wrote in ways.starts.items() if wrote)}
    most: dict[str, Silence] = {}
    for knot in knots(ways.nodes(), [hop for hops in into.values() for hop in hops]):
        silences = [Silence() for node in knot if node in heard]
        silences += [Silence(math.inf, math.inf, node) for node in knot if ways.starts.get(node) is False]
        for hop in (hop for node in knot for hop in into[node]):
            if hop.source not in knot:
                silences.append(most[hop.source].and_then(hop, hop.most))
            elif hop.most > 0:
                silences.append(Silence(math.inf, hop.most, hop.source))
        most |= dict.fromkeys(knot, max(silences))
    return most


def _judge(
    subject: Subject, node: Node, least: Silence, most: Silence, channels: Sequence[Channel]
) -> Iterator[Finding]:
    told = (node.id, "failed") in subject.wires  # the author has said what happens then
    for channel in channels:
        window = (channel.window_hours or 0) * HOUR
        if least.seconds >= window and not told:
            yield _finding(subject, node, "F140.must", least, channel)
            return
        if least.seconds >= window or (most.seconds >= window and not told):
            yield _finding(subject, node, "F140", most, channel)
            return


def _finding(subject: Subject, node: Node, text: str, silence: Silence, channel: Channel) -> Finding:
    cause = subject.nodes[silence.after]
    begins = subject.types[cause.type].schema.get("x-entry") is False
    return finding(
        "F140",
        text=f"{text}.start" if begins else text,
        node=node.id,
        label=subject.called(node),
        after=subject.called(cause),
        hours=channel.window_hours or 0,
        channel=channel.name or channel.key,
    )
