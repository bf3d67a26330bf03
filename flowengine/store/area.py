"""What the areas of a Unit share: statements go in with the account, rows come out as values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

import orjson
import psycopg
from psycopg.errors import AdminShutdown, CannotConnectNow, CrashShutdown
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError

Kind = TypeVar("Kind")
AnyRow = tuple[Any, ...]
Before = Callable[[TextClause, bool], None] | None
LAST_WORDS = (AdminShutdown, CrashShutdown, CannotConnectNow)  # said before the driver sees the connection closed
_DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types


@dataclass(frozen=True, slots=True)
class Scope:
    """One account, one transaction, one moment.

    `before` is told of every statement that is about to be sent, and whether its area is `apart`.
    """

    connection: Connection
    account_id: UUID
    now: datetime
    ids: Callable[[], UUID]
    before: Before = None


class Area:
    """A part of the store within one Unit. Every statement of it names the account as `:account`.

    SQLAlchemy keeps the pool and the transaction; the statements, which are plain SQL, go to the driver's own
    cursor: a third of the processor time, and a turn has a dozen of them.
    """

    apart: ClassVar[bool] = False  # what it reads and writes has nothing to do with what a batch keeps back

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._now = scope.now

    def _run(self, statement: TextClause, /, **values: Any) -> int:
        """Rows touched."""
        return self._execute(statement, values).rowcount

    def _rows(self, statement: TextClause, /, **values: Any) -> Sequence[AnyRow]:
        return self._execute(statement, values).fetchall()

    def _value(self, statement: TextClause, /, **values: Any) -> Any:
        """The first column of the first row; None without a row."""
        row = self._execute(statement, values).fetchone()
        return None if row is None else row[0]

    def _all(self, kind: Callable[..., Kind], statement: TextClause, /, **values: Any) -> list[Kind]:
        return [kind(*row) for row in self._execute(statement, values).fetchall()]

    def _first(self, kind: Callable[..., Kind], statement: TextClause, /, **values: Any) -> Kind | None:
        row = self._execute(statement, values).fetchone()
        return None if row is None else kind(*row)

    def _execute(self, statement: TextClause, values: dict[str, Any]) -> psycopg.Cursor[AnyRow]:
        if self._scope.before is not None:
            self._scope.before(statement, self.apart)
        values["account"] = self._scope.account_id
        driver = cast("psycopg.Connection[AnyRow]", self._scope.connection.connection.driver_connection)
        try:
            return driver.cursor().execute(_for_driver(statement.text), values)
        except psycopg.Error as fault:
            raise self._fault(fault, statement, driver) from fault

    def _fault(
        self, fault: psycopg.Error, statement: TextClause, driver: "psycopg.Connection[AnyRow]"
    ) -> BaseException:
        """As SQLAlchemy itself would say and do it: what broke one connection broke those that lie in the pool too."""
        gone = driver.closed or isinstance(fault, LAST_WORDS)
        if gone:
            self._scope.connection.invalidate(fault)
            self._scope.connection.engine.dispose()
        return DBAPIError.instance(
            statement.text,
            None,
            fault,
            psycopg.Error,
            hide_parameters=True,  # they are people's
            connection_invalidated=gone,
            dialect=_DIALECT,
        )

    def _new_id(self) -> UUID:
        return self._scope.ids()


@lru_cache(maxsize=1000)
def _for_driver(statement: str) -> bytes:
    """The statement with the driver's placeholders."""
    return str(text(statement).compile(dialect=_DIALECT)).encode()


def names(kind: type[Any], alias: str = "") -> str:
    """The columns of a row type, in its order, for a select list."""
    dot = f"{alias}." if alias else ""
    return ", ".join(dot + field.name for field in fields(kind))


def json(value: Any) -> str | None:
    """A JSONB parameter, of plain values or of rows; None is SQL's null. NUL characters are left out: PostgreSQL
    keeps none.
    """
    if value is None:
        return None
    written = orjson.dumps(value)
    return (written if b"\\u0000" not in written else orjson.dumps(_without_nul(orjson.loads(written)))).decode()


def _without_nul(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\x00", "")
        case list():
            return [_without_nul(each) for each in value]
        case dict():
            return {_without_nul(name): _without_nul(each) for name, each in value.items()}
    return value


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


__all__ = ["AnyRow", "Area", "Before", "Scope", "assignments", "json", "names", "text", "values"]
