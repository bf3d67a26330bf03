"""F140 free messages that can, or must, come after the channel's reply window has closed.

Two walks over the flow give the least and the most time that can have passed since the contact last wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from flowengine.core.check.account import Account, Channel
from flowengine.core.check.hops import Ways
from flowengine.core.check.limits import spoken_on
from flowengine.core.check.silence import Silence, least_silence, most_silence
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.flow import Node

HOUR = 3600.0


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
