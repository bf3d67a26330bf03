"""The zero-set-up PostgreSQL and Valkey of the default installation, in one data folder."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from flowengine.embedded.dump import dump_database, load_database
from flowengine.embedded.errors import EmbeddedError, InUse
from flowengine.embedded.places import Places, home, installation_id, make_data_folder, make_places
from flowengine.embedded.postgres import PORT, SUPERUSER, Postgres, start_postgres, stop_postgres
from flowengine.embedded.roles import APP_ROLE, DATABASE, OWNER_ROLE, make_database, make_roles_and_database
from flowengine.embedded.valkey import Valkey, start_valkey, stop_valkey

__all__ = [
    "APP_ROLE",
    "DATABASE",
    "OWNER_ROLE",
    "SUPERUSER",
    "EmbeddedError",
    "InUse",
    "Places",
    "Postgres",
    "Servers",
    "Valkey",
    "database_url",
    "dump_database",
    "home",
    "installation_id",
    "load_database",
    "lock",
    "make_data_folder",
    "make_database",
    "make_places",
    "start_database",
    "start_postgres",
    "start_servers",
    "start_valkey",
    "stop_postgres",
    "stop_valkey",
]

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Servers:
    """The two servers of an installation, running."""

    postgres: Postgres
    valkey: Valkey

    def stop(self) -> None:
        """Stop both, the database last."""
        self.valkey.stop()
        self.postgres.stop()


def start_servers(data: Path, options: Mapping[str, str] = NO_OPTIONS) -> Servers:
    """Start, or adopt, the servers of the installation in `data`; the caller holds its lock. Raises EmbeddedError."""
    places = make_places(data)
    return Servers(start_database(places, options), start_valkey(places))


def start_database(places: Places, options: Mapping[str, str] = NO_OPTIONS) -> Postgres:
    """Start, or adopt, PostgreSQL with our roles and an empty database in it; the caller holds the lock."""
    postgres = start_postgres(places, options)
    make_roles_and_database(postgres)
    return postgres


def database_url(postgres: Postgres, role: str, database: str = DATABASE) -> str:
    """How SQLAlchemy reaches a database of the embedded PostgreSQL as a role."""
    return f"postgresql+psycopg://{role}@/{database}?host={postgres.places.sockets}&port={PORT}"


@contextmanager
def lock(data: Path) -> Iterator[None]:
    """Hold the installation in `data` for oneself; raises InUse where somebody else does.

    The system lets go when the holder dies, however it dies, so a lock is never left over.
    """
    make_data_folder(data)
    # Beside the data, since root's servers may lie elsewhere; not inherited by children, who outlive the holder.
    holder = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.read(holder, 20).decode() or "unknown"
            raise InUse(f"Another flowengine (process {pid}) runs from the data folder {data}.") from None
        os.truncate(holder, 0)
        os.write(holder, str(os.getpid()).encode())
        yield
    finally:
        os.close(holder)
