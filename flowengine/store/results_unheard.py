"""What nobody understood: in the runs of a flow, and in those of flows that call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import text
from flowengine.store.results import SILENT, Cohort, cohort
from flowengine.store.ways import CALLING, SAID, STEPS, UNHEARD, UNHEARD_PATH, WALKED, OverWays


@dataclass(frozen=True, slots=True)
class Unheard:
    """What a contact wrote that was no answer to the question at `node` of a flow; empty for what was not written.

    `flow_id` is the flow that was asked about, or one that it called.
    """

    flow_id: UUID
    node: str
    said: str
    run_id: UUID
    contact_id: UUID
    conversation_id: UUID | None
    at: datetime


# Newest runs first and no further than is wanted: what most people write is in there.
_UNHEARD = text(f"""
    with {WALKED}, found as materialized (
        (select id, started_at, true as is_own from walked where unheard order by started_at desc limit :most_runs)
        union all
        (select run_id, started_at, false from run_way w where {CALLING} and unheard
         order by started_at desc limit :most_runs)
        order by started_at desc, id desc
    )
    select coalesce(v.flow_id, :flow), s.node, {SAID}, r.id, r.contact_id, r.conversation_id, t.at
    from (select * from found order by started_at desc, id desc) found
    join run r on r.account_id = :account and r.id = found.id
    cross join lateral (
        select t.trace, t.number, t.at from turn t where t.account_id = :account and t.run_id = r.id
          and t.trace @? '{UNHEARD_PATH}' offset 0) t
    cross join lateral {STEPS}
    left join flow_version v on v.account_id = :account and v.id = cast(nullif(s.version, '') as uuid)
    where s.type = any(cast(:types as text[])) and {UNHEARD}
      and (found.is_own or v.flow_id = :flow and (cast(:version as uuid) is null or v.id = cast(:version as uuid)))
    order by found.started_at desc, found.id desc, t.number desc limit :most""")


class ResultUnheard(OverWays):
    def latest(self, of: Cohort, *, types: Sequence[str], most: int, most_runs: int) -> list[Unheard]:
        """Of questions of these types; among so many of the latest runs in which there was any.

        What was said to the flow when another called it is found once that run is digested.
        """
        silent = self._now - SILENT
        given = {"types": list(types), "most": most, "most_runs": most_runs, "silent": silent}
        return self._all(Unheard, _UNHEARD, **cohort(of), **given)
