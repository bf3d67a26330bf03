"""A message that its channel refuses: the flow hears of it where it was sent."""

from datetime import UTC, datetime

import pytest

from flowengine.core.effects import HandOff
from flowengine.core.events import SendFailed, Started
from flowengine.core.interpreter import Turn, advance
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES, read_flow

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
RUN = "0192aaaa-0000-7000-8000-000000000000"


def texts(turn: Turn) -> list[str]:
    return [getattr(effect, "text", "") for effect in turn.effects]


def flow(*edges: tuple[str, str, str]) -> dict[str, object]:
    say = {"type": "message", "params": {"parts": [{"kind": "text", "text": "Boleto."}]}}
    ask = {"type": "question", "params": {"text": "Chegou?", "answer_type": "yes_no"}}
    sorry = {"type": "message", "params": {"parts": [{"kind": "text", "text": "Não saiu."}]}}
    start = {"type": "trigger", "params": {"event": "message.received"}}
    nodes = {"start": start, "bill": say, "ask": ask, "sorry": sorry}
    wires = [("start", "next", "bill"), ("bill", "next", "ask"), *edges]
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": "f",
        "name": "F",
        "settings": {"default_team": "geral"},
        "nodes": [{"id": id, **node} for id, node in nodes.items()],
        "edges": [{"source": source, "port": port, "target": target} for source, port, target in wires],
    }


def refused(document: dict[str, object], node: str) -> Turn:
    """The flow has asked and waits; then a message that `node` sent turns out to be refused."""
    program = compile_flow(read_flow(document), NODE_TYPES)
    asked = advance(program, Run(RUN), Started("e1", NOON, "start"), World())
    assert isinstance(asked, Turn)
    turn = advance(program, asked.run, SendFailed("e2", NOON, RUN, asked.run.turn, "blocked", node), World())
    assert isinstance(turn, Turn)
    return turn


def test_the_walk_goes_back_to_the_node_that_sent_it() -> None:
    turn = refused(flow(("bill", "failed", "sorry")), "bill")
    assert texts(turn) == ["Não saiu."]


@pytest.mark.parametrize("node", ["bill", "ask"])
def test_where_the_port_is_open_people_take_over(node: str) -> None:
    turn = refused(flow(), node)
    assert turn.effects == (HandOff(why="failed"),)
    assert turn.run.outcome == "handed_off"


def test_each_message_says_which_node_sent_it() -> None:
    program = compile_flow(read_flow(flow()), NODE_TYPES)
    asked = advance(program, Run(RUN), Started("e1", NOON, "start"), World())
    assert isinstance(asked, Turn)
    assert [getattr(effect, "node", None) for effect in asked.effects] == ["bill", "ask"]
