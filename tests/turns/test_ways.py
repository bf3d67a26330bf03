"""Results are the same whatever part of the runs is digested: random histories, counted plainly and by the queries."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from flowengine.core.split_goals import Judged
from flowengine.core.zones import local
from flowengine.jobs.digesting import digest
from flowengine.store.results import Cohort
from flowengine.store.results_rows import Wanted
from tests.turns import naive_results as naive
from tests.turns.shop import Shop, flow, say, wire

VARIANTS = [{"id": "a", "title": "A", "weight": 50}, {"id": "b", "title": "B", "weight": 50}]
OPTIONS = [{"id": "compra", "title": "Comprar"}, {"id": "nada", "title": "Nada"}, {"id": "gente", "title": "Alguém"}]
SALES = flow(
    [
        {"id": "test", "type": "split", "params": {"variants": VARIANTS}},
        {"id": "ask", "type": "menu", "params": {"text": "Como?", "options": OPTIONS}},
        {"id": "sub", "type": "call_flow", "params": {"flow": "sub"}},
        {"id": "again", "type": "question", "params": {"text": "De novo?", "answer_type": "yes_no"}},
        {"id": "over", "type": "end", "params": {"outcome": "comprou"}},
        {"id": "people", "type": "transfer", "params": {"team": "vendas"}},
        say("bye", 'Até "mais"'),
    ],
    wire(
        "start.next>test",
        "test.a>ask",
        "test.b>ask",
        "ask.compra>sub",
        "ask.nada>bye",
        "ask.gente>people",
        "sub.finished>again",
        "again.yes>test",
        "again.no>over",
    ),
)
AGE = {"id": "age", "type": "question", "params": {"text": "Idade?", "answer_type": "number"}}
SUB = flow([AGE], wire("start.next>age"), key="sub", name="Idade")
WORDS = ["oi", "Comprar", "comprar", "Nada", "Alguém", "32", "sim", "não", "talvez", "sei lá"]
BY = [Judged("step", "over"), Judged("step", "test"), Judged("completed", ""), Judged("outcome", "comprou")]


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    shop.publish(SUB)
    with shop.unit() as unit:
        unit.channels.bind(unit.flows.by_key("sub").id, [])
    shop.publish(SALES)
    return shop


def cohort(shop, unit, key="bot", **more):
    return Cohort(unit.flows.by_key(key).id, shop.now - timedelta(days=7), shop.now + timedelta(seconds=1), **more)


def live(unit, key="bot"):
    return unit.flows.live_by_key(key)


def agree(shop):
    """Every query comes to what counting plainly comes to, of all versions and of the one that is live."""
    with shop.unit() as unit:
        for of in (cohort(shop, unit), cohort(shop, unit, version=live(unit))):
            passed, stopped = unit.results.counts(of)
            assert {(each.node, each.port): (each.runs, each.seconds) for each in passed} == naive.passed(unit, of)
            assert {(each.node, each.fate): each.runs for each in stopped} == naive.stopped(unit, of)
            way = ["ask", "again", "over"]
            told = unit.result_paths.along(of, way)
            assert {(tuple(e.places), e.goal, e.fate): e.runs for e in told} == naive.along(unit, of, way)
            for by in BY:
                found = unit.result_paths.variants(of, {"test": by})["test"]
                counts = {each.port: (each.entered, each.reached, each.under_way) for each in found}
                assert counts == naive.variants(unit, of, "test", by)
            rows = unit.result_rows.page(of, Wanted(node="ask", port="compra"), most=100)
            assert [(e.id, e.fate, e.node) for e in rows] == naive.listed(unit, of, node="ask", port="compra")


def talk(shop, draw, words):
    for _ in range(words):
        shop.hear(draw.choice(WORDS), sender=draw.choice(["renata", "otto", "ivo", "nina"]))
        shop.later(seconds=draw.randrange(1, 4000))


@pytest.mark.parametrize("seed", range(4))
def test_results_do_not_depend_on_what_is_digested(shop, seed):
    draw = Random(seed)
    talk(shop, draw, 10)
    agree(shop)

    with shop.unit() as unit:
        unit.ways.digest(2)
    talk(shop, draw, 6)
    agree(shop)

    digest(shop.engine)
    shop.publish({**SALES, "name": "Outro"})
    talk(shop, draw, 6)
    agree(shop)

    shop.later(hours=30)
    talk(shop, draw, 3)
    digest(shop.engine)
    agree(shop)


def test_a_run_that_was_never_digested_is_counted_however_old_it_is(shop, owner_engine):
    talk(shop, Random(1), 12)
    shop.later(hours=5)
    shop.hear("oi", sender="rui")
    digest(shop.engine)
    with owner_engine.begin() as connection:
        connection.exec_driver_sql(
            "delete from run_way where run_id in (select run_id from run_way order by started_at limit 2)"
        )

    agree(shop)


def test_digesting_again_changes_nothing(shop):
    talk(shop, Random(2), 8)

    assert digest(shop.engine) > 0
    assert digest(shop.engine) == 0


def test_what_was_said_in_a_flow_that_was_called_is_told_in_both(shop):
    for words in ("oi", "Comprar", "muitos", "32"):
        shop.hear(words)
    digest(shop.engine)

    with shop.unit() as unit:
        sub = unit.flows.by_key("sub").id
        asked = {"types": ["menu", "question"], "most": 10, "most_runs": 10}
        (of_caller,) = unit.result_unheard.latest(cohort(shop, unit), **asked)
        of_called = unit.result_unheard.latest(cohort(shop, unit, "sub"), **asked)
        (answered,) = unit.result_answers.rows(cohort(shop, unit, "sub"), nodes=["age"], most=10)
        other = unit.result_answers.rows(cohort(shop, unit, "sub", version=live(unit)), nodes=["age"], most=10)
        (called,) = unit.result_answers.called(cohort(shop, unit))
        versions = unit.result_answers.versions(cohort(shop, unit, "sub"), most=10)

    assert (of_caller.flow_id, of_caller.node, of_caller.said) == (sub, "age", "muitos")
    assert of_called == [of_caller]
    assert (answered.answers, answered.flow_name, answered.fate) == ({"age": 32}, "Bot", "waiting")
    assert (other, called.id, versions) == ([], sub, [1])


def test_the_list_of_flows_counts_runs_by_the_days_on_which_they_began(shop):
    zone = "America/Sao_Paulo"
    shop.now = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)  # late on the last of February there
    for hours in (0, 1, 20, 24, 24 * 40):
        shop.later(hours=hours)
        shop.hear("oi", sender=f"p{hours}")
        shop.hear("Nada", sender=f"p{hours}")
        digest(shop.engine)
    shop.hear("oi", sender="fails")
    with shop.unit() as unit:
        (run,) = unit.runs.open_for([shop.talk("fails").contact_id])
        unit.runs.save(run.id, expected_turn=run.turn, turn=run.turn + 1, state=run.state, status="failed")

    told = days_of(shop)
    shop.now -= timedelta(days=38)
    before = days_of(shop)

    assert told == [["2026-04-11", 2, 1]]
    assert before == [["2026-02-28", 1, 0], ["2026-03-01", 2, 0], ["2026-03-02", 1, 0], ["2026-04-11", 2, 1]]
    assert local(shop.now, zone).date().isoformat() == "2026-03-04"


def days_of(shop):
    with shop.unit() as unit:
        (row,) = [row for row in unit.flow_list.rows() if row.key == "bot"]
    return row.days
