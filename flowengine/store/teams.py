"""Teams, who is in them, and how much each of them has to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, assignments, json, names, text, values


@dataclass(frozen=True, slots=True)
class Team:
    """`texts` are what a contact is told: {"closed", "busy", …}. Every account has one default team."""

    id: UUID
    slug: str
    name: str
    access: str
    hours_id: UUID | None
    texts: dict[str, Any]
    distribution: str
    is_default: bool
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A team as one of its people sees it."""

    team_id: UUID
    slug: str
    name: str
    access: str
    agent: bool
    supervisor: bool


@dataclass(frozen=True, slots=True)
class Teammate:
    """A person of a team, with the load on them; `open_conversations` counts over all teams."""

    team_id: UUID
    member_id: UUID
    name: str
    presence: str
    capacity: int
    agent: bool
    supervisor: bool
    open_conversations: int


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait in a team's queue, and since when the first of them."""

    team_id: UUID
    queued: int
    waiting_since: datetime | None


_MAY_CHANGE = {"name": "text", "access": "text", "hours_id": "uuid", "texts": "jsonb", "archived_at": "timestamptz"}

_ADD = text(f"""
    insert into team (account_id, id, slug, name, access, hours_id, texts, is_default, created_at)
    values (:account, :id, :slug, :name, :access, cast(:hours as uuid), cast(:texts as jsonb), :is_default, :now)
    returning {names(Team)}""")
_GET = text(f"select {names(Team)} from team where account_id = :account and id = :id")
_BY_SLUG = text(f"select {names(Team)} from team where account_id = :account and slug = :slug and archived_at is null")
_DEFAULT = text(f"select {names(Team)} from team where account_id = :account and is_default")
_ALL = text(f"select {names(Team)} from team where account_id = :account and archived_at is null order by name, id")
_PUT = text("""
    insert into team_member (account_id, team_id, member_id, agent, supervisor)
    values (:account, :team, :member, :agent, :supervisor)
    on conflict (account_id, team_id, member_id) do update set agent = :agent, supervisor = :supervisor""")
_TAKE_OFF = text("delete from team_member where account_id = :account and team_id = :team and member_id = :member")
_MEMBERSHIPS = text("""
    select t.id, t.slug, t.name, t.access, tm.agent, tm.supervisor
    from team_member tm join team t on t.account_id = tm.account_id and t.id = tm.team_id
    where tm.account_id = :account and tm.member_id = :member and t.archived_at is null
    order by t.name, t.id""")
_TEAMMATES = text("""
    select tm.team_id, m.id, m.name, m.presence, m.capacity, tm.agent, tm.supervisor,
        (select count(*) from conversation c
         where c.account_id = m.account_id and c.owner_id = m.id and c.state = 'open')
    from team_member tm join member m on m.account_id = tm.account_id and m.id = tm.member_id
    where tm.account_id = :account and m.removed_at is null and m.role not in ('builder', 'viewer')
      and (cast(:team as uuid) is null or tm.team_id = cast(:team as uuid))
    order by m.name, m.id""")
_QUEUES = text("""
    select team_id, count(*), min(queued_at) from conversation
    where account_id = :account and state = 'queued' group by team_id""")


class Teams(Area):
    def add(
        self,
        slug: str,
        name: str,
        *,
        access: str = "team",
        hours_id: UUID | None = None,
        texts: dict[str, Any] | None = None,
        is_default: bool = False,
    ) -> Team:
        (row,) = self._rows(
            _ADD,
            id=self._new_id(),
            slug=slug,
            name=name,
            access=access,
            hours=hours_id,
            texts=json(texts or {}),
            is_default=is_default,
            now=self._now,
        )
        return Team(*row)

    def get(self, team_id: UUID) -> Team | None:
        return self._first(Team, _GET, id=team_id)

    def by_slug(self, slug: str) -> Team | None:
        """None also for an archived one."""
        return self._first(Team, _BY_SLUG, slug=slug)

    def default(self) -> Team:
        """The team that takes what nobody else can."""
        team = self._first(Team, _DEFAULT)
        if team is None:
            raise LookupError("the account has no default team")
        return team

    def all(self) -> list[Team]:
        return self._all(Team, _ALL)

    def change(self, team_id: UUID, **new: Any) -> Team | None:
        """Set `name`, `access`, `hours_id`, `texts` or `archived_at`."""
        statement = text(f"""
            update team set {assignments(new, _MAY_CHANGE)}
            where account_id = :account and id = :id returning {names(Team)}""")
        return self._first(Team, statement, id=team_id, **values(new, _MAY_CHANGE))

    def put_member(self, team_id: UUID, member_id: UUID, *, agent: bool = True, supervisor: bool = False) -> None:
        self._run(_PUT, team=team_id, member=member_id, agent=agent, supervisor=supervisor)

    def take_off(self, team_id: UUID, member_id: UUID) -> None:
        self._run(_TAKE_OFF, team=team_id, member=member_id)

    def memberships(self, member_id: UUID) -> list[Membership]:
        return self._all(Membership, _MEMBERSHIPS, member=member_id)

    def teammates(self, team_id: UUID | None = None) -> list[Teammate]:
        """The people of one team, or of all, who may answer contacts."""
        return self._all(Teammate, _TEAMMATES, team=team_id)

    def queues(self) -> list[Queue]:
        """Teams with somebody waiting."""
        return self._all(Queue, _QUEUES)
