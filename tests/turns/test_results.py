"""What a flow has come to, counted from turns that were really taken."""

from datetime import timedelta

import pytest

from flowengine.store.results import Cohort
from flowengine.store.results_rows import Wanted
from tests.turns.shop import RECEPTION, Shop


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


def flow_of(unit):
    return unit.flows.by_key("bot")


def cohort(shop, unit, **more):
    return Cohort(flow_of(unit).id, shop.now - timedelta(days=7), shop.now + timedelta(seconds=1), **more)


def passed(shop, **more):
    """{(node, port): (runs, median seconds)}"""
    with shop.unit() as unit:
        found, _ = unit.results.counts(cohort(shop, unit, **more))
    return {(each.node, each.port): (each.runs, each.seconds) for each in found}


def stopped(shop):
    """{(node, fate): runs}; (None, None) is all of them."""
    with shop.unit() as unit:
        _, found = unit.results.counts(cohort(shop, unit))
    return {(each.node, each.fate): each.runs for each in found}


def three_people(shop):
    """Renata leaves by "nada", Otto by "pessoa", Ivo does not answer."""
    for sender in ("renata", "otto", "ivo"):
        shop.hear("oi", sender=sender)
    shop.later(seconds=20)
    shop.hear("Nada", sender="renata")
    shop.later(seconds=40)
    shop.hear("Falar com alguém", sender="otto")


def test_each_step_counts_the_runs_that_came_and_the_ways_by_which_they_left(shop):
    three_people(shop)

    counts = passed(shop)

    assert {place: runs for place, (runs, _) in counts.items()} == {
        ("start", None): 3,
        ("start", "next"): 3,
        ("hello", None): 3,
        ("hello", "next"): 3,
        ("ask", None): 3,
        ("ask", "nada"): 1,
        ("ask", "pessoa"): 1,
        ("people", None): 1,
        ("bye", None): 1,
        ("bye", "next"): 1,
    }


def test_the_median_time_is_that_of_those_who_waited_there(shop):
    three_people(shop)

    counts = passed(shop)

    assert counts["ask", None] == (3, 40)  # 20 s and 60 s; who still waits does not count
    assert counts["hello", None] == (3, None)


def test_an_answer_that_is_not_understood_stays_in_the_same_visit(shop):
    shop.hear("oi")
    shop.later(seconds=10)
    shop.hear("quê?")
    shop.later(seconds=20)
    shop.hear("Nada")

    assert passed(shop)["ask", None] == (1, 30)


def test_every_run_stands_or_ended_somewhere(shop):
    three_people(shop)

    assert stopped(shop) == {
        (None, None): 3,
        ("bye", "completed"): 1,
        ("people", "handed_off"): 1,
        ("ask", "waiting"): 1,
    }


def test_who_does_not_answer_for_a_day_has_gone(shop):
    shop.hear("oi")
    shop.later(hours=23)
    assert stopped(shop)["ask", "waiting"] == 1

    shop.later(hours=2)

    assert stopped(shop) == {(None, None): 1, ("ask", "dropped"): 1}


def test_versions_are_counted_apart(shop):
    shop.hear("oi")
    shop.publish({**RECEPTION, "name": "Outro"})
    shop.hear("oi", sender="otto")

    with shop.unit() as unit:
        first, second = (unit.flows.version_by_number(flow_of(unit).id, number).id for number in (1, 2))

    assert passed(shop)["ask", None] == (2, None)
    assert passed(shop, version=first)["ask", None] == (1, None)
    assert passed(shop, version=second)["ask", None] == (1, None)


def test_runs_of_before_the_period_are_not_counted(shop):
    shop.hear("oi")
    shop.later(days=8)

    assert (passed(shop), stopped(shop)) == ({}, {(None, None): 0})


def test_runs_are_found_by_what_became_of_them_and_by_the_way_they_took(shop):
    three_people(shop)

    with shop.unit() as unit:
        of = cohort(shop, unit)
        waiting = unit.result_rows.page(of, Wanted(fate="waiting", stopped_at="ask"), most=10)
        by_button = unit.result_rows.page(of, Wanted(node="ask", port="pessoa"), most=10)
        of_otto = unit.result_rows.page(of, Wanted(contact=shop.talk("otto").contact_id), most=10)
        newest = unit.result_rows.page(of, Wanted(), most=2)
        rest = unit.result_rows.page(of, Wanted(), most=2, last=newest[-1].id)

    assert [(each.node, each.turns, each.version) for each in waiting] == [("ask", 1, 1)]
    assert [(each.fate, each.node) for each in by_button] == [("handed_off", "people")]
    assert of_otto == by_button
    assert len({each.id for each in [*newest, *rest]}) == 3


def test_people_in_the_flow_are_counted_by_where_they_wait(shop):
    three_people(shop)

    with shop.unit() as unit:
        flow = flow_of(unit).id
        present = [(each.version, each.node, each.runs) for each in unit.results.present(flow)]
        asked = unit.results.open_runs(flow, most=10, node="ask")
        older = unit.results.open_runs(flow, most=10, before=2)

    assert sorted(present) == [(1, "ask", 1), (1, "people", 1)]
    assert (len(asked), len(older)) == (1, 2)
