"""What runs of a period came to: through each variant of a split, and along the main steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flowengine.core.split_goals import Judged
from flowengine.store.area import json, text
from flowengine.store.results import SILENT, Cohort, cohort
from flowengine.store.ways import OF_COHORT, STEPS, WALKED, OverWays


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


# Each way is looked at once for each split: by which port it was left first, and whether what it is judged by came
# after. People are counted, since a split sends a person the same way each time.
_VARIANTS = text(f"""
    with {WALKED}, asked as (
        select * from jsonb_to_recordset(cast(:splits as jsonb)) as asked (node text, kind text, name text)
    ), way as materialized (select distinct way from walked),
    taken as (
        select way, s.place, s.step ->> 0 as node, s.step ->> 1 as port, s.step ->> 2 is not null as goal
        from way cross join lateral json_array_elements(cast(way as json)) with ordinality as s (step, place)
    ), entered as materialized (
        select distinct on (s.way, asked.node) s.way, asked.node, asked.kind, asked.name, s.port, s.place
        from taken s join asked on asked.node = s.node where s.port is not null order by s.way, asked.node, s.place
    ), judged as materialized (
        select e.*, exists (
            select from taken s where s.way = e.way and s.place > e.place
              and case e.kind when 'step' then s.node = e.name when 'goal' then s.goal else false end) as came
        from entered e
    ), person as (
        select j.node, j.port, w.contact_id, bool_or(w.status = 'open') as open, bool_or(coalesce(case j.kind
            when 'completed' then w.fate = 'completed'
            when 'outcome' then w.reason = j.name
            when 'goal' then j.came or w.reason = 'goal'
            else j.came end, false)) as has_reached
        from walked w join judged j on j.way = w.way group by j.node, j.port, w.contact_id
    )
    select node, port, count(*), count(*) filter (where has_reached), count(*) filter (where open and not has_reached)
    from person group by node, port""")
_ALONG = text(f"""
    with {WALKED}, taken as materialized (
        select way, fate, reason is not distinct from 'goal' as goal, count(*) as runs from walked group by 1, 2, 3
    )
    select coalesce(s.places, '{{}}'), taken.goal or coalesce(s.goal, false), fate, cast(sum(runs) as bigint)
    from taken cross join lateral (
        select array_agg(distinct w.place) filter (where w.place is not null) as places,
               bool_or(step ->> 2 is not null) as goal
        from json_array_elements(cast(way as json)) step
        left join jsonb_array_elements_text(cast(:way as jsonb)) with ordinality as w (node, place)
            on w.node = step ->> 0) s
    group by 1, 2, 3""")
# Enough to know which way is the most walked one.
_WALKED = text(f"""
    select s.node, s.port, count(distinct r.id)
    from (select r.id from run r where {OF_COHORT} order by r.started_at desc limit :most_runs) r
    cross join lateral (select t.trace from turn t where t.account_id = :account and t.run_id = r.id offset 0) t
    cross join lateral {STEPS}
    where coalesce(s.version, '') = '' group by grouping sets ((s.node), (s.node, s.port))
    having grouping(s.port) = 1 or s.port is not null""")


class ResultPaths(OverWays):
    """Read alone; what each costs is said at `Results`."""

    def variants(self, of: Cohort, splits: Mapping[str, Judged]) -> dict[str, list[Variant]]:
        """Of each of these splits, by node."""
        asked = [{"node": node, "kind": judged.kind, "name": judged.name} for node, judged in splits.items()]
        found: dict[str, list[Variant]] = {node: [] for node in splits}
        for node, *variant in self._rows(_VARIANTS, **cohort(of), splits=json(asked), silent=self._now - SILENT):
            found[node].append(Variant(*variant))
        return found

    def walked(self, of: Cohort, *, most_runs: int) -> dict[tuple[str, str | None], int]:
        """How many of the latest runs came to a node (port None), and left it by a port."""
        found = self._rows(_WALKED, **cohort(of), most_runs=most_runs)
        return {(node, port): runs for node, port, runs in found}

    def along(self, of: Cohort, way: Sequence[str]) -> list[Along]:
        return self._all(Along, _ALONG, **cohort(of), way=json(list(way)), silent=self._now - SILENT)
