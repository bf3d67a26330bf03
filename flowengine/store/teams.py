"""Teams, who is in them, and how much each of them has to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.aliases import resolved
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
class TeamMember:
    """A person of a team, whatever their role."""

    member_id: UUID
    slug: str
    name: str
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


_MAY_CHANGE = {
    "name": "text",
    "access": "text",
    "hours_id": "uuid",
    "texts": "jsonb",
    "is_default": "boolean",
    "archived_at": "timestamptz",
}

_ADD = text(f"""
    insert into team (account_id, id, slug, name, access, hours_id, texts, is_default, created_at)
    values (:account, :id, :slug, :name, :access, cast(:hours as uuid), cast(:texts as jsonb), :is_default, :now)
    returning {names(Team)}""")
_GET = text(f"select {names(Team)} from team where account_id = :account and id = :id")
_BY_SLUG = text(f"""
    select {names(Team)} from team where account_id = :account and slug = {resolved("team")} and archived_at is null""")
_HAS_SLUG = text("""
    select exists(select from team where account_id = :account and slug = :slug)
        or exists(select from alias where account_id = :account and kind = 'team' and alias = :slug)""")
_DEFAULT = text(f"select {names(Team)} from team where account_id = :account and is_default")
_ALL = text(f"select {names(Team)} from team where account_id = :account and archived_at is null order by name, id")
_PUT = text("""
    insert into team_member (account_id, team_id, member_id, agent, supervisor)
    values (:account, :team, :member, :agent, :supervisor)
    on conflict (account_id, team_id, member_id) do update set agent = :agent, supervisor = :supervisor""")
_MEMBERS = text("""
    select m.id, m.slug, m.name, tm.agent, tm.supervisor
    from team_member tm join member m on m.account_id = tm.account_id and m.id = tm.member_id
    where tm.account_id = :account and tm.team_id = :team and m.removed_at is null
    order by m.name, m.id""")
_NO_DEFAULT = text("""
    update team set is_default = false
    where account_id = :account and is_default and exists (
        select from team other where other.account_id = :account and other.id = :id and other.archived_at is null)""")
# What an archived team had goes to another; talks that are over stay where they were.
_MOVE = tuple(
    text(statement)
    for statement in (
        "update channel set team_id = :to where account_id = :account and team_id = :team",
        "update snippet set team_id = :to where account_id = :account and team_id = :team",
        """insert into portfolio_team (account_id, portfolio_id, team_id)
           select account_id, portfolio_id, cast(:to as uuid) from portfolio_team
           where account_id = :account and team_id = :team on conflict do nothing""",
        "delete from portfolio_team where account_id = :account and team_id = :team",
    )
)
_ARCHIVE = text("""
    update team set archived_at = :now, hours_id = null
    where account_id = :account and id = :id and archived_at is null and not is_default""")
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
        """The team of this slug or alias; None also for an archived one."""
        return self._first(Team, _BY_SLUG, slug=slug)

    def has_slug(self, slug: str) -> bool:
        """Whether a team, an archived one too, or an alias has it."""
        return bool(self._value(_HAS_SLUG, slug=slug))

    def default(self) -> Team:
        """The team that takes what nobody else can."""
        team = self._first(Team, _DEFAULT)
        if team is None:
            raise LookupError("the account has no default team")
        return team

    def all(self) -> list[Team]:
        return self._all(Team, _ALL)

    def change(self, team_id: UUID, **new: Any) -> Team | None:
        """Set `name`, `access`, `hours_id`, `texts`, `is_default` or `archived_at`."""
        statement = text(f"""
            update team set {assignments(new, _MAY_CHANGE)}
            where account_id = :account and id = :id returning {names(Team)}""")
        return self._first(Team, statement, id=team_id, **values(new, _MAY_CHANGE))

    def put_member(self, team_id: UUID, member_id: UUID, *, agent: bool = True, supervisor: bool = False) -> None:
        self._run(_PUT, team=team_id, member=member_id, agent=agent, supervisor=supervisor)

    def take_off(self, team_id: UUID, member_id: UUID) -> None:
        self._run(_TAKE_OFF, team=team_id, member=member_id)

    def members(self, team_id: UUID) -> list[TeamMember]:
        """All who are in it, by name."""
        return self._all(TeamMember, _MEMBERS, team=team_id)

    def make_default(self, team_id: UUID) -> None:
        """It takes what nobody else can from now on."""
        if self._run(_NO_DEFAULT, id=team_id):
            self.change(team_id, is_default=True)

    def archive(self, team_id: UUID, to: UUID) -> bool:
        """Its channels, snippets and portfolios go `to` another; False for the default team, which cannot go."""
        if not self._run(_ARCHIVE, id=team_id, now=self._now):
            return False
        for statement in _MOVE:
            self._run(statement, team=team_id, to=to)
        return True

    def memberships(self, member_id: UUID) -> list[Membership]:
        return self._all(Membership, _MEMBERSHIPS, member=member_id)

    def teammates(self, team_id: UUID | None = None) -> list[Teammate]:
        """The people of one team, or of all, who may answer contacts."""
        return self._all(Teammate, _TEAMMATES, team=team_id)

    def queues(self) -> list[Queue]:
        """Teams with somebody waiting."""
        return self._all(Queue, _QUEUES)
