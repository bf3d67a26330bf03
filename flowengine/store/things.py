"""What areas of things with a slug share: look-ups through aliases, adding, changing, removing."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import TextClause

from flowengine.core.errors import Conflict
from flowengine.core.slugs import free_slug
from flowengine.store.aliases import resolved
from flowengine.store.area import Area, assignments, names, text, values

Row = TypeVar("Row")


class Things(Area, Generic[Row]):
    """One table. `kind` is the things' in `x-ref`; `columns` are those that may be set, with their SQL types."""

    apart = True
    table: ClassVar[str]
    kind: ClassVar[str]
    row: ClassVar[type[Any]]
    columns: ClassVar[Mapping[str, str]]
    order: ClassVar[str] = "name, slug"

    def all(self) -> list[Row]:
        return self._all(self.row, _all(self.table, names(self.row), self.order))

    def named(self, slug: str) -> Row | None:
        """The thing of this slug, or of this alias."""
        return self._first(self.row, _named(self.table, names(self.row), self.kind), slug=slug)

    def add(self, slug: str, **new: Any) -> Row:
        """A new one; Conflict where a thing or an alias has this slug."""
        given = {name: new[name] for name in self.columns if name in new}
        statement = _add(self.table, names(self.row), self.kind, tuple((name, self.columns[name]) for name in given))
        parameters = values(given, self.columns)
        row: Row | None = self._first(self.row, statement, id=self._new_id(), slug=slug, now=self._now, **parameters)
        if row is None:
            raise Conflict(f"the slug {slug!r} is taken", detail={"pointer": "/slug", "slug": slug})
        return row

    def change(self, slug: str, **new: Any) -> Row | None:
        """Set some of `columns`; None where there is no such thing."""
        statement = text(f"""
            update {self.table} set {assignments(new, self.columns)}
            where account_id = :account and slug = :slug returning {names(self.row)}""")
        return self._first(self.row, statement, slug=slug, **values(new, self.columns))

    def remove(self, slug: str) -> bool:
        """The thing of this very slug, whatever that is an alias of by now; False where there is none."""
        statement = text(f"delete from {self.table} where account_id = :account and slug = :slug")
        return self._run(statement, slug=slug) > 0

    def free(self, wanted: str) -> str:
        """`wanted`, or with a number behind it: a slug that neither a thing nor an alias has."""
        return free_slug(wanted, lambda slug: self.named(slug) is not None)


@cache
def _all(table: str, row: str, order: str) -> TextClause:
    return text(f"select {row} from {table} where account_id = :account order by {order}")


@cache
def _named(table: str, row: str, kind: str) -> TextClause:
    return text(f"select {row} from {table} where account_id = :account and slug = {resolved(kind)}")


@cache
def _add(table: str, row: str, kind: str, columns: tuple[tuple[str, str], ...]) -> TextClause:
    listed = "".join(f", {name}" for name, _ in columns)
    given = "".join(f", cast(:{name} as {type})" for name, type in columns)
    return text(f"""
        insert into {table} (account_id, id, slug, created_at{listed})
        select :account, :id, :slug, :now{given}
        where not exists (
            select from alias a where a.account_id = :account and a.kind = '{kind}' and a.alias = :slug)
        on conflict (account_id, slug) do nothing
        returning {row}""")
