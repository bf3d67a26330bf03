"""Portfolios: contacts that always go to one agent, or to the agents of some teams."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict
from flowengine.core.slugs import free_slug
from flowengine.store.aliases import resolved
from flowengine.store.area import Area, assignments, text, values


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`kind` "one": `owner` (a slug) has it; "several": `teams` (slugs) share it."""

    id: UUID
    slug: str
    name: str
    kind: str
    owner_id: UUID | None
    owner: str | None
    teams: list[str]
    contacts: int


_MAY_CHANGE = {"name": "text", "kind": "text", "owner_id": "uuid"}

_ADD = text("""
    insert into portfolio (account_id, id, slug, name, kind, owner_id, created_at)
    values (:account, :id, :slug, :name, :kind, cast(:owner as uuid), :now)
    on conflict (account_id, slug) do nothing""")
_READ = """
    select p.id, p.slug, p.name, p.kind, p.owner_id, m.slug,
        array(select t.slug from portfolio_team pt join team t on t.account_id = pt.account_id and t.id = pt.team_id
              where pt.account_id = p.account_id and pt.portfolio_id = p.id order by t.slug),
        (select count(*) from portfolio_contact pc where pc.account_id = p.account_id and pc.portfolio_id = p.id)
    from portfolio p left join member m on m.account_id = p.account_id and m.id = p.owner_id
    where p.account_id = :account"""
_NAMED = text(f"{_READ} and p.slug = {resolved('portfolio')}")
_ALL = text(f"{_READ} order by p.name, p.id")
_OF_CONTACT = text(f"""
    {_READ} and p.id in (
        select portfolio_id from portfolio_contact where account_id = :account and contact_id = :contact)
    order by p.name, p.id""")
_SET_TEAMS = text("""
    with gone as (
        delete from portfolio_team
        where account_id = :account and portfolio_id = :id and not team_id = any(cast(:teams as uuid[]))
    )
    insert into portfolio_team (account_id, portfolio_id, team_id)
    select :account, :id, team_id from unnest(cast(:teams as uuid[])) as g(team_id)
    on conflict do nothing""")
# Nobody puts a contact into it from here on; whoever is about to, comes first.
_LOCK = text("select id from portfolio where account_id = :account and id = :id for update")
_MOVE = text("""
    with gone as (
        delete from portfolio_contact where account_id = :account and portfolio_id = :id returning contact_id, at
    )
    insert into portfolio_contact (account_id, portfolio_id, contact_id, at)
    select :account, cast(:successor as uuid), contact_id, at from gone where cast(:successor as uuid) is not null
    on conflict do nothing""")
_REMOVE = text("""
    with teams as (delete from portfolio_team where account_id = :account and portfolio_id = :id),
         contacts as (delete from portfolio_contact where account_id = :account and portfolio_id = :id)
    delete from portfolio where account_id = :account and id = :id""")
_PUT = text("""
    insert into portfolio_contact (account_id, portfolio_id, contact_id, at)
    select :account, :id, c.id, :now from contact c
    where c.account_id = :account and c.id = any(cast(:contacts as uuid[]))
    on conflict do nothing""")
_TAKE_OUT = text("""
    delete from portfolio_contact where account_id = :account and portfolio_id = :id and contact_id = :contact""")


class Portfolios(Area):
    def add(self, slug: str, *, name: str, kind: str, owner_id: UUID | None = None) -> Portfolio:
        """A new one; Conflict where a portfolio or an alias has this slug."""
        if self.named(slug) is not None or not self._run(
            _ADD, id=self._new_id(), slug=slug, name=name, kind=kind, owner=owner_id, now=self._now
        ):
            raise Conflict(f"the slug {slug!r} is taken", detail={"pointer": "/slug", "slug": slug})
        added = self.named(slug)
        assert added is not None
        return added

    def free(self, wanted: str) -> str:
        """`wanted`, or with a number behind it: a slug that neither a portfolio nor an alias has."""
        return free_slug(wanted, lambda slug: self.named(slug) is not None)

    def named(self, slug: str) -> Portfolio | None:
        """The portfolio of this slug, or of this alias."""
        return self._first(Portfolio, _NAMED, slug=slug)

    def all(self) -> list[Portfolio]:
        """By name."""
        return self._all(Portfolio, _ALL)

    def of_contact(self, contact_id: UUID) -> list[Portfolio]:
        return self._all(Portfolio, _OF_CONTACT, contact=contact_id)

    def change(self, portfolio_id: UUID, **new: Any) -> None:
        """Set `name`, `kind` or `owner_id`."""
        statement = text(f"""
            update portfolio set {assignments(new, _MAY_CHANGE)} where account_id = :account and id = :id""")
        self._run(statement, id=portfolio_id, **values(new, _MAY_CHANGE))

    def set_teams(self, portfolio_id: UUID, team_ids: Collection[UUID]) -> None:
        """These teams share it and no others."""
        self._run(_SET_TEAMS, id=portfolio_id, teams=sorted(team_ids))

    def put(self, portfolio_id: UUID, contact_ids: Collection[UUID]) -> int:
        """Contacts into it; how many were not."""
        return self._run(_PUT, id=portfolio_id, contacts=sorted(contact_ids), now=self._now)

    def take_out(self, portfolio_id: UUID, contact_id: UUID) -> bool:
        return bool(self._run(_TAKE_OUT, id=portfolio_id, contact=contact_id))

    def hand_over(self, portfolio_id: UUID, successor: UUID | None) -> None:
        """Its contacts go to the successor, or into none."""
        self._run(_LOCK, id=portfolio_id)
        self._run(_MOVE, id=portfolio_id, successor=successor)

    def remove(self, portfolio_id: UUID) -> None:
        self._run(_REMOVE, id=portfolio_id)
