"""What was answered in each run: a row a run, told from what the run itself knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, text
from flowengine.store.results import BEFORE, BEGAN, OF_COHORT, RUNS, SILENT, Cohort, after, cohort


@dataclass(frozen=True, slots=True)
class Answered:
    """A run in which at least one of the questions was answered; `answers` by node, the last one of each."""

    id: UUID
    version: int
    contact_id: UUID
    contact_name: str | None
    conversation_id: UUID | None
    fate: str
    started_at: datetime
    ended_at: datetime | None
    answers: dict[str, Any]


# Within a sub-flow the run's own answers are those of its outermost frame.
_OWN = "coalesce(r.state -> 'frames' -> 0 -> 'answers', r.state -> 'answers')"
# The page is taken first, by the index; only what is on it is looked into.
_ANSWERED = text(f"""
    select r.id, v.number, r.contact_id, c.name, r.conversation_id, stands.fate, r.started_at, r.ended_at,
           (select jsonb_object_agg(a.key, a.value) from jsonb_each({_OWN}) a
            where a.key = any(cast(:nodes as text[])))
    {RUNS}
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    join contact c on c.account_id = r.account_id and c.id = r.contact_id
    where r.account_id = :account and r.id = any(array(
        select r.id from run r where {OF_COHORT} and {BEFORE} and {_OWN} ?| cast(:nodes as text[])
        order by r.started_at desc, r.id desc limit :most))
    order by r.started_at desc, r.id desc""")
_VERSIONS = text(f"""
    select v.number from flow_version v where v.account_id = :account and v.flow_id = :flow
      and exists (select from run r where {OF_COHORT} and r.version_id = v.id)
    order by v.number desc limit :most""")


class ResultAnswers(Area):
    apart = True

    def rows(self, of: Cohort, *, nodes: Sequence[str], most: int, before: UUID | None = None) -> list[Answered]:
        """Newest first; `before` is the last run of the page before. No turn is read but for what became of a run."""
        page = after(of, before, None if before is None else self._value(BEGAN, before=before))
        given: dict[str, Any] = {"nodes": list(nodes), "most": most}
        return self._all(Answered, _ANSWERED, **cohort(of), **given, **page, silent=self._now - SILENT)

    def versions(self, of: Cohort, *, most: int) -> list[int]:
        """The numbers of those that runs of the period walked, newest first."""
        return [number for (number,) in self._rows(_VERSIONS, **cohort(of), most=most)]
