"""What flows do to conversations: nobody is left with a silent bot."""

from uuid import UUID

from flowengine.desk import handoffs
from tests.offices import Office, start_run, talk


def test_a_hand_off_puts_the_conversation_into_the_teams_queue_with_its_note(office: Office):
    with office.at() as unit:
        conversation, run = _in_a_flow(unit, office)
        waits = handoffs.Waits(run, 3, goes_on=True)
        queued = handoffs.hand_off(
            unit, conversation, team="vendas", waits=waits, note="quer comprar", priority="high", flow="Atendimento"
        )
        (item,) = _events(unit, queued.id)
    assert (queued.state, queued.team_id, queued.priority) == ("queued", office.sales.id, "high")
    assert queued.handoff == {"run": str(run), "turn": 3, "goes_on": True, "note": "quer comprar"}
    assert queued.queued_at == queued.updated_at
    assert item == {
        "what": "queued", "where": "flow",
        "data": {
            "team": "Vendas", "team_slug": "vendas", "why": "transfer", "note": "quer comprar", "flow": "Atendimento",
        },
    }  # fmt: skip


def test_a_team_that_does_not_exist_falls_to_the_default_team_and_says_so(office: Office):
    with office.at() as unit:
        conversation, _ = _in_a_flow(unit, office)
        queued = handoffs.hand_off(unit, conversation, team="nada")
        (item,) = _events(unit, queued.id)
    assert queued.team_id == office.general.id
    assert item["data"]["reason"] == "no_such_team: nada"


def test_a_team_with_nobody_in_it_falls_to_the_default_team_and_says_so(office: Office):
    with office.at() as unit:
        unit.teams.add("vazia", "Vazia")
        conversation, _ = _in_a_flow(unit, office)
        queued = handoffs.hand_off(unit, conversation, team="vazia")
        (item,) = _events(unit, queued.id)
    assert queued.team_id == office.general.id
    assert item["data"]["reason"] == "nobody_in_team: Vazia"


def test_a_flow_that_failed_hands_to_the_default_team_with_its_error(office: Office):
    with office.at() as unit:
        conversation, _ = _in_a_flow(unit, office)
        queued = handoffs.flow_failed(unit, conversation, "saudacao: 'x' is undefined", flow="Atendimento")
        whats = [(item["what"], item["data"].get("error")) for item in _events(unit, queued.id)]
    assert (queued.state, queued.team_id) == ("queued", office.general.id)
    assert whats == [("flow_failed", "saudacao: 'x' is undefined"), ("queued", "saudacao: 'x' is undefined")]


def test_a_failure_while_people_talk_is_told_and_changes_nothing(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office, state="open", owner_id=office.ana.id)
        assert handoffs.flow_failed(unit, conversation, "x") == conversation
        assert [item["what"] for item in _events(unit, conversation.id)] == ["flow_failed"]


def test_a_way_out_of_the_rating_goes_back_to_the_agent_who_is_there(office: Office):
    with office.at() as unit:
        unit.members.change(office.ana.id, presence="online")
        conversation = _closing(unit, office)
        back = handoffs.hand_off(unit, conversation, why="invalid")
    assert (back.state, back.owner_id, back.team_id) == ("open", office.ana.id, office.sales.id)


def test_or_to_the_queue_when_that_agent_has_gone(office: Office):
    with office.at() as unit:
        back = handoffs.hand_off(unit, _closing(unit, office), why="invalid")
    assert (back.state, back.owner_id) == ("queued", None)


def test_the_flow_takes_the_floor_and_the_talk_ends_with_it(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        run = start_run(unit, office, conversation)
        listening = handoffs.give_floor(unit, conversation, run, flow="Atendimento")
        ended = handoffs.end_with_flow(unit, listening, "completed")
        whats = [item["what"] for item in _events(unit, conversation.id)]
    assert listening.floor_run_id == run
    assert (ended.state, ended.finished_by, ended.finish_reason) == ("finished", None, "completed")
    assert whats == ["flow_started", "finished"]


def test_after_a_rating_the_talk_counts_as_finished_by_the_person(office: Office):
    with office.at() as unit:
        ended = handoffs.end_with_flow(unit, _closing(unit, office))
    assert (ended.state, ended.finished_by, ended.owner_id) == ("finished", office.ana.id, office.ana.id)


def test_what_waited_too_long_goes_back_to_the_flow_unless_somebody_took_it(office: Office):
    with office.at() as unit:
        conversation, run = _in_a_flow(unit, office)
        queued = handoffs.hand_off(unit, conversation, team="vendas", waits=handoffs.Waits(run, 3, goes_on=True))
        back = handoffs.take_back(unit, queued)
        assert (back.state, back.floor_run_id, back.handoff) == ("bot", run, None)
        taken = unit.conversations.change(back, state="open", owner_id=office.ana.id)
        assert handoffs.take_back(unit, taken) == taken


def _in_a_flow(unit, office: Office) -> tuple:
    conversation = talk(unit, office)
    run = start_run(unit, office, conversation)
    return unit.conversations.change(conversation, floor_run_id=run), run


def _closing(unit, office: Office):
    closing = {"by": str(office.ana.id), "owner": str(office.ana.id), "at": unit.now.isoformat(), "reason": None}
    return talk(unit, office, team_id=office.sales.id, closing=closing)


def _events(unit, conversation_id: UUID) -> list[dict]:
    return [item.data for item in unit.inbox.timeline(conversation_id)[0] if item.kind == "event"]
