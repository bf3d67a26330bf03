"""Brings a database to the shape this version of the product expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from flowengine.store.engine import make_engine

# Any constant will do, as long as nothing else in the database takes it.
_LOCK = 5_801_394_072
_SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(owner_url: str, *, to: str = "head") -> None:
    """Run what has not run yet, up to the version `to`, and make the partitions of these days.

    `owner_url` may create tables and roles.

    Two starts at once wait for each other, and the second finds nothing to do.
    """
    engine = make_engine(owner_url, role=None, pool_size=1)
    try:
        with engine.connect() as connection:
            connection.execute(text("select pg_advisory_lock(:key)"), {"key": _LOCK})
            connection.commit()
            try:
                _run(connection, to)
                if to == "head":
                    connection.execute(text("select make_partitions()"))
                    connection.commit()
            finally:
                connection.rollback()
                connection.execute(text("select pg_advisory_unlock(:key)"), {"key": _LOCK})
                connection.commit()
    finally:
        engine.dispose()


def _run(connection: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    connection.commit()
