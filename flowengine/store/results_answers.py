"""What was answered in each run: a row a run, told from what the run itself knows, or from the turns of who called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import text
from flowengine.store.results import BEGAN, SILENT, Cohort, after, before, cohort
from flowengine.store.ways import CALLING, DIGESTED, FATE, OF_COHORT, WALKED, OverWays


@dataclass(frozen=True, slots=True)
class Answered:
    """A run in which at least one of the questions was answered; `answers` by node, the last one of each.

    `flow_id` and `version` are the run's own: where it is not the flow asked about, that flow called this one.
    """

    id: UUID
    flow_id: UUID
    flow_name: str
    version: int
    contact_id: UUID
    contact_name: str | None
    conversation_id: UUID | None
    fate: str
    started_at: datetime
    ended_at: datetime | None
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Called:
    id: UUID
    name: str


# Within a sub-flow the run's own answers are those of its outermost frame.
_OWN = "coalesce(r.state -> 'frames' -> 0 -> 'answers', r.state -> 'answers')"
# Of a flow that was called only the turns still know what was answered in it.
_THERE = """(
        select jsonb_object_agg(s.node, s.answer order by t.number, s.place) as answers
        from turn t
        cross join lateral rows from (jsonb_to_recordset(t.trace) as (node text, answer jsonb, version text))
            with ordinality as s (node, answer, version, place)
        join flow_version v on v.account_id = :account and v.flow_id = :flow
            and v.id = cast(nullif(s.version, '') as uuid)
        where t.account_id = :account and t.run_id = w.run_id and s.node = any(cast(:nodes as text[]))
          and jsonb_typeof(s.answer) <> 'null')"""
# The page is taken first, by the index; only what is on it is looked into.
_ANSWERED = text(f"""
    with page as materialized (
        select * from (
            (select r.id, r.started_at, (
                select jsonb_object_agg(a.key, a.value) from jsonb_each({_OWN}) a
                where a.key = any(cast(:nodes as text[]))) as answers
             from run r
             where {OF_COHORT} and {before("r.id", "r.started_at")} and {_OWN} ?| cast(:nodes as text[])
             order by r.started_at desc, r.id desc limit :most)
            union all
            (select w.run_id, w.started_at, there.answers from run_way w cross join lateral {_THERE} there
             where {CALLING} and {before("w.run_id", "w.started_at")} and there.answers is not null
             order by w.started_at desc, w.run_id desc limit :most)
        ) each order by started_at desc, id desc limit :most
    ), known as materialized (
        select w.run_id as id, w.port from run_way w join run r on r.account_id = :account and r.id = w.run_id
        where w.account_id = :account and w.run_id in (select id from page) and w.turn = r.turn
    ), stale as materialized (select id from page where id not in (select id from known)),
    {DIGESTED}, told as (
        select r.id, r.flow_id, f.name as flow_name, v.number, r.contact_id, c.name, r.conversation_id,
               r.status, r.reason,
               r.state -> 'wait' as wait, coalesce(known.port, digested.port) as port,
               r.started_at, r.ended_at, page.answers
        from page
        join run r on r.account_id = :account and r.id = page.id
        join contact c on c.account_id = r.account_id and c.id = r.contact_id
        join flow f on f.account_id = r.account_id and f.id = r.flow_id
        join flow_version v on v.account_id = r.account_id and v.id = r.version_id
        left join known on known.id = r.id left join digested on digested.id = r.id
    )
    select id, flow_id, flow_name, number, contact_id, name, conversation_id, {FATE}, started_at, ended_at, answers
    from told order by started_at desc, id desc""")
_VERSIONS = text(f"""
    select v.number from flow_version v where v.account_id = :account and v.flow_id = :flow
      and (exists (select from run r where {OF_COHORT} and r.version_id = v.id)
           or exists (select from run_way w where {CALLING} and v.id = any(w.called)))
    order by v.number desc limit :most""")
_CALLED = text(f"""
    with {WALKED}
    select f.id, f.name from flow f where f.account_id = :account and f.id <> :flow and f.id in (
        select v.flow_id from flow_version v
        where v.account_id = :account and v.id in (select unnest(called) from walked))
    order by f.name, f.id""")


class ResultAnswers(OverWays):
    def rows(self, of: Cohort, *, nodes: Sequence[str], most: int, last: UUID | None = None) -> list[Answered]:
        """Newest first; `last` is the last run of the page before. Runs of flows that called this one are found once
        they are digested.
        """
        page = after(of, last, None if last is None else self._value(BEGAN, before=last))
        given: dict[str, Any] = {"nodes": list(nodes), "most": most}
        return self._all(Answered, _ANSWERED, **cohort(of), **given, **page, silent=self._now - SILENT)

    def versions(self, of: Cohort, *, most: int) -> list[int]:
        """The numbers of those that runs of the period walked, newest first."""
        return [number for (number,) in self._rows(_VERSIONS, **cohort(of), most=most)]

    def called(self, of: Cohort) -> list[Called]:
        """The flows that these runs called, whose questions are told there."""
        return self._all(Called, _CALLED, **cohort(of), silent=self._now - SILENT)
