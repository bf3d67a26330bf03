"""What an installation has written down, read from its tables with plain SQL: by no code that it runs itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import class_row, dict_row

_MESSAGES = """
    select i.external_id as contact, m.id, m.direction, m.author, m.body, m.provider_id, m.in_reply_to, m.number,
           m.effect_id,
           m.status = 'cancelled' and m.author = 'bot' and exists (
               select from conversation_event e
               where e.account_id = m.account_id and e.conversation_id = m.conversation_id
                 and e.member_id is not null and e.at >= m.created_at) as recalled
    from message m join contact_identity i on i.account_id = m.account_id and i.id = m.identity_id
    order by i.external_id, m.id"""
_RUNS = """
    select i.external_id as contact, r.id, f.key as flow, r.status, r.turn, r.state
    from run r
    join flow f on f.account_id = r.account_id and f.id = r.flow_id
    join contact_identity i on i.account_id = r.account_id and i.contact_id = r.contact_id
    order by i.external_id, r.id"""
_TURNS = """
    select t.run_id, t.number, t.event, t.read, t.trace, t.effects from turn t order by t.run_id, t.number"""
_LEFT_OVER = """
    select
        (select count(*) from intake) as "events in the intake",
        (select count(*) from outbox where kind <> 'timer') as "orders in the outbox",
        (select count(*) from outbox where lease_token is not null) as "leases",
        (select count(*) from dead_letter) as "dead letters",
        (select count(*) from lane where due_at is not null) as "lanes that are due",
        (select count(*) from outbox where kind = 'timer' and due_at < now() - interval '10 seconds')
            as "timers that are due",
        (select count(*) from outbox o where kind = 'timer' and not exists (
            select from run r where r.account_id = o.account_id and r.id = o.run_id and r.status = 'open'))
            as "timers of nobody"
"""
_SEEN = "select cast(event_id as text), provider_id from seen"


@dataclass(frozen=True, slots=True)
class Said:
    """A message, either way; `number` is its place in the contact's line where it is ours.

    `recalled`: a person took over before anybody had begun to push it.
    """

    contact: str
    id: UUID
    direction: str
    author: str
    body: dict[str, Any]
    provider_id: str | None
    in_reply_to: str | None
    number: int | None
    effect_id: str | None
    recalled: bool = False

    @property
    def text(self) -> str:
        return str(self.body.get("text", ""))


@dataclass(frozen=True, slots=True)
class Ran:
    contact: str
    id: UUID
    flow: str
    status: str
    turn: int
    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn of a run."""

    run_id: UUID
    number: int
    event: dict[str, Any]
    read: dict[str, Any]
    trace: list[dict[str, Any]]
    effects: list[dict[str, Any]]


@dataclass(frozen=True)
class Record:
    """All of it; the oldest first, contact by contact."""

    messages: list[Said]
    runs: list[Ran]
    turns: Mapping[UUID, list[Taken]]
    seen: Mapping[str, str]  # by the id of its event, the sender's id of a message


def read_record(url: str, account: UUID) -> Record:
    with _connect(url, account) as connection:
        messages = connection.cursor(row_factory=class_row(Said)).execute(_MESSAGES).fetchall()
        runs = connection.cursor(row_factory=class_row(Ran)).execute(_RUNS).fetchall()
        turns: dict[UUID, list[Taken]] = {run.id: [] for run in runs}
        for turn in connection.cursor(row_factory=class_row(Taken)).execute(_TURNS):
            turns[turn.run_id].append(turn)
        seen = dict(connection.execute(_SEEN).fetchall())
    return Record(messages, runs, turns, seen)


def left_over(url: str, account: UUID) -> dict[str, int]:
    """What should be nowhere once all work is done, by what it is called; nothing where all is well."""
    with _connect(url, account) as connection:
        row = connection.cursor(row_factory=dict_row).execute(_LEFT_OVER).fetchone() or {}
    return {name: count for name, count in row.items() if count}


def _connect(url: str, account: UUID) -> psycopg.Connection[tuple[Any, ...]]:
    """As who sees this account alone: row-level security does the choosing."""
    connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
    connection.execute("select set_config('app.account', %s, false)", (str(account),))
    return connection
