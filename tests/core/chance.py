"""Flows and events by chance: sound documents of every node type, and whatever may happen to their runs."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from flowengine.core.events import (
    Attachment,
    CallAnswered,
    Commanded,
    Happened,
    HumanFinished,
    MessageReceived,
    SendFailed,
    Started,
    TimerFired,
)
from flowengine.core.marks import marked
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
INNER = sorted(name for name, kind in NODE_TYPES.items() if kind.schema.get("x-entry") is not False)
SETTINGS = {
    "chatbot": {
        "default_team": "geral",
        "commands": [{"terms": ["atendente"], "do": "transfer"}, {"terms": ["voltar"], "do": "back"}],
        "goal": {"event": "deal.won"},
    },
    "sequence": {"stop": [{"event": "contact.tag_added"}]},
    "contact_automation": {"entry": "from_now"},
    "deal_automation": {},
}
WORDS = [
    "",
    "oi",
    "1",
    "12",
    "sim",
    "não",
    "Recife",
    "ana@exemplo.com.br",
    "529.982.247-25",
    "amanhã",
    "vendas",
    "🌸",
    "x" * 300,
]


STEERED = ["back", "restart", "end", "transfer", "node", "?"]
FACTS = [event["id"] for event in DEFINITIONS["x-events"]]


@st.composite
def documents(draw):
    """A document without errors of shape: any types, any of their examples, wires from most ports to anywhere."""
    kind = draw(st.sampled_from(sorted(SETTINGS)))
    ids = [f"n{place}" for place in range(draw(st.integers(1, 10)))]
    nodes = [_trigger(draw)]
    nodes += [_node(draw, id, ids) for id in ids]
    edges = [
        {"source": node["id"], "port": port.id, "target": draw(st.sampled_from(ids))}
        for node in nodes
        for port in NODE_TYPES[node["type"]].ports(node["params"])
        if draw(st.integers(0, 9)) < 8
    ]
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": kind,
        "key": "acaso",
        "name": "Acaso",
        "language": draw(st.sampled_from(["pt-BR", "en"])),
        "settings": SETTINGS[kind],
        "variables": [{"name": "pedido", "input": True, "output": True}, {"name": "total", "default": 3}],
        "nodes": nodes,
        "edges": edges,
    }


def _trigger(draw):
    params = draw(st.sampled_from(NODE_TYPES["trigger"].schema["examples"]))
    return {"id": "inicio", "type": "trigger", "params": params}


def _node(draw, id, ids):
    name = draw(st.sampled_from(INNER))
    params = deepcopy(draw(st.sampled_from(NODE_TYPES[name].schema["examples"])))
    for place in marked(params, FLOW_SCHEMA.marks(name, "x-ref", "node")):
        holder = params
        for part in place.path[:-1]:
            holder = holder[part]
        holder[place.path[-1]] = draw(st.sampled_from(ids))
    return {"id": id, "type": name, "params": params}


@st.composite
def happenings(draw, run):
    """Something that may happen to a run in this state: often what it waits for, sometimes what is late or strange."""
    wait = run.wait
    turn = wait.turn if wait is not None and draw(st.integers(0, 9)) < 8 else draw(st.integers(0, 5))
    at = NOON + timedelta(minutes=draw(st.integers(0, 10_000)))
    names = [timer.name for timer in wait.timers] if wait is not None else []
    it = {"id": st.just("e"), "at": st.just(at)}
    its = {**it, "run": st.just(run.id), "turn": st.just(turn)}
    happened = (
        st.builds(MessageReceived, **it, text=st.sampled_from(WORDS), choice=choices(), attachments=files()),
        st.builds(TimerFired, **its, name=st.sampled_from([*names, "grouping", "nothing"])),
        st.builds(HumanFinished, **its, agent=st.just("Ana")),
        st.builds(SendFailed, **its, reason=st.just("recusada"), node=st.sampled_from(["", "n0", "x"])),
        st.builds(CallAnswered, **its, ok=st.booleans(), status=st.sampled_from([0, 200, 404]), body=bodies()),
        st.builds(Commanded, **it, do=st.sampled_from(STEERED), node=st.sampled_from([None, "n0"])),
        st.builds(Happened, **it, name=st.sampled_from(FACTS), data=bodies().map(lambda body: {"body": body})),
        st.just(Started("e", at, "inicio")),
    )
    return draw(st.one_of(happened))


def choices():
    return st.sampled_from([None, None, None, "vendas", "sim", "yes", "5"])


def files():
    return st.sampled_from([(), (), (Attachment("https://exemplo.com/a.png", "image/png", "a.png"),)])


def bodies():
    """JSON of any shape, as the outside world answers."""
    numbers = st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False)
    keys = st.sampled_from(["class", "status", "a", "b"])
    return st.recursive(
        st.none() | st.booleans() | numbers | st.sampled_from(WORDS),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=8,
    )
