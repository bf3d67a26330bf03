"""Nothing slows down with age: what is done often reads the same few rows, however much lies behind."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from flowengine.store.batch import Batch
from flowengine.store.partitions import read_partitions
from flowengine.store.receive import Inbound
from flowengine.store.unit import Unit
from flowengine.turns import taking
from flowengine.turns.claim import Claim
from tests.turns.shop import RECEPTION, Shop

LONG_AGO = datetime(2024, 3, 10, tzinfo=UTC)
OTHERS = 8_000  # contacts, each with a talk, a run, a turn, two messages and a timer that is due in a month
OWN = 2_000  # messages and turns of the one contact who writes now

# What ten thousand contacts leave behind; ids are those of that time, so that rows lie in the pieces of that time.
_OTHERS = """
    with n as (select n, id_at(:ago + n * interval '1 ms') as id from generate_series(1, :others) n),
    c as (insert into contact (account_id, id, created_at, updated_at) select :account, id, :ago, :ago from n),
    l as (insert into lane (account_id, id) select :account, id from n),
    t as (insert into conversation (account_id, id, contact_id, channel_id, identity_id, state, team_id, opened_at,
                                    finished_at, updated_at)
          select :account, id, id, :channel, id, 'finished', :team, :ago, :ago, :ago from n),
    r as (insert into run (account_id, id, flow_id, version_id, contact_id, conversation_id, state, status, started_at)
          select :account, id, :flow, :version, id, id, '{}', 'completed', :ago from n),
    w as (insert into turn (account_id, run_id, number, event, read, trace, effects, at)
          select :account, id, 1, '{}', '{}', '[]', '[]', :ago from n),
    o as (insert into outbox (account_id, id, kind, lane_id, run_id, payload, due_at, at)
          select :account, 'old' || n, 'timer', id, id, '{}', now() + interval '30 days', :ago from n),
    h as (insert into happened (account_id, id, lane_id, name, data, at)
          select :account, id, id, 'contact.created', '{}', :ago from n),
    i as (insert into contact_identity (account_id, id, contact_id, channel_id, external_id, created_at)
          select :account, id, id, :channel, 'old' || n, :ago from n)
    insert into message (account_id, id, conversation_id, contact_id, channel_id, identity_id, direction, author, body,
                         status, created_at, status_at)
    select :account, id_at(:ago + month + n * interval '1 ms'), id, id, :channel, id, 'in', 'contact', '{}', 'received',
           :ago, :ago
    from n, unnest(array[interval '0 days', interval '31 days']) as month"""
_OWN = """
    with n as (select n, id_at(:ago + interval '1 hour' + n * interval '1 ms') as id from generate_series(1, :own) n),
    t as (insert into conversation (account_id, id, contact_id, channel_id, identity_id, state, team_id, opened_at,
                                    finished_at, updated_at)
          select :account, id, :contact, :channel, :identity, 'finished', :team, :ago + n * interval '1 minute', :ago,
                 :ago from n),
    r as (insert into run (account_id, id, flow_id, version_id, contact_id, conversation_id, state, status, started_at)
          select :account, id, :flow, :version, :contact, id, '{}', 'completed', :ago from n)
    insert into message (account_id, id, conversation_id, contact_id, channel_id, identity_id, direction, author, body,
                         status, created_at, status_at)
    select :account, id, id, :contact, :channel, :identity, 'in', 'contact', '{}', 'received', :ago, :ago from n"""
_READ = text("""
    select relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0),
           coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
    from pg_stat_xact_user_tables where coalesce(seq_scan, 0) + coalesce(idx_scan, 0) > 0""")


class Aged:
    """An account that has been there for years; `read` tells what a piece of work looked at."""

    def __init__(self, shop: Shop, contact: UUID) -> None:
        self.shop, self.contact = shop, contact

    def read(self, act: Callable[[Unit], Any], kind: type[Unit] = Unit) -> dict[str, int]:
        """Rows read by table."""
        with kind.open(self.shop.engine, self.shop.account, now=self.shop.now) as unit:
            before = self._counted(unit)  # what earlier transactions here have not handed in yet is told as well
            act(unit)
            if isinstance(unit, Batch):
                unit.write()
            after = self._counted(unit)
        looked = {name: (scans, rows, *before.get(name, (0, 0))) for name, (scans, rows) in after.items()}
        return {name: rows - rows_before for name, (scans, rows, scans_before, rows_before) in looked.items()
                if scans > scans_before}  # fmt: skip

    @staticmethod
    def _counted(unit: Unit) -> dict[str, tuple[int, int]]:
        """Looks and rows by table, of this connection."""
        return {name: (scans, rows) for name, scans, rows in unit._connection.execute(_READ)}


@pytest.fixture
def aged(engine: Engine, owner_engine: Engine) -> Iterator[Aged]:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    shop.hear("oi")
    with owner_engine.begin() as connection:
        for month in (LONG_AGO, LONG_AGO + timedelta(days=31)):
            for parent in ("message", "turn"):
                connection.execute(text("select make_partition(:parent, :at)"), {"parent": parent, "at": month})
        run = connection.execute(text("select flow_id, version_id, contact_id from run")).one()
        identity = connection.execute(text("select id from contact_identity")).scalar_one()
        values = {
            "ago": LONG_AGO, "account": shop.account, "channel": shop.channel.id, "team": shop.channel.team_id,
            "flow": run.flow_id, "version": run.version_id, "contact": run.contact_id, "identity": identity,
        }  # fmt: skip
        connection.execute(text(_OTHERS), {**values, "others": OTHERS})
        connection.execute(text(_OWN), {**values, "own": OWN})
    with owner_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze"))
    yield Aged(shop, run.contact_id)
    with owner_engine.begin() as connection:
        for piece in read_partitions(owner_engine):
            if piece.ends < datetime(2025, 1, 1, tzinfo=UTC):
                connection.execute(text(f"drop table {piece.name}"))


def old(read: dict[str, int]) -> set[str]:
    return {name for name in read if "_2024_" in name}


@pytest.mark.parametrize("kind", [Unit, Batch])
def test_a_message_is_answered(aged: Aged, kind: type[Unit]):
    aged.shop.receive("nada")
    read = aged.read(lambda unit: taking._take(Claim(unit, aged.shop.programs)), kind)
    assert aged.shop.replies()[-1] == "Até mais."
    assert old(read) == set()
    assert sum(read.values()) < 150, read


@pytest.mark.parametrize("kind", [Unit, Batch])
def test_a_conversation_begins_anew(aged: Aged, kind: type[Unit]):
    aged.shop.hear("nada")
    aged.shop.later(days=3)
    aged.shop.receive("oi")
    read = aged.read(lambda unit: taking._take(Claim(unit, aged.shop.programs)), kind)
    assert aged.shop.replies()[-1] == "Como podemos ajudar?"
    assert old(read) == set()
    assert sum(read.values()) < 150, read


def arrives(unit: Unit, aged: Aged) -> None:
    fact = {"kind": "message_received", "at": aged.shop.now.isoformat(), "text": "oi"}
    unit.intake.receive([Inbound(aged.shop.channel.id, "renata", "m-1", fact)])


def talk_is_opened(unit: Unit, aged: Aged) -> None:
    """As a screen reads it."""
    talk = unit.conversations.latest(aged.contact, aged.shop.channel.id)
    assert talk is not None
    assert len(unit.messages.latest(talk.id)) == 3
    assert len(unit.runs.of_conversation(talk.id)) == 1


WORK: dict[str, Callable[..., object]] = {
    "a message arrives": arrives,
    "whose turn is it": lambda unit, aged: unit._connection.execute(
        text("select * from accounts_with_lanes(now(), 200)")
    ).all(),
    "who owes something": lambda unit, aged: unit._connection.execute(
        text("select * from accounts_with_orders(now(), 200)")
    ).all(),
    "lanes are claimed": lambda unit, aged: unit.lanes.claim(50),
    "what waits in a lane": lambda unit, aged: unit.intake.waiting([aged.contact]),
    "timers fire": lambda unit, aged: unit.outbox.fire_timers(500),
    "orders are claimed": lambda unit, aged: unit.outbox.claim(8, lease=timedelta(minutes=1)),
    "is anything owed": lambda unit, aged: unit.outbox.owes(),
    "a conversation is opened": talk_is_opened,
    "the contact is read": lambda unit, aged: unit.contacts.get(aged.contact),
    "a fact is told": lambda unit, aged: unit.facts.tell(aged.contact, [("contact.field_changed", {"field": "name"})]),
    "a channel's stream is read": lambda unit, aged: unit.outgoing.read(aged.shop.channel.id, 0, 100),
    "the backlog is counted": lambda unit, aged: unit.standing.backlog(),
    "talks of the contact": lambda unit, aged: unit.conversations.of_contact(aged.contact, 20),
}


def test_what_is_done_often_reads_a_few_rows_of_these_days(aged: Aged):
    read = {what: aged.read(partial(act, aged=aged)) for what, act in WORK.items()}
    assert {what: rows for what, rows in read.items() if old(rows) or sum(rows.values()) >= 60} == {}


def test_what_reads_everything_is_noticed(aged: Aged):
    everything = text("select count(*) from message where body = '{}'")
    read = aged.read(lambda unit: unit._connection.execute(everything))
    assert old(read) == {"message_2024_03", "message_2024_04"}
    assert sum(read.values()) >= 2 * OTHERS
