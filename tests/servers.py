"""The real PostgreSQL and Valkey that the tests of one run share: started by the first test that needs them."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from flowengine import embedded
from flowengine.store.migrate import upgrade

FOLDER = "FLOWENGINE_TEST_SERVERS"  # set by the first process of the run, inherited by xdist's
TEMPLATE = "migrated"
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}  # nobody pulls the plug on a test


def choose_folder() -> None:
    """Agree on where the servers of this run lie; only the first process of a run chooses."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = f"{tempfile.gettempdir()}/flowengine-tests-{os.getpid()}"


def is_first_process() -> bool:
    return os.environ.get(FOLDER, "").endswith(f"-{os.getpid()}")


def stop_all() -> None:
    """Stop whatever this run's tests have started, and remove it."""
    folder = Path(os.environ[FOLDER])
    if not folder.exists():
        return
    embedded.stop_postgres(embedded.make_places(folder))
    shutil.rmtree(folder)


def shared_postgres() -> embedded.Postgres:
    """The run's PostgreSQL, with a migrated database to copy; started by whoever comes first."""
    folder = Path(os.environ[FOLDER])
    with _waiting_lock(folder):
        postgres = embedded.start_postgres(embedded.make_places(folder), HASTY)
        if not (folder / "migrated").exists():
            _make_template(postgres)
            (folder / "migrated").touch()
    return postgres


def make_database(postgres: embedded.Postgres, name: str) -> None:
    """Make a database with every migration run, by copying the one that has them."""
    with psycopg.connect(postgres.dsn(embedded.SUPERUSER, "postgres"), autocommit=True) as connection:
        embedded.make_database(connection, name, template=TEMPLATE)


def drop_database(postgres: embedded.Postgres, name: str) -> None:
    with psycopg.connect(postgres.dsn(embedded.SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')  # type: ignore[arg-type]


def _make_template(postgres: embedded.Postgres) -> None:
    embedded.make_roles_and_database(postgres)
    with psycopg.connect(postgres.dsn(embedded.SUPERUSER, "postgres"), autocommit=True) as connection:
        embedded.make_database(connection, TEMPLATE)
    upgrade(embedded.database_url(postgres, embedded.OWNER_ROLE, TEMPLATE))


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder with a short name that everybody may pass through: below pytest's own, root's servers could not get."""
    folder = Path(tempfile.mkdtemp(prefix="fe-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def _waiting_lock(folder: Path) -> Iterator[None]:
    embedded.make_data_folder(folder)
    with (folder / "test-lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
