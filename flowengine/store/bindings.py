"""When each flow of a channel listens there, to what, and in which order they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, text


@dataclass(frozen=True, slots=True)
class Listening:
    """How a flow listens on a channel.

    `hours`: "always", or only "inside" or "outside" the hours of the channel's team. `any_message`: whether the flow's
    own starts for any message count. `keywords` start it as well, besides those that its document has.
    """

    flow_id: UUID
    hours: str = "always"
    any_message: bool = True
    keywords: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Listener:
    """A flow that is bound to a channel; `starts` are the start nodes of its live version, None where none is live.

    Nobody begins one that is `stopped`.
    """

    flow_id: UUID
    key: str
    name: str
    hours: str
    any_message: bool
    keywords: list[str]
    stopped: bool
    starts: list[dict[str, Any]] | None


_OF = text("""
    select f.id, f.key, f.name, b.hours, b.any_message, b.keywords, f.stopped_at is not null,
           case when v.id is not null then jsonb_path_query_array(v.document, '$.nodes[*] ? (@.type == "trigger")') end
    from binding b
    join flow f on f.account_id = b.account_id and f.id = b.flow_id
    left join flow_version v on v.account_id = f.account_id and v.id = f.live_version_id
    where b.account_id = :account and b.channel_id = :channel and f.archived_at is null
    order by b.position, f.created_at, f.id""")
_CLEAR = text("delete from binding where account_id = :account and channel_id = :channel")
_SET = text("""
    insert into binding (account_id, channel_id, flow_id, position, hours, any_message, keywords)
    select :account, :channel, cast(each ->> 'flow_id' as uuid), place - 1, each ->> 'hours',
           cast(each ->> 'any_message' as boolean), each -> 'keywords'
    from jsonb_array_elements(cast(:listenings as jsonb)) with ordinality as e (each, place)""")
_HELD = text("select id from channel where account_id = :account and id = :channel for no key update")


class Bindings(Area):
    apart = True

    def of(self, channel_id: UUID) -> list[Listener]:
        """In the order in which they are asked."""
        return self._all(Listener, _OF, channel=channel_id)

    def hold(self, channel_id: UUID) -> None:
        """Nobody else sets this channel's until the transaction ends."""
        self._run(_HELD, channel=channel_id)

    def set(self, channel_id: UUID, listenings: Sequence[Listening]) -> None:
        """These flows answer on the channel, asked in this order, and no other."""
        self._run(_CLEAR, channel=channel_id)
        self._run(_SET, channel=channel_id, listenings=json(list(listenings)))
