"""The documents of an account's flows, for whoever asks what they name."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, text


@dataclass(frozen=True, slots=True)
class FlowHead:
    """A flow as others name it; `live`: it has a version that can be started."""

    key: str
    name: str
    kind: str
    live: bool


@dataclass(frozen=True, slots=True)
class FlowDocuments:
    """The documents by which a flow acts: its draft (None once archived), and the versions live or still walked."""

    id: UUID
    key: str
    name: str
    draft: dict[str, Any] | None
    walked: list[dict[str, Any]]


_HEADS = text("""
    select key, name, kind, live_version_id is not null from flow
    where account_id = :account and archived_at is null order by name, key""")
_LIVE = text("""
    select key, live_version_id from flow
    where account_id = :account and archived_at is null and live_version_id is not null
    order by updated_at desc, id limit :most""")
_OF_VERSIONS = text("""
    select id, document from flow_version where account_id = :account and id = any(cast(:ids as uuid[]))""")
_WITH_WORDS = text("""
    select f.id, f.key, f.name, case when f.archived_at is null then f.draft end, walked.documents
    from flow f cross join lateral (
        select coalesce(jsonb_agg(v.document), '[]') as documents
        from flow_version v
        where v.account_id = f.account_id and v.flow_id = f.id
          and exists (select from unnest(cast(:words as text[])) word where strpos(v.document::text, word) > 0)
          and (v.id = f.live_version_id and f.archived_at is null or exists (
              select from run r
              where r.account_id = v.account_id and r.flow_id = f.id and r.version_id = v.id and r.status = 'open'))
    ) walked
    where f.account_id = :account and (walked.documents <> '[]' or f.archived_at is null and exists (
        select from unnest(cast(:words as text[])) word where strpos(f.draft::text, word) > 0))
    order by f.name, f.id""")


class Documents(Area):
    def heads(self) -> list[FlowHead]:
        """By name."""
        return self._all(FlowHead, _HEADS)

    def live(self, most: int) -> dict[str, UUID]:
        """The live version of each flow, by key; of more than `most` those that were touched last."""
        return {key: version for key, version in self._rows(_LIVE, most=most)}

    def of_versions(self, ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
        """A version's document never changes: whoever reads it may keep it."""
        return {id: document for id, document in self._rows(_OF_VERSIONS, ids=list(ids))}

    def with_words(self, words: Collection[str]) -> list[FlowDocuments]:
        """Flows in which one of these texts stands anywhere, with the documents to be read for what it means there."""
        return self._all(FlowDocuments, _WITH_WORDS, words=sorted(words))
