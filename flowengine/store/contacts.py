"""Contacts with what is known of them, and the identities by which channels know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, assignments, names, text, values
from flowengine.store.fields import VALUE


@dataclass(frozen=True, slots=True)
class Contact:
    """`tags` are slugs; `fields` the account's own by slug, as plain JSON; `consent` "in" or "out" by kind of channel;
    `owner` {slug, name}; `agent` the same of the person who had a conversation with them last.
    """

    id: UUID
    name: str | None
    email: str | None
    phone: str | None
    language: str | None
    timezone: str | None
    score: int
    owner_id: UUID | None
    created_at: datetime
    updated_at: datetime
    last_seen_at: datetime | None
    tags: list[str]
    fields: dict[str, Any]
    consent: dict[str, str]
    owner: dict[str, str] | None
    agent: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact in the list of contacts; `owner` {slug, name}."""

    id: UUID
    name: str | None
    email: str | None
    phone: str | None
    score: int
    tags: list[str]
    owner: dict[str, str] | None
    created_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a contact is on one channel; `out_number` is the number of the last message sent there."""

    id: UUID
    contact_id: UUID
    channel_id: UUID
    external_id: str
    name: str | None
    out_number: int
    created_at: datetime


_MAY_CHANGE = {
    "name": "text",
    "email": "text",
    "phone": "text",
    "language": "text",
    "timezone": "text",
    "score": "integer",
    "owner_id": "uuid",
    "owner_at": "timestamptz",
}

_TAGS = """
    array(select t.slug from contact_tag ct join tag t on t.account_id = ct.account_id and t.id = ct.tag_id
          where ct.account_id = contact.account_id and ct.contact_id = contact.id order by t.slug)"""
_OWNER = """
    (select jsonb_build_object('slug', m.slug, 'name', m.name) from member m
     where m.account_id = contact.account_id and m.id = contact.owner_id)"""
# A turn reads this once: each part is found by the front of a key, and nothing is sorted but a few tags.
_ALL = f"""
    id, name, email, phone, language, timezone, score, owner_id, created_at, updated_at, last_seen_at, {_TAGS},
    (select coalesce(jsonb_object_agg(f.slug, {VALUE}), '{{}}')
     from contact_field v join field f on f.account_id = v.account_id and f.id = v.field_id
     where v.account_id = contact.account_id and v.contact_id = contact.id),
    (select coalesce(jsonb_object_agg(s.channel_kind, s.state), '{{}}') from consent s
     where s.account_id = contact.account_id and s.contact_id = contact.id),
    {_OWNER},
    (select jsonb_build_object('slug', m.slug, 'name', m.name)
     from conversation c join member m on m.account_id = c.account_id and m.id = c.owner_id
     where c.account_id = contact.account_id and c.contact_id = contact.id and c.owner_id is not null
     order by c.taken_at desc nulls last limit 1)"""
_ROW = f"id, name, email, phone, score, {_TAGS}, {_OWNER}, created_at, last_seen_at"

_GET = text(f"select {_ALL} from contact where account_id = :account and id = :id")
_LOCK = text("select id from contact where account_id = :account and id = :id for no key update")
_MANY = text(f"select {_ALL} from contact where account_id = :account and id = any(cast(:ids as uuid[]))")
# Ids are in the order in which contacts came: the newest first, from an id downwards.
_PAGE = text(f"""
    select {_ROW} from contact
    where account_id = :account and (cast(:below as uuid) is null or id < cast(:below as uuid))
      and (cast(:like as text) is null
           or lower(concat_ws(' ', name, email, phone)) like lower(cast(:like as text)))
    order by id desc limit :most""")
_NEW = text("""
    with known as (
        insert into contact (account_id, id, created_at, updated_at) values (:account, :id, :now, :now)
    )
    insert into lane (account_id, id) values (:account, :id)""")
_IDENTIFY = text(f"""
    insert into contact_identity (account_id, id, contact_id, channel_id, external_id, name, created_at)
    values (:account, :id, :contact, :channel, :external, :name, :now)
    on conflict (account_id, channel_id, external_id) do nothing
    returning {names(Identity)}""")
# One that has been written to or has written stays: a conversation leans on it.
_FORGET_IDENTITY = text("""
    delete from contact_identity i
    where i.account_id = :account and i.contact_id = :contact and i.id = :id
      and not exists (select from conversation c where c.account_id = i.account_id and c.contact_id = i.contact_id
                      and c.identity_id = i.id)""")
_LAST_ASSIGNED = text("""
    select g.member_id, (select max(owner_at) from contact
                         where account_id = :account and owner_id = g.member_id)
    from unnest(cast(:members as uuid[])) as g(member_id)""")
_IDENTITIES = text(f"""
    select {names(Identity)} from contact_identity
    where account_id = :account and contact_id = :contact order by created_at, id""")
_IDENTITY = text(f"select {names(Identity)} from contact_identity where account_id = :account and id = :id")
_FIND = text(f"""
    select {names(Identity)} from contact_identity
    where account_id = :account and channel_id = :channel and external_id = :external""")
# Who meets somebody else's new row waits for it and then adds nothing: one contact for one stranger.
# In order of the address, so that two batches never wait for each other crosswise.
_ADD = text("""
    with given as (
        select * from unnest(cast(:identities as uuid[]), cast(:contacts as uuid[]), cast(:channels as uuid[]),
                             cast(:externals as text[]), cast(:names as text[]))
                 as g(identity_id, contact_id, channel_id, external_id, name)
    ), met as (
        insert into contact_identity (account_id, id, contact_id, channel_id, external_id, name, created_at)
        select :account, identity_id, contact_id, channel_id, external_id, name, :now
        from given order by channel_id, external_id
        on conflict (account_id, channel_id, external_id) do nothing
        returning contact_id, name
    ), known as (
        insert into contact (account_id, id, name, created_at, updated_at)
        select :account, contact_id, name, :now, :now from met
        returning id
    )
    insert into lane (account_id, id) select :account, id from known""")
_FIND_MANY = text(f"""
    select {names(Identity, "i")}
    from unnest(cast(:channels as uuid[]), cast(:externals as text[])) as g(channel_id, external_id)
    join contact_identity i
      on i.account_id = :account and i.channel_id = g.channel_id and i.external_id = g.external_id""")
_SEEN = text("""
    update contact set last_seen_at = :now where account_id = :account and id = any(cast(:ids as uuid[]))""")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody a channel tells of, whom we may or may not know."""

    channel_id: UUID
    external_id: str
    name: str | None = None


class Contacts(Area):
    def get(self, contact_id: UUID) -> Contact | None:
        return self._first(Contact, _GET, id=contact_id)

    def many(self, contact_ids: Sequence[UUID]) -> dict[UUID, Contact]:
        return {contact.id: contact for contact in self._all(Contact, _MANY, ids=list(contact_ids))}

    def lock(self, contact_id: UUID) -> Contact | None:
        """As it is once whoever else changes it has committed; nobody else changes it before we do."""
        return self.get(contact_id) if self._value(_LOCK, id=contact_id) else None

    def page(self, most: int, *, below: UUID | None = None, words: str = "") -> list[ContactRow]:
        """The newest first, whoever came before `below`; `words` stand in the name, address or number."""
        like = f"%{_literal(words)}%" if words else None
        return self._all(ContactRow, _PAGE, most=most, below=below, like=like)

    def add(self) -> UUID:
        """Somebody of whom nothing is known yet, with a lane of their own."""
        id = self._new_id()
        self._run(_NEW, id=id, now=self._now)
        return id

    def last_assigned(self, member_ids: Sequence[UUID]) -> Mapping[UUID, datetime | None]:
        """When each of these people was last made the owner of somebody."""
        return dict(self._rows(_LAST_ASSIGNED, members=list(member_ids)))

    def identify(self, contact_id: UUID, channel_id: UUID, external_id: str, name: str | None) -> Identity | None:
        """One more identity of the contact; None where it is somebody's already."""
        return self._first(
            Identity,
            _IDENTIFY,
            id=self._new_id(),
            contact=contact_id,
            channel=channel_id,
            external=external_id,
            name=name,
            now=self._now,
        )

    def forget_identity(self, contact_id: UUID, identity_id: UUID) -> bool:
        """False where there is none such, or a conversation leans on it."""
        return bool(self._run(_FORGET_IDENTITY, contact=contact_id, id=identity_id))

    def change(self, contact_id: UUID, **new: Any) -> Contact | None:
        """Set columns of `_MAY_CHANGE`; None where nothing was different, or nobody there."""
        statement = text(f"""
            update contact set {assignments(new, _MAY_CHANGE)}, updated_at = :now
            where account_id = :account and id = :id
              and ({", ".join(sorted(new))}) is distinct from
                  ({", ".join(f"cast(:{name} as {_MAY_CHANGE[name]})" for name in sorted(new))})
            returning {_ALL}""")
        return self._first(Contact, statement, id=contact_id, now=self._now, **values(new, _MAY_CHANGE))

    def seen(self, contact_ids: Sequence[UUID]) -> None:
        """They have just been heard of."""
        self._run(_SEEN, ids=list(contact_ids), now=self._now)

    def identity(self, channel_id: UUID, external_id: str) -> Identity | None:
        return self._first(Identity, _FIND, channel=channel_id, external=external_id)

    def identity_by_id(self, identity_id: UUID) -> Identity | None:
        return self._first(Identity, _IDENTITY, id=identity_id)

    def identities(self, contact_id: UUID) -> list[Identity]:
        """Oldest first."""
        return self._all(Identity, _IDENTITIES, contact=contact_id)

    def meet(self, strangers: Sequence[Stranger]) -> dict[tuple[UUID, str], Identity]:
        """The identity of each, by channel and external id; whoever is new becomes a contact with a lane of its own."""
        wanted = {(stranger.channel_id, stranger.external_id): stranger for stranger in reversed(strangers)}
        found = self._find(list(wanted))
        new = [stranger for place, stranger in wanted.items() if place not in found]
        if not new:
            return found
        self._run(
            _ADD,
            identities=[self._new_id() for _ in new],
            contacts=[self._new_id() for _ in new],
            channels=[stranger.channel_id for stranger in new],
            externals=[stranger.external_id for stranger in new],
            names=[stranger.name for stranger in new],
            now=self._now,
        )
        return found | self._find([(stranger.channel_id, stranger.external_id) for stranger in new])

    def _find(self, places: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], Identity]:
        channels, externals = [place[0] for place in places], [place[1] for place in places]
        found = self._all(Identity, _FIND_MANY, channels=channels, externals=externals)
        return {(identity.channel_id, identity.external_id): identity for identity in found}


def _literal(words: str) -> str:
    """`words` as they stand, in a `like` pattern."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
