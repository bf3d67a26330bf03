"""Many contacts made after one who has really talked: their rows copied by PostgreSQL, with ids of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import LiteralString
from uuid import UUID

import orjson
import psycopg
from uuid_utils.compat import uuid7

from flowengine.bench.account import Account
from flowengine.bench.counts import libpq
from flowengine.bench.installation import BenchFailed, Installation
from flowengine.bench.wire import Wire, post, with_body
from flowengine.settings import Settings

PATIENCE_S = 30.0
SLOWEST_PER_S = 20  # what is walked more slowly than this is taken for stuck
_WORK = """
    select exists(select from outbox where account_id = %(account)s and kind = 'timer' and due_at <= now())
        or exists(select from intake where account_id = %(account)s)"""
_SENT = """
    select count(*), count(distinct m.run_id),
           (select count(*) from run join given on given.run = run.id
            where run.account_id = %(account)s and run.status = 'completed')
    from message m join given on given.run = m.run_id
    where m.account_id = %(account)s and m.direction = 'out'"""
_COLUMNS = """
    select attname from pg_attribute
    where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'
    order by attnum"""
_MODEL = """
    select i.contact_id, i.id, c.id, r.id
    from contact_identity i
    join conversation c on c.account_id = i.account_id and c.identity_id = i.id
    join run r on r.account_id = i.account_id and r.conversation_id = c.id
    where i.account_id = %s and i.channel_id = %s and i.external_id = %s
    order by r.started_at desc, r.id desc limit 1"""


@dataclass(frozen=True, slots=True)
class Ids:
    """What makes one contact another: it, its address on the channel, its conversation, its run."""

    contact: UUID
    identity: UUID
    conversation: UUID
    run: UUID


@contextmanager
def session(settings: Settings, account: UUID) -> Iterator[psycopg.Connection]:
    """A connection of the bench's own in which the account's rows can be read and written."""
    with psycopg.connect(libpq(settings, owner=True), autocommit=True) as connection:
        connection.execute("select set_config('app.account', %s, false)", [str(account)])
        yield connection


def model(
    installation: Installation,
    connection: psycopg.Connection,
    account: Account,
    says: Iterable[str],
    *,
    until: LiteralString,
) -> Ids:
    """A contact who has said this on the account's channel, once `until` (of the account) gives a row."""
    name = f"model-{uuid7().hex[-12:]}"
    wire = Wire(installation.address)
    head = post(f"/hooks/http/{account.key}", wire.host, {"Authorization": f"Bearer {account.token}"})
    for place, text in enumerate(says):
        body = {"id": f"{name}-{place}", "from": name, "name": "Ana Reis", "text": text}
        answer = wire.ask(with_body(head, orjson.dumps(body)))
        if answer.status != 202:
            raise BenchFailed(f"a message was refused: {answer.status} {answer.body[:300]!r}")
    wire.close()
    await_row(connection, until, account.id)
    found = connection.execute(_MODEL, [account.id, account.channel, name]).fetchone()
    if found is None:
        raise BenchFailed(f"no flow answered {name}")
    return Ids(*found)


def await_row(
    connection: psycopg.Connection, query: LiteralString, account: UUID, *, patience: float = PATIENCE_S
) -> float:
    """Ask until there is a row; how many seconds that took."""
    begun = perf_counter()
    while connection.execute(query, [account]).fetchone() is None:
        if perf_counter() - begun > patience:
            raise BenchFailed(f"waited {patience:g} s in vain for: {' '.join(query.split())}")
        sleep(0.02)
    return perf_counter() - begun


def await_taken(connection: psycopg.Connection, account: Account, size: int) -> None:
    """Until workers have taken all events and due timers of the account, `size` of them."""
    until = perf_counter() + PATIENCE_S + size / SLOWEST_PER_S
    while (connection.execute(_WORK, {"account": account.id}).fetchone() or (False,))[0]:
        if perf_counter() > until:
            raise BenchFailed(f"{size} runs do not come to their end")
        sleep(0.1)


def prove_told(connection: psycopg.Connection, account: Account, size: int) -> None:
    """Raises BenchFailed unless each run of `given` has ended and has sent one message."""
    sent, runs, ended = connection.execute(_SENT, {"account": account.id}).fetchone() or (0, 0, 0)
    if (sent, runs, ended) != (size, size, size):
        raise BenchFailed(f"of {size} runs {ended} came to their end; {sent} messages came of {runs}")


def new_ids(connection: psycopg.Connection, count: int) -> None:
    """The temporary table `given(n, contact, identity, conversation, run)`: so many new ones."""
    connection.execute("drop table if exists given")
    connection.execute("create temp table given (n int, contact uuid, identity uuid, conversation uuid, run uuid)")
    with connection.cursor() as cursor, cursor.copy("copy given from stdin") as copy:
        for n in range(count):
            copy.write_row((n, uuid7(), uuid7(), uuid7(), uuid7()))
    connection.execute("analyze given")


def copy_rows(
    connection: psycopg.Connection, table: str, where: str, values: Mapping[str, str], *, source: str = "given"
) -> int:
    """Rows `t` of a table copied once for each row of `source`; how many were made.

    `values` are SQL of both and stand in place of a column's own; `t.place` counts the rows copied, from 1.
    """
    columns = [name for (name,) in connection.execute(_COLUMNS, [table])]
    taken = ", ".join(values.get(name, f"t.{name}") for name in columns)
    models = f"(select *, row_number() over () as place from (select * from {table} t where {where} order by 1, 2) t)"
    statement = f"insert into {table} ({', '.join(columns)}) select {taken} from {source} cross join {models} t"
    return connection.execute(statement.encode()).rowcount


def copy_people(connection: psycopg.Connection, account: Account, of: Ids, **values_of_run: str) -> None:
    """Contacts with an address, a lane, a conversation and a run, after the model's, as `given` says."""
    mine = f"t.account_id = '{account.id}' and t.id ="
    copy_rows(connection, "contact", f"{mine} '{of.contact}'", {"id": "contact"})
    address = {"id": "identity", "contact_id": "contact", "external_id": "t.external_id || '-' || contact"}
    copy_rows(connection, "contact_identity", f"{mine} '{of.identity}'", address)
    copy_rows(connection, "lane", f"{mine} '{of.contact}'", {"id": "contact"})
    talk = {"id": "conversation", "contact_id": "contact", "identity_id": "identity", "floor_run_id": "run"}
    copy_rows(connection, "conversation", f"{mine} '{of.conversation}'", talk)
    copy_rows(connection, "run", f"{mine} '{of.run}'", {**run_values(of), **values_of_run})


def run_values(of: Ids) -> dict[str, str]:
    """What differs in a run of another contact's."""
    return {
        "id": "run",
        "contact_id": "contact",
        "conversation_id": "conversation",
        "entry_key": f"replace(t.entry_key, '{of.run}', run::text)",
        "state": f"replace(t.state::text, '{of.run}', run::text)::jsonb",
    }


def timer_values(of: Ids) -> dict[str, str]:
    """What differs in the timer that it waits for."""
    return {
        "id": f"replace(t.id, '{of.run}', run::text)",
        "lane_id": "contact",
        "run_id": "run",
        "payload": f"replace(t.payload::text, '{of.run}', run::text)::jsonb",
        "contact_id": "case when t.contact_id is not null then contact end",
        "conversation_id": "case when t.conversation_id is not null then conversation end",
    }
