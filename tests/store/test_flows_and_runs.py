"""Flows, versions, runs and messages: saved only over what was seen."""

import pytest

from flowengine.core.errors import Conflict, NotFound
from flowengine.store.messages import NewMessage
from flowengine.store.turns import TurnRecord
from tests.offices import Office, publish, start_run, talk


def test_a_draft_is_saved_over_the_revision_that_was_seen(office: Office):
    with office.at() as unit:
        flow = _draft(unit)
        saved = _save(unit, flow.id, 1, office.ana.id)
        assert (saved.draft_revision, saved.draft_by, saved.draft) == (2, office.ana.id, {"nodes": [1]})
        with pytest.raises(Conflict) as late:
            _save(unit, flow.id, 1, office.bia.id)
    assert late.value.detail == {"revision": 2, "by": str(office.ana.id)}


def test_a_version_is_the_draft_of_the_revision_that_was_seen(office: Office):
    with office.at() as unit:
        flow = _draft(unit)
        first = _publish(unit, flow.id, 1)
        second = _publish(unit, flow.id, 1)
        assert (first.number, second.number) == (1, 2)
        assert unit.flows.get(flow.id).live_version_id == second.id
        _save(unit, flow.id, 1, None)
        with pytest.raises(Conflict):
            _publish(unit, flow.id, 1)


def test_nothing_is_saved_or_published_that_is_not_there(office: Office):
    with office.at() as unit:
        with pytest.raises(NotFound):
            _save(unit, unit.new_id(), 1, None)
        with pytest.raises(NotFound):
            _publish(unit, unit.new_id(), 1)


def test_a_key_is_taken_until_its_flow_is_archived(office: Office):
    with office.at() as unit:
        flow = _draft(unit)
        with pytest.raises(Conflict):
            _draft(unit)
        unit.flows.archive(flow.id)
        assert _draft(unit).id != flow.id


def test_a_flow_comes_back_from_the_archive_unless_its_key_was_taken(office: Office):
    with office.at() as unit:
        flow = _draft(unit)
        unit.flows.archive(flow.id)
        assert unit.flows.restore(flow.id).archived_at is None
        unit.flows.archive(flow.id)
        _draft(unit)
        with pytest.raises(Conflict):
            unit.flows.restore(flow.id)
        with pytest.raises(NotFound):
            unit.flows.restore(unit.new_id())


def test_a_channel_asks_its_live_flows_in_order(office: Office):
    with office.at() as unit:
        first, _ = publish(unit, office, "primeiro")
        second, version = publish(unit, office, "segundo")
        draft = unit.flows.add(key="rascunho", name="x", kind="chatbot", document={}, hash="x", by=None)
        unit.channels.bind(draft.id, [office.channel.id])
        assert [live.key for live in unit.channels.live_flows(office.channel.id)] == ["primeiro", "segundo"]
        unit.channels.bind(first, [])
        assert [live.version_id for live in unit.channels.live_flows(office.channel.id)] == [version]


def test_the_list_of_flows_counts_the_runs_of_a_week(office: Office):
    with office.at() as unit:
        run = start_run(unit, office, talk(unit, office))
        unit.runs.save(run, expected_turn=0, turn=1, state={}, status="completed")
        (row,) = unit.flow_list.rows()
    assert (row.live_number, row.runs, row.completed, row.failed) == (1, 1, 1, 0)
    with office.at(8 * 24 * 60) as unit:
        assert unit.flow_list.rows()[0].runs == 0


def test_a_run_is_saved_by_who_saw_its_turn(office: Office):
    with office.at() as unit:
        run = start_run(unit, office, talk(unit, office))
        assert unit.runs.save(run, expected_turn=0, turn=1, state={"n": 1})
        assert not unit.runs.save(run, expected_turn=0, turn=1, state={"n": 2})
        assert unit.runs.get(run).state == {"n": 1}


def test_a_contact_has_one_open_run_of_a_flow_and_key(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        run = unit.runs.get(start_run(unit, office, conversation))
        again = {
            "flow_id": run.flow_id,
            "version_id": run.version_id,
            "contact_id": run.contact_id,
            "conversation_id": conversation.id,
            "state": {},
        }
        assert unit.runs.start(**again) is None
        assert unit.runs.start(**again, entry_key="another") is not None
        unit.runs.save(run.id, expected_turn=0, turn=1, state={}, status="completed")
        assert unit.runs.start(**again) is not None
        assert len(unit.runs.open_for([conversation.contact_id])) == 2


def test_turns_are_kept_with_what_was_read(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        run = start_run(unit, office, conversation)
        turn = TurnRecord(run, 1, {"kind": "started"}, {"contact": {}}, [{"node": "a"}], [], unit.now)
        unit.turns.record([turn])
        assert unit.turns.of_run(run) == [turn]
        (traced,) = unit.turns.of_conversation(conversation.id, unit.now, unit.now)
    assert (traced.flow_name, traced.version_number, traced.trace) == ("atendimento", 1, [{"node": "a"}])


def test_a_status_only_moves_on(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        message = _say(unit, office, conversation, 1)[0]
        assert [_mark(unit, message.id, to) for to in ("sent", "read", "delivered", "sent", "failed")] == [
            "sent",
            "read",
            None,
            None,
            None,
        ]


def test_a_message_that_was_sent_can_fail_but_not_be_cancelled(office: Office):
    with office.at() as unit:
        first, second = _say(unit, office, talk(unit, office), 2)
        assert [_mark(unit, first.id, to) for to in ("sent", "cancelled", "failed")] == ["sent", None, "failed"]
        assert _mark(unit, second.id, "cancelled") == "cancelled"


def test_a_receipt_counts_for_all_before_it(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        messages = _say(unit, office, conversation, 3)
        moved = unit.messages.mark_up_to(conversation.identity_id, messages[1].id, "read")
        assert {each.id for each in moved} == {messages[0].id, messages[1].id}


def test_a_batch_to_several_contacts_is_numbered_each_by_itself(office: Office):
    with office.at() as unit:
        first, second = talk(unit, office, "a"), talk(unit, office, "b")
        new = [_message(office, each, author) for each in (first, second, first) for author in ("bot", "contact")]
        assert [message.number for message in unit.messages.add(new)] == [1, None, 1, None, 2, None]


def _draft(unit):
    return unit.flows.add(key="vendas", name="Vendas", kind="chatbot", document={"nodes": []}, hash="a", by=None)


def _save(unit, flow_id, revision: int, by):
    return unit.flows.save_draft(flow_id, revision=revision, name="V", document={"nodes": [1]}, hash="b", by=by)


def _publish(unit, flow_id, revision: int):
    return unit.flows.publish(flow_id, revision=revision, document={}, hash="a", note="", by=None)


def _message(office: Office, conversation, author: str = "bot") -> NewMessage:
    return NewMessage(
        conversation.id, conversation.contact_id, office.channel.id, conversation.identity_id, author, {"text": "oi"}
    )


def _say(unit, office: Office, conversation, many: int):
    return unit.messages.add([_message(office, conversation)] * many)


def _mark(unit, message_id, status: str) -> str | None:
    return next((each.status for each in unit.messages.mark([message_id], status)), None)
