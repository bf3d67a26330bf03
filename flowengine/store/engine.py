"""Makes the engine: one dialect, fast JSON, UTC, and the role that sees one account at a time."""

from math import inf
from time import monotonic
from typing import Any

import orjson
import psycopg
from psycopg.errors import LockNotAvailable, ReadOnlySqlTransaction
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

__all__ = ["APP_ROLE", "Connection", "Engine", "StoreBusy", "StoreFault", "is_away", "is_blocked", "make_engine"]

APP_ROLE = "flowengine_app"
StoreFault = SQLAlchemyError  # the database is away or refuses; for those who may not import SQLAlchemy


class StoreBusy(StoreFault):
    """The database was not asked, since too many others wait to ask it."""


# A frozen worker loses its transaction; one that waits too long for another's lock tries again later.
FENCE = {
    "idle_in_transaction_session_timeout": "15s",
    "lock_timeout": "5s",
    "statement_timeout": "30s",
}


IDLE_S = 1.0  # a connection in steady use is not asked: that would be one more round trip a transaction


def make_engine(
    url: str,
    *,
    role: str | None = APP_ROLE,
    fence: bool = False,
    application: str = "flowengine",
    pool_size: int = 5,
    max_overflow: int = 5,
    pool_timeout: float = 10,
) -> Engine:
    """An engine whose connections act as `role`, whoever logged in; None: as who logged in (migrations).

    An owner's URL may so be given to the application: row-level security holds all the same. `fence` sets the time
    limits of a worker's sessions.
    """
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={"application_name": application[:63]},
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=pool_timeout,
        hide_parameters=True,  # they are people's, and errors are logged
    )
    settings = {"timezone": "UTC", **(FENCE if fence else {}), **({"role": role} if role else {})}

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            for name, value in settings.items():
                cursor.execute("select set_config(%s, %s, false)", (name, value))
        connection.commit()  # a rollback would undo it

    _look_at_the_idle(engine)
    return engine


def _look_at_the_idle(engine: Engine) -> None:
    """Ask a connection that has lain unused whether it is still there, so that nobody meets what a restart left."""

    @event.listens_for(engine, "checkin")
    def _lies(_connection: Any, record: Any) -> None:
        record.info["since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("since", inf) < IDLE_S:
            return
        try:
            connection.execute("select 1")
            connection.rollback()
        except psycopg.Error as gone:
            raise InvalidatePoolError from gone  # a new one is made, all older ones are forgotten


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def is_away(fault: Exception) -> bool:
    """Whether nothing could be asked of the database, or nothing written, whatever it was: worth a try in a while.

    It does not answer, stands by for another, has a full disk, or has no time.
    """
    if isinstance(fault, DBAPIError) and isinstance(fault.orig, ReadOnlySqlTransaction):
        return True
    return isinstance(fault, OperationalError | InterfaceError | PoolTimeout | StoreBusy)


def is_blocked(fault: Exception) -> bool:
    """Whether somebody else held for too long what this one thing needs; all others may go on."""
    return isinstance(fault, DBAPIError) and isinstance(fault.orig, LockNotAvailable)
