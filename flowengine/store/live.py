"""The account's live events: what screens are told, in an order that a reader can resume."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flowengine.store.area import Area, json, names, text
from flowengine.store.order import NUMBERING, last, number

_STREAM = "live"


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Something changed: `kind` says what kind of thing, `ref` which one. Whoever cares reads it anew."""

    position: int
    kind: str
    ref: dict[str, Any]
    at: datetime


_TELL = text("""
    insert into live_event (account_id, id, kind, ref, at)
    select :account, g.id, g.kind, cast(g.ref as jsonb), :now
    from unnest(cast(:ids as uuid[]), cast(:kinds as text[]), cast(:refs as text[])) as g(id, kind, ref)""")
_WAITING = text("select exists(select from live_event where account_id = :account and position is null)")
_GIVE = text(f"""
    with fresh as (
        select id, row_number() over (order by id) as place
        from live_event where account_id = :account and position is null
    ), {NUMBERING}
    update live_event e set position = base.last + fresh.place
    from fresh, base where e.account_id = :account and e.id = fresh.id""")
_READ = text(f"""
    select {names(LiveEvent)} from live_event
    where account_id = :account and position > :after order by position limit :most""")
_OLDEST = text("""
    select position from live_event
    where account_id = :account and position is not null order by position limit 1""")


class Live(Area):
    def tell(self, kind: str, ref: Mapping[str, Any]) -> None:
        """Screens hear of it once the transaction has committed and somebody reads."""
        self.tell_all([(kind, ref)])

    def tell_all(self, events: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """The same for several, in this order."""
        self._run(
            _TELL,
            ids=[self._new_id() for _ in events],
            kinds=[kind for kind, _ in events],
            refs=[json(dict(ref)) for _, ref in events],
            now=self._now,
        )

    def read(self, after: int, most: int = 500) -> list[LiveEvent]:
        """What was told after a position, in order; numbers what has been committed."""
        number(self, _STREAM, _WAITING, _GIVE)
        return self._all(LiveEvent, _READ, after=after, most=most)

    def position(self) -> int:
        """Where the stream stands now: read after it to hear only of what is to come."""
        number(self, _STREAM, _WAITING, _GIVE)
        return last(self, _STREAM)

    def oldest(self) -> int | None:
        """The first position still kept: who resumes from further back has missed something."""
        position: int | None = self._value(_OLDEST)
        return position
