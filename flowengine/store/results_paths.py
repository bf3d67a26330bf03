"""What runs of a period came to: through each variant of a split, along the main steps, and what nobody understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.split_goals import Judged
from flowengine.store.area import Area, json, text
from flowengine.store.results import OF_COHORT, OF_PIECES, RUNS, SILENT, STEPS, Cohort, cohort


@dataclass(frozen=True, slots=True)
class Variant:
    """People who left a split by this port, how many of them came to what it is judged by, and who may yet."""

    port: str
    entered: int
    reached: int
    under_way: int


@dataclass(frozen=True, slots=True)
class Along:
    """How many runs came to just these places of a way (from 1) and to the flow's goal, by what became of them."""

    places: list[int]
    goal: bool
    fate: str
    runs: int


@dataclass(frozen=True, slots=True)
class Unheard:
    """What a contact wrote that was no answer to the question at `node`; empty for what was not written."""

    node: str
    said: str
    run_id: UUID
    contact_id: UUID
    conversation_id: UUID | None
    at: datetime


# The goal is met by a fact; the same word may stand in other traces, where somebody wrote it.
_MEETS_GOAL = "t.event ->> 'kind' = 'happened' and s.why = 'goal'"
_VARIANTS = text(f"""
    with cohort as materialized (
        select r.id, r.contact_id, r.status, r.reason from run r where {OF_COHORT}
    ), entered as (
        select distinct on (t.run_id) t.run_id, t.number, s.place, s.port
        from turn t cross join lateral {STEPS}
        where {OF_PIECES} and t.trace @> cast(:passed as jsonb)
          and s.node = :node and s.port is not null and coalesce(s.version, '') = ''
        order by t.run_id, t.number, s.place
    ), judged as (
        select e.port, c.contact_id, c.status, case cast(:kind as text)
            when 'completed' then (
                select stands.fate = 'completed' {RUNS} where r.account_id = :account and r.id = e.run_id)
            when 'outcome' then c.reason = :name
            when 'step' then exists (
                select from turn t cross join lateral {STEPS}
                where t.account_id = :account and t.run_id = e.run_id and t.number >= e.number
                  and (t.number, s.place) > (e.number, e.place) and s.node = :name and coalesce(s.version, '') = '')
            when 'goal' then c.reason = 'goal' or exists (
                select from turn t cross join lateral {STEPS}
                where t.account_id = :account and t.run_id = e.run_id and t.number > e.number and {_MEETS_GOAL})
            else false end as has_reached
        from entered e join cohort c on c.id = e.run_id
    ), person as (
        select port, contact_id, coalesce(bool_or(has_reached), false) as has_reached, bool_or(status = 'open') as open
        from judged group by port, contact_id
    )
    select port, count(*), count(*) filter (where has_reached), count(*) filter (where open and not has_reached)
    from person group by port""")
_ALONG = text(f"""
    with cohort as materialized (select r.id, r.reason, stands.fate {RUNS} where {OF_COHORT}),
    seen as (
        select t.run_id, array_agg(distinct w.place) filter (where w.place is not null) as places,
               bool_or({_MEETS_GOAL}) as goal
        from turn t cross join lateral {STEPS}
        left join jsonb_array_elements_text(cast(:way as jsonb)) with ordinality as w (node, place) on w.node = s.node
        where {OF_PIECES} and coalesce(s.version, '') = '' and (w.place is not null or {_MEETS_GOAL})
        group by t.run_id
    )
    select coalesce(s.places, '{{}}'), coalesce(s.goal, false) or c.reason is not distinct from 'goal', c.fate, count(*)
    from cohort c left join seen s on s.run_id = c.id group by 1, 2, 3""")
# Enough to know which way is the most walked one.
_WALKED = text(f"""
    select s.node, s.port, count(distinct r.id)
    from (select r.id from run r where {OF_COHORT} order by r.started_at desc limit :most_runs) r
    cross join lateral (select t.trace from turn t where t.account_id = :account and t.run_id = r.id offset 0) t
    cross join lateral {STEPS}
    where coalesce(s.version, '') = '' group by grouping sets ((s.node), (s.node, s.port))
    having grouping(s.port) = 1 or s.port is not null""")
_REFUSED = "no answer: "  # as a question says of itself that it asks once more (core/asking.py)
# Newest runs first and no further than is wanted: what most people write is in there.
_UNHEARD = text(f"""
    select s.node, case when s.port is null then substr(s.why, {len(_REFUSED) + 1}) else s.why end,
           r.id, r.contact_id, r.conversation_id, t.at
    from (select r.* from run r where {OF_COHORT} order by r.started_at desc limit :most_runs) r
    cross join lateral (
        select t.trace, t.number, t.at from turn t where t.account_id = :account and t.run_id = r.id
          and t.trace @? '$[*] ? (@.port == "invalid" || @.why starts with "{_REFUSED}")' offset 0) t
    cross join lateral {STEPS}
    where s.type = any(cast(:types as text[])) and coalesce(s.version, '') = ''
      and (s.port = 'invalid' or s.port is null and starts_with(s.why, '{_REFUSED}'))
    order by r.started_at desc, r.id desc, t.number desc limit :most""")


class ResultPaths(Area):
    """Read alone; what each costs is said at `Results`."""

    apart = True

    def variants(self, of: Cohort, node: str, judged: Judged) -> list[Variant]:
        """People are counted, since a split sends a person the same way each time."""
        given: dict[str, Any] = {"node": node, "kind": judged.kind, "name": judged.name}
        passed = json([{"node": node}])
        return self._all(Variant, _VARIANTS, **cohort(of), **given, passed=passed, silent=self._now - SILENT)

    def walked(self, of: Cohort, *, most_runs: int) -> dict[tuple[str, str | None], int]:
        """How many of the latest runs came to a node (port None), and left it by a port."""
        found = self._rows(_WALKED, **cohort(of), most_runs=most_runs)
        return {(node, port): runs for node, port, runs in found}

    def along(self, of: Cohort, way: Sequence[str]) -> list[Along]:
        return self._all(Along, _ALONG, **cohort(of), way=json(list(way)), silent=self._now - SILENT)

    def unheard(self, of: Cohort, *, types: Sequence[str], most: int, most_runs: int) -> list[Unheard]:
        """The latest, of questions of these types; among so many of the latest runs."""
        return self._all(Unheard, _UNHEARD, **cohort(of), types=list(types), most=most, most_runs=most_runs)
