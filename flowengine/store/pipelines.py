"""Pipelines and the stages a deal passes in them, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import json, names, text
from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Pipeline:
    id: UUID
    slug: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Stage:
    """`kind` is open, won or lost; `probability` of being won, in percent."""

    id: UUID
    pipeline_id: UUID
    slug: str
    name: str
    kind: str
    probability: int
    position: int


_STAGES = text(f"select {names(Stage)} from stage where account_id = :account order by pipeline_id, position, slug")
_DROP = text("""
    delete from stage where account_id = :account and pipeline_id = :pipeline
      and slug <> all(cast(:kept as text[]))""")
_DROP_ALL = text("""
    delete from stage where account_id = :account and pipeline_id in (
        select id from pipeline where account_id = :account and slug = :slug)""")
# By slug, so that a stage that is moved or renamed stays the one that deals stand in.
_PUT = text("""
    insert into stage (account_id, id, pipeline_id, slug, name, kind, probability, position)
    select :account, g.id, :pipeline, s.value ->> 'slug', s.value ->> 'name', s.value ->> 'kind',
           cast(s.value ->> 'probability' as integer), cast(s.ordinality as integer)
    from jsonb_array_elements(cast(:stages as jsonb)) with ordinality s
    join unnest(cast(:ids as uuid[])) with ordinality g(id, place) on g.place = s.ordinality
    on conflict (account_id, pipeline_id, slug) do update
    set name = excluded.name, kind = excluded.kind, probability = excluded.probability, position = excluded.position""")


class Pipelines(Things[Pipeline]):
    table, kind, row = "pipeline", "pipeline", Pipeline
    columns = {"name": "text"}

    def stages(self) -> dict[UUID, list[Stage]]:
        """Of every pipeline, in order."""
        found: dict[UUID, list[Stage]] = {}
        for row in self._rows(_STAGES):
            found.setdefault(row[1], []).append(Stage(*row))
        return found

    def put_stages(self, pipeline_id: UUID, stages: Sequence[Mapping[str, Any]]) -> None:
        """These and no others, in this order: {slug, name, kind, probability} each."""
        self._run(_DROP, pipeline=pipeline_id, kept=[stage["slug"] for stage in stages])
        ids = [self._new_id() for _ in stages]
        self._run(_PUT, pipeline=pipeline_id, stages=json([dict(stage) for stage in stages]), ids=ids)

    def remove(self, slug: str) -> bool:
        self._run(_DROP_ALL, slug=slug)
        return super().remove(slug)
