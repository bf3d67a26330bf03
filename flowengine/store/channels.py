"""Channels of an account, and which flows answer on them."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.aliases import resolved
from flowengine.store.area import Area, assignments, json, names, text, values


@dataclass(frozen=True, slots=True)
class Channel:
    """`key` is its public address; `callback_secret` is sealed by whoever set it. `team_id` gets its conversations."""

    id: UUID
    key: str
    kind: str
    name: str
    config: dict[str, Any]
    token_hash: bytes | None
    callback_url: str | None
    callback_secret: bytes | None
    team_id: UUID
    created_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class LiveFlow:
    """A flow that answers on a channel, in the version that is live; the last three as in bindings.Listening."""

    flow_id: UUID
    key: str
    version_id: UUID
    hours: str
    any_message: bool
    keywords: list[str]


@dataclass(frozen=True, slots=True)
class Binding:
    """That a flow answers on a channel; the last three as in bindings.Listening."""

    channel_id: UUID
    flow_id: UUID
    channel_key: str
    channel_kind: str
    channel_name: str
    hours: str
    any_message: bool
    keywords: list[str]


_MAY_CHANGE = {
    "name": "text",
    "config": "jsonb",
    "token_hash": "bytea",
    "callback_url": "text",
    "callback_secret": "bytea",
    "team_id": "uuid",
}

_ADD = text(f"""
    with one as (
        insert into channel (account_id, {names(Channel)})
        values (:account, :id, :key, :kind, :name, cast(:config as jsonb), :token_hash, :callback_url,
                :callback_secret, :team, :now, null)
        returning {names(Channel)}
    ), address as (
        insert into channel_address (kind, key, account_id, channel_id) select kind, key, :account, id from one
    )
    select {names(Channel)} from one""")
_GET = text(f"select {names(Channel)} from channel where account_id = :account and id = :id")
_MANY = text(f"select {names(Channel)} from channel where account_id = :account and id = any(cast(:ids as uuid[]))")
_BY_KEY = text(f"""
    select {names(Channel)} from channel
    where account_id = :account and key = {resolved("channel", "key")} and archived_at is null""")
_ALL = text(
    f"select {names(Channel)} from channel where account_id = :account and archived_at is null order by name, id"
)
_ARCHIVE = text("""
    with gone as (
        update channel set archived_at = :now where account_id = :account and id = :id and archived_at is null
        returning id
    ), closed as (
        delete from binding where account_id = :account and channel_id in (select id from gone)
    )
    delete from channel_address where account_id = :account and channel_id in (select id from gone)""")
READ_ANSWERING = text("""
    select b.channel_id, f.id, f.key, f.live_version_id, b.hours, b.any_message, b.keywords
    from binding b join flow f on f.account_id = b.account_id and f.id = b.flow_id
    where b.account_id = :account and b.channel_id = any(cast(:channels as uuid[]))
      and f.live_version_id is not null and f.archived_at is null and f.stopped_at is null
    order by b.channel_id, b.position, f.created_at, f.id""")
_BINDINGS = text("""
    select b.channel_id, b.flow_id, c.key, c.kind, c.name, b.hours, b.any_message, b.keywords
    from binding b join channel c on c.account_id = b.account_id and c.id = b.channel_id
    where b.account_id = :account and (cast(:flow as uuid) is null or b.flow_id = cast(:flow as uuid))
    order by c.name, b.position""")
_UNBIND = text("""
    delete from binding
    where account_id = :account and flow_id = :flow and channel_id <> all(cast(:channels as uuid[]))""")
_BIND = text("""
    insert into binding (account_id, channel_id, flow_id, position)
    select :account, c.id, :flow, coalesce(
        (select max(position) + 1 from binding b where b.account_id = :account and b.channel_id = c.id), 0)
    from channel c where c.account_id = :account and c.id = any(cast(:channels as uuid[])) and c.archived_at is null
    on conflict do nothing""")


class Channels(Area):
    apart = True

    def add(
        self,
        kind: str,
        name: str,
        *,
        team_id: UUID,
        key: str | None = None,
        config: Mapping[str, Any] | None = None,
        token_hash: bytes | None = None,
        callback_url: str | None = None,
        callback_secret: bytes | None = None,
    ) -> Channel:
        """A new channel; without a `key` it gets one that nobody can guess."""
        (row,) = self._rows(
            _ADD,
            id=self._new_id(),
            key=key or secrets.token_urlsafe(16),
            kind=kind,
            name=name,
            config=json(dict(config or {})),
            token_hash=token_hash,
            callback_url=callback_url,
            callback_secret=callback_secret,
            team=team_id,
            now=self._now,
        )
        return Channel(*row)

    def get(self, channel_id: UUID) -> Channel | None:
        """Also one that is archived: its conversations keep its name."""
        return self._first(Channel, _GET, id=channel_id)

    def many(self, channel_ids: Sequence[UUID]) -> dict[UUID, Channel]:
        """The same for several."""
        return {channel.id: channel for channel in self._all(Channel, _MANY, ids=list(channel_ids))}

    def by_key(self, key: str) -> Channel | None:
        """The channel of this key or alias."""
        return self._first(Channel, _BY_KEY, key=key)

    def all(self) -> list[Channel]:
        return self._all(Channel, _ALL)

    def change(self, channel_id: UUID, **new: Any) -> Channel | None:
        """Set `name`, `config`, `token_hash`, `callback_url`, `callback_secret` or `team_id`."""
        statement = text(f"""
            update channel set {assignments(new, _MAY_CHANGE)}
            where account_id = :account and id = :id returning {names(Channel)}""")
        return self._first(Channel, statement, id=channel_id, **values(new, _MAY_CHANGE))

    def archive(self, channel_id: UUID) -> None:
        """Its address leads nowhere from now on, and no flow answers there."""
        self._run(_ARCHIVE, id=channel_id, now=self._now)

    def live_flows(self, channel_id: UUID) -> list[LiveFlow]:
        """The published flows bound to a channel, in the order in which they are asked."""
        return [LiveFlow(*flow) for _, *flow in self._rows(READ_ANSWERING, channels=[channel_id])]

    def bindings(self, flow_id: UUID | None = None) -> list[Binding]:
        """Of one flow, or all."""
        return self._all(Binding, _BINDINGS, flow=flow_id)

    def bind(self, flow_id: UUID, channel_ids: Sequence[UUID]) -> None:
        """The flow answers on these channels and on no other; on a new one it is asked last, for any message."""
        self._run(_UNBIND, flow=flow_id, channels=list(channel_ids))
        self._run(_BIND, flow=flow_id, channels=list(channel_ids))
