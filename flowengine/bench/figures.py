"""What a part has found: figures by name, a set a run, told as the medians of the runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Figures = Mapping[str, float | str]


@dataclass(frozen=True)  # without slots: its defaults are those of the command line
class Plan:
    """How long a load lasts, how often all is run, messages a second of the steady load, things of timers and such.

    `size` None: what the part thinks right. `account` is one that `fill` has made, None for a new one. `lag` is for how
    many seconds PostgreSQL's sessions may keep their counts to themselves once idle (PGSTAT_IDLE_INTERVAL: 10 s).
    """

    seconds: float = 10.0
    runs: int = 3
    rate: float = 50.0
    size: int | None = None
    account: str | None = None
    lag: float = 10.5


def medians(runs: Sequence[Figures]) -> dict[str, Any]:
    """By figure; words are those of the last run."""
    return {name: _middle([run[name] for run in runs]) for name in runs[-1]}


def table(parts: Mapping[str, Sequence[Figures]]) -> str:
    """Each figure's median, and how far the runs were apart."""
    return "\n".join(line for part, runs in parts.items() for line in _lines(part, runs))


def _lines(part: str, runs: Sequence[Figures]) -> Iterator[str]:
    yield f"{part}, median of {len(runs)} runs" if len(runs) > 1 else part
    for name, value in medians(runs).items():
        if isinstance(value, str):
            yield f"  {name:<34}{value}"
            continue
        numbers = [float(run[name]) for run in runs]
        span = f"   {min(numbers):,g} to {max(numbers):,g}" if len(runs) > 1 else ""
        yield f"  {name:<34}{value:>12,g}{span}"


def _middle(values: Sequence[float | str]) -> float | str:
    numbers = [value for value in values if not isinstance(value, str)]
    return short(median(numbers)) if len(numbers) == len(values) else values[-1]


def short(value: float) -> float:
    """With as many places as are worth reading: 1234, 12.3, 0.0123."""
    return round(value) if abs(value) >= 100 else float(f"{value:.3g}")
