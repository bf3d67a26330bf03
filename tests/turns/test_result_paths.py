"""Which variant, steps and goal runs came to, and what nobody understood, from turns that were really taken."""

from datetime import timedelta

import pytest

from flowengine.core.split_goals import Judged
from flowengine.crm.actor import Actor
from flowengine.crm.tags import change_tags
from flowengine.store.results import Cohort
from tests.turns.shop import RECEPTION, Shop, flow, say, wire

VARIANTS = [{"id": "a", "title": "A", "weight": 50}, {"id": "b", "title": "B", "weight": 50}]
SPLIT = {"id": "test", "type": "split", "params": {"variants": VARIANTS}}
ASK = {"id": "ask", "type": "question", "params": {"text": "Um?", "answer_type": "text"}}
END = {"id": "over", "type": "end", "params": {"outcome": "agendou"}}
WIRES = ("start.next>test", "test.a>ask", "test.b>ask")


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    with shop.unit() as unit:
        unit.tags.add("cliente", name="Cliente", color="#aa0000")
    return shop


def cohort(shop, unit):
    return Cohort(unit.flows.by_key("bot").id, shop.now - timedelta(days=7), shop.now + timedelta(seconds=1))


def judged(shop, kind, name=""):
    """(people, of them reached, under way) of both variants together."""
    with shop.unit() as unit:
        found = unit.result_paths.variants(cohort(shop, unit), {"test": Judged(kind, name)})["test"]
    counts = [(each.entered, each.reached, each.under_way) for each in found]
    return tuple(sum(count) for count in zip(*counts, strict=True))


def tag(shop, sender):
    """As a person does on the contact's page."""
    shop.later(minutes=1)
    with shop.unit() as unit:
        contact = unit.contacts.get(shop.talk(sender).contact_id)
        change_tags(unit, contact, add=["cliente"], actor=Actor(member=shop.ana.id))
    shop.work()


def aiming(*nodes, **goal):
    return flow(
        [SPLIT, ASK, *nodes],
        wire(*WIRES),
        settings={"default_team": "geral", "goal": {"event": "contact.tag_added", **goal}},
    )


def test_a_variant_is_judged_by_the_outcome_of_an_end(shop):
    shop.publish(flow([SPLIT, ASK, END], wire(*WIRES, "ask.answered>over")))
    shop.hear("oi", sender="renata")
    shop.hear("amanhã", sender="renata")
    shop.hear("oi", sender="ivo")

    assert judged(shop, "outcome", "agendou") == (2, 1, 1)
    assert judged(shop, "outcome", "desistiu") == (2, 0, 1)


def test_a_variant_is_judged_by_a_step_that_comes_after_it(shop):
    shop.publish(flow([SPLIT, ASK, END], wire(*WIRES, "ask.answered>over")))
    shop.hear("oi", sender="renata")
    shop.hear("amanhã", sender="renata")

    assert judged(shop, "step", "over") == (1, 1, 0)
    assert judged(shop, "step", "start") == (1, 0, 0)


def test_a_variant_is_judged_by_the_flows_goal(shop):
    shop.publish(aiming())
    shop.hear("oi", sender="renata")
    shop.hear("oi", sender="ivo")
    tag(shop, "renata")

    assert judged(shop, "goal") == (2, 1, 1)


def test_a_goal_after_which_the_run_goes_on_counts_as_well(shop):
    shop.publish(aiming({**ASK, "id": "more"}, then="node", node="more"))
    shop.hear("oi")
    tag(shop, "renata")

    assert judged(shop, "goal") == (1, 1, 0)
    with shop.unit() as unit:
        (found,) = unit.result_paths.along(cohort(shop, unit), ["ask", "more"])
    assert (found.places, found.goal, found.fate, found.runs) == ([1, 2], True, "waiting", 1)


def test_who_writes_the_word_goal_has_not_met_it(shop):
    shop.publish(RECEPTION)
    for words in ("oi", "goal", "goal", "goal"):
        shop.hear(words)

    with shop.unit() as unit:
        (found,) = unit.result_paths.along(cohort(shop, unit), ["ask"])
    assert (found.places, found.goal) == ([1], False)


def test_a_person_who_comes_again_is_counted_once(shop):
    shop.publish(flow([SPLIT, say("bye", "Tchau")], wire("start.next>test", "test.a>bye", "test.b>bye")))
    shop.hear("oi")
    shop.later(minutes=5)
    shop.hear("oi")

    assert judged(shop, "completed") == (1, 1, 0)


def test_what_was_no_answer_is_told_in_full_up_to_the_last_try(shop):
    shop.publish(RECEPTION)
    for words in ("oi", "talvez", "quem sabe", "sei lá"):
        shop.hear(words)

    with shop.unit() as unit:
        found = unit.result_unheard.latest(cohort(shop, unit), types=["menu"], most=10, most_runs=10)
        fewer = unit.result_unheard.latest(cohort(shop, unit), types=["menu"], most=1, most_runs=10)
        others = unit.result_unheard.latest(cohort(shop, unit), types=["question"], most=10, most_runs=10)

    assert [each.said for each in found] == ["sei lá", "quem sabe", "talvez"]
    assert ([each.said for each in fewer], others) == (["sei lá"], [])
