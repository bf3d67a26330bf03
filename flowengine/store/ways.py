"""The ways that runs took, digested from their turns: kept for most runs, told off their turns for the others."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg import Cursor
from sqlalchemy import TextClause

from flowengine.store.area import AnyRow, Area, text
from flowengine.store.partitions import earlier

SLACK = timedelta(hours=1)  # by which clocks may be apart, and how late a run is committed
_REFUSED = "no answer: "  # as a question says of itself that it asks once more (core/asking.py)
# Where a run waits: a node of its own flow; of what waits within a sub-flow, the node that called it.
WAITS = "coalesce(r.state -> 'frames' -> 0 ->> 'node', r.state -> 'wait' ->> 'node')"
STEPS = """rows from (jsonb_to_recordset(t.trace) as (node text, port text, why text, type text, version text))
        with ordinality as s (node, port, why, type, version, place)"""
UNHEARD_PATH = f'$[*] ? (@.port == "invalid" || @.why starts with "{_REFUSED}")'
UNHEARD = f"(s.port = 'invalid' or s.port is null and starts_with(s.why, '{_REFUSED}'))"
SAID = f"case when s.port is null then substr(s.why, {len(_REFUSED) + 1}) else s.why end"
# The goal is met by a fact; the same word may stand in other traces, where somebody wrote it.
_MEETS_GOAL = "(t.event ->> 'kind' = 'happened' and s.why = 'goal')"
FATE = """case
        when status = 'failed' then 'failed'
        when status = 'open' and wait -> 'until' @> '["human_finished"]' then 'handed_off'
        when status = 'open' and wait -> 'until' @> '["message_received"]'
         and cast(wait ->> 'since' as timestamptz) < cast(:silent as timestamptz) then 'dropped'
        when status = 'open' then 'waiting'
        when reason in ('handed_off', 'human_took_over') then 'handed_off'
        when reason in ('ended_by_contact', 'replaced') or port = 'no_reply' then 'dropped'
        when status = 'ended' and reason is distinct from 'goal' then 'ended'
        else 'completed' end"""
# Of the runs in `stale (id)`. A way is the steps of the run's own flow, [node, port] and `true` where the goal was met
# there, as text: equal ways are counted once. A visit of a node ends with the step by which it was left; the visits
# that lasted longer than a turn are told beside it. The ids bound the pieces of `turn` that are opened.
DIGESTED = f"""
    step as materialized (
        select t.run_id, t.number, t.at, s.place, s.node, s.port, nullif(s.version, '') as version,
               {_MEETS_GOAL} as goal, {UNHEARD} as unheard
        from turn t cross join lateral {STEPS}
        where t.account_id = :account and t.run_id in (select id from stale)
          and t.run_id >= (select id from stale order by id limit 1)
          and t.run_id <= (select id from stale order by id desc limit 1)
    ), whole as (
        select run_id, bool_or(unheard) as unheard, json_agg(
            case when goal then json_build_array(node, port, true) else json_build_array(node, port) end
            order by number, place) filter (where version is null) as way
        from step group by run_id
    ), numbered as (
        select run_id, node, port, number, at, count(port) over (
            partition by run_id, node order by number, place rows between unbounded preceding and 1 preceding) as visit
        from step where version is null
    ), visit as (
        select run_id, node, max(port) as port,
               extract(epoch from max(at) filter (where port is not null) - min(at)) as s
        from numbered group by run_id, node, visit having min(number) < max(number) and max(port) is not null
    ), wait as (
        select run_id, array_agg(node) as waited, array_agg(port) as left_by,
               array_agg(cast(s as double precision)) as seconds
        from visit group by run_id
    ), call as (
        select run_id, array_agg(distinct cast(version as uuid)) as called
        from step where version is not null group by run_id
    ), digested as materialized (
        select i.id, coalesce(whole.way::text, '[]') as way,
               whole.way -> -1 ->> 0 as node, whole.way -> -1 ->> 1 as port,
               coalesce(waited, '{{}}') as waited, coalesce(left_by, '{{}}') as left_by,
               coalesce(seconds, '{{}}') as seconds, coalesce(called, '{{}}') as called,
               coalesce(unheard, false) as unheard
        from stale i
        left join whole on whole.run_id = i.id
        left join wait on wait.run_id = i.id
        left join call on call.run_id = i.id
    )"""
OF_COHORT = """r.account_id = :account and r.flow_id = :flow and r.started_at >= :since and r.started_at < :until
      and (cast(:version as uuid) is null or r.version_id = cast(:version as uuid))"""
_KEPT = "w.account_id = :account and w.flow_id = :flow and w.started_at >= :since and w.started_at < :until"
_TOLD = "port, way, waited, left_by, seconds, called, unheard"
_BEFORE_EDGE = "started_at >= :since and started_at < least(cast(:until as timestamptz), (select at from edge))"
# The runs of a cohort, `walked`. Of those that were over when they were digested nothing else is looked at. The others
# are among the latest, among those that were open then, or, where runs and digests of before differ in number,
# anywhere: so neither a clock nor a late commit takes a run away. Of them only those that moved since are digested.
WALKED = f"""
    edge as materialized (
        select coalesce(max(w.started_at) - interval '{SLACK.total_seconds():.0f} seconds', '-infinity') as at
        from run_way w where w.account_id = :account and w.flow_id = :flow
    ), unsettled as materialized (
        select r.id from run r
        where {OF_COHORT} and r.started_at >= (select at from edge) and not exists (
            select from run_way w where w.account_id = :account and w.run_id = r.id and w.status <> 'open')
        union
        select w.run_id from run_way w where {_KEPT} and w.status = 'open'
        union
        select r.id from run r
        where {OF_COHORT} and r.started_at < (select at from edge)
          and (select count(*) from run where account_id = :account and flow_id = :flow and {_BEFORE_EDGE})
           <> (select count(*) from run_way where account_id = :account and flow_id = :flow and {_BEFORE_EDGE})
          and not exists (select from run_way w where w.account_id = :account and w.run_id = r.id)
    ), rest as materialized (
        select r.id, r.version_id, r.contact_id, r.started_at, r.ended_at, r.status, r.reason,
               r.state -> 'wait' as wait, {WAITS} as stands, w.run_id is not null as is_known
        from run r left join run_way w on w.account_id = :account and w.run_id = r.id and w.turn = r.turn
        where r.account_id = :account and r.id in (select id from unsettled)
          and (cast(:version as uuid) is null or r.version_id = cast(:version as uuid))
    ), stale as materialized (select id from rest where not is_known),
    {DIGESTED}, known as (
        select w.run_id as id, w.node, {_TOLD} from run_way w
        where w.account_id = :account and w.run_id in (select id from rest where is_known)
        union all select id, node, {_TOLD} from digested
    ), told as not materialized (
        select w.run_id as id, version_id, contact_id, started_at, ended_at, status, reason,
               cast(null as jsonb) as wait, node, {_TOLD}
        from run_way w
        where {_KEPT} and w.status <> 'open'
          and (cast(:version as uuid) is null or w.version_id = cast(:version as uuid))
        union all
        select id, version_id, contact_id, started_at, ended_at, status, reason, wait,
               coalesce(rest.stands, known.node), {_TOLD}
        from rest join known using (id)
    ), walked as not materialized (select told.*, {FATE} as fate from told)"""
# Runs `w` of a period that called the flow of a cohort, as far as they are digested.
CALLING = """w.account_id = :account and w.started_at >= :since and w.started_at < :until and w.called <> '{}'
          and w.flow_id <> :flow and w.called && array(
              select v.id from flow_version v where v.account_id = :account and v.flow_id = :flow
                and (cast(:version as uuid) is null or v.id = cast(:version as uuid)))"""

_LAST = text("select run_id from run_way where account_id = :account order by run_id desc limit 1")
_DIGEST = text(f"""
    with stale as materialized (
        (select r.id from run r
         where r.account_id = :account and r.id > cast(:after as uuid)
           and not exists (select from run_way w where w.account_id = :account and w.run_id = r.id)
         order by r.id limit :most)
        union all
        (select w.run_id from run_way w join run r on r.account_id = w.account_id and r.id = w.run_id
         where w.account_id = :account and w.status = 'open' and (r.turn <> w.turn or r.status <> 'open') limit :most)
    ), {DIGESTED}
    insert into run_way (account_id, run_id, flow_id, version_id, contact_id, started_at, ended_at, turn, status,
                         reason, node, {_TOLD})
    select r.account_id, r.id, r.flow_id, r.version_id, r.contact_id, r.started_at, r.ended_at, r.turn, r.status,
           r.reason, coalesce({WAITS}, d.node), {_TOLD}
    from digested d join run r on r.account_id = :account and r.id = d.id
    on conflict (account_id, run_id) do update
    set version_id = excluded.version_id, ended_at = excluded.ended_at, turn = excluded.turn, status = excluded.status,
        reason = excluded.reason, node = excluded.node, port = excluded.port, way = excluded.way,
        waited = excluded.waited, left_by = excluded.left_by, seconds = excluded.seconds, called = excluded.called,
        unheard = excluded.unheard
    where run_way.status = 'open' and excluded.turn >= run_way.turn""")
_PLANNED = text("select set_config('plan_cache_mode', 'force_custom_plan', true)")


class OverWays(Area):
    """Each statement is planned for the runs that are meant: a plan for any would look up one run at a time."""

    apart = True

    def _execute(self, statement: TextClause, values: dict[str, Any]) -> Cursor[AnyRow]:
        super()._execute(_PLANNED, {})
        return super()._execute(statement, values)


class Ways(OverWays):
    def digest(self, most: int) -> int:
        """Digest so many runs that are new, and so many that have moved; how many. Results are the same without it,
        only slower.
        """
        return self._run(_DIGEST, after=self.reached(), most=most)

    def reached(self) -> UUID:
        """From behind which id on runs may not have been digested."""
        last = self._value(_LAST)
        return UUID(int=0) if last is None else earlier(last, SLACK)
