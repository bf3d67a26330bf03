"""The account's live events: what screens are told, in an order that a reader can resume."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.order import NUMBERING, last, number, pass_over
from flowengine.store.partitions import earlier, span

_STREAM = "live"
_ALL = {"since": UUID(int=0), "until": UUID(int=2**128 - 1)}
# Nobody is told any more what nobody has read by then: of an account that has no screen open, months would have to be
# numbered once it opens one. Longer than a transaction may last, and than the clocks of two machines are apart.
PASSED_OVER_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Something changed: `kind` says what kind of thing, `ref` which one. Whoever cares reads it anew."""

    position: int
    kind: str
    ref: dict[str, Any]
    at: datetime


_TELL = text("""
    insert into live_event (account_id, id, kind, ref, at)
    select :account, id, kind, ref, :now
    from jsonb_populate_recordset(null::live_event, cast(:events as jsonb))""")
_WAITING = text("""
    select exists(
        select from live_event where account_id = :account and position is null and id >= :since and id < :until)""")
_GIVE = text(f"""
    with fresh as (
        select id, row_number() over (order by id) as place
        from live_event where account_id = :account and position is null and id >= :since and id < :until
    ), {NUMBERING}
    update live_event e set position = base.last + fresh.place
    from fresh, base
    where e.account_id = :account and e.id = fresh.id and e.id >= :since and e.id < :until and e.position is null""")
# By whoever begins to read: what lies behind has been read, unless something is newer than the last that was.
_HAS_PASSED = text("""
    select exists(
        select from live_event
        where account_id = :account and position is null and id < :since and id > coalesce((
            select id from live_event
            where account_id = :account and position is not null order by position desc limit 1), :zero))""")
_READ = text(f"""
    select {names(LiveEvent)} from live_event
    where account_id = :account and position > :after and id >= :since and id < :until
    order by position limit :most""")
_OLDEST = text("""
    select position from live_event
    where account_id = :account and position is not null order by position limit 1""")


class Live(Area):
    def tell(self, kind: str, ref: Mapping[str, Any]) -> None:
        """Screens hear of it once the transaction has committed and somebody reads."""
        self.tell_all([(kind, ref)])

    def tell_all(self, events: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """The same for several, in this order."""
        self.keep([{"id": self._new_id(), "kind": kind, "ref": dict(ref)} for kind, ref in events])

    def keep(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Rows of `id`, `kind` and `ref`."""
        if events:
            self._run(_TELL, events=json(events), now=self._now)

    def read(self, after: int, most: int = 500, *, since: UUID | None = None) -> list[LiveEvent]:
        """What was told after a position, in order; numbers what has been committed.

        Who has read up to there when `since` was the newest id need not look through all days.
        """
        now = self._new_id()
        number(self, _STREAM, _WAITING, _GIVE, **_fresh(since or now, now))
        return self._all(LiveEvent, _READ, after=after, most=most, **(span(since, now) if since else _ALL))

    def position(self) -> int:
        """Where the stream stands now: read after it to hear only of what is to come.

        What has not been read for a while is passed over; who resumes from before it is far behind, and so reads
        everything anew.
        """
        now = self._new_id()
        fresh = _fresh(now, now)
        if self._value(_HAS_PASSED, since=fresh["since"], zero=UUID(int=0)):
            pass_over(self, _STREAM)
        number(self, _STREAM, _WAITING, _GIVE, **fresh)
        return last(self, _STREAM)

    def oldest(self) -> int | None:
        """The first position still kept: who resumes from further back has missed something."""
        position: int | None = self._value(_OLDEST)
        return position


def _fresh(since: UUID, now: UUID) -> dict[str, UUID]:
    """What may have been committed since all had been read, when `since` was the newest id."""
    return {**span(now, now), "since": earlier(since, PASSED_OVER_AFTER)}
