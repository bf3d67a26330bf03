"""What people do at the desk, on the real database."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest

from flowengine.core.errors import Conflict, Invalid, NotAllowed, NotFound
from flowengine.desk import acts
from flowengine.desk.people import Person, person_of
from flowengine.store.conversations import Conversation
from flowengine.store.engine import make_engine
from flowengine.store.outbox import Owed
from flowengine.store.unit import within
from tests.offices import NOON, Office, furnish, start_run, talk


def test_of_fifty_people_who_press_at_once_one_wins_and_the_others_see_who(office: Office):
    with office.at() as unit:
        conversation = _queued(unit, office)
        people = [unit.members.add(f"Pessoa {n}", "agent") for n in range(50)]
        for member in people:
            unit.teams.put_member(office.sales.id, member.id)
        crowd = [person_of(unit, member) for member in people]
    engine = make_engine(office.engine.url.render_as_string(hide_password=False), pool_size=50)
    start = Barrier(50)

    def press(person: Person) -> str:
        start.wait(20)
        try:
            act = lambda unit: acts.take(unit, conversation.id, person, version=conversation.version)  # noqa: E731
            return f"{within(engine, office.account_id, act).owner_id} has it"
        except Conflict as lost:
            return f"{lost.detail['owner']['id']} was first"

    with ThreadPoolExecutor(50) as pool:
        heard = Counter(pool.map(press, crowd))
    engine.dispose()
    with office.at() as unit:
        owner = unit.conversations.get(conversation.id).owner_id
        items, _ = unit.inbox.timeline(conversation.id)
    assert heard == {f"{owner} has it": 1, f"{owner} was first": 49}
    assert [item.data["what"] for item in items if item.kind == "event"] == ["taken"]


def test_taking_is_told_to_the_screens_and_put_on_the_timeline(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _queued(unit, office)
        position = unit.live.position()
    with office.at(1) as unit:
        taken = acts.take(unit, conversation.id, ana, version=conversation.version)
        (event,) = unit.live.read(position)
        (item,) = unit.inbox.timeline(conversation.id)[0]
    assert (taken.state, taken.owner_id) == ("open", ana.id)
    assert (event.kind, event.ref["id"], event.ref["actor"]) == ("conversation", str(taken.id), str(ana.id))
    assert (item.data["what"], item.data["where"], item.member_name) == ("taken", "inbox", "Ana")


def test_a_contact_who_writes_meanwhile_does_not_make_a_take_fail(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _queued(unit, office)
        unit.conversations.said(conversation.id, text="alô?", author="contact")
        assert acts.take(unit, conversation.id, ana, version=conversation.version).state == "open"


def test_who_may_not_see_a_conversation_is_told_that_there_is_none(office: Office):
    with office.at() as unit:
        outsider = person_of(unit, unit.members.add("Eva", "agent"))
        conversation = _queued(unit, office)
        with pytest.raises(NotFound):
            acts.take(unit, conversation.id, outsider, version=conversation.version)
        with pytest.raises(NotFound):
            acts.add_note(unit, conversation.id, outsider, "oi")


def test_taking_over_from_the_bot_ends_its_run_and_cancels_what_it_owed(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = talk(unit, office, team_id=office.sales.id)
        run = start_run(unit, office, conversation)
        conversation = unit.conversations.change(conversation, floor_run_id=run)
        unit.outbox.owe(
            [
                Owed("t", "timer", {"kind": "timer_fired"}, NOON, lane_id=conversation.contact_id, run_id=run),
                Owed("c", "callback", {}, NOON, conversation_id=conversation.id, owner_epoch=0),
            ]
        )
        taken = acts.take(unit, conversation.id, ana, version=conversation.version)
        ended = unit.runs.get(run)
        assert (taken.state, taken.owner_epoch, taken.floor_run_id) == ("open", 1, None)
        assert (ended.status, ended.reason) == ("ended", "human_took_over")
        assert (unit.outbox.fire_timers(5), unit.outbox.next_due()) == (0, None)


def test_a_finish_that_a_flow_waits_for_is_an_event_of_its_lane(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _handed_over(unit, office, ana)
        run = conversation.handoff["run"]
        closing = acts.finish(unit, conversation.id, ana, version=conversation.version, reason="resolvido")
        event = unit.intake.waiting([conversation.contact_id])[-1].event
    assert (closing.state, closing.owner_id, closing.closing["by"]) == ("bot", None, str(ana.id))
    assert str(closing.floor_run_id) == run
    assert (event["kind"], event["run"], event["turn"], event["reason"]) == ("human_finished", run, 2, "resolvido")


def test_a_finish_that_nobody_waits_for_is_the_end(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        finished = acts.finish(unit, conversation.id, ana, version=conversation.version, reason="resolvido")
        assert (finished.state, finished.finished_by, finished.finish_reason) == ("finished", ana.id, "resolvido")
        assert len(unit.intake.waiting([conversation.contact_id])) == 1  # the message it began with


def test_a_transfer_to_a_team_leaves_a_note_and_is_new_there(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        moved = acts.transfer_to_team(
            unit, conversation.id, ana, team="geral", version=conversation.version, note="quer boleto"
        )
        kinds = [
            (item.kind, item.data.get("what") or item.data.get("text")) for item in unit.inbox.timeline(moved.id)[0]
        ]
    assert (moved.state, moved.team_id, moved.owner_id) == ("queued", office.general.id, None)
    assert moved.transferred == {"by": str(ana.id), "name": "Ana", "to": None, "note": "quer boleto"}
    assert kinds == [("note", "quer boleto"), ("event", "transferred")]


def test_a_transfer_to_a_person_is_theirs_and_follows_their_team(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        moved = acts.transfer_to_member(
            unit, conversation.id, ana, team="vendas", member_id=office.bia.id, version=conversation.version
        )
        assert (moved.state, moved.team_id, moved.owner_id) == ("open", office.sales.id, office.bia.id)


def test_a_transfer_to_a_team_that_does_not_exist_says_which_field_is_wrong(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        with pytest.raises(Invalid) as wrong:
            acts.transfer_to_team(unit, conversation.id, ana, team="nada", version=conversation.version)
    assert wrong.value.detail == {"pointer": "/team"}


def test_an_act_on_an_old_screen_says_who_has_it_now(office: Office):
    ana, caio = office.person("ana"), office.person("caio")
    with office.at() as unit:
        conversation = _queued(unit, office)
        acts.take(unit, conversation.id, ana, version=conversation.version)
        with pytest.raises(Conflict) as stale:
            acts.finish(unit, conversation.id, caio, version=conversation.version)
    assert stale.value.detail["owner"] == {"id": str(ana.id), "name": "Ana"}


def test_an_agent_writes_in_their_own_conversations_only(office: Office):
    ana, bia, caio = office.person("ana"), office.person("bia"), office.person("caio")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        assert _write(unit, conversation.id, ana, "1").status == "queued"
        assert _write(unit, conversation.id, caio, "2").member_id == caio.id
        with pytest.raises(NotAllowed):
            _write(unit, conversation.id, bia, "3")


def test_a_double_click_is_one_message(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        assert _write(unit, conversation.id, ana, "same").id == _write(unit, conversation.id, ana, "same").id
        assert len(unit.messages.latest(conversation.id)) == 1


def test_messages_of_people_and_bot_stand_in_one_line(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        numbers = [_write(unit, conversation.id, ana, str(n)).number for n in range(3)]
    assert numbers == [1, 2, 3]


def test_nothing_is_sent_where_there_is_nothing_to_say(office: Office):
    ana = office.person("ana")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        with pytest.raises(Invalid):
            acts.send(unit, conversation.id, ana, text=" ", client_id="x", deliver=_deliver)


def test_reading_clears_what_is_unread_for_its_agent_alone(office: Office):
    ana, caio = office.person("ana"), office.person("caio")
    with office.at() as unit:
        conversation = _open(unit, office, ana)
        unit.conversations.said(conversation.id, text="oi", author="contact")
        acts.read(unit, conversation.id, caio)
        assert unit.conversations.get(conversation.id).unread == 1
        acts.read(unit, conversation.id, ana)
        assert unit.conversations.get(conversation.id).unread == 0


def test_accounts_do_not_act_in_each_other(office: Office):
    stranger = furnish(office.engine, "vizinho").person("dora")
    with office.at() as unit:
        conversation = _queued(unit, office)
    other = furnish(office.engine, "outro")
    with other.at() as unit, pytest.raises(NotFound):
        acts.take(unit, conversation.id, stranger, version=conversation.version)


def _queued(unit, office: Office) -> Conversation:
    return talk(unit, office, state="queued", team_id=office.sales.id, queued_at=unit.now)


def _open(unit, office: Office, owner: Person) -> Conversation:
    return talk(unit, office, state="open", team_id=office.sales.id, owner_id=owner.id, taken_at=unit.now)


def _handed_over(unit, office: Office, owner: Person) -> Conversation:
    conversation = _open(unit, office, owner)
    run = start_run(unit, office, conversation)
    return unit.conversations.change(conversation, handoff={"run": str(run), "turn": 2, "goes_on": True})


def _deliver(unit, _channel, messages):
    return unit.messages.add(messages)


def _write(unit, conversation_id: UUID, by: Person, client_id: str):
    return acts.send(unit, conversation_id, by, text="Bom dia", client_id=client_id, deliver=_deliver)
