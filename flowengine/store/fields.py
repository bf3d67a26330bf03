"""Fields that the account made itself, and what they hold: a typed row a thing and field."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from flowengine.core.errors import Conflict
from flowengine.store.aliases import target_of
from flowengine.store.area import Area, assignments, json, names, text, values


@dataclass(frozen=True, slots=True)
class Field:
    """`of` is "contact" or "deal"; `choices` [{slug, name}]. Slug, `of` and `type` never change."""

    id: UUID
    slug: str
    name: str
    of: str
    type: str
    choices: list[dict[str, str]]
    required: bool
    is_unique: bool
    in_form: bool
    description: str


KINDS = {"contact": "field", "deal": "deal_field"}  # as `x-ref` and aliases call them
# The column that holds a value of the type, and its SQL type.
_COLUMNS = {
    "text": ("as_text", "text"),
    "long_text": ("as_text", "text"),
    "time": ("as_text", "text"),
    "choice": ("as_text", "text"),
    "user": ("as_text", "text"),
    "url": ("as_text", "text"),
    "number": ("as_number", "numeric"),
    "integer": ("as_number", "numeric"),
    "money": ("as_number", "numeric"),
    "date": ("as_date", "date"),
    "date_time": ("as_moment", "timestamptz"),
    "yes_no": ("as_yes_no", "boolean"),
    "choices": ("as_list", "jsonb"),
}
COLUMNS = ("as_text", "as_number", "as_date", "as_moment", "as_yes_no", "as_list")
# What the row `v` holds, as plain JSON; a moment in UTC.
VALUE = """coalesce(
    to_jsonb(v.as_text), to_jsonb(v.as_number), to_jsonb(v.as_date), to_jsonb(v.as_yes_no), v.as_list,
    to_jsonb(to_char(v.as_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')))"""

_MAY_CHANGE = {
    "name": "text",
    "choices": "jsonb",
    "required": "boolean",
    "is_unique": "boolean",
    "in_form": "boolean",
    "description": "text",
}
_ADD = text(f"""
    insert into field (account_id, {names(Field)}, created_at)
    values (:account, :id, :slug, :name, :of, :type, cast(:choices as jsonb), :required, :is_unique, :in_form,
            :description, :now)
    on conflict (account_id, of, slug) do nothing
    returning {names(Field)}""")
# By what was asked for: a field may be asked for by an alias.
_NAMED = {
    of: text(f"""
        select g.slug, {names(Field, "f")} from unnest(cast(:slugs as text[])) as g(slug)
        join field f on f.account_id = :account and f.of = '{of}' and f.slug = {target_of(kind, "g.slug")}""")
    for of, kind in KINDS.items()
}
_ALL = text(f"select {names(Field)} from field where account_id = :account order by of, name, id")
# Nobody puts anything there from here on; whoever is about to, comes first.
_LOCK = text("select id from field where account_id = :account and id = :id for update")
_REMOVE = text("""
    with held as (delete from contact_field where account_id = :account and field_id = :id)
    delete from field where account_id = :account and id = :id""")
# What a contact has in the successor's field stays; the rest comes along.
_MOVE = text("""
    update contact_field v set field_id = :successor, unique_key = null
    where v.account_id = :account and v.field_id = :id and not exists (
        select from contact_field other
        where other.account_id = v.account_id and other.contact_id = v.contact_id and other.field_id = :successor)""")
_CLEAR = text("""
    delete from contact_field where account_id = :account and contact_id = :contact and field_id = :field""")
_HOLDER = text("""
    select contact_id from contact_field
    where account_id = :account and field_id = :field and unique_key = :key""")
_USED = text("select exists(select from contact_field where account_id = :account and field_id = :field)")
_CHOSEN = text("""
    select distinct coalesce(v.as_text, chosen.slug) from contact_field v
    left join lateral jsonb_array_elements_text(v.as_list) as chosen(slug) on v.as_list is not null
    where v.account_id = :account and v.field_id = :field""")
_KEYS = text(f"""
    select v.contact_id, {VALUE} from contact_field v where v.account_id = :account and v.field_id = :field""")
_SET_KEYS = text("""
    update contact_field v set unique_key = g.key
    from unnest(cast(:contacts as uuid[]), cast(:keys as text[])) as g(contact_id, key)
    where v.account_id = :account and v.field_id = :field and v.contact_id = g.contact_id""")


class Fields(Area):
    apart = True

    def add(
        self,
        of: str,
        slug: str,
        name: str,
        type: str,
        *,
        choices: Sequence[dict[str, str]] = (),
        required: bool = False,
        unique: bool = False,
        in_form: bool = True,
        description: str = "",
    ) -> Field:
        """A new one; Conflict where a field of the same kind of thing, or an alias, has this slug."""
        taken = self.named(of, slug)
        added = taken or self._first(
            Field,
            _ADD,
            id=self._new_id(),
            of=of,
            slug=slug,
            name=name,
            type=type,
            choices=json(list(choices)),
            required=required,
            is_unique=unique,
            in_form=in_form,
            description=description,
            now=self._now,
        )
        if taken is not None or added is None:
            raise Conflict(f"the slug {slug!r} is taken", detail={"pointer": "/slug", "slug": slug})
        return added

    def all(self) -> list[Field]:
        """Those of contacts first, by name."""
        return self._all(Field, _ALL)

    def named(self, of: str, slug: str) -> Field | None:
        """The field of this slug, or of this alias."""
        return self.many(of, [slug]).get(slug)

    def many(self, of: str, slugs: Collection[str]) -> dict[str, Field]:
        """Those of them that there are, by the slug or alias that was asked for."""
        return {asked: Field(*row) for asked, *row in self._rows(_NAMED[of], slugs=sorted(slugs))} if slugs else {}

    def change(self, field_id: UUID, **new: Any) -> Field | None:
        """Set `name`, `choices`, `required`, `is_unique`, `in_form` or `description`."""
        statement = text(f"""
            update field set {assignments(new, _MAY_CHANGE)} where account_id = :account and id = :id
            returning {names(Field)}""")
        return self._first(Field, statement, id=field_id, **values(new, _MAY_CHANGE))

    def hand_over(self, field_id: UUID, successor: UUID) -> None:
        """What it holds goes to the successor, a field of the same type, where a contact has nothing there."""
        self._run(_LOCK, id=field_id)
        self._run(_MOVE, id=field_id, successor=successor)

    def remove(self, field_id: UUID) -> None:
        """With what it holds."""
        self._run(_LOCK, id=field_id)
        self._run(_REMOVE, id=field_id)

    def put(self, contact_id: UUID, field: Field, value: Any, *, unique_key: str | None = None) -> bool:
        """A value of the field's type; None takes it away. False where nothing was different.

        Conflict where another contact has got the unique key since `holder` was asked: the transaction is lost.
        """
        if value is None:
            return bool(self._run(_CLEAR, contact=contact_id, field=field.id))
        column, kind = _COLUMNS[field.type]
        held = json(value) if kind == "jsonb" else value
        try:
            return bool(
                self._run(_PUT[column], contact=contact_id, field=field.id, value=held, key=unique_key, now=self._now)
            )
        except IntegrityError as fault:
            raise Conflict("somebody else was first", detail={"pointer": f"/fields/{field.slug}"}) from fault

    def holder(self, field_id: UUID, unique_key: str) -> UUID | None:
        """The contact that has this value of a unique field."""
        contact: UUID | None = self._value(_HOLDER, field=field_id, key=unique_key)
        return contact

    def is_used(self, field_id: UUID) -> bool:
        """Whether anybody has something there."""
        return bool(self._value(_USED, field=field_id))

    def chosen(self, field_id: UUID) -> set[str]:
        """The choices that somebody has."""
        return {slug for (slug,) in self._rows(_CHOSEN, field=field_id)}

    def held(self, field_id: UUID) -> dict[UUID, Any]:
        """What everybody has there, by contact."""
        return dict(self._rows(_KEYS, field=field_id))

    def set_keys(self, field_id: UUID, keys: dict[UUID, str | None]) -> None:
        """The unique keys of all that it holds; None where it is unique no longer."""
        self._run(_SET_KEYS, field=field_id, contacts=list(keys), keys=list(keys.values()))


def _put(column: str, kind: str) -> Any:
    return text(f"""
        insert into contact_field (account_id, contact_id, field_id, {column}, unique_key, at)
        values (:account, :contact, :field, cast(:value as {kind}), :key, :now)
        on conflict (account_id, contact_id, field_id) do update
        set {column} = excluded.{column}, unique_key = excluded.unique_key, at = excluded.at
        where contact_field.{column} is distinct from excluded.{column}
           or contact_field.unique_key is distinct from excluded.unique_key""")


_PUT = {column: _put(column, kind) for column, kind in dict(_COLUMNS.values()).items()}
