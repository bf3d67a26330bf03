"""Tables by time: pieces are made ahead, hold what they should, are the only ones opened, and go whole."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from flowengine.store import inbox, live, messages, turns
from flowengine.store.messages import NewMessage
from flowengine.store.partitions import keep_partitions, read_partitions, span
from flowengine.store.turns import TurnRecord
from flowengine.store.unit import Unit
from tests.offices import Office, start_run, talk

LONG_AGO = datetime(2024, 3, 10, tzinfo=UTC)


@pytest.fixture
def old_pieces(owner_engine: Engine) -> Iterator[Engine]:
    """Pieces of two years ago, as an installation of that age has them; the owner's engine."""
    with owner_engine.begin() as connection:
        for parent in ("message", "turn", "live_event"):
            connection.execute(text("select make_partition(:parent, :at)"), {"parent": parent, "at": LONG_AGO})
    yield owner_engine
    with owner_engine.begin() as connection:
        for piece in read_partitions(owner_engine):
            if piece.ends < datetime(2025, 1, 1, tzinfo=UTC):
                connection.execute(text(f"drop table {piece.name}"))


def id_of(at: datetime, number: int = 0) -> UUID:
    return UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | number)


def say(unit: Unit, office: Office, number: int, id: UUID | None = None) -> UUID:
    conversation = talk(unit, office, f"55{number}")
    new = NewMessage(
        conversation.id, conversation.contact_id, office.channel.id, conversation.identity_id, "bot", {"text": "oi"}, id
    )
    (message,) = unit.messages.add([new])
    return message.id


def lies_in(engine: Engine, table: str) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text(f"select distinct tableoid::regclass::text from {table}")).scalars())


def keep(office: Office, **days: int | None) -> None:
    with office.at() as unit:
        unit.retention.keep(days)


def test_an_account_says_for_how_many_days_it_keeps_what(office: Office):
    with office.at() as unit:
        assert unit.retention.days() == {"messages": None, "turns": 90, "live_events": 2}
    keep(office, messages=365, turns=None)
    keep(office, live_events=None)
    with office.at() as unit:
        assert unit.retention.days() == {"messages": 365, "turns": None, "live_events": 2}


def test_a_start_finds_the_pieces_of_these_days_and_of_those_to_come(engine: Engine):
    now = datetime.now(UTC)
    ahead = {piece.parent: piece.ends - now for piece in read_partitions(engine)}  # the last of each counts
    assert ahead["message"] > timedelta(days=60)
    assert ahead["turn"] > timedelta(days=60)
    assert ahead["live_event"] > timedelta(days=2)


def test_pieces_that_are_missing_are_made_by_the_applications_role(engine: Engine, owner_engine: Engine):
    last = [piece.name for piece in read_partitions(engine) if piece.parent == "live_event"][-1]
    with owner_engine.begin() as connection:
        connection.execute(text(f"drop table {last}"))
    assert keep_partitions(engine) == ([last], [])
    assert keep_partitions(engine) == ([], [])


def test_the_applications_role_reaches_a_piece_through_its_table_alone(office: Office):
    (piece, *_) = [piece.name for piece in read_partitions(office.engine) if piece.parent == "message"]
    with pytest.raises(DBAPIError, match="permission denied"), office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        connection.execute(text(f"select * from {piece}"))


@pytest.mark.parametrize("call", ["make_partition('message', now())", "partition_served('message', 'x', now(), now())"])
def test_the_applications_role_names_no_table_to_make_or_drop(engine: Engine, call: str):
    with pytest.raises(DBAPIError, match="permission denied"), engine.begin() as connection:
        connection.execute(text(f"select {call}"))


def test_what_came_before_its_piece_was_made_moves_into_it(office: Office, owner_engine: Engine):
    with office.at() as unit:
        say(unit, office, 1, id_of(LONG_AGO))
    assert lies_in(owner_engine, "message") == ["message_default"]
    with owner_engine.begin() as connection:
        connection.execute(text("select make_partition('message', :at)"), {"at": LONG_AGO})
    assert lies_in(owner_engine, "message") == ["message_2024_03"]
    with owner_engine.begin() as connection:
        connection.execute(text("drop table message_2024_03"))


def test_messages_are_kept_for_ever_unless_the_account_says_otherwise(office: Office, old_pieces: Engine):
    with office.at() as unit:
        say(unit, office, 1, id_of(LONG_AGO))
    keep_partitions(office.engine)
    assert lies_in(old_pieces, "message") == ["message_2024_03"]


def test_a_piece_goes_once_no_account_wants_it(office: Office, neighbour: Office, old_pieces: Engine):
    keep(office, messages=30)
    assert "message_2024_03" not in keep_partitions(office.engine)[1]
    keep(neighbour, messages=60)
    assert "message_2024_03" in keep_partitions(office.engine)[1]
    assert "message_2024_03" not in {piece.name for piece in read_partitions(office.engine)}


def test_where_a_neighbour_keeps_for_longer_ones_own_go_row_by_row(
    office: Office, neighbour: Office, old_pieces: Engine
):
    for number, each in enumerate((office, neighbour)):
        with each.at() as unit:
            say(unit, each, 1, id_of(LONG_AGO, number))
            say(unit, each, 2)
    keep(office, messages=30)
    for each in (office, neighbour):
        with each.at() as unit:
            unit.retention.forget(1000)
    assert _count(office, "message") == 1
    assert _count(neighbour, "message") == 2


def test_turns_of_open_runs_stay_and_those_of_runs_long_over_go(office: Office, old_pieces: Engine):
    with office.at() as unit:
        conversation = talk(unit, office)
        run = start_run(unit, office, conversation)
    with old_pieces.begin() as connection:
        connection.execute(text("update run set id = :old where id = :id"), {"old": id_of(LONG_AGO), "id": run})
    with office.at() as unit:
        unit.turns.record([TurnRecord(id_of(LONG_AGO), 1, {}, {}, [], [], LONG_AGO)])
    assert "turn_2024_03" not in keep_partitions(office.engine)[1]
    with old_pieces.begin() as connection:
        connection.execute(text("update run set status = 'ended'"))
    assert "turn_2024_03" in keep_partitions(office.engine)[1]


def test_a_turn_of_these_days_keeps_the_piece_its_run_began_in(office: Office, old_pieces: Engine):
    with office.at() as unit:
        unit.turns.record([TurnRecord(id_of(LONG_AGO), 1, {}, {}, [], [], datetime.now(UTC))])
    assert "turn_2024_03" not in keep_partitions(office.engine)[1]


def test_nobody_waits_for_a_piece_to_go(office: Office, old_pieces: Engine):
    with office.engine.begin() as reading:
        Unit.on(reading, office.account_id)
        reading.execute(text("select count(*) from live_event"))
        assert "live_event_2024_03_10" not in keep_partitions(office.engine)[1]
    assert "live_event_2024_03_10" in keep_partitions(office.engine)[1]


def test_a_conversations_messages_are_looked_for_in_its_own_months(office: Office, old_pieces: Engine):
    with office.at() as unit:
        conversation = talk(unit, office)
        say(unit, office, 2)
    bounds = span(conversation.id, conversation.id)
    values = {"account": office.account_id, "conversation": conversation.id, "most": 50, **bounds}
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        assert _opened(connection, messages._OF.text, values) <= _months_around(conversation.id)
        timeline = {**values, "id": conversation.id, "before": None}
        assert _opened(connection, inbox._TIMELINE.text, timeline) <= _months_around(conversation.id)


def test_a_message_and_the_turns_of_a_run_are_looked_for_in_one_piece(office: Office, old_pieces: Engine):
    with office.at() as unit:
        message = say(unit, office, 1)
        run = start_run(unit, office, talk(unit, office, "7"))
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        assert len(_opened(connection, messages._GET.text, {"account": office.account_id, "id": message})) == 1
        of_run = {"account": office.account_id, "run": run}
        assert _opened(connection, turns._OF_RUN.text, of_run) == {f"turn_{datetime.now(UTC):%Y_%m}"}


def test_who_read_live_events_just_now_looks_through_these_days_only(office: Office, old_pieces: Engine):
    with office.at() as unit:
        now = unit.new_id()
    values = {"account": office.account_id, "stream": "live", "after": 0, "most": 500, **span(now, now)}
    days = {f"live_event_{datetime.now(UTC) + timedelta(days=days):%Y_%m_%d}" for days in (-1, 0, 1)}
    days.add("live_event_default")  # where yesterday's lie on an installation's first day
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        for statement in (live._WAITING, live._GIVE, live._READ):
            assert _opened(connection, statement.text, values) <= days


def test_live_events_are_read_on_from_where_somebody_was_when_this_was_the_newest_id(office: Office):
    with office.at() as unit:
        unit.live.tell("flow", {"id": "one"})
        (one,) = unit.live.read(0)
        now = unit.new_id()
    with office.at() as unit:
        unit.live.tell("flow", {"id": "two"})
    with office.at() as unit:
        assert [each.ref["id"] for each in unit.live.read(one.position, since=now)] == ["two"]


def _opened(connection: Connection, statement: str, values: dict[str, Any]) -> set[str]:
    """The tables by time that the statement touches."""
    plan = connection.execute(text(f"explain (format json) {statement}"), values).scalar_one()
    return {name for name in _relations(plan) if name.startswith(("message_", "turn_", "live_event_"))}


def _relations(plan: Any) -> Iterator[str]:
    for part in plan if isinstance(plan, list) else plan.values() if isinstance(plan, dict) else ():
        yield from _relations(part)
    if isinstance(plan, dict) and "Relation Name" in plan:
        yield plan["Relation Name"]


def _months_around(id: UUID) -> set[str]:
    at = datetime.fromtimestamp((id.int >> 80) / 1000, UTC)
    return {f"message_{at + timedelta(days=days):%Y_%m}" for days in (-1, 0, 1)}


def _count(office: Office, table: str) -> int:
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())
