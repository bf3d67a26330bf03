"""The few steps that tell of a flow, what a split is judged by, and the questions as columns."""

from flowengine.core.main_way import MOST, main_way
from flowengine.core.questions import columns
from flowengine.core.split_goals import Judged, judged_by

ASKING = frozenset({"menu", "question"})
TELLING = ASKING | {"transfer"}


def node(id, type, label="", **params):
    return {"id": id, "type": type, "label": label, "params": params}


def flow(nodes, *wires, **more):
    edges = [
        {"source": source.split(".")[0], "port": source.split(".")[1], "target": target}
        for source, target in (wire.split(">") for wire in wires)
    ]
    return {"nodes": nodes, "edges": edges, "settings": {}, **more}


SHOP = flow(
    [
        node("start", "trigger"),
        node("ask", "menu", text="Como  podemos\najudar?"),
        node("day", "question", label="O dia", text="Que dia?"),
        node("team", "transfer"),
        node("back", "go_to", node="ask"),
    ],
    "start.next>ask",
    "ask.book>day",
    "ask.talk>team",
    "ask.invalid>back",
    "day.answered>team",
)


def test_the_way_is_the_most_walked_one():
    booked = main_way(SHOP, {("start", None): 9, ("ask", "book"): 6, ("ask", "talk"): 3}, telling=TELLING)
    talked = main_way(SHOP, {("start", None): 9, ("ask", "book"): 3, ("ask", "talk"): 6}, telling=TELLING)

    assert (booked, talked) == (["ask", "day", "team"], ["ask", "team"])


def test_a_circle_is_walked_once():
    assert main_way(SHOP, {("ask", "invalid"): 9}, telling=TELLING) == ["ask"]


def test_a_flow_without_wires_has_no_way():
    assert main_way(flow([node("lonely", "menu")]), {}, telling=TELLING) == []


def test_a_long_way_is_told_by_where_most_are_lost():
    ids = [f"q{number}" for number in range(20)]
    long = flow(
        [node("start", "trigger"), *(node(id, "question") for id in ids)],
        "start.next>q0",
        *(f"{one}.answered>{other}" for one, other in zip(ids, ids[1:], strict=False)),
    )
    walked = {(id, None): 1_000 - 10 * place - (300 if place > 4 else 0) for place, id in enumerate(ids)}

    way = main_way(long, walked, telling=TELLING)

    assert len(way) == MOST
    assert {"q4", "q19"} <= set(way) and way == sorted(way, key=ids.index)


def test_a_split_is_judged_by_an_end_or_a_step_of_that_name():
    ends = [node("over", "end", outcome="Agendou"), node("pay", "message", label="Link de pagamento")]

    def judged(goal, **settings):
        return judged_by(flow(ends, settings=settings), node("test", "split", goal=goal))

    assert judged("agendou") == Judged("outcome", "Agendou")
    assert judged("link de PAGAMENTO") == judged("pay") == Judged("step", "pay")
    assert judged("vendeu") == Judged("unknown", "vendeu")


def test_a_split_that_names_nothing_is_judged_by_the_flows_goal_or_by_reaching_an_end():
    split = node("test", "split", goal="")

    assert judged_by(flow([], settings={"goal": {"event": "deal.won"}}), split) == Judged("goal")
    assert judged_by(flow([]), split) == Judged("completed")


def test_questions_are_columns_in_the_order_in_which_they_are_come_to():
    turned = {**SHOP, "nodes": SHOP["nodes"][::-1]}

    assert [(each.node, each.title) for each in columns([turned], asking=ASKING)] == [
        ("ask", "Como podemos ajudar?"),
        ("day", "O dia"),
    ]


def test_what_a_newer_version_has_no_more_comes_last_and_is_named_as_it_was():
    older = flow(
        [node("start", "trigger"), node("gone", "question", text="Olá, {{ contact.name }}?")], "start.next>gone"
    )

    assert [(each.node, each.title) for each in columns([SHOP, older], asking=ASKING)][-1] == ("gone", "Olá, …?")


def test_questions_after_the_first_trigger_come_before_those_of_a_short_cut():
    short = flow(
        [node("start", "trigger"), node("word", "trigger"), *SHOP["nodes"][1:], node("rate", "question", text="Nota?")],
        *("start.next>ask", "ask.book>day", "day.answered>team", "word.next>team", "team.finished>rate"),
    )

    assert [each.node for each in columns([short], asking=ASKING)] == ["ask", "day", "rate"]
