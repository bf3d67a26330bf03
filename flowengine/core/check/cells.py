"""The values of an operand in finitely many cells, in each of which every test of a condition says the same.

`total > 10` and `total <= 20` cut the numbers into five cells: below 10, 10, between, 20, above. What a test says of
a cell is asked of the operator itself, with one value of the cell; so there is one meaning of each operator, not two.
Where a test may say either (does a text that nobody named contain "sim"?), the cell is doubled: once where it does,
once where it does not. A test is then the set of cells in which it holds: bits of an integer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from types import SimpleNamespace
from typing import Any

from flowengine.core.check.domains import Domain
from flowengine.core.check.facts import written
from flowengine.core.conditions.comparing import date_of, number_of, text_of, time_of
from flowengine.core.conditions.operators import OPERATORS

Test = Mapping[str, Any]

ELSEWHERE: Any = SimpleNamespace(timezone="UTC")  # the turn that operators ask for the zone
OTHER = "\N{SECTION SIGN} other"  # stands for the texts that nobody named
MOST_OPEN = 3  # tests of one operand that double its cells: 8 of each
ORDERING = ("greater", "greater_or_equal", "less", "less_or_equal", "before", "after", "between")
EXACT = ("equals", "not_equals", "in", "not_in", "is_known", "is_empty", *ORDERING)
BY_TEXT = ("contains", "not_contains", "starts_with", "ends_with", "is_true", "is_false")
OPPOSITE = {
    **{"not_equals": "equals", "not_in": "in", "not_contains": "contains"},
    **{"contains_none": "contains_any", "is_false": "is_true"},
}


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is one of those in it; `single`: the only one. `empty`: no value at all."""

    value: Any
    single: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """An operand's cells, and the set of them in which each test holds, by the test's key."""

    operand: str
    cells: tuple[Cell, ...]
    holds_in: Mapping[bytes, int]


def key_of(test: Test) -> bytes:
    """What tells one test from another."""
    return written(dict(sorted(test.items())))


def split(operand: str, domain: Domain, tests: Mapping[bytes, Test]) -> Split:
    """The cells that these tests cut the domain into."""
    cells = tuple(_cells(domain, list(tests.values())))
    doubling = dict.fromkeys(_question(test) for test in tests.values() if any(_open(test, cell) for cell in cells))
    asked = list(doubling)[:MOST_OPEN]
    doubled: list[tuple[Cell, Mapping[bytes, bool]]] = []
    for cell in cells:
        mine = [
            question for question in asked if any(_open(t, cell) and _question(t) == question for t in tests.values())
        ]
        doubled += [(cell, dict(zip(mine, said, strict=True))) for said in product((True, False), repeat=len(mine))]
    holds_in = {
        key: sum(1 << place for place, (cell, said) in enumerate(doubled) if _holds(test, cell, said))
        for key, test in tests.items()
        if not any(_open(test, cell) for cell in cells) or _question(test) in asked
    }
    return Split(operand, tuple(cell for cell, _ in doubled), holds_in)


def literals_of(test: Test) -> Sequence[Any]:
    """The values on the right; nothing for a template, whose value is not known yet."""
    right = test.get("right")
    values = right if isinstance(right, list) else [right]
    return [
        value for value in values if isinstance(value, str | int | float) and value != "" and not _is_template(value)
    ]


def _holds(test: Test, cell: Cell, said: Mapping[bytes, bool]) -> bool:
    operator = OPERATORS[test["op"]]
    if cell.empty:
        return operator.of_unknown
    if _open(test, cell):
        return said[_question(test)] is not (test["op"] in OPPOSITE)
    return operator.holds(cell.value, test.get("right"), ELSEWHERE, False)


def _open(test: Test, cell: Cell) -> bool:
    """Whether a test may hold for some values of the cell and not for others."""
    if cell.empty:
        return False
    if test.get("exact") or any(_is_template(value) for value in _listed(test.get("right"))):
        return True
    if test["op"] in BY_TEXT:
        return not (cell.single and isinstance(cell.value, str | bool))
    return test["op"] not in EXACT


def _question(test: Test) -> bytes:
    """Two tests of which one is the opposite of the other ask the same."""
    return key_of({**test, "op": OPPOSITE.get(test["op"], test["op"])})


def _cells(domain: Domain, tests: Sequence[Test]) -> Iterator[Cell]:
    if domain.may_be_empty:
        yield Cell(None, empty=True)
    if domain.values:
        yield from (Cell(value, single=True) for value in domain.values)
        return
    literals = list(dict.fromkeys(value for test in tests for value in literals_of(test)))
    yield from _BY_TYPE.get(domain.type, _texts)(literals, domain)
    if domain.type == "any":
        yield from (*_yes_no(literals, domain), *_numbers(literals, domain))
    if domain.type in ("text", "choice", "any") and _reads_texts(literals, tests):
        yield from _texts_that_order(literals)


def _reads_texts(literals: Sequence[Any], tests: Sequence[Test]) -> bool:
    """Whether what a text holds is compared, a number, a date or a time, and not the text itself."""
    return any(test["op"] in ORDERING for test in tests) or any(not isinstance(value, str) for value in literals)


def _yes_no(_: Sequence[Any], domain: Domain) -> Iterator[Cell]:
    yield from (Cell(True, single=True), Cell(False, single=True))


def _uncut(_: Sequence[Any], domain: Domain) -> Iterator[Cell]:
    yield Cell([OTHER] if domain.type == "list" else OTHER)


def _texts(literals: Sequence[Any], _: Domain) -> Iterator[Cell]:
    """Each text named, as it is compared; and all the others."""
    named = dict.fromkeys(text_of(value, exact=False) for value in literals)
    yield from (Cell(text, single=True) for text in named)
    yield Cell(OTHER)


def _texts_that_order(literals: Sequence[Any]) -> Iterator[Cell]:
    """Texts that hold a number, a date or a time: those written otherwise than the author did, too."""
    anything = Domain("any")
    for cell in _numbers(literals, anything):
        yield Cell(f"+{cell.value}" if cell.value >= 0 else f"{cell.value}.0")
    for cell in _dates(literals, anything):
        yield Cell(f"{cell.value}T00:00:00")
        if not cell.single:
            yield cell
    for cell in _times(literals, anything):
        yield Cell(f"{cell.value}:00")
        if not cell.single:
            yield cell


def _numbers(literals: Sequence[Any], domain: Domain) -> Iterator[Cell]:
    """The numbers named and one between each two, below and above: of whole numbers, whole ones only."""
    named = {Decimal(number) for number in map(number_of, literals) if number is not None}
    ends = {Decimal(end) for end in (domain.least, domain.most) if end is not None}
    points = sorted(named | ends)
    if not points:
        yield Cell(0)
        return
    if domain.least is None:
        yield Cell(points[0].to_integral_value() - 1)
    for point, following in pairwise([*points, None]):
        within = domain.least is None or point is None or domain.least <= point
        within = within and (domain.most is None or point is None or point <= domain.most)
        if point is not None and within and (not domain.whole or point == point.to_integral_value()):
            yield Cell(point, single=True)
        if point is not None and following is not None:
            between = (point + following) / 2
            if domain.whole:
                between = between.to_integral_value()
            if point < between < following:
                yield Cell(between)
    if domain.most is None:
        yield Cell(points[-1].to_integral_value() + 1)


def _dates(literals: Sequence[Any], _: Domain) -> Iterator[Cell]:
    days = sorted({day for day in (date_of(value, "UTC") for value in literals) if day is not None})
    if not days:
        yield Cell("2026-01-01")
        return
    for place, day in enumerate(days):
        if place == 0 and day > date.min:
            yield Cell((day - timedelta(days=1)).isoformat())
        yield Cell(day.isoformat(), single=True)
        following = days[place + 1] if place + 1 < len(days) else date.max
        if following - day > timedelta(days=1):
            yield Cell((day + timedelta(days=1)).isoformat())


def _times(literals: Sequence[Any], _: Domain) -> Iterator[Cell]:
    """By the minute, as people give them."""
    found = {time_of(value) for value in literals}
    minutes = sorted({time.hour * 60 + time.minute for time in found if time is not None})
    for place, minute in enumerate(minutes):
        if place == 0 and minute > 0:
            yield Cell(_clock(minute - 1))
        yield Cell(_clock(minute), single=True)
        following = minutes[place + 1] if place + 1 < len(minutes) else 24 * 60
        if following - minute > 1:
            yield Cell(_clock(minute + 1))
    if not minutes:
        yield Cell("12:00")


_BY_TYPE: Mapping[str, Callable[[Sequence[Any], Domain], Iterator[Cell]]] = {
    "yes_no": _yes_no,
    "number": _numbers,
    "date": _dates,
    "time": _times,
    "date_time": _uncut,
    "list": _uncut,
}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _is_template(value: Any) -> bool:
    return isinstance(value, str) and "{" in value


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]
