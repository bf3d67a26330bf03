"""What has become of the runs of a flow: counted by step and way out, and how many people are in it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.store.area import text
from flowengine.store.ways import WAITS, WALKED, OverWays

LAST_ID = UUID(int=2**128 - 1)
SILENT = timedelta(days=1)  # who has not answered for so long is counted as gone, though an answer is still heard


@dataclass(frozen=True, slots=True)
class Cohort:
    """The runs of a flow that began in a period [since, until); of one version, or of all."""

    flow: UUID
    since: datetime
    until: datetime
    version: UUID | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """How many runs came to a node, and how many left it by `port` (None: came at all).

    `seconds` is the median time between coming and leaving of those that had to wait there.
    """

    node: str
    port: str | None
    runs: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """How many runs stand or ended at a node, by what became of them.

    The row without node and fate is that of all runs; `seconds` is the median length of the completed ones.
    """

    node: str | None
    fate: str | None
    runs: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Present:
    """How many runs of a version are open, by the node at which they wait."""

    version: int
    node: str | None
    runs: int


@dataclass(frozen=True, slots=True)
class OpenRun:
    id: UUID
    contact_id: UUID
    conversation_id: UUID | None


BEGAN = text("select started_at from run where account_id = :account and id = :before")
# Steps are counted off each way that was taken, however many runs took it.
_COUNTS = text(f"""
    with {WALKED}, way as materialized (select way, fate, node, count(*) as runs from walked group by way, fate, node),
    passed as (
        select s.node, s.port, sum(runs) as runs
        from way cross join lateral (
            select step ->> 0, step ->> 1 from json_array_elements(cast(way as json)) step where step ->> 1 is not null
            union select step ->> 0, null from json_array_elements(cast(way as json)) step) as s (node, port)
        group by s.node, s.port
    ), stayed as materialized (
        select u.node, u.port, array_agg(u.seconds) as each
        from walked cross join lateral unnest(waited, left_by, seconds) as u (node, port, seconds)
        group by u.node, u.port
    )
    select true, p.node, p.port, cast(p.runs as bigint), (
        select percentile_cont(0.5) within group (order by s) from stayed cross join lateral unnest(stayed.each) s
        where stayed.node = p.node and (p.port is null or stayed.port = p.port))
    from passed p
    union all
    select false, node, fate, cast(sum(runs) as bigint), null from way group by node, fate
    union all
    select false, null, null, cast(coalesce(sum(runs), 0) as bigint), (
        select percentile_cont(0.5) within group (
            order by cast(extract(epoch from ended_at - started_at) as double precision))
        from walked where fate = 'completed')
    from way""")
_PRESENT = text(f"""
    select v.number, {WAITS}, count(*) from run r
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    where r.account_id = :account and r.flow_id = :flow and r.status = 'open' group by 1, 2 order by 1 desc, 3 desc""")
_OPEN = text(f"""
    select r.id, r.contact_id, r.conversation_id from run r
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    where r.account_id = :account and r.flow_id = :flow and r.status = 'open'
      and (cast(:number as integer) is null or v.number = :number)
      and (cast(:before as integer) is null or v.number < :before)
      and (cast(:node as text) is null or {WAITS} = :node)
    order by r.id limit :most""")


class Results(OverWays):
    """Read alone, from what turns and runs have recorded.

    A cohort costs an index range of the ways that its runs took; of runs that have not been digested yet, their turns.
    Turns that were forgotten or not kept for want of room before that are not counted.
    """

    def counts(self, of: Cohort) -> tuple[list[Passed], list[Stopped]]:
        """Steps and ways out, and what became of the runs."""
        rows = self._rows(_COUNTS, **cohort(of), silent=self._now - SILENT)
        return [Passed(*row) for came, *row in rows if came], [Stopped(*row) for came, *row in rows if not came]

    def present(self, flow_id: UUID) -> list[Present]:
        """Who is in the flow now, whenever they came; newest version first."""
        return self._all(Present, _PRESENT, flow=flow_id)

    def open_runs(
        self, flow_id: UUID, *, most: int, number: int | None = None, before: int | None = None, node: str | None = None
    ) -> Sequence[OpenRun]:
        """Of a version, of those before one, or waiting at a node; oldest first."""
        return self._all(OpenRun, _OPEN, flow=flow_id, number=number, before=before, node=node, most=most)


def before(id: str, began: str) -> str:
    """SQL: on the page after a run, by these columns. Its moment is looked up apart: a row of a subselect would not be
    looked up in the index.
    """
    return f"{began} <= :began and ({began}, {id}) < (cast(:began as timestamptz), cast(:before as uuid))"


def cohort(of: Cohort) -> dict[str, Any]:
    """The parameters of a cohort."""
    return {"flow": of.flow, "since": of.since, "until": of.until, "version": of.version}


def after(of: Cohort, last: UUID | None, began: datetime | None) -> dict[str, Any]:
    """The parameters of `before`: of the first page, or of the one after a run that `began` then; nothing if never."""
    if last is None:
        return {"before": LAST_ID, "began": of.until}
    return {"before": last, "began": began or of.since}
