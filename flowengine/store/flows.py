"""Flows: a draft that is edited, versions that never change, and one of them that is live."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict, NotFound
from flowengine.store.aliases import resolved
from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class Flow:
    """`draft_revision` counts the saves; `draft_by` made the last of them.

    `origin` is the master of a copy: {"account", "flow", "version", "hash", "at"}; None where it was drawn here.
    """

    id: UUID
    key: str
    name: str
    kind: str
    draft: dict[str, Any]
    draft_revision: int
    draft_hash: str
    draft_by: UUID | None
    live_version_id: UUID | None
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    origin: dict[str, Any] | None
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class FlowVersion:
    id: UUID
    flow_id: UUID
    number: int
    document: dict[str, Any]
    hash: str
    note: str
    published_by: UUID | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class VersionHead:
    """A version without its document; `published_by_name` is the person's."""

    id: UUID
    number: int
    hash: str
    note: str
    published_by: UUID | None
    published_by_name: str | None
    published_at: datetime


_ADD = text(f"""
    insert into flow (account_id, {names(Flow)})
    values (:account, :id, :key, :name, :kind, cast(:draft as jsonb), 1, :hash, cast(:by as uuid), null,
            :now, :now, null, cast(:origin as jsonb), null)
    on conflict (account_id, key) where archived_at is null do nothing
    returning {names(Flow)}""")
_GET = text(f"select {names(Flow)} from flow where account_id = :account and id = :id and archived_at is null")
_BY_KEY = text(f"""
    select {names(Flow)} from flow
    where account_id = :account and key = {resolved("flow", "key")} and archived_at is null""")
_SAVE = text(f"""
    update flow
    set draft = cast(:draft as jsonb), draft_hash = :hash, draft_by = cast(:by as uuid), name = :name,
        draft_revision = draft_revision + 1, updated_at = :now
    where account_id = :account and id = :id and draft_revision = :revision and archived_at is null
    returning {names(Flow)}""")
_LOCK = text(f"""
    select {names(Flow)} from flow
    where account_id = :account and id = :id and archived_at is null for no key update""")
_PUBLISH = text(f"""
    with one as (
        insert into flow_version (account_id, {names(FlowVersion)})
        select :account, :id, :flow, coalesce(max(number), 0) + 1, cast(:document as jsonb), :hash, :note,
               cast(:by as uuid), :now
        from flow_version where account_id = :account and flow_id = :flow
        returning {names(FlowVersion)}
    ), live as (
        update flow set live_version_id = (select id from one), updated_at = :now
        where account_id = :account and id = :flow
    )
    select {names(FlowVersion)} from one""")
_VERSION = text(f"select {names(FlowVersion)} from flow_version where account_id = :account and id = :id")
_NUMBER = text(f"""
    select {names(FlowVersion)} from flow_version
    where account_id = :account and flow_id = :flow and number = :number""")
_VERSIONS = text("""
    select v.id, v.number, v.hash, v.note, v.published_by, m.name, v.published_at
    from flow_version v left join member m on m.account_id = v.account_id and m.id = v.published_by
    where v.account_id = :account and v.flow_id = :flow order by v.number desc""")
_ARCHIVE = text("""
    with unbound as (delete from binding where account_id = :account and flow_id = :id)
    update flow set archived_at = :now where account_id = :account and id = :id and archived_at is null""")
_RESTORE = text(f"""
    update flow set archived_at = null
    where account_id = :account and id = :id and test_of is null and not exists (
        select from flow other
        where other.account_id = :account and other.key = flow.key and other.id <> flow.id
          and other.archived_at is null)
    returning {names(Flow)}""")
_LIVE_BY_KEY = text(f"""
    select live_version_id from flow
    where account_id = :account and key = {resolved("flow", "key")} and archived_at is null""")
_STOP = text(f"""
    update flow set stopped_at = cast(:at as timestamptz)
    where account_id = :account and id = :id and archived_at is null returning {names(Flow)}""")
_KEPT = text("select count(*) from flow where account_id = :account and id = :id")


class Flows(Area):
    apart = True

    def add(
        self,
        *,
        key: str,
        name: str,
        kind: str,
        document: Mapping[str, Any],
        hash: str,
        by: UUID | None,
        origin: Mapping[str, Any] | None = None,
    ) -> Flow:
        """A new draft; Conflict where the key is taken."""
        flow = self._first(
            Flow,
            _ADD,
            id=self._new_id(),
            key=key,
            name=name,
            kind=kind,
            draft=json(dict(document)),
            hash=hash,
            by=by,
            now=self._now,
            origin=json(None if origin is None else dict(origin)),
        )
        if flow is None:
            raise Conflict(f"there is a flow with the key {key!r}", detail={"key": key})
        return flow

    def get(self, flow_id: UUID) -> Flow | None:
        return self._first(Flow, _GET, id=flow_id)

    def by_key(self, key: str) -> Flow | None:
        """The flow of this key or alias."""
        return self._first(Flow, _BY_KEY, key=key)

    def live_by_key(self, key: str) -> UUID | None:
        """The version that is live; None where there is none, or no such flow."""
        version: UUID | None = self._value(_LIVE_BY_KEY, key=key)
        return version

    def save_draft(
        self, flow_id: UUID, *, revision: int, name: str, document: Mapping[str, Any], hash: str, by: UUID | None
    ) -> Flow:
        """Save over `revision`; Conflict where somebody has saved since: `detail` has the revision and who it was."""
        saved = self._first(
            Flow,
            _SAVE,
            id=flow_id,
            revision=revision,
            name=name,
            draft=json(dict(document)),
            hash=hash,
            by=by,
            now=self._now,
        )
        return saved or self._refuse(flow_id)

    def publish(
        self, flow_id: UUID, *, revision: int, document: Mapping[str, Any], hash: str, note: str, by: UUID | None
    ) -> FlowVersion:
        """Make `document`, the draft of `revision`, the live version; Conflict where the draft has moved on."""
        flow = self._first(Flow, _LOCK, id=flow_id)
        if flow is None or flow.draft_revision != revision:
            self._refuse(flow_id)
        (row,) = self._rows(
            _PUBLISH,
            id=self._new_id(),
            flow=flow_id,
            document=json(dict(document)),
            hash=hash,
            note=note,
            by=by,
            now=self._now,
        )
        return FlowVersion(*row)

    def version(self, version_id: UUID) -> FlowVersion | None:
        return self._first(FlowVersion, _VERSION, id=version_id)

    def version_by_number(self, flow_id: UUID, number: int) -> FlowVersion | None:
        return self._first(FlowVersion, _NUMBER, flow=flow_id, number=number)

    def versions(self, flow_id: UUID) -> list[VersionHead]:
        """Newest first."""
        return self._all(VersionHead, _VERSIONS, flow=flow_id)

    def stop(self, flow_id: UUID) -> Flow | None:
        """Nobody begins it any more, wherever it is bound; runs that are open go on."""
        return self._first(Flow, _STOP, id=flow_id, at=self._now)

    def resume(self, flow_id: UUID) -> Flow | None:
        """It begins again where it is bound."""
        return self._first(Flow, _STOP, id=flow_id, at=None)

    def archive(self, flow_id: UUID) -> None:
        """No channel starts it any more; runs that are open go on."""
        self._run(_ARCHIVE, id=flow_id, now=self._now)

    def restore(self, flow_id: UUID) -> Flow:
        """Back from the archive, on no channel yet; Conflict where another flow has taken its key."""
        flow = self._first(Flow, _RESTORE, id=flow_id)
        if flow is None and self._value(_KEPT, id=flow_id):
            raise Conflict("Another flow has this one's key now.")
        if flow is None:
            raise NotFound("There is no such flow.")
        return flow

    def _refuse(self, flow_id: UUID) -> Flow:
        flow = self.get(flow_id)
        if flow is None:
            raise NotFound("there is no such flow")
        by = None if flow.draft_by is None else str(flow.draft_by)
        raise Conflict("somebody has changed this flow meanwhile", detail={"revision": flow.draft_revision, "by": by})
