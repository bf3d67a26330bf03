"""What is known of a contact, found by the marks of the columns: handed out to them, or erased for good (LGPD).

Rows that tell nothing but of the person go. Rows that others count on (a conversation, a message, a turn) stay, with
every column that is marked personal emptied.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, TextClause
from sqlalchemy.dialects.postgresql import JSONB

from flowengine.store.area import Area, names, text
from flowengine.store.tables import metadata

_TALKS = "select id from conversation where account_id = :account and contact_id = :contact"
_RUNS = "select id from run where account_id = :account and contact_id = :contact"
_IDENTITIES = "select id from contact_identity where account_id = :account and contact_id = :contact"
# Of a run the walk so far is left, as numbers and node ids: nothing that was said. It walks no further.
_BARE = """state || '{"variables": {}, "answers": {}, "kept": [], "frames": [], "wait": null, "error": null,
                      "status": "ended", "outcome": "erased"}'"""


@dataclass(frozen=True, slots=True)
class Holding:
    """A table with rows about a contact: `whose` finds them, `goes` says whether they go or are emptied.

    `also` is set on those that stay; `instead` is what a column is emptied to where nothing would not do.
    """

    whose: str
    goes: bool = False
    also: str = ""
    instead: Mapping[str, str] | None = None


# In this order: what is found through another table comes before that goes.
HOLDINGS: Mapping[str, Holding] = {
    "intake": Holding("lane_id = :contact", goes=True),
    "outbox": Holding(
        f"(lane_id = :contact or contact_id = :contact or conversation_id in ({_TALKS}) or run_id in ({_RUNS}))",
        goes=True,
    ),
    "dead_letter": Holding("cast(:contact as text) in (was ->> 'lane_id', was ->> 'contact_id')", goes=True),
    "outgoing": Holding(f"identity_id in ({_IDENTITIES})", goes=True),
    "contact_identity": Holding("contact_id = :contact", goes=True),
    "contact_field": Holding("contact_id = :contact", goes=True),
    "contact_note": Holding("contact_id = :contact", goes=True),
    "contact_tag": Holding("contact_id = :contact", goes=True),
    "consent": Holding("contact_id = :contact", goes=True),
    "portfolio_contact": Holding("contact_id = :contact", goes=True),
    "happened": Holding("lane_id = :contact", goes=True),
    "note": Holding(f"conversation_id in ({_TALKS})", goes=True),
    "conversation_event": Holding(f"conversation_id in ({_TALKS})"),
    "message": Holding(f"conversation_id = any(array({_TALKS}))"),
    "turn": Holding(f"run_id = any(array({_RUNS}))"),
    "run": Holding(
        "contact_id = :contact",
        also="""status = case status when 'open' then 'ended' else status end, ended_at = coalesce(ended_at, :now),
                reason = case status when 'open' then 'erased' else reason end""",
        instead={"state": _BARE},
    ),
    "conversation": Holding(
        "contact_id = :contact",
        also="""state = 'finished', finished_at = coalesce(finished_at, :now), floor_run_id = null, unread = 0,
                finish_reason = case state when 'finished' then finish_reason else 'erased' end,
                waiting_since = null, version = version + 1, updated_at = :now""",
    ),
    "contact": Holding("id = :contact", also="owner_id = null, owner_at = null, erased_at = :now, updated_at = :now"),
}
# What is marked personal and is no contact's, or goes by another way.
ELSEWHERE = {
    "member": "somebody who works here",
    "login": "somebody who works here",
    "answer": "what a program was answered; forgotten after a day",
    "audit": "may not be changed: erase_audit empties it as the owner",
}

_LOCK = text("select id from lane where account_id = :account and id = :contact for no key update")
_THERE = text("select id from contact where account_id = :account and id = :contact and erased_at is null for update")
_HOLD_TALKS = text(f"{_TALKS} order by id for no key update")
_AUDIT = text("select erase_audit(:contact)")
_REST = text("update lane set due_at = null where account_id = :account and id = :contact")
_NOTE = text("""
    insert into erasure (account_id, contact_id, member_id, at) values (:account, :contact, :member, :at)
    on conflict do nothing""")


@dataclass(frozen=True, slots=True)
class Erased:
    """A line of the ledger: ids and a time, nothing of the person."""

    contact_id: UUID
    member_id: UUID | None
    at: datetime


_LEDGER = text(f"select {names(Erased)} from erasure where account_id = :account order by at, contact_id")
_LATE = text("""
    select e.contact_id from erasure e
    where e.account_id = :account and e.at >= :since
      and (exists (select from intake i where i.account_id = :account and i.lane_id = e.contact_id)
           or exists (select from conversation c
                      join message m on m.account_id = c.account_id and m.conversation_id = c.id
                      where c.account_id = :account and c.contact_id = e.contact_id and m.body <> '{}'))""")
_IS_ERASED = text("select exists(select from erasure where account_id = :account and contact_id = :contact)")


class Erasure(Area):
    def export(self, contact_id: UUID) -> dict[str, list[dict[str, Any]]]:
        """Everything that is kept about a contact, by table; of each row its personal columns and its times and ids."""
        return {
            table: [row for (row,) in rows]
            for table, statement in _EXPORTS.items()
            if (rows := self._rows(statement, contact=contact_id))
        }

    def erase(self, contact_id: UUID) -> dict[str, int] | None:
        """Rows gone or emptied, by table; None where there is no such contact, or no longer.

        Waits for the turn that is being taken, and for people who write. Runs end where they stand, conversations are
        finished.
        """
        self._rows(_LOCK, contact=contact_id)
        if not self._rows(_THERE, contact=contact_id):
            return None
        return self._empty(contact_id)

    def erase_what_came_late(self, since: datetime) -> int:
        """Finds what was on its way in while its sender was erased; how many were erased once more."""
        late = [contact for (contact,) in self._rows(_LATE, since=since)]
        for contact_id in late:
            self._rows(_LOCK, contact=contact_id)
            self._empty(contact_id)
        return len(late)

    def _empty(self, contact_id: UUID) -> dict[str, int]:
        self._rows(_HOLD_TALKS, contact=contact_id)  # who writes in one has done so by now, or finds it finished
        done = {table: self._run(statement, **self._values(table, contact_id)) for table, statement in _ERASES.items()}
        done["audit"] = self._value(_AUDIT, contact=contact_id)
        self._run(_REST, contact=contact_id)
        return {table: rows for table, rows in done.items() if rows}

    def note(self, contact_id: UUID, by: UUID | None, at: datetime) -> None:
        """Put into the ledger who was erased; once."""
        self._run(_NOTE, contact=contact_id, member=by, at=at)

    def ledger(self) -> list[Erased]:
        """The oldest first."""
        return self._all(Erased, _LEDGER)

    def is_erased(self, contact_id: UUID) -> bool:
        return bool(self._value(_IS_ERASED, contact=contact_id))

    def _values(self, table: str, contact_id: UUID) -> dict[str, Any]:
        return {"contact": contact_id, **({"now": self._now} if ":now" in HOLDINGS[table].also else {})}


def _erases() -> Iterator[tuple[str, TextClause]]:
    for table, holding in HOLDINGS.items():
        whose = f"account_id = :account and {holding.whose}"
        if holding.goes:
            yield table, text(f"delete from {table} where {whose}")
            continue
        emptied = [f"{column.name} = {_nothing(column, holding)}" for column in personal(table)]
        new = ", ".join([*emptied, *([holding.also] if holding.also else [])])
        yield table, text(f"update {table} set {new} where {whose}")


def _exports() -> Iterator[tuple[str, TextClause]]:
    for table, holding in HOLDINGS.items():
        shown = ", ".join(f"'{column}', {column}" for column in _shown(table))
        where = f"account_id = :account and {holding.whose}"
        yield (
            table,
            text(f"select jsonb_strip_nulls(jsonb_build_object({shown})) from {table} where {where} order by 1"),
        )


def personal(table: str) -> list[Column[Any]]:
    return [column for column in metadata.tables[table].columns if column.info["personal"]]


def _shown(table: str) -> list[str]:
    """What says something to the person: the account is known, and counters are ours."""
    plain = {"lease_token", "account_id", "number", "position", "version", "owner_epoch", "attempts", "arrival"}
    return [column.name for column in metadata.tables[table].columns if column.name not in plain]


def _nothing(column: Column[Any], holding: Holding) -> str:
    if holding.instead and column.name in holding.instead:
        return holding.instead[column.name]
    if column.nullable:
        return "null"
    if isinstance(column.type, JSONB):
        return f"cast(case jsonb_typeof({column.name}) when 'array' then '[]' else '{{}}' end as jsonb)"
    return "''"


_ERASES = dict(_erases())
_EXPORTS = dict(_exports())
