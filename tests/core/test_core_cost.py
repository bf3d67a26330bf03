"""What a step costs, counted in calls of functions: the same on every machine, however busy it is."""

import sys

import pytest

from flowengine.bench import core, journey
from flowengine.core.flow import flow_of
from flowengine.core.interpreter import Turn, advance
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.nodes import NODE_TYPES

TWO_QUESTIONS = (compile_flow(flow_of(core.FLOW), NODE_TYPES), core.WORLD, core.SAID)
LONGER = (journey.program(), journey.world(), journey.events(core.NOON))


def _talk(program, world, events):
    """(steps, calls of Python and C functions) of a talk, with the run as JSON between its turns."""
    state, steps, calls = Run("r").as_json(), 0, 0

    def count(frame, what, arg):
        nonlocal calls
        calls += what in ("call", "c_call")

    for event in events:
        sys.setprofile(count)
        turn = advance(program, Run.from_json(state), event, world)
        state = turn.run.as_json() if isinstance(turn, Turn) else b""
        sys.setprofile(None)
        steps += len(turn.trace)
    assert turn.run.status == "completed"
    return steps, calls


def _warm(program, world, events):
    _talk(program, world, events)  # templates made ready, zones read
    return _talk(program, world, events)


def test_a_step_costs_the_same_in_a_flow_of_two_thousand_nodes():
    small, large = (_warm(journey.program(size), journey.world(), journey.events(core.NOON)) for size in (15, 2_000))
    assert large[0] == small[0]
    assert large[1] == pytest.approx(small[1], rel=0.02)  # caches of the library fill at their own moments


@pytest.mark.parametrize(
    ("talk", "most"),
    [
        pytest.param(TWO_QUESTIONS, 90, id="two questions"),  # 74 where a step takes 10 µs
        pytest.param(LONGER, 115, id="a longer talk"),  # 93, of which reading an e-mail address takes a fifth
    ],
)
def test_a_step_takes_few_calls(talk, most):
    steps, calls = _warm(*talk)
    assert calls / steps < most
