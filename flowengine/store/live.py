"""The account's live events: what screens are told, in an order that a reader can resume."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.order import NUMBERING, last, number
from flowengine.store.partitions import span

_STREAM = "live"
_ALL = {"since": UUID(int=0), "until": UUID(int=2**128 - 1)}


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
        bounds = span(since, self._new_id()) if since else _ALL
        number(self, _STREAM, _WAITING, _GIVE, **bounds)
        return self._all(LiveEvent, _READ, after=after, most=most, **bounds)

    def position(self) -> int:
        """Where the stream stands now: read after it to hear only of what is to come."""
        number(self, _STREAM, _WAITING, _GIVE, **_ALL)
        return last(self, _STREAM)

    def oldest(self) -> int | None:
        """The first position still kept: who resumes from further back has missed something."""
        position: int | None = self._value(_OLDEST)
        return position
