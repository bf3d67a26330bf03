"""What a sub-flow does to the contact's silence: how long it takes where nobody writes, and where somebody does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from flowengine.core.check.family import Family, entry_of
from flowengine.core.check.hops import END, Hop, Ways, ends_of, hops_of
from flowengine.core.check.silence import least_silence, most_silence
from flowengine.core.check.subject import Subject
from flowengine.core.flow import Node

UNKNOWN = (Hop(END, "", END, 0.0, math.inf),)


@dataclass(frozen=True, slots=True)
class Passages:
    """Each flow is walked once; of one that calls itself, and of one nobody knows, nothing is known."""

    family: Family
    found: dict[str, Sequence[Hop]] = field(default_factory=dict)

    def __call__(self, subject: Subject, node: Node) -> Sequence[Hop]:
        return [hop for key in self.family.led_to(subject, node) for hop in self._through(key)] or UNKNOWN

    def _through(self, key: str) -> Sequence[Hop]:
        if key not in self.found:
            self.found[key] = UNKNOWN  # as long as it is not known
            other = self.family.subject(key)
            entry = None if other is None else entry_of(other)
            if other is not None and entry is not None:
                self.found[key] = self._walk(other, entry)
        return self.found[key]

    def _walk(self, other: Subject, entry: str) -> Sequence[Hop]:
        hops = (*hops_of(other, self), *ends_of(other, self))
        passages: list[Hop] = []
        silent = Ways.reached({entry: True}, (hop for hop in hops if not hop.heard))
        if END in silent.nodes():
            passages.append(Hop(END, "", END, least_silence(silent)[END].seconds, most_silence(silent)[END].seconds))
        whole = Ways.reached({entry: True}, hops)
        told = {hop.target: True for hop in whole.hops if hop.heard}
        if told and END in Ways.reached(told, hops).nodes():
            since = most_silence(whole)[END].seconds
            passages.append(Hop(END, "", END, 0.0, math.inf, heard=True, most_since=since))
        return passages
