"""What a contact, a flow and people go through together, on the real store."""

import pytest
from sqlalchemy import Engine

from flowengine.store.receive import Inbound
from tests.turns.shop import RECEPTION, Shop, flow, say, wire


@pytest.fixture
def shop(engine: Engine) -> Shop:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


def test_a_first_message_is_greeted_and_asked(shop: Shop) -> None:
    assert shop.hear("oi") == ["Olá, Renata!", "Como podemos ajudar?"]
    assert shop.talk().state == "bot"


def test_the_same_message_again_changes_nothing(shop: Shop) -> None:
    first = shop.receive("oi", id="m1")
    shop.work()
    answered = shop.replies()
    assert shop.receive("oi", id="m1") == first
    assert shop.work() == 0
    assert shop.replies() == answered


def test_a_hand_off_waits_for_people_and_the_flow_asks_for_a_rating_when_they_finish(shop: Shop) -> None:
    shop.hear("oi")
    assert shop.hear("falar com alguem") == []
    queued = shop.talk()
    assert (queued.state, queued.handoff["note"]) == ("queued", "Escolheu Falar com alguém")
    shop.take(shop.ana)
    shop.write(shop.ana, "Oi, aqui é a Ana.")
    assert shop.hear("quero um bolo") == []
    shop.finish(shop.ana)
    shop.work()
    assert shop.replies()[-2:] == ["Oi, aqui é a Ana.", "Que nota você dá?"]
    assert shop.talk().state == "bot"
    assert shop.hear("5") == ["Obrigado pela nota 5."]
    over = shop.talk()
    assert (over.id, over.state, over.finished_by) == (queued.id, "finished", shop.ana.id)


def test_thanks_after_the_rating_open_nothing_but_a_question_goes_back_to_people(shop: Shop) -> None:
    shop.hear("oi")
    shop.hear("pessoa")
    shop.take(shop.ana)
    shop.finish(shop.ana)
    shop.work()
    shop.hear("4")
    assert shop.hear("obrigada!") == []
    assert shop.talk().state == "finished"
    assert shop.hear("e o boleto?") == []
    assert shop.talk().state in ("open", "queued")


def test_after_a_talk_with_the_bot_alone_the_bot_greets_again(shop: Shop) -> None:
    shop.hear("oi")
    assert shop.hear("nada") == ["Até mais."]
    first = shop.talk()
    assert first.state == "finished"
    assert shop.hear("oi") == ["Olá, Renata!", "Como podemos ajudar?"]
    assert shop.talk().id != first.id


def test_what_is_no_option_is_asked_again_and_then_handed_to_the_default_team(shop: Shop) -> None:
    shop.hear("oi")
    assert len(shop.hear("xyz")) == 1
    assert len(shop.hear("xyz")) == 1
    assert shop.hear("xyz") == []
    with shop.unit() as unit:
        assert unit.teams.get(shop.talk().team_id).slug == "geral"
    assert shop.talk().state == "queued"


def test_silence_ends_the_flow_when_its_limit_is_over_and_not_before(shop: Shop) -> None:
    shop.hear("oi")
    shop.later(hours=23, minutes=59)
    assert shop.work() == 0
    shop.later(minutes=2)
    assert shop.work() > 0
    assert shop.talk().state == "finished"
    with shop.unit() as unit:
        assert unit.outbox.fire_timers(10) == 0


def test_an_answer_in_time_leaves_no_timer_behind(shop: Shop) -> None:
    shop.hear("oi")
    shop.hear("nada")
    shop.later(days=30)
    assert shop.work() == 0


def test_a_flow_that_fails_hands_its_contact_to_the_default_team_with_the_reason(shop: Shop) -> None:
    shop.publish(
        flow(
            [say("hello", "Um momento."), {"id": "to", "type": "transfer", "params": {"team": "ninguem"}}],
            wire("start.next>hello", "hello.next>to"),
        )
    )
    assert shop.hear("oi") == ["Um momento."]
    talk = shop.talk()
    assert talk.state == "queued"
    with shop.unit() as unit:
        assert unit.teams.get(talk.team_id).slug == "geral"
        (run,) = unit.runs.of_conversation(talk.id)
    assert (run.status, run.error["node"]) == ("failed", "to")


def test_a_team_without_members_gives_way_to_the_default_team(shop: Shop) -> None:
    with shop.unit() as unit:
        unit.teams.add("deserta", "Deserta")
    shop.publish(flow([{"id": "to", "type": "transfer", "params": {"team": "deserta"}}], wire("start.next>to")))
    shop.hear("oi")
    with shop.unit() as unit:
        assert unit.teams.get(shop.talk().team_id).slug == "geral"
    assert shop.talk().state == "queued"


def test_where_no_flow_listens_people_get_the_message(engine: Engine) -> None:
    shop = Shop(engine)
    assert shop.hear("tem alguém aí?") == []
    assert shop.talk().state == "queued"


def test_a_run_keeps_the_version_it_began_with(shop: Shop) -> None:
    shop.hear("oi")
    shop.publish(flow([say("hello", "Mudamos.")], wire("start.next>hello")))
    assert shop.hear("nada") == ["Até mais."]
    assert shop.hear("oi") == ["Mudamos."]


def test_who_takes_over_silences_the_bot(shop: Shop) -> None:
    shop.hear("oi")
    with shop.unit() as unit:
        unit.members.change(shop.bia.id, role="supervisor")
        unit.teams.put_member(unit.teams.by_slug("geral").id, shop.bia.id, supervisor=True)
    shop.take(shop.bia)
    assert shop.hear("nada") == []
    assert shop.talk().owner_id == shop.bia.id
    shop.later(days=2)
    assert shop.work() == 0


def test_a_button_pressed_late_walks_again_from_its_own_menu(shop: Shop) -> None:
    shop.hear("oi")
    with shop.unit() as unit:
        (*_, menu) = unit.outgoing.read(shop.channel.id, 0)
    pressed = menu.body["options"][1]["id"]
    assert pressed.startswith("nada@")
    assert shop.hear(choice=pressed) == ["Até mais."]


def test_an_event_that_fails_for_a_reason_of_ours_is_tried_again_and_then_reaches_people(shop: Shop) -> None:
    shop.hear("oi")
    with shop.unit() as unit:  # a state that no version of ours has written
        (run,) = unit.runs.of_conversation(shop.talk().id)
        unit.runs.save(run.id, expected_turn=run.turn, turn=run.turn, state={"state_version": 1})
    shop.receive("nada")
    for _ in range(5):
        shop.work()
        shop.later(minutes=1)
    assert shop.talk().state == "queued"
    with shop.unit() as unit:
        assert unit.intake.waiting([shop.talk().contact_id]) == []


def test_contacts_that_wait_together_are_all_answered_in_their_own_order(shop: Shop) -> None:
    for number in range(30):
        shop.receive("oi", sender=f"c{number}")
        shop.receive("nada", sender=f"c{number}")
    shop.work()
    for number in range(30):
        assert shop.replies(f"c{number}") == ["Olá, Renata!", "Como podemos ajudar?", "Até mais."]


def test_a_contact_who_says_their_name_later_gets_it_and_keeps_it(shop: Shop) -> None:
    with shop.unit() as unit:
        event = {"kind": "message_received", "at": shop.now.isoformat(), "text": "oi", "provider_id": "m1"}
        unit.intake.receive([Inbound(shop.channel.id, "ana", "m1", event)])
    shop.work()
    assert shop.replies("ana")[0] == "Olá, você!"
    shop.hear("nada", sender="ana", name="Ana Reis")
    shop.hear("oi", sender="ana", name="Outra")
    assert shop.replies("ana")[-2] == "Olá, Ana Reis!"
