"""The list of flows: what each is, who changed it last, what is live, and what its runs have come to of late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flowengine.core.zones import local, zone_of
from flowengine.store.area import text
from flowengine.store.ways import OverWays, Ways

DAYS = 30  # of which the list shows the runs, today the last


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow in the list of flows; the counts are of runs begun in the last seven days.

    `days` are those of the last `DAYS` on which any began, by the account's clock: (date, runs, failed).
    """

    id: UUID
    key: str
    name: str
    kind: str
    nodes: int
    draft_hash: str
    draft_by: UUID | None
    draft_by_name: str | None
    updated_at: datetime
    live_number: int | None
    live_hash: str | None
    live_at: datetime | None
    runs: int
    completed: int
    failed: int
    days: list[tuple[str, int, int]]
    folder_id: UUID | None
    tags: list[str]
    stopped_at: datetime | None


# Digested runs are counted in an index (store/ways.py). Those that were open then are looked at once more, and so are
# those that are newer: with ids from a while before the last digested one on.
_ROWS = text("""
    with begun as (
        select flow_id, started_at, status from run_way
        where account_id = :account and started_at >= cast(:since as timestamptz) and status <> 'open'
        union all
        select r.flow_id, r.started_at, r.status
        from run_way w join run r on r.account_id = w.account_id and r.id = w.run_id
        where w.account_id = :account and w.started_at >= cast(:since as timestamptz) and w.status = 'open'
        union all
        select r.flow_id, r.started_at, r.status from run r
        where r.account_id = :account and r.id > cast(:after as uuid) and r.started_at >= cast(:since as timestamptz)
          and not exists (select from run_way w where w.account_id = :account and w.run_id = r.id)
    ), day as (
        select flow_id, cast(timezone(:zone, started_at) as date) as day, count(*) as runs,
               count(*) filter (where status = 'failed') as failed,
               count(*) filter (where started_at > :week) as runs_7d,
               count(*) filter (where started_at > :week and status = 'completed') as completed_7d,
               count(*) filter (where started_at > :week and status = 'failed') as failed_7d
        from begun group by 1, 2
    ), counted as (
        select flow_id, cast(sum(runs_7d) as bigint) as runs, cast(sum(completed_7d) as bigint) as completed,
               cast(sum(failed_7d) as bigint) as failed,
               jsonb_agg(jsonb_build_array(day, runs, failed) order by day) as days
        from day group by flow_id
    )
    select f.id, f.key, f.name, f.kind,
           case jsonb_typeof(f.draft -> 'nodes') when 'array' then jsonb_array_length(f.draft -> 'nodes') else 0 end,
           f.draft_hash, f.draft_by, m.name, f.updated_at, v.number, v.hash, v.published_at,
           coalesce(r.runs, 0), coalesce(r.completed, 0), coalesce(r.failed, 0), coalesce(r.days, '[]'),
           f.folder_id, f.tags, f.stopped_at
    from flow f
    left join flow_version v on v.account_id = f.account_id and v.id = f.live_version_id
    left join member m on m.account_id = f.account_id and m.id = f.draft_by
    left join counted r on r.flow_id = f.id
    where f.account_id = :account and (f.archived_at is not null) = :archived and f.test_of is null
    order by coalesce(f.archived_at, f.updated_at) desc, f.id""")
_ZONE = text("select timezone from account where id = :account")
_ARCHIVED = text("""
    select count(*) from flow where account_id = :account and archived_at is not null and test_of is null""")


class FlowList(OverWays):
    def rows(self) -> list[FlowRow]:
        """The list of flows, last changed first."""
        return self._all_rows(archived=False)

    def archived_rows(self) -> list[FlowRow]:
        """Those in the archive, last put there first."""
        return self._all_rows(archived=True)

    def archived(self) -> int:
        """How many are in the archive."""
        count: int = self._value(_ARCHIVED)
        return count

    def _all_rows(self, *, archived: bool) -> list[FlowRow]:
        zone = zone_of(self._value(_ZONE)).key
        span = {"since": first_day(self._now, zone), "week": self._now - timedelta(days=7), "zone": zone}
        return self._all(FlowRow, _ROWS, **span, after=Ways(self._scope).reached(), archived=archived)


def first_day(now: datetime, zone: str) -> datetime:
    """When the first of the days began of which the list tells."""
    today = local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS - 1)
