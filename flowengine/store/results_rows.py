"""The list of runs: those of a period by what became of them, where they stand, the way they took, and whose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import text
from flowengine.store.results import BEGAN, SILENT, Cohort, after, before, cohort
from flowengine.store.ways import OF_COHORT, WALKED, OverWays


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the list; `node` is where it stands or ended, `since` when it came to wait there."""

    id: UUID
    version: int
    contact_id: UUID
    contact_name: str | None
    conversation_id: UUID | None
    fate: str
    status: str
    reason: str | None
    error: str | None
    node: str | None
    since: datetime | None
    started_at: datetime
    ended_at: datetime | None
    turns: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs of a cohort: all of what is given holds. `port` is a way out of `node`."""

    fate: str | None = None
    stopped_at: str | None = None
    node: str | None = None
    port: str | None = None
    contact: UUID | None = None


_TIMES = (1, 20)
# When the run began that comes so many after the place.
_NTH = text(f"""
    select r.started_at from run r where {OF_COHORT} and {before("r.id", "r.started_at")}
    order by r.started_at desc, r.id desc offset :nth limit 1""")
# A step in a way's text: a quote within a JSON text is escaped, so what is found is a step and nothing else.
_STEP = "'[' || to_json(cast(:node as text)) || ', ' || coalesce(to_json(cast(:port as text))::text, '')"
_ROWS = text(f"""
    with {WALKED}, page as (
        select id, fate, node from walked
        where (cast(:fate as text) is null or fate = :fate)
          and (cast(:stopped_at as text) is null or node = :stopped_at)
          and (cast(:node as text) is null or strpos(way, {_STEP}) > 0)
          and (cast(:contact as uuid) is null or contact_id = cast(:contact as uuid))
          and {before("id", "started_at")}
        order by started_at desc, id desc limit :most
    )
    select r.id, v.number, r.contact_id, c.name, r.conversation_id, page.fate, r.status, r.reason,
           r.error ->> 'message', page.node,
           case when r.status = 'open' then cast(r.state -> 'wait' ->> 'since' as timestamptz) end,
           r.started_at, r.ended_at, r.turn
    from page
    join run r on r.account_id = :account and r.id = page.id
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    join contact c on c.account_id = r.account_id and c.id = r.contact_id
    order by r.started_at desc, r.id desc""")


class ResultRows(OverWays):
    def page(self, of: Cohort, wanted: Wanted, *, most: int, last: UUID | None = None) -> list[RunRow]:
        """Newest first; `last` is the last run of the page before."""
        given: dict[str, Any] = {
            "fate": wanted.fate,
            "stopped_at": wanted.stopped_at,
            "node": wanted.node,
            "port": wanted.port,
            "contact": wanted.contact,
        }
        place = after(of, last, None if last is None else self._value(BEGAN, before=last))
        for since in self._reach(of, place, most):
            reached = {**cohort(of), "since": since, **place}
            rows = self._all(RunRow, _ROWS, **reached, **given, silent=self._now - SILENT, most=most)
            if len(rows) == most:
                break
        return rows

    def _reach(self, of: Cohort, place: Mapping[str, Any], most: int) -> Iterator[datetime]:
        """Since when to look: among as many runs as the page has, then some more, then all of them."""
        for times in _TIMES:
            since = self._value(_NTH, **cohort(of), **place, nth=most * times)
            if since is None:
                break
            yield since
        yield of.since
