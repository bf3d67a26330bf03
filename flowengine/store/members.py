"""Members: the people who work in an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.slugs import free_slug, slug_of
from flowengine.store.aliases import resolved
from flowengine.store.area import Area, assignments, names, text, values


@dataclass(frozen=True, slots=True)
class Member:
    """`capacity` is how many open conversations the person takes at once; `slug` is how documents name them."""

    id: UUID
    login_id: UUID | None
    slug: str
    name: str
    role: str
    presence: str
    capacity: int
    created_at: datetime
    removed_at: datetime | None


_MAY_CHANGE = {"name": "text", "role": "text", "presence": "text", "capacity": "integer"}

_ADD = text(f"""
    with one as (
        insert into member (account_id, id, login_id, slug, name, role, capacity, created_at)
        values (:account, :id, :login, :slug, :name, :role, :capacity, :now)
        returning {names(Member)}
    ), door as (
        insert into login_account (login_id, account_id, member_id)
        select login_id, :account, id from one where login_id is not null
    )
    select {names(Member)} from one""")
_GET = text(f"select {names(Member)} from member where account_id = :account and id = :id")
_BY_SLUG = text(f"""
    select {names(Member)} from member
    where account_id = :account and slug = {resolved("user")} and removed_at is null""")
_TAKEN = text("""
    select exists(select from member where account_id = :account and slug = :slug)
        or exists(select from alias where account_id = :account and kind = 'user' and alias = :slug)""")
_ALL = text(f"select {names(Member)} from member where account_id = :account and removed_at is null order by name, id")
# By compare: of any number who notice the same, one makes the change.
_COME = text("""
    update member set presence = 'online'
    where account_id = :account and id = any(cast(:ids as uuid[])) and presence = 'offline' and removed_at is null
    returning id""")
_LEAVE = text("""
    update member set presence = 'offline'
    where account_id = :account and id = any(cast(:ids as uuid[])) and presence <> 'offline'
    returning id""")
_SESSION_EPOCH = text("""
    select l.session_epoch from member m join login l on l.id = m.login_id
    where m.account_id = :account and m.id = :id and m.removed_at is null""")
_REMOVE = text("""
    with gone as (
        update member set removed_at = :now, presence = 'offline'
        where account_id = :account and id = :id and removed_at is null
        returning id
    )
    delete from login_account where account_id = :account and member_id in (select id from gone)""")


class Members(Area):
    apart = True

    def add(self, name: str, role: str, *, login_id: UUID | None = None, capacity: int = 5) -> Member:
        """The slug is made from the name, once; who was removed keeps theirs."""
        slug = free_slug(slug_of(name) or "x", lambda wanted: bool(self._value(_TAKEN, slug=wanted)))
        (row,) = self._rows(
            _ADD, id=self._new_id(), login=login_id, slug=slug, name=name, role=role, capacity=capacity, now=self._now
        )
        return Member(*row)

    def get(self, member_id: UUID) -> Member | None:
        """Also one that was removed: what they did keeps their name."""
        return self._first(Member, _GET, id=member_id)

    def by_slug(self, slug: str) -> Member | None:
        """By the slug or an alias of it; None also for one that was removed."""
        return self._first(Member, _BY_SLUG, slug=slug)

    def session_epoch(self, member_id: UUID) -> int | None:
        """Sessions of another epoch than this are over; None for who cannot enter."""
        epoch: int | None = self._value(_SESSION_EPOCH, id=member_id)
        return epoch

    def all(self) -> list[Member]:
        return self._all(Member, _ALL)

    def change(self, member_id: UUID, **new: Any) -> Member | None:
        """Set `name`, `role`, `presence` or `capacity`."""
        statement = text(f"""
            update member set {assignments(new, _MAY_CHANGE)}
            where account_id = :account and id = :id and removed_at is null
            returning {names(Member)}""")
        return self._first(Member, statement, id=member_id, **values(new, _MAY_CHANGE))

    def come(self, member_ids: Collection[UUID]) -> list[UUID]:
        """Offline no longer, but online; those whom this changed."""
        return [id for (id,) in self._rows(_COME, ids=sorted(member_ids))]

    def leave(self, member_ids: Collection[UUID]) -> list[UUID]:
        """Online or away no longer; those whom this changed."""
        return [id for (id,) in self._rows(_LEAVE, ids=sorted(member_ids))]

    def remove(self, member_id: UUID) -> None:
        """They can no longer enter; what they did stays."""
        self._run(_REMOVE, id=member_id, now=self._now)
