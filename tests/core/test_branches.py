"""What the checker says of branches is so: held to what conditions really do, whatever is compared."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.check.cells import Cell
from flowengine.core.check.domains import Domain
from flowengine.core.check.verdict import verdict_on
from flowengine.core.conditions import compile_condition
from flowengine.core.errors import BadCondition
from flowengine.core.events import Started
from flowengine.core.steps import Context, World

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
TEXTS = [
    "",
    "sim",
    "SIM ",
    "não",
    "abc",
    "ab",
    "10",
    "10.0",
    "-3",
    "2026-01-05",
    "2026-01-05T10:00:00",
    "09:30",
    "9:30",
]
VALUES = {
    "number": [None, -3, 0, 4, 5, 9.5, 10, 11, 10.0, 1e6],
    "text": [None, *TEXTS],
    "yes_no": [True, False, None],
    "date": [None, "2025-12-31", "2026-01-01", "2026-01-04", "2026-01-05", "2026-01-06", "2027-01-01"],
    "time": [None, "00:00", "08:59", "09:00", "09:29", "09:30", "09:31", "23:59"],
    "list": [None, [], ["sim"], ["sim", "abc"], ["x"]],
}
VALUES["any"] = [value for values in VALUES.values() for value in values]
RIGHTS = {
    "number": st.sampled_from([-3, 4, 5, 10, "10", "4.5"]),
    "text": st.sampled_from([text for text in TEXTS if text] + [10, 5]),
    "date": st.sampled_from(["2026-01-01", "2026-01-04", "2026-01-05"]),
    "time": st.sampled_from(["09:00", "09:30", "23:59", "00:00"]),
    "list": st.sampled_from(["sim", "abc"]),
}
RIGHTS["any"] = st.one_of(*RIGHTS.values())
OPS = {
    "number": [
        "equals",
        "not_equals",
        "in",
        "not_in",
        "greater",
        "greater_or_equal",
        "less",
        "less_or_equal",
        "between",
    ],
    "text": ["equals", "not_equals", "in", "not_in", "contains", "not_contains", "starts_with", "ends_with"],
    "yes_no": ["is_true", "is_false"],
    "date": ["equals", "not_equals", "before", "after", "between"],
    "time": ["equals", "not_equals", "before", "after", "between"],
    "list": ["contains", "not_contains", "contains_any", "contains_all", "contains_none"],
}
OPS["any"] = sorted({op for ops in OPS.values() for op in ops})
MANY = ("in", "not_in", "contains_any", "contains_all", "contains_none")


def _test(kind):
    @st.composite
    def made(draw):
        ops = OPS[kind] + ([] if kind == "yes_no" else ["is_known", "is_empty"])
        test = {"left": f"vars.{draw(st.sampled_from('xy'))}", "op": draw(st.sampled_from(ops))}
        if test["op"] in MANY:
            test["right"] = draw(st.lists(RIGHTS[kind], min_size=1, max_size=3))
        elif test["op"] == "between":
            test["right"] = draw(st.lists(RIGHTS[kind], min_size=2, max_size=2))
        elif test["op"] not in ("is_true", "is_false", "is_known", "is_empty"):
            test["right"] = draw(RIGHTS[kind])
        return {**test, "exact": True} if draw(st.integers(0, 9)) == 0 else test

    return made()


def _conditions(kind):
    parts = st.recursive(
        _test(kind),
        lambda below: st.one_of(
            st.fixed_dictionaries({"all": st.lists(below, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(below, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"not": below}),
        ),
        max_leaves=4,
    )
    return st.lists(parts, min_size=1, max_size=4)


def _context(x, y):
    event = Started(id="e", at=NOW, trigger="t")
    known = {"node": "n", "now": NOW, "language": "pt-BR", "timezone": "UTC", "settings": {}, "wired": frozenset()}
    rest = {"kept": {}, "asked_in": 1, "run": "r", "world": World(), "event": event}
    return Context(names={"vars": {"x": x, "y": y}}, **known, **rest)


# Each value of x beside a few of y.
CONTEXTS = {
    kind: [_context(x, y) for x in VALUES[kind] for y in VALUES[kind][:: max(1, len(VALUES[kind]) // 7)]]
    for kind in VALUES
}


@pytest.mark.parametrize("kind", sorted(OPS))
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_branch_said_never_to_be_taken_is_never_taken(kind, data):
    branches = data.draw(_conditions(kind))
    domain = Domain(kind)
    verdict = verdict_on(json.dumps(branches).encode(), (("vars.x", domain), ("vars.y", domain)))
    judges = [compile_condition(branch) for branch in branches]
    taken = {_taken(judges, context) for context in CONTEXTS[kind]}
    assert not taken & {never.place for never in verdict.never}
    assert verdict.left is not None or "else" not in taken


@pytest.mark.parametrize("kind", ["number", "date", "time", "yes_no"])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_an_example_of_what_no_branch_covers_is_one(kind, data):
    branches = [part for part in data.draw(_conditions(kind)) if "exact" not in json.dumps(part)]
    domain = Domain(kind)
    verdict = verdict_on(json.dumps(branches).encode(), (("vars.x", domain), ("vars.y", domain)))
    shown = {operand: _plain(cell) for operand, cell in verdict.left or ()}
    judges = [compile_condition(branch) for branch in branches]
    rest = [(shown.get("vars.x", x), shown.get("vars.y", y)) for x in VALUES[kind] for y in VALUES[kind]]
    assert verdict.left is None or any(_taken(judges, _context(x, y)) == "else" for x, y in rest)


def _taken(judges, context):
    return next((place for place, judge in enumerate(judges) if judge(context)), "else")


def _plain(cell: Cell):
    return float(cell.value) if cell.value.__class__.__name__ == "Decimal" else cell.value


def test_conditions_that_would_take_for_ever_are_left_alone():
    parts = [{"any": [{"left": f"vars.v{n}", "op": "equals", "right": text} for text in "abcdefgh"]} for n in range(40)]
    operands = tuple((f"vars.v{n}", Domain("text")) for n in range(40))
    verdict = verdict_on(json.dumps([{"all": parts}]).encode(), operands)
    assert verdict.never == ()
    assert verdict.left == ()


def test_the_tests_stand_for_conditions_that_can_be_judged():
    with pytest.raises(BadCondition):
        compile_condition({"left": "vars.x", "op": "equals", "right": ""})
