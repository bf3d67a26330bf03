"""How the draft of a flow stood: one point a sitting of one person, and those that somebody has named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.store.area import Area, json, names, text
from flowengine.store.flows import Flow

SITTING = timedelta(minutes=10)  # saves of one person within it are one point
KEPT_FOR = timedelta(days=90)
MOST = 200  # of a flow, without those that have a name
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class PointHead:
    """A point without its document; `revision` is that of the draft then, `before` that of the point before it."""

    revision: int
    name: str
    saved_by: UUID | None
    saved_by_name: str | None
    begun_at: datetime
    saved_at: datetime
    before: int | None


@dataclass(frozen=True, slots=True)
class Point:
    revision: int
    document: dict[str, Any]


# The first point is how the flow stood before anybody changed it, so it is never written over.
_GO_ON = text("""
    update flow_point p set revision = :revision, document = cast(:document as jsonb), saved_at = :now
    where p.account_id = :account and p.flow_id = :flow and p.name = ''
      and p.saved_by is not distinct from cast(:by as uuid) and p.begun_at > :sitting
      and p.revision = (select max(revision) from flow_point where account_id = :account and flow_id = :flow)
      and exists (select from flow_point
                  where account_id = :account and flow_id = :flow and revision < p.revision)""")
_BEGIN = text("""
    insert into flow_point (account_id, flow_id, revision, document, saved_by, begun_at, saved_at)
    select :account, :flow, :revision, cast(:document as jsonb), cast(:by as uuid), :at, :at
    where not exists (select from flow_point where account_id = :account and flow_id = :flow)
    on conflict do nothing""")
_ADD = text("""
    insert into flow_point (account_id, flow_id, revision, document, saved_by, begun_at, saved_at)
    values (:account, :flow, :revision, cast(:document as jsonb), cast(:by as uuid), :now, :now)
    on conflict do nothing""")
_PRUNE = text("""
    delete from flow_point p
    where p.account_id = :account and p.flow_id = :flow and p.revision <> :revision
      and (p.name = '' and (p.saved_at < :old or p.revision <= coalesce((
             select revision from flow_point
             where account_id = :account and flow_id = :flow and name = ''
             order by revision desc offset :most limit 1), 0))
           or p.name <> '' and p.revision <= coalesce((
             select revision from flow_point
             where account_id = :account and flow_id = :flow and name <> ''
             order by revision desc offset :most_named limit 1), 0))""")
_LIST = text("""
    select p.revision, p.name, p.saved_by, m.name, p.begun_at, p.saved_at,
           (select max(revision) from flow_point b
            where b.account_id = :account and b.flow_id = :flow and b.revision < p.revision)
    from flow_point p left join member m on m.account_id = p.account_id and m.id = p.saved_by
    where p.account_id = :account and p.flow_id = :flow and p.revision < :until
    order by p.revision desc limit :most""")
_GET = text(f"""
    select {names(Point)} from flow_point
    where account_id = :account and flow_id = :flow and revision = :revision""")
_NAME = text("""
    update flow_point set name = :name where account_id = :account and flow_id = :flow and revision = :revision""")


class Points(Area):
    apart = True

    def keep(self, before: Flow, saved: Flow) -> None:
        """Keep how the draft stands after a save; `before` is the flow as it was, in case nothing was kept yet."""
        values = {
            "flow": saved.id,
            "revision": saved.draft_revision,
            "document": json(saved.draft),
            "by": saved.draft_by,
            "now": self._now,
        }
        if self._run(_GO_ON, **values, sitting=self._now - SITTING):
            return
        self._run(
            _BEGIN,
            flow=before.id,
            revision=before.draft_revision,
            document=json(before.draft),
            by=before.draft_by,
            at=before.updated_at,
        )
        self._run(_ADD, **values)
        self._run(
            _PRUNE,
            flow=saved.id,
            revision=saved.draft_revision,
            old=self._now - KEPT_FOR,
            most=MOST,
            most_named=MOST_NAMED,
        )

    def heads(self, flow_id: UUID, *, until: int, most: int) -> list[PointHead]:
        """Newest first, of revisions before `until`."""
        return self._all(PointHead, _LIST, flow=flow_id, until=until, most=most)

    def get(self, flow_id: UUID, revision: int) -> Point | None:
        return self._first(Point, _GET, flow=flow_id, revision=revision)

    def documents(self, flow_id: UUID, revisions: set[int]) -> Mapping[int, dict[str, Any]]:
        """By revision; those that are kept."""
        found = (self.get(flow_id, revision) for revision in sorted(revisions))
        return {point.revision: point.document for point in found if point is not None}

    def name(self, flow_id: UUID, revision: int, name: str) -> None:
        """Call a point something, so that it is kept longer; no name lets it go with the others. NotFound for none."""
        if not self._run(_NAME, flow=flow_id, revision=revision, name=name):
            raise NotFound("There is no such point.")
