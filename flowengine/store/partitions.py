"""Tables in pieces by time: made ahead, dropped whole once no account wants anything of them; and the ids between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, text

from flowengine.store.area import Area, json

SLACK = timedelta(days=1)  # by which the clocks of two machines may be apart, and the pieces at hand be behind
_MAKE = text("select make_partitions()")
_DROP = text("select drop_partition()")
_ALL = text("select parent, name, begins, ends from partitions()")
# Days are the account's own; nothing is older than null, which is for ever. Each statement is bounded, so that
# none holds up others.
_FORGET_MESSAGES = text("""
    delete from message where account_id = :account and id = any(array(
        select m.id from message m join account a on a.id = m.account_id
        where m.account_id = :account and m.id < id_at(:now - make_interval(days => kept_days(a.settings, 'messages')))
        order by m.id limit :most))""")
_FORGET_TURNS = text("""
    with old as (
        select t.run_id, t.number from turn t
        join account a on a.id = t.account_id
        join run r on r.account_id = t.account_id and r.id = t.run_id and r.status <> 'open'
        where t.account_id = :account and t.at < :now - make_interval(days => kept_days(a.settings, 'turns'))
          and t.run_id < id_at(:now - make_interval(days => kept_days(a.settings, 'turns')))
        limit :most
    )
    delete from turn t using old where t.account_id = :account and t.run_id = old.run_id and t.number = old.number""")
_FORGET_LIVE = text("""
    delete from live_event where account_id = :account and id = any(array(
        select e.id from live_event e join account a on a.id = e.account_id
        where e.account_id = :account and e.at < :now - make_interval(days => kept_days(a.settings, 'live_events'))
        limit :most))""")

KEPT = ("messages", "turns", "live_events")
_DAYS = text(f"""
    select {", ".join(f"kept_days(settings, '{what}')" for what in KEPT)} from account where id = :account""")
_KEEP = text("""
    update account set settings = jsonb_set(
        settings, '{retention}', coalesce(settings -> 'retention', '{}') || cast(:days as jsonb))
    where id = :account""")


@dataclass(frozen=True, slots=True)
class Partition:
    """Holds the ids given from `begins` to before `ends`."""

    parent: str
    name: str
    begins: datetime
    ends: datetime


def span(since: UUID, until: UUID, before: timedelta = timedelta(0)) -> dict[str, UUID]:
    """Parameters for `id >= :since and id < :until`: what was made after `since`, by whatever machine, up to now.

    `until` is the newest id, `before` how much further back to look. So a statement opens the pieces that matter,
    and the one for everything else stays closed.
    """
    return {
        "since": earlier(since, SLACK + before),
        "until": UUID(int=((until.int >> 80) + _milliseconds(SLACK)) << 80),
    }


def earlier(id: UUID, by: timedelta) -> UUID:
    """The lowest id of so much earlier than this one."""
    return UUID(int=max(0, (id.int >> 80) - _milliseconds(by)) << 80)


def _milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)


def keep_partitions(engine: Engine) -> tuple[list[str], list[str]]:
    """Make what will be needed and drop what has served its time; the names of both. Any number may do it at once."""
    with engine.begin() as connection:
        made = list(connection.execute(_MAKE).scalars())
    dropped = []
    while (name := _drop(engine)) is not None:
        dropped.append(name)
    return made, dropped


def read_partitions(engine: Engine) -> list[Partition]:
    with engine.connect() as connection:
        return [Partition(*row) for row in connection.execute(_ALL)]


def _drop(engine: Engine) -> str | None:
    with engine.begin() as connection:
        name: str | None = connection.execute(_DROP).scalar()
    return name


class Retention(Area):
    """For how many days the account keeps what; None: for ever, which live events never are."""

    def days(self) -> dict[str, int | None]:
        """By "messages", "turns" and "live_events"."""
        (row,) = self._rows(_DAYS)
        return dict(zip(KEPT, row, strict=True))

    def keep(self, days: Mapping[str, int | None]) -> None:
        """Set some of them."""
        self._run(_KEEP, days=json(dict(days)))

    def forget(self, most: int) -> int:
        """Delete messages, turns of runs that are over, and live events past these days; how many went.

        Where neighbours keep theirs for longer, so that the whole piece cannot go.
        """
        return sum(
            self._run(each, now=self._now, most=most) for each in (_FORGET_MESSAGES, _FORGET_TURNS, _FORGET_LIVE)
        )
