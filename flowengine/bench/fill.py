"""Fills an installation as years of use would: contacts, talks month by month, runs that wait; copied in PostgreSQL.

What is copied was really said: one contact has talked to the bench's flows, and every generated row is one of theirs
with other ids and at another time. So the rows are what this version of the product writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from flowengine.bench import account, copies, talks
from flowengine.bench.account import Account
from flowengine.bench.copies import Ids, copy_rows, run_values, session, timer_values
from flowengine.bench.installation import BenchFailed, Installation
from flowengine.bench.kept import OFFSET, of_late, of_talk
from flowengine.store.engine import make_engine
from flowengine.store.unit import Unit

SAYS = ("quero me cadastrar", "Curitiba", "fazer um pedido", "pão de queijo", "12")
MESSAGES = 6  # of a talk that is copied: those of the order
CHUNK = 20_000  # talks a transaction
SKEW = 2  # the square: of a million contacts the first has a thousandth of all talks
WAITING = 10  # one in so many contacts waits for a timer that is far away
_DONE = (
    "select from run where account_id = %s group by account_id having count(*) filter (where status = 'completed') = 2"
)
_SAID = "select count(*) from message where account_id = %s and conversation_id = %s"
_ARMED = "select from outbox where account_id = %s and kind = 'timer' and id like '%%:delay'"
# UUIDs of version 7 that can be told from what they are of, so that no row needs to be looked up.
_ID = """
    create function pg_temp.made(at timestamptz, what text) returns uuid language sql immutable as $$
        select (substr(t, 1, 8) || '-' || substr(t, 9) || '-7' || substr(h, 1, 3) || '-8' || substr(h, 4, 3) || '-'
                || substr(h, 7, 12))::uuid
        from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as t, md5(what) as h) as parts
    $$"""
_PARTS = ("message", "turn")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is to be, over how many months until now."""

    contacts: int
    messages: int
    months: int

    @property
    def talks(self) -> int:
        return self.messages // MESSAGES


def fill(installation: Installation, slug: str, amount: Amount, say: Callable[[str], None]) -> None:
    """Make the account `slug` with so much in it."""
    made = account.make(installation.settings, slug=slug, flows=[talks.wait(account.TEAM, hours=24 * 30)])
    _keep_turns(installation, made)
    with session(installation.settings, made.id) as connection:
        of = copies.model(installation, connection, made, SAYS, until=_DONE)
        _look_at(connection, made, of)
        waits = copies.model(installation, connection, made, [talks.WAIT], until=_ARMED)
        connection.execute(_ID.encode())
        connection.execute("create temp sequence told")
        connection.execute("create temp sequence sent")
        begins = _partitions(connection, amount)
        filling = Filling(connection, made, amount, begins)
        filling.contacts(of)
        say(f"{amount.contacts:,} contacts")
        for first in range(0, amount.talks, CHUNK):
            last = min(first + CHUNK, amount.talks)
            filling.talks(of, first, last)
            say(f"{last * MESSAGES:,} messages")
        filling.waiting(waits)
        filling.streams()
        say("vacuum and statistics")
        connection.execute("vacuum (analyze)")
        say("filled")


class Filling:
    """The rows of one account, from `begins` to now."""

    def __init__(self, connection: psycopg.Connection, made: Account, amount: Amount, begins: datetime) -> None:
        self._connection = connection
        self._account = made
        self._amount = amount
        self._begins = begins
        self._contact = f"pg_temp.made('{begins.isoformat()}', 'contact ' || n)"
        self._identity = f"pg_temp.made('{begins.isoformat()}', 'identity ' || n)"

    def contacts(self, of: Ids) -> None:
        people = f"generate_series(0, {self._amount.contacts - 1}) n"
        self._copy("contact", f"t.id = '{of.contact}'", {"id": self._contact}, people)
        address = {"id": self._identity, "contact_id": self._contact, "external_id": f"'{talks.FILLED}-' || n"}
        self._copy("contact_identity", f"t.id = '{of.identity}'", address, people)
        self._copy("lane", f"t.id = '{of.contact}'", {"id": self._contact}, people)
        self._copy("contact_field", f"t.contact_id = '{of.contact}'", {"contact_id": self._contact}, people)

    def talks(self, of: Ids, first: int, last: int) -> None:
        """Those from `first` to before `last`, in the order of their times."""
        self._connection.execute("drop table if exists talk")
        begins = f"'{self._begins.isoformat()}'::timestamptz"
        at = f"{begins} + (now() - {begins}) * (k + 1) / {self._amount.talks + 1}"
        self._connection.execute(
            f"""create temp table talk as
                select k, n, at, {self._contact} as contact, {self._identity} as identity,
                       pg_temp.made(at, 'talk ' || k) as conversation, pg_temp.made(at, 'run ' || k) as run
                from (select k, floor({self._amount.contacts} * power(random(), {SKEW}))::int as n, {at} as at
                      from generate_series({first}, {last - 1}) k) as drawn""".encode()
        )
        with self._connection.transaction():
            for table, where, values in of_talk(of):
                self._copy(table, where, values, "talk")
            for table, where, values, kept in of_late(of):
                self._copy(table, where, values, f"(select * from talk where at > now() - interval '{kept}') talk")

    def waiting(self, of: Ids) -> None:
        """The last contacts have a run that waits, each for another moment of the coming month."""
        first = self._amount.contacts - self._amount.contacts // WAITING
        people = f"""(select n, {self._contact} as contact, {self._identity} as identity,
                             pg_temp.made(now(), 'waiting talk ' || n) as conversation,
                             pg_temp.made(now(), 'waiting run ' || n) as run
                      from generate_series({first}, {self._amount.contacts - 1}) n) given"""
        talk = {"id": "conversation", "contact_id": "contact", "identity_id": "identity", "floor_run_id": "run"}
        self._copy("conversation", f"t.id = '{of.conversation}'", talk, people)
        self._copy("run", f"t.id = '{of.run}'", run_values(of), people)
        timer = {**timer_values(of), "due_at": "now() + interval '2 days' + random() * interval '28 days'"}
        self._copy("outbox", f"t.run_id = '{of.run}' and t.kind = 'timer'", timer, people)

    def streams(self) -> None:
        """What was copied with a position counts as read up to there."""
        for key, sequence in (("live", "told"), (f"outgoing:{self._account.channel}", "sent")):
            self._connection.execute(
                f"""insert into stream (account_id, key, last) select %s, %s, last_value + {OFFSET} from {sequence}
                    on conflict (account_id, key) do update set last = excluded.last""".encode(),
                [self._account.id, key],
            )

    def _copy(self, table: str, where: str, values: dict[str, str], source: str) -> None:
        mine = f"t.account_id = '{self._account.id}' and {where}"
        copy_rows(self._connection, table, mine, values, source=source)


def _look_at(connection: psycopg.Connection, made: Account, of: Ids) -> None:
    """Raises BenchFailed where the talk to copy is not the one that is meant."""
    said = connection.execute(_SAID, [made.id, of.conversation]).fetchone() or (0,)
    if said[0] != MESSAGES:
        raise BenchFailed(f"the talk to copy has {said[0]} messages, not {MESSAGES}")


def _partitions(connection: psycopg.Connection, amount: Amount) -> datetime:
    """Make those of the months past; when the first of them begins."""
    row = connection.execute(
        "select date_trunc('month', now() - make_interval(months => %s))", [amount.months]
    ).fetchone()
    begins: datetime = row[0] if row else datetime.now(UTC)
    for part in _PARTS:
        connection.execute(
            "select make_partition(%s, month) from generate_series(%s, now(), interval '1 month') month", [part, begins]
        )
    connection.execute(
        "select make_partition('live_event', now() - make_interval(days => d)) from generate_series(1, 2) d"
    )
    return begins


def _keep_turns(installation: Installation, made: Account) -> None:
    """Or tidying would take most of them away within the hour."""
    engine = make_engine(installation.settings.database_url)
    with Unit.open(engine, made.id) as unit:
        unit.retention.keep({"turns": None})
    engine.dispose()
