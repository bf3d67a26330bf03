"""What holds of every flow and every run, whatever happens: shown by chance."""

from copy import deepcopy

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from flowengine.core.check import Account
from flowengine.core.events import Started, event_from
from flowengine.core.flow import read_flow
from flowengine.core.interpreter import STEP_LIMIT, Need, advance
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.core.stories.so_far import SoFar
from flowengine.core.stories.surroundings import USUAL, surroundings_of
from flowengine.nodes import FLOW_SCHEMA, NODE_TYPES, check
from tests.core.chance import NOON, bodies, documents, happenings

MANY = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def take(program, run, event):
    """One turn; what is asked for is answered, sub-flows are the flow itself."""
    around = surroundings_of({**USUAL, "deal": {"id": "d", "title": "Plano", "value": 10}}, {"acaso": program})
    talk = {"id": "t", "state": "bot"}
    world = around.world(language="pt-BR", contact=around.contact, deal=around.deal, conversation=talk)
    for _ in range(200):
        outcome = advance(program, run, event, world)
        if not isinstance(outcome, Need):
            return outcome
        facts = {query: _known(around, query) for query in outcome.queries if query[0] != "program"}
        called = {key: program for kind, key in outcome.queries if kind == "program"}
        world = replace(world, facts={**world.facts, **facts}, programs={**world.programs, **called})
    raise AssertionError("the turn asks for ever")


def _known(around, query):
    return {"version": "acaso", "name": "Acaso"} if query[0] == "flow" else around.answer(query, SoFar())


def stored(run):
    return Run.from_data(orjson.loads(orjson.dumps(run.as_data())))


@MANY
@given(st.data())
def test_a_run_stops_says_the_same_twice_and_survives_json_between_any_two_turns(data):
    program = compile_flow(read_flow(data.draw(documents()), FLOW_SCHEMA), NODE_TYPES)
    run = Run("run-1")
    event = data.draw(happenings(run)) if data.draw(st.integers(0, 9)) == 0 else _start()
    for _ in range(data.draw(st.integers(1, 8))):
        turn = take(program, run, event)
        assert turn == take(program, stored(run), event)  # a crash before the commit, the event taken again
        assert len(turn.trace) <= STEP_LIMIT + 1
        assert turn.run.status != "open" or turn.run.wait is not None or turn.run.turn == 0
        assert orjson.loads(orjson.dumps([effect.as_data() for effect in turn.effects])) is not None
        assert orjson.loads(orjson.dumps([step.as_data() for step in turn.trace])) is not None
        run = stored(turn.run)
        assert run == turn.run or run.as_data() == turn.run.as_data()
        assert Run.from_json(turn.run.as_json()) == run
        assert event_from(orjson.loads(orjson.dumps(event.as_data()))) == event
        event = data.draw(happenings(run))


def _start():
    return Started("s", NOON, "inicio", {"text": "oi", "choice": None})


@MANY
@given(documents())
def test_the_checker_has_something_to_say_of_any_sound_document_and_never_stumbles(document):
    nothing_known = check(document)
    account = check(document, Account.having(team=["geral"], tag=[], flow=["acaso"]))
    assert all(finding.message["pt-BR"] and finding.message["en"] for finding in (*nothing_known, *account))


@MANY
@given(st.data())
def test_a_document_with_anything_in_any_place_gives_findings_and_no_traceback(data):
    document = deepcopy(data.draw(documents()))
    place, last = document, "nodes"
    for _ in range(data.draw(st.integers(0, 5))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place))) if isinstance(place, list) else []
        if not keys:
            break
        last = data.draw(st.sampled_from(keys))
        if not isinstance(place[last], dict | list) or not place[last]:
            break
        place = place[last]
    if isinstance(place, list):
        place[:] = data.draw(st.lists(bodies(), max_size=3))
    else:
        place[last if last in place else "nodes"] = data.draw(bodies())
    assert isinstance(check(document), list)


@MANY
@given(bodies())
def test_garbage_is_no_flow_and_is_told_so(garbage):
    assert check(garbage)
