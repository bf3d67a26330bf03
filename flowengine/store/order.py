"""Positions of a stream are given by its reader, so that a cursor never passes a row that commits later.

Sequences and UUIDv7s are no cursors: transactions commit in another order than they begin. So rows are written
without a position; whoever reads first numbers those that are committed, under a lock of that stream.
"""

from sqlalchemy import Connection, TextClause

from flowengine.store.area import Area, text

_LOCK = text("select pg_advisory_xact_lock(hashtextextended(cast(:account as text) || :stream, 0))")
_LAST = text("select last from stream where account_id = :account and key = :stream")

# What `number` gets: `fresh` rows in the order of `place`, after the stream's last.
NUMBERING = """
    base as (
        select coalesce((select last from stream where account_id = :account and key = :stream), 0) as last
    ), kept as (
        insert into stream (account_id, key, last)
        select :account, :stream, base.last + (select count(*) from fresh) from base
        on conflict (account_id, key) do update set last = excluded.last
    )"""


def number(area: Area, stream: str, waiting: TextClause, give: TextClause, **values: object) -> None:
    """Give the committed rows of `stream` their positions; costs one look where there are none.

    The lock is held until the transaction ends. `give` is a statement of its own, since only a new snapshot shows
    what was committed while we waited.
    """
    if area._value(waiting, **values):
        area._value(_LOCK, stream=stream)
        area._run(give, stream=stream, **values)


def last(area: Area, stream: str) -> int:
    """The highest position given so far; 0 before the first."""
    return area._value(_LAST, stream=stream) or 0


GAP = 1_000  # more than anybody resumes across
_PASS = text("""
    insert into stream (account_id, key, last) values (:account, :stream, :gap)
    on conflict (account_id, key) do update set last = stream.last + excluded.last""")


def pass_over(area: Area, stream: str) -> None:
    """Leave a gap that whoever resumes from before it notices: something there never got a position."""
    area._value(_LOCK, stream=stream)
    area._run(_PASS, stream=stream, gap=GAP)


LEAP = 1_000_000_000  # more than any stream gets in the days between a backup and its restore
_LEAP = text("""
    insert into stream (account_id, key, last)
    select account_id, 'outgoing:' || id, cast(:leap as bigint) from channel
    union all
    select id, 'live', cast(:leap as bigint) from account
    on conflict (account_id, key) do update set last = stream.last + excluded.last""")


def leap(connection: Connection) -> None:
    """After a restore, as the owner: cursors that were given after the backup was made pass nothing that is new."""
    connection.execute(_LEAP, {"leap": LEAP})
