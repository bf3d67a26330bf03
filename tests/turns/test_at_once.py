"""What people, clocks and contacts do at the same moment: one of them is first, and the others find that."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from flowengine.core.errors import Conflict, NotAllowed
from flowengine.desk import acts
from flowengine.desk.people import person_of
from flowengine.effects.deliver import deliver
from flowengine.store.messages import Message, NewMessage
from tests.turns.shop import RECEPTION, Shop, flow, say, wire

PATIENT = flow(
    [
        {
            "id": "people",
            "type": "transfer",
            "params": {"team": "vendas", "wait": {"amount": 10, "unit": "minutes"}},
        },
        say("sorry", "Ninguém pôde atender."),
        {"id": "rate", "type": "question", "params": {"text": "Que nota você dá?", "answer_type": "rating"}},
        say("thanks", "Obrigado."),
    ],
    wire("start.next>people", "people.timed_out>sorry", "people.finished>rate", "rate.answered>thanks"),
)


@pytest.fixture
def shop(engine: Engine) -> Shop:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    with shop.unit() as unit:
        unit.members.change(shop.bia.id, role="supervisor")
        for team in ("geral", "vendas"):
            unit.teams.put_member(unit.teams.by_slug(team).id, shop.bia.id, supervisor=True)
    return shop


@pytest.fixture
def served(shop: Shop) -> Shop:
    """Ana has the talk."""
    shop.hear("oi")
    shop.hear("pessoa")
    shop.take(shop.ana)
    return shop


def test_who_takes_the_talk_before_the_flow_hears_that_it_is_finished_keeps_it(served: Shop) -> None:
    served.finish(served.ana)
    served.take(served.bia)
    served.work()
    assert (served.talk().state, served.talk().owner_id) == ("open", served.bia.id)
    assert "Que nota você dá?" not in served.replies()


def test_a_message_between_the_finish_and_the_rating_costs_neither(served: Shop) -> None:
    served.finish(served.ana)
    assert served.hear("obrigada")[0] == "Que nota você dá?"
    assert served.hear("5") == ["Obrigado pela nota 5."]


def test_a_supervisor_may_end_a_talk_while_the_rating_is_asked(served: Shop) -> None:
    served.finish(served.ana)
    served.work()
    over = served.finish(served.bia)
    served.later(days=2)
    assert (over.state, served.work()) == ("finished", 0)


def test_a_talk_is_not_finished_twice(served: Shop) -> None:
    seen = served.talk()
    served.finish(served.ana)
    with pytest.raises(Conflict), served.unit() as unit:
        acts.finish(unit, seen.id, person_of(unit, served.ana), version=seen.version)
    served.work()
    assert served.replies().count("Que nota você dá?") == 1


def test_a_rating_that_is_none_takes_the_talk_back_to_people(served: Shop) -> None:
    served.finish(served.ana)
    served.work()
    for _ in range(3):
        served.hear("péssimo atendimento")
    with served.unit() as unit:
        assert unit.teams.get(served.talk().team_id).slug == "vendas"
    served.take(served.ana)
    assert served.finish(served.ana).state == "finished"


def test_a_talk_taken_in_the_moment_its_time_is_over_stays_taken(engine: Engine) -> None:
    shop = Shop(engine)
    shop.publish(PATIENT)
    shop.hear("oi")
    shop.later(minutes=10)
    with shop.unit() as unit:
        assert unit.outbox.fire_timers(10) == 1
    shop.take(shop.ana)
    shop.work()
    assert (shop.talk().state, shop.replies()) == ("open", [])
    shop.finish(shop.ana)
    shop.work()
    assert shop.replies() == ["Que nota você dá?"]


def test_who_takes_a_talk_that_went_back_to_its_flow_is_told(engine: Engine) -> None:
    shop = Shop(engine)
    shop.publish(PATIENT)
    shop.hear("oi")
    seen = shop.talk()
    shop.later(minutes=10)
    shop.work()
    assert shop.replies() == ["Ninguém pôde atender."]
    with pytest.raises(Conflict), shop.unit() as unit:
        acts.take(unit, seen.id, person_of(unit, shop.ana), version=seen.version)


def test_a_talk_that_was_answered_once_and_given_back_to_the_queue_still_has_its_flow(engine: Engine) -> None:
    shop = Shop(engine)
    shop.publish(PATIENT)
    shop.hear("oi")
    shop.take(shop.ana)
    talk = shop.talk()
    with shop.unit() as unit:
        acts.transfer_to_team(unit, talk.id, person_of(unit, shop.ana), team="geral", version=talk.version)
    shop.later(days=1)
    shop.work()
    assert (shop.talk().state, shop.replies()) == ("queued", [])


def test_a_talk_given_straight_to_somebody_is_not_taken_from_them_by_the_clock(engine: Engine) -> None:
    shop = Shop(engine)
    shop.publish(PATIENT)
    shop.hear("oi")
    with shop.unit() as unit:
        unit.teams.put_member(unit.teams.by_slug("vendas").id, shop.bia.id, supervisor=True)
        unit.members.change(shop.bia.id, role="supervisor")
    talk = shop.talk()
    with shop.unit() as unit:
        by = person_of(unit, unit.members.get(shop.bia.id))
        talk = acts.transfer_to_member(unit, talk.id, by, team="vendas", member_id=shop.ana.id, version=talk.version)
        acts.transfer_to_team(unit, talk.id, by, team="geral", version=talk.version)
    shop.later(minutes=11)
    shop.work()
    assert (shop.talk().state, shop.replies()) == ("queued", [])


def test_an_agent_who_writes_while_a_turn_is_at_the_talk_waits_for_it_and_neither_fails(served: Shop) -> None:
    served.finish(served.ana)
    talk = served.talk()
    with served.unit() as unit:  # as the agent's screen still shows it
        unit.conversations.change(talk, state="open", owner_id=served.ana.id)
    with ThreadPoolExecutor(1) as agent, served.unit() as turn:
        turn.conversations.lock(talk.id)
        written = agent.submit(served.write, served.ana, "Até logo!")
        time.sleep(0.3)
        turn.messages.add(
            [NewMessage(talk.id, talk.contact_id, talk.channel_id, talk.identity_id, "bot", {"text": "Que nota?"})]
        )
        turn.conversations.change(turn.conversations.get(talk.id), state="bot", owner_id=None)
    with pytest.raises(NotAllowed):
        written.result()


def test_a_message_sent_again_after_the_talk_was_finished_is_the_one_that_was_sent(served: Shop) -> None:
    def send() -> Message:
        with served.unit() as unit:
            by = person_of(unit, served.ana)
            return acts.send(unit, talk.id, by, text="Até logo!", client_id="the-same-one", deliver=deliver)

    talk = served.talk()
    with served.unit() as unit:  # its flow does not go on, so it is over at once
        talk = unit.conversations.change(talk, handoff=None)
    first = send()
    served.finish(served.ana)
    assert send().id == first.id
