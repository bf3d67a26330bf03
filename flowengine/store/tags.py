"""Tags, and what they are on: contacts and conversations."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flowengine.store.aliases import target_of
from flowengine.store.area import names, text
from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Tag:
    """`color` is #rrggbb."""

    id: UUID
    slug: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag in the list of tags, with how many contacts have it."""

    id: UUID
    slug: str
    name: str
    color: str
    contacts: int


_ON = {"contact": ("contact_tag", "contact_id"), "conversation": ("conversation_tag", "conversation_id")}

# By what was asked for: a tag may be asked for by an alias.
_NAMED = text(f"""
    select g.slug, {names(Tag, "t")} from unnest(cast(:slugs as text[])) as g(slug)
    join tag t on t.account_id = :account and t.slug = {target_of("tag", "g.slug")}""")
_ROWS = text(f"""
    select {names(Tag, "t")}, (select count(*) from contact_tag c where c.account_id = t.account_id and c.tag_id = t.id)
    from tag t where t.account_id = :account order by t.name, t.id""")
_PUT = {
    on: text(f"""
        insert into {table} (account_id, {column}, tag_id, at)
        select :account, :thing, tag_id, :now from unnest(cast(:tags as uuid[])) as g(tag_id)
        on conflict do nothing
        returning tag_id""")
    for on, (table, column) in _ON.items()
}
_TAKE_OFF = {
    on: text(f"""
        delete from {table} where account_id = :account and {column} = :thing and tag_id = any(cast(:tags as uuid[]))
        returning tag_id""")
    for on, (table, column) in _ON.items()
}
# Nobody puts it on anything from here on; whoever is about to, comes first.
_LOCK = text("select id from tag where account_id = :account and id = :id for update")
_MOVE = {
    on: text(f"""
        with gone as (
            delete from {table} where account_id = :account and tag_id = :id returning {column}, at
        )
        insert into {table} (account_id, {column}, tag_id, at)
        select :account, {column}, cast(:successor as uuid), at from gone
        where cast(:successor as uuid) is not null
        on conflict do nothing""")
    for on, (table, column) in _ON.items()
}
_OF_CONVERSATION = text("""
    select t.slug from conversation_tag c join tag t on t.account_id = c.account_id and t.id = c.tag_id
    where c.account_id = :account and c.conversation_id = :conversation order by t.slug""")


class Tags(Things[Tag]):
    apart = False  # a conversation must be there before it is tagged
    table, kind, row = "tag", "tag", Tag
    columns = {"name": "text", "color": "text"}

    def many(self, slugs: Collection[str]) -> dict[str, Tag]:
        """Those of them that there are, by the slug or alias that was asked for."""
        return {asked: Tag(*row) for asked, *row in self._rows(_NAMED, slugs=sorted(slugs))} if slugs else {}

    def rows(self) -> list[TagRow]:
        """By name, with how many contacts have each."""
        return self._all(TagRow, _ROWS)

    def hand_over(self, tag_id: UUID, successor: UUID | None) -> None:
        """What has the tag has the successor instead, or nothing."""
        self._run(_LOCK, id=tag_id)
        for statement in _MOVE.values():
            self._run(statement, id=tag_id, successor=successor)

    def put(self, on: str, thing: UUID, tag_ids: Collection[UUID]) -> set[UUID]:
        """On a "contact" or a "conversation"; those that were not on it before."""
        rows = self._rows(_PUT[on], thing=thing, tags=sorted(tag_ids), now=self._now) if tag_ids else ()
        return {id for (id,) in rows}

    def take_off(self, on: str, thing: UUID, tag_ids: Collection[UUID]) -> set[UUID]:
        """Those that were on it."""
        rows = self._rows(_TAKE_OFF[on], thing=thing, tags=sorted(tag_ids)) if tag_ids else ()
        return {id for (id,) in rows}

    def of_conversation(self, conversation_id: UUID) -> list[str]:
        """Slugs."""
        return [slug for (slug,) in self._rows(_OF_CONVERSATION, conversation=conversation_id)]
