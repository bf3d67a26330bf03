"""As many findings as somebody reads, and a word where there are more: nothing is looked for that nobody would see."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from flowengine.core.findings import Finding, finding

MOST_OF_A_FAMILY = 200
MOST = 500


def bounded(families: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Errors first; each family is asked for no more than it may say."""
    found: list[Finding] = []
    are_more = False
    for family in families:
        some = list(islice(family, MOST_OF_A_FAMILY + 1))
        are_more = are_more or len(some) > MOST_OF_A_FAMILY
        found += some[:MOST_OF_A_FAMILY]
    found.sort(key=lambda each: each.severity != "error")
    if not are_more and len(found) <= MOST:
        return found
    return [*found[:MOST], finding("F099", count=min(len(found), MOST))]
