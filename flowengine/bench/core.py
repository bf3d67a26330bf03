"""How fast the pure core is: turns of two questions, and of a longer talk, with the run as JSON each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

from flowengine.bench import journey
from flowengine.bench.figures import Figures, Plan
from flowengine.core.events import Event, MessageReceived, Started
from flowengine.core.flow import flow_of
from flowengine.core.interpreter import Turn, advance
from flowengine.core.program import Program, compile_flow
from flowengine.core.run import Run
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
WORLD = World(contact={"name": "Renata Vasques"}, account={"timezone": "America/Sao_Paulo"}, channel={"kind": "http"})

SAID: tuple[Event, ...] = (
    Started(id="e0", at=NOON, trigger="start", message={"text": "oi"}),
    MessageReceived(id="e1", at=NOON + timedelta(seconds=5), text="pão de queijo"),
    MessageReceived(id="e2", at=NOON + timedelta(seconds=9), text="12"),
)

FLOW: dict[str, Any] = {
    "format": "flowengine/flow",
    "format_version": 1,
    "kind": "chatbot",
    "key": "bench",
    "name": "Bench",
    "language": "pt-BR",
    "settings": {"default_team": "atendimento"},
    "nodes": [
        {"id": "start", "type": "trigger", "params": {"event": "message.received"}},
        {
            "id": "hello",
            "type": "message",
            "params": {"parts": [{"kind": "text", "text": "Olá, {{ contact.name | first_name }}!"}]},
        },
        {
            "id": "what",
            "type": "question",
            "params": {"text": "Qual é o pedido?", "answer_type": "text", "save_to": "pedido"},
        },
        {
            "id": "many",
            "type": "question",
            "params": {"text": "Quantos de {{ vars.pedido }}?", "answer_type": "integer", "save_to": "quantos"},
        },
        {
            "id": "enough",
            "type": "condition",
            "params": {
                "branches": [
                    {
                        "id": "muitos",
                        "title": "Muitos",
                        "when": {"left": "vars.quantos", "op": "greater", "right": 10},
                    }
                ]
            },
        },
        {
            "id": "bye",
            "type": "message",
            "params": {"parts": [{"kind": "text", "text": "Anotei {{ vars.quantos | number }}."}]},
        },
    ],
    "edges": [
        {"source": "start", "port": "next", "target": "hello"},
        {"source": "hello", "port": "next", "target": "what"},
        {"source": "what", "port": "answered", "target": "many"},
        {"source": "many", "port": "answered", "target": "enough"},
        {"source": "enough", "port": "muitos", "target": "bye"},
        {"source": "enough", "port": "else", "target": "bye"},
    ],
}


Talk = tuple[Program, World, tuple[Event, ...]]
LARGE = 2_000  # nodes


def measure(plan: Plan) -> list[Figures]:
    """A set a run, of one core's time: milliseconds a turn, turns and steps a second of two questions; steps a second
    of a longer talk, in a flow of its own nodes and in one of LARGE.
    """
    talks = [
        (compile_flow(flow_of(FLOW), NODE_TYPES), WORLD, SAID),
        *((journey.program(size), journey.world(), journey.events(NOON)) for size in (journey.OWN, LARGE)),
    ]
    for talk in talks:
        _converse(*talk)  # templates compiled, caches warm
    return [_run(talks, plan.seconds / 10) for _ in range(plan.runs)]


def _run(talks: Sequence[Talk], seconds: float) -> Figures:
    (turns_s, steps_s), (_, journey_s), (_, large_s) = (_speed(talk, seconds) for talk in talks)
    figures = {"turn_ms": 1000 / turns_s, "steps_per_s": steps_s, "turns_per_s": turns_s}
    return {**figures, "journey_steps_per_s": journey_s, f"journey_of_{LARGE}_steps_per_s": large_s}


def _speed(talk: Talk, seconds: float) -> tuple[float, float]:
    """Turns and steps a second."""
    turns = steps = 0
    begun = process_time()  # what it takes one core, whatever else the machine is doing
    while (took := process_time() - begun) < seconds:
        steps += _converse(*talk)
        turns += len(talk[2])
    return turns / took, steps / took


def _converse(program: Program, world: World, events: Sequence[Event]) -> int:
    """The steps from the first word to the end, with the run as JSON between the turns."""
    state = Run("0192aaaa-0000-7000-8000-000000000000").as_json()
    steps, status = 0, ""
    for event in events:
        turn = advance(program, Run.from_json(state), event, world)
        if not isinstance(turn, Turn):
            raise AssertionError(f"the bench's flow asks for {turn.queries}")
        state, status = turn.run.as_json(), turn.run.status
        steps += len(turn.trace)
    if status != "completed":
        raise AssertionError("the bench's conversation did not come to its end")
    return steps
