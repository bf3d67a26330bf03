"""Contacts with what is known of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.text import fold
from flowengine.store.area import assignments, text, values
from flowengine.store.fields import VALUE
from flowengine.store.identities import Identities, Identity


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

    def heard(self, at: datetime) -> "Contact":
        return replace(self, last_seen_at=at)


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

READ_ONE = text(f"select {_ALL} from contact where account_id = :account and id = :id")
_LOCK = text("select id from contact where account_id = :account and id = :id and erased_at is null for no key update")
READ_MANY = text(f"select {_ALL} from contact where account_id = :account and id = any(cast(:ids as uuid[]))")
_ACCENTED, _PLAIN = "áàâãäåéèêëíìîïóòôõöúùûüçñ", "aaaaaaeeeeiiiiooooouuuucn"
# Ids are in the order in which contacts came: the newest first, from an id downwards.
_PAGE = text(f"""
    select {_ROW} from contact
    where account_id = :account and erased_at is null
      and (cast(:below as uuid) is null or id < cast(:below as uuid))
      and (cast(:like as text) is null
           or translate(lower(concat_ws(' ', name, email, phone)), '{_ACCENTED}', '{_PLAIN}') like cast(:like as text))
    order by id desc limit :most""")
_NEW = text("""
    with known as (
        insert into contact (account_id, id, created_at, updated_at) values (:account, :id, :now, :now)
    )
    insert into lane (account_id, id) values (:account, :id)""")
_LAST_ASSIGNED = text("""
    select g.member_id, (select max(owner_at) from contact
                         where account_id = :account and owner_id = g.member_id)
    from unnest(cast(:members as uuid[])) as g(member_id)""")
_SEEN = text("""
    update contact set last_seen_at = :now where account_id = :account and id = any(cast(:ids as uuid[]))""")


class Contacts(Identities):
    def get(self, contact_id: UUID) -> Contact | None:
        return self._first(Contact, READ_ONE, id=contact_id)

    def many(self, contact_ids: Sequence[UUID]) -> dict[UUID, Contact]:
        return {contact.id: contact for contact in self._all(Contact, READ_MANY, ids=list(contact_ids))}

    def lock(self, contact_id: UUID) -> Contact | None:
        """As it is once whoever else changes it has committed; nobody else changes it before we do.

        None where nobody is there, or somebody who was erased.
        """
        return self.get(contact_id) if self._value(_LOCK, id=contact_id) else None

    def page(self, most: int, *, below: UUID | None = None, words: str = "") -> list[ContactRow]:
        """The newest first, whoever came before `below`; `words` stand in the name, address or number.

        Case and accents do not matter, nor how a number is written.
        """
        like = f"%{_literal(_wanted(words))}%" if words else None
        return self._all(ContactRow, _PAGE, most=most, below=below, like=like)

    def add(self) -> UUID:
        """Somebody of whom nothing is known yet, with a lane of their own."""
        id = self._new_id()
        self._run(_NEW, id=id, now=self._now)
        return id

    def last_assigned(self, member_ids: Sequence[UUID]) -> Mapping[UUID, datetime | None]:
        """When each of these people was last made the owner of somebody."""
        return dict(self._rows(_LAST_ASSIGNED, members=list(member_ids)))

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

    def renew(self, contact: Contact) -> None:
        """It is as this by now, for whoever holds it in memory; here nobody does."""


def _wanted(words: str) -> str:
    digits = "".join(character for character in words if character.isdigit())
    is_number = len(digits) > 3 and not words.strip("0123456789 ()+-.")
    return digits if is_number else fold(words)


def _literal(words: str) -> str:
    """`words` as they stand, in a `like` pattern."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


__all__ = ["Contact", "ContactRow", "Contacts", "Identity", "READ_MANY", "READ_ONE"]
