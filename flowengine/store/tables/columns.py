"""How a column, a key and a rule are written down, so that all tables say it alike."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    MetaData,
    PrimaryKeyConstraint,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)

TIME = DateTime(timezone=True)


def plain(name: str, kind: Any, default: str | None = None, *, null: bool = False, number: bool = False) -> Column[Any]:
    """A column that says nothing about a person; `default` is SQL."""
    return _column(name, kind, default, null=null, number=number, personal=False)


def personal(name: str, kind: Any, default: str | None = None, *, null: bool = False) -> Column[Any]:
    """A column about a person (LGPD): export and erasure walk these."""
    return _column(name, kind, default, null=null, number=False, personal=True)


def _column(name: str, kind: Any, default: str | None, *, null: bool, number: bool, personal: bool) -> Column[Any]:
    return Column(
        name,
        kind,
        *([Identity(always=True)] if number else []),
        nullable=null,
        server_default=None if default is None else text(default),
        info={"personal": personal},
    )


def account_id() -> Column[Any]:
    return plain("account_id", Uuid)


def uid(name: str, *, null: bool = False) -> Column[Any]:
    return plain(name, Uuid, null=null)


def words(name: str, default: str | None = None, *, null: bool = False) -> Column[Any]:
    return plain(name, Text, default, null=null)


def time(name: str, default: str | None = None, *, null: bool = False) -> Column[Any]:
    return plain(name, TIME, default, null=null)


def document(name: str, default: str | None = None, *, null: bool = False) -> Column[Any]:
    return plain(name, JSONB(none_as_null=True), default, null=null)


def key(*names: str) -> PrimaryKeyConstraint:
    """The primary key: the account first, so that any table can be spread by account."""
    return PrimaryKeyConstraint("account_id", *(names or ("id",)))


def belongs(column: str, table: str) -> ForeignKeyConstraint:
    """`column` names a row of `table` in the same account."""
    return ForeignKeyConstraint(["account_id", column], [f"{table}.account_id", f"{table}.id"])


def one_of(column: str, values: Sequence[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=column)
