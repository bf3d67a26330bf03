"""What the areas of a Unit share: statements go in with the account, rows come out as values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, TextClause, text

Kind = TypeVar("Kind")
AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """One account, one transaction, one moment."""

    connection: Connection
    account_id: UUID
    now: datetime
    ids: Callable[[], UUID]


class Area:
    """A part of the store within one Unit. Every statement of it names the account as `:account`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._now = scope.now

    def _run(self, statement: TextClause, /, **values: Any) -> int:
        """Rows touched."""
        return self._scope.connection.execute(statement, {"account": self._scope.account_id, **values}).rowcount

    def _rows(self, statement: TextClause, /, **values: Any) -> Sequence[AnyRow]:
        return self._scope.connection.execute(statement, {"account": self._scope.account_id, **values}).all()

    def _value(self, statement: TextClause, /, **values: Any) -> Any:
        """The first column of the first row; None without a row."""
        return self._scope.connection.execute(statement, {"account": self._scope.account_id, **values}).scalar()

    def _all(self, kind: Callable[..., Kind], statement: TextClause, /, **values: Any) -> list[Kind]:
        return [kind(*row) for row in self._rows(statement, **values)]

    def _first(self, kind: Callable[..., Kind], statement: TextClause, /, **values: Any) -> Kind | None:
        row = self._scope.connection.execute(statement, {"account": self._scope.account_id, **values}).first()
        return None if row is None else kind(*row)

    def _new_id(self) -> UUID:
        return self._scope.ids()


def names(kind: type[Any], alias: str = "") -> str:
    """The columns of a row type, in its order, for a select list."""
    dot = f"{alias}." if alias else ""
    return ", ".join(dot + field.name for field in fields(kind))


def json(value: Any) -> str | None:
    """A JSONB parameter; None is SQL's null."""
    return None if value is None else orjson.dumps(value).decode()


def assignments(changes: Mapping[str, Any], allowed: Mapping[str, str]) -> str:
    """`name = cast(:name as type)` for each change; `allowed` maps columns to their SQL types.

    TypeError for a column that may not be changed here: names come from our own code, never from a request.
    """
    unknown = changes.keys() - allowed.keys()
    if unknown or not changes:
        raise TypeError(f"cannot change {sorted(unknown) or 'nothing'}")
    return ", ".join(f"{name} = cast(:{name} as {allowed[name]})" for name in sorted(changes))


def values(changes: Mapping[str, Any], allowed: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of `assignments`."""
    return {name: json(value) if allowed[name] == "jsonb" else value for name, value in changes.items()}


__all__ = ["AnyRow", "Area", "Scope", "assignments", "json", "names", "text", "values"]
