"""How sure one can be of shares of people: an interval around each, how many are needed to compare, who is ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, sqrt
from statistics import NormalDist
from typing import Literal

CONFIDENCE = 0.95  # of an interval; so often chance alone is not taken for a difference
POWER = 0.8  # so often a difference that is there, as large as is worth seeing, is seen

Verdict = Literal["alone", "too_few", "alike", "differ"]
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Counted:
    """`reached` of `of` people."""

    reached: int
    of: int

    @property
    def share(self) -> float:
        return self.reached / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """`needed` people in each before anything is said; `best` and `behind` are places, of what `differ`s.

    alone: nothing to compare with. too_few: not all have been seen by as many as are needed, whatever the shares look
    like by now. alike: they have, and a difference worth seeing would probably have been seen. differ: those `behind`
    are so by more than chance.
    """

    verdict: Verdict
    needed: int
    best: int | None = None
    behind: tuple[int, ...] = ()


def interval(counted: Counted, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval of the share (Wilson, 1927); all of 0 to 1 where there is nobody.

    >>> [round(end, 4) for end in interval(Counted(15, 50))]
    [0.191, 0.4375]
    """
    if counted.of == 0:
        return 0.0, 1.0
    z = _NORMAL.inv_cdf(0.5 + confidence / 2)
    share, more = counted.share, z * z / counted.of
    middle = (share + more / 2) / (1 + more)
    half = z / (1 + more) * sqrt(share * (1 - share) / counted.of + more / (4 * counted.of))
    return min(max(0.0, middle - half), share), max(min(1.0, middle + half), share)  # rounding may pass the share


def needed(share: float, worth: float, *, comparisons: int = 1) -> int:
    """People in each of two groups to see a share differ by `worth` from this one (Fleiss, 1981, without correction).

    >>> needed(0.10, 0.05)
    686
    """
    other = share + worth if share + worth <= 1 else share - worth
    middle = (share + other) / 2
    by_chance = _critical(comparisons) * sqrt(2 * middle * (1 - middle))
    seen = _NORMAL.inv_cdf(POWER) * sqrt(share * (1 - share) + other * (1 - other))
    return ceil((by_chance + seen) ** 2 / worth**2)


def compare(counted: Sequence[Counted], *, worth: float) -> Comparison:
    """What may be said of these shares; of pairs beyond the first, chance is given no more room (Bonferroni).

    How many are needed is reckoned from the most demanding share that all of them together leave open, so that a few
    early answers do not make it small.
    """
    if len(counted) < 2:
        return Comparison("alone", 0)
    pairs = len(list(combinations(counted, 2)))
    together = Counted(sum(each.reached for each in counted), sum(each.of for each in counted))
    least, most = interval(together)
    enough = needed(min(max(0.5, least), most), worth, comparisons=pairs)
    if min(each.of for each in counted) < enough:
        return Comparison("too_few", enough)
    best = max(range(len(counted)), key=lambda place: counted[place].share)
    behind = tuple(
        place
        for place, each in enumerate(counted)
        if place != best and _distance(counted[best], each) > _critical(pairs)
    )
    return Comparison("differ", enough, best, behind) if behind else Comparison("alike", enough)


def _critical(comparisons: int) -> float:
    """How many standard errors chance is given, in both directions."""
    return _NORMAL.inv_cdf(1 - (1 - CONFIDENCE) / 2 / comparisons)


def _distance(one: Counted, other: Counted) -> float:
    """Between two shares, in standard errors of one share that both had (two-proportion z-test)."""
    pooled = (one.reached + other.reached) / (one.of + other.of)
    error = sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of))
    return (one.share - other.share) / error if error else 0.0
