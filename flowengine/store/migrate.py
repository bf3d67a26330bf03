"""Brings a database to the shape this version of the product expects."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, text

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


def missing(engine: Engine) -> list[str]:
    """The migrations that this version of the product needs and the database has not seen; as anybody may ask."""
    with engine.connect() as connection:
        known = connection.execute(text("select version_num from alembic_version")).scalars().all()
    return [each for each in revisions() if each not in _up_to(known)]


@cache
def revisions() -> tuple[str, ...]:
    """From the first to the last: by the names of the files, since alembic is 6 MB that most processes never need."""
    return tuple(sorted(path.name.split("_")[0] for path in (_SCRIPTS / "versions").glob("[0-9]*.py")))


def _up_to(known: Sequence[str]) -> tuple[str, ...]:
    """What a database at these versions has seen. One that is newer than the product has seen everything."""
    ours = revisions()
    last = max((ours.index(each) if each in ours else len(ours) for each in known), default=-1)
    return ours[: last + 1]


def _run(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    connection.commit()
