"""What a person may see of conversations: lists, counts, single look-ups and timelines, all through one filter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import TextClause

from flowengine.core.errors import Invalid
from flowengine.store.area import AnyRow, Area, names, text
from flowengine.store.conversations import Conversation
from flowengine.store.partitions import span

View = Literal["new", "mine", "others", "pending", "finished", "bot", "all"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see: `everything`, else what is theirs, and unless `own_only` what their teams let them."""

    member_id: UUID
    everything: bool = False
    own_only: bool = False
    teams: tuple[UUID, ...] = ()
    supervises: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation stood at some time, as far as that decides who could see it."""

    team_id: UUID
    owner_id: UUID | None
    state: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation with the names that a list shows."""

    conversation: Conversation
    contact_name: str | None
    channel_kind: str
    channel_name: str
    team_slug: str
    team_name: str
    owner_name: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is the cursor of the page after; None on the last."""

    rows: list[Listed]
    next: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A thing on the timeline: `kind` is "message", "note" or "event", `data` what that kind has to say."""

    id: UUID
    kind: str
    at: datetime
    member_id: UUID | None
    member_name: str | None
    data: dict[str, Any]


# The rule of who sees what, once. A team's access: "everyone" (finished ones: all in the account), "team",
# "agent" (the responsible agent and supervisors; in the queue, whoever could take it).
SEEN_BY = """(
    :everything
    or c.owner_id = :member
    or not :own_only and (
        c.team_id = any(cast(:supervises as uuid[]))
        or c.team_id = any(cast(:teams as uuid[])) and (t.access <> 'agent' or c.state = 'queued')
        or t.access = 'everyone' and c.state = 'finished'
    )
)"""
_VIEWS: dict[str, str] = {
    "new": "c.state = 'queued'",
    "mine": "c.state = 'open' and c.owner_id = :member",
    "others": "c.state = 'open' and c.owner_id is distinct from :member",
    "pending": "c.state = 'pending'",
    "finished": "c.state = 'finished'",
    "bot": "c.state = 'bot'",
    "all": "true",
}
_FROM = """
    from conversation c
    join team t on t.account_id = c.account_id and t.id = c.team_id
    join contact p on p.account_id = c.account_id and p.id = c.contact_id
    join channel h on h.account_id = c.account_id and h.id = c.channel_id
    left join member m on m.account_id = c.account_id and m.id = c.owner_id"""
_COLUMNS = f"{names(Conversation, 'c')}, p.name, h.kind, h.name, t.slug, t.name, m.name"
# New ones: urgent first, then who waits longest. All others: what moved last first, straight from an index.
_NEW_ORDER = "case c.priority when 'high' then 0 else 1 end, coalesce(c.queued_at, c.opened_at), c.id"
_ORDER = "c.updated_at desc, c.id desc"
_AFTER_NEW = f"and ({_NEW_ORDER}) > (:rank, cast(:at as timestamptz), cast(:after as uuid))"
_AFTER = "and (c.updated_at, c.id) < (cast(:at as timestamptz), cast(:after as uuid))"
_SEARCH = """(cast(:q as text) is null or p.name ilike :q or p.email ilike :q or p.phone ilike :q
              or c.last_message ->> 'text' ilike :q)"""
_COUNTED = ("new", "mine", "others", "pending", "bot")
_COUNTS = text(f"""
    select {", ".join(f"count(*) filter (where {_VIEWS[view]})" for view in _COUNTED)}
    from conversation c join team t on t.account_id = c.account_id and t.id = c.team_id
    where c.account_id = :account and c.state <> 'finished' and {SEEN_BY}""")
_FIND = text(f"select {_COLUMNS} {_FROM} where c.account_id = :account and c.id = :id and {SEEN_BY}")
_SEEN_OF = text(f"""
    select c.id from conversation c join team t on t.account_id = c.account_id and t.id = c.team_id
    where c.account_id = :account and c.id = any(cast(:ids as uuid[])) and {SEEN_BY}""")
_SEEN_STANDING = text(f"""
    select c.place
    from unnest(cast(:of_teams as uuid[]), cast(:owners as uuid[]), cast(:states as text[]))
        with ordinality as c(team_id, owner_id, state, place)
    join team t on t.account_id = :account and t.id = c.team_id
    where {SEEN_BY}""")
_TIMELINE = text("""
    select i.id, i.kind, i.at, i.member_id, m.name, i.data from (
        (select id, 'message' as kind, created_at as at, member_id, jsonb_build_object(
                    'author', author, 'body', body, 'status', status, 'error', error, 'client_id', client_id,
                    'node', node, 'run', run_id) as data
         from message
         where account_id = :account and conversation_id = :id and id >= :since and id < :until
           and (cast(:before as uuid) is null or id < cast(:before as uuid))
         order by id desc limit :most)
        union all
        (select id, 'note', at, member_id, jsonb_build_object('text', text) from note
         where account_id = :account and conversation_id = :id
           and (cast(:before as uuid) is null or id < cast(:before as uuid))
         order by id desc limit :most)
        union all
        (select id, 'event', at, member_id, jsonb_build_object('what', what, 'where', where_done, 'data', data)
         from conversation_event
         where account_id = :account and conversation_id = :id
           and (cast(:before as uuid) is null or id < cast(:before as uuid))
         order by id desc limit :most)
    ) i
    left join member m on m.account_id = :account and m.id = i.member_id
    order by i.id desc limit :most""")


class Inbox(Area):
    def page(
        self, sight: Sight, view: View, *, cursor: str | None = None, q: str | None = None, most: int = 50
    ) -> Page:
        """One page of a view. `q` looks in the contact's name and addresses and in the last message."""
        after = _read_cursor(cursor) if cursor else {}
        pattern = f"%{_plain(q)}%" if q else None
        statement = _page(view, bool(cursor))
        rows = [_listed(row) for row in self._rows(statement, **_sight(sight), **after, q=pattern, most=most + 1)]
        shown = rows[:most]
        return Page(shown, _cursor(view, shown[-1].conversation) if len(rows) > most else None)

    def counts(self, sight: Sight) -> dict[str, int]:
        """How many in "new", "mine", "others", "pending", "bot"."""
        (row,) = self._rows(_COUNTS, **_sight(sight))
        return dict(zip(_COUNTED, row, strict=True))

    def find(self, sight: Sight, conversation_id: UUID) -> Listed | None:
        """None: there is none, or this person may not know of it."""
        rows = self._rows(_FIND, id=conversation_id, **_sight(sight))
        return _listed(rows[0]) if rows else None

    def seen_by(self, sight: Sight, conversation_ids: Iterable[UUID]) -> set[UUID]:
        """Those of these conversations that the person may see."""
        return {id for (id,) in self._rows(_SEEN_OF, ids=list(conversation_ids), **_sight(sight))}

    def could_see(self, sight: Sight, standings: Sequence[Standing]) -> set[Standing]:
        """Those in which the person could see a conversation."""
        rows = self._rows(
            _SEEN_STANDING,
            of_teams=[each.team_id for each in standings],
            owners=[each.owner_id for each in standings],
            states=[each.state for each in standings],
            **_sight(sight),
        )
        return {standings[place - 1] for (place,) in rows}

    def timeline(self, conversation_id: UUID, *, before: UUID | None = None, most: int = 50) -> tuple[list[Item], bool]:
        """The last items before one, oldest first, and whether there are more. Look the conversation up first."""
        bounds = span(conversation_id, self._new_id())
        items = self._all(Item, _TIMELINE, id=conversation_id, before=before, most=most + 1, **bounds)
        return items[:most][::-1], len(items) > most


@cache
def _page(view: View, has_cursor: bool) -> TextClause:
    order, after = (_NEW_ORDER, _AFTER_NEW) if view == "new" else (_ORDER, _AFTER)
    return text(f"""
        select {_COLUMNS} {_FROM}
        where c.account_id = :account and {_VIEWS[view]} and {SEEN_BY} and {_SEARCH} {after if has_cursor else ""}
        order by {order} limit :most""")


_WIDTH = len(fields(Conversation))


def _listed(row: AnyRow) -> Listed:
    return Listed(Conversation(*row[:_WIDTH]), *row[_WIDTH:])


def _sight(sight: Sight) -> dict[str, Any]:
    return {
        "member": sight.member_id,
        "everything": sight.everything,
        "own_only": sight.own_only,
        "teams": list(sight.teams),
        "supervises": list(sight.supervises),
    }


def _cursor(view: View, last: Conversation) -> str:
    rank, at = (last.priority != "high", last.queued_at or last.opened_at) if view == "new" else (0, last.updated_at)
    return f"{int(rank)}~{at.isoformat()}~{last.id}"


def _read_cursor(cursor: str) -> dict[str, Any]:
    try:
        rank, at, id = cursor.split("~")
        return {"rank": int(rank), "at": datetime.fromisoformat(at), "after": UUID(id)}
    except ValueError as wrong:
        raise Invalid("this cursor is none of ours", detail={"pointer": "/cursor"}) from wrong


def _plain(q: str) -> str:
    """What LIKE would take for a wildcard is meant as it stands."""
    return q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
