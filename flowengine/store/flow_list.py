"""The list of flows: what each is, who changed it last, what is live, and what its runs have come to of late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import Area, text


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow in the list of flows; the counts are of runs begun in the last seven days."""

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
    folder_id: UUID | None
    tags: list[str]
    stopped_at: datetime | None


_ROWS = text("""
    select f.id, f.key, f.name, f.kind,
           case jsonb_typeof(f.draft -> 'nodes') when 'array' then jsonb_array_length(f.draft -> 'nodes') else 0 end,
           f.draft_hash, f.draft_by, m.name, f.updated_at, v.number, v.hash, v.published_at,
           coalesce(r.runs, 0), coalesce(r.completed, 0), coalesce(r.failed, 0), f.folder_id, f.tags, f.stopped_at
    from flow f
    left join flow_version v on v.account_id = f.account_id and v.id = f.live_version_id
    left join member m on m.account_id = f.account_id and m.id = f.draft_by
    left join lateral (
        select count(*) as runs, count(*) filter (where status = 'completed') as completed,
               count(*) filter (where status = 'failed') as failed
        from run where account_id = f.account_id and flow_id = f.id
          and started_at > cast(:now as timestamptz) - interval '7 days'
    ) r on true
    where f.account_id = :account and (f.archived_at is not null) = :archived and f.test_of is null
    order by coalesce(f.archived_at, f.updated_at) desc, f.id""")
_ARCHIVED = text("""
    select count(*) from flow where account_id = :account and archived_at is not null and test_of is null""")


class FlowList(Area):
    apart = True

    def rows(self) -> list[FlowRow]:
        """The list of flows, last changed first."""
        return self._all(FlowRow, _ROWS, now=self._now, archived=False)

    def archived_rows(self) -> list[FlowRow]:
        """Those in the archive, last put there first."""
        return self._all(FlowRow, _ROWS, now=self._now, archived=True)

    def archived(self) -> int:
        """How many are in the archive."""
        count: int = self._value(_ARCHIVED)
        return count
