"""What has become of the runs of a flow: counted by step and way out, listed, and how many people are in it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, text

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
    """How many runs stand or ended at a node, by what became of them; `seconds`: their median age at their end.

    The row without node and fate is that of all runs, its median that of the completed ones.
    """

    node: str | None
    fate: str | None
    runs: int
    seconds: float | None


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


# A node of the run's own flow: of what waits within a sub-flow, the node that called it.
_WAITS = "coalesce(r.state -> 'frames' -> 0 ->> 'node', r.state -> 'wait' ->> 'node')"
OF_COHORT = """r.account_id = :account and r.flow_id = :flow and r.started_at >= :since and r.started_at < :until
      and (cast(:version as uuid) is null or r.version_id = cast(:version as uuid))"""
# The page after a run. Its moment is looked up apart: a row of a subselect would not be looked up in the index.
BEFORE = "r.started_at <= :began and (r.started_at, r.id) < (cast(:began as timestamptz), cast(:before as uuid))"
BEGAN = text("select started_at from run where account_id = :account and id = :before")
STEPS = """rows from (jsonb_to_recordset(t.trace) as (node text, port text, why text, type text, version text))
        with ordinality as s (node, port, why, type, version, place)"""
_FATE = """case
        when r.status = 'failed' then 'failed'
        when r.status = 'open' and r.state -> 'wait' -> 'until' @> '["human_finished"]' then 'handed_off'
        when r.status = 'open' and r.state -> 'wait' -> 'until' @> '["message_received"]'
         and cast(r.state -> 'wait' ->> 'since' as timestamptz) < cast(:silent as timestamptz) then 'dropped'
        when r.status = 'open' then 'waiting'
        when r.reason in ('handed_off', 'human_took_over') then 'handed_off'
        when r.reason in ('ended_by_contact', 'replaced') or last.port = 'no_reply' then 'dropped'
        when r.status = 'ended' and r.reason is distinct from 'goal' then 'ended'
        else 'completed' end"""
# The last step of its own flow that each run took: read from the end of its turns, by their primary key.
RUNS = f"""
    from run r
    left join lateral (
        select s.node, s.port from turn t cross join lateral {STEPS}
        where t.account_id = :account and t.run_id = r.id and coalesce(s.version, '') = ''
        order by t.number desc, s.place desc limit 1
    ) last on true
    cross join lateral (select {_FATE} as fate, coalesce({_WAITS}, last.node) as node) stands"""
# The turns of a cohort; the ids bound the pieces of `turn` that are opened.
OF_PIECES = """t.account_id = :account and t.run_id in (select id from cohort)
          and t.run_id >= (select id from cohort order by id limit 1)
          and t.run_id <= (select id from cohort order by id desc limit 1)"""
# A visit of a node ends with the step by which it was left.
_PASSED = text(f"""
    with cohort as materialized (select r.id from run r where {OF_COHORT}),
    step as (
        select t.run_id, t.number, t.at, s.place, s.node, s.port
        from turn t cross join lateral {STEPS}
        where {OF_PIECES}
          and coalesce(s.version, '') = ''
    ), numbered as (
        select step.*, count(port) over (
            partition by run_id, node order by number, place rows between unbounded preceding and 1 preceding) as visit
        from step
    ), visit as (
        select run_id, node, max(port) as port, min(number) < max(number) as has_waited,
               extract(epoch from max(at) filter (where port is not null) - min(at)) as seconds
        from numbered group by run_id, node, visit
    )
    select node, port, count(distinct run_id), percentile_cont(0.5) within group (order by seconds)
        filter (where has_waited and seconds is not null)
    from visit group by grouping sets ((node), (node, port)) having grouping(port) = 1 or port is not null""")
_STOPPED = text(f"""
    select stands.node, stands.fate, count(*), percentile_cont(0.5) within group (
        order by extract(epoch from r.ended_at - r.started_at)) filter (where stands.fate = 'completed')
    {RUNS}
    where {OF_COHORT} group by grouping sets ((stands.node, stands.fate), ())""")
_ROWS = text(f"""
    select r.id, v.number, r.contact_id, c.name, r.conversation_id, stands.fate, r.status, r.reason,
           r.error ->> 'message', stands.node,
           case when r.status = 'open' then cast(r.state -> 'wait' ->> 'since' as timestamptz) end,
           r.started_at, r.ended_at, r.turn
    {RUNS}
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    join contact c on c.account_id = r.account_id and c.id = r.contact_id
    where {OF_COHORT}
      and (cast(:fate as text) is null or stands.fate = :fate)
      and (cast(:stopped_at as text) is null or stands.node = :stopped_at)
      and (cast(:passed as jsonb) is null or exists (
          select from turn t where t.account_id = :account and t.run_id = r.id and t.trace @> cast(:passed as jsonb)))
      and {BEFORE}
    order by r.started_at desc, r.id desc limit :most""")
_PRESENT = text(f"""
    select v.number, {_WAITS}, count(*) from run r
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    where r.account_id = :account and r.flow_id = :flow and r.status = 'open' group by 1, 2 order by 1 desc, 3 desc""")
_OPEN = text(f"""
    select r.id, r.contact_id, r.conversation_id from run r
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    where r.account_id = :account and r.flow_id = :flow and r.status = 'open'
      and (cast(:number as integer) is null or v.number = :number)
      and (cast(:before as integer) is null or v.number < :before)
      and (cast(:node as text) is null or {_WAITS} = :node)
    order by r.id limit :most""")


class Results(Area):
    """Read alone, from what turns and runs have recorded.

    A cohort costs an index range of `run` and, for each of its runs, the pages of its turns: linear in the turns of
    the period, whatever else there is. Turns that were forgotten, or not kept for want of room, are not counted.
    """

    apart = True

    def passed(self, of: Cohort) -> list[Passed]:
        return self._all(Passed, _PASSED, **cohort(of))

    def stopped(self, of: Cohort) -> list[Stopped]:
        return self._all(Stopped, _STOPPED, **cohort(of), silent=self._now - SILENT)

    def rows(
        self,
        of: Cohort,
        *,
        most: int,
        fate: str | None = None,
        stopped_at: str | None = None,
        passed: str | None = None,
        before: UUID | None = None,
    ) -> list[RunRow]:
        """Newest first; `passed` is a JSON array of steps to contain, `before` the last run of the page before."""
        given: dict[str, Any] = {"fate": fate, "stopped_at": stopped_at, "passed": passed}
        page = after(of, before, None if before is None else self._value(BEGAN, before=before))
        return self._all(RunRow, _ROWS, **cohort(of), **given, **page, silent=self._now - SILENT, most=most)

    def present(self, flow_id: UUID) -> list[Present]:
        """Who is in the flow now, whenever they came; newest version first."""
        return self._all(Present, _PRESENT, flow=flow_id)

    def open_runs(
        self, flow_id: UUID, *, most: int, number: int | None = None, before: int | None = None, node: str | None = None
    ) -> Sequence[OpenRun]:
        """Of a version, of those before one, or waiting at a node; oldest first."""
        return self._all(OpenRun, _OPEN, flow=flow_id, number=number, before=before, node=node, most=most)


def cohort(of: Cohort) -> dict[str, Any]:
    """The parameters of OF_COHORT."""
    return {"flow": of.flow, "since": of.since, "until": of.until, "version": of.version}


def after(of: Cohort, before: UUID | None, began: datetime | None) -> dict[str, Any]:
    """The parameters of BEFORE: of the first page, or of the one after a run that `began` then; nothing if never."""
    if before is None:
        return {"before": LAST_ID, "began": of.until}
    return {"before": before, "began": began or of.since}
