"""What every test may ask for: a real database as the application sees it, a real Valkey, settings."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis
from sqlalchemy import Engine

from flowengine import embedded
from flowengine.settings import Settings
from flowengine.store.engine import make_engine
from tests import servers

# Every row that a test wrote goes; what migrations wrote stays. Triggers and foreign keys look away meanwhile.
_EMPTY = """
do $$
declare place record; rows boolean;
begin
  set local session_replication_role = replica;
  for place in select * from tests.emptied loop
    execute format('select exists (select 1 from %s)', place.name) into rows;
    if rows then execute format('delete from %s', place.name); end if;
  end loop;
end $$
"""
_NOTE_EMPTY_TABLES = """
create schema tests;
create table tests.emptied (name text);
do $$
declare place text; rows boolean;
begin
  for place in
    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
  loop
    execute format('select exists (select 1 from %s)', place) into rows;
    if not rows and place <> 'tests.emptied' then insert into tests.emptied values (place); end if;
  end loop;
end $$
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="Write what stories came to in place of what they expected.")


def pytest_configure() -> None:
    servers.choose_folder()


def pytest_unconfigure() -> None:
    if servers.is_first_process():
        servers.stop_all()


@pytest.fixture(scope="session")
def worker() -> str:
    """The name of this one of xdist's processes."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def postgres() -> embedded.Postgres:
    """The run's PostgreSQL server."""
    return servers.shared_postgres()


@pytest.fixture(scope="session")
def database_name(postgres: embedded.Postgres, worker: str) -> str:
    """A migrated database that only this process uses."""
    name = f"tests_{worker}"
    servers.make_database(postgres, name)
    with psycopg.connect(postgres.dsn(embedded.SUPERUSER, name)) as connection:
        connection.execute(_NOTE_EMPTY_TABLES)
    return name


@pytest.fixture(scope="session")
def valkey(worker: str) -> Iterator[embedded.Valkey]:
    """A Valkey that only this process uses: some tests empty it, or kill it."""
    data = Path(os.environ[servers.FOLDER]) / worker
    embedded.make_data_folder(data.parent)
    valkey = embedded.start_valkey(embedded.make_places(data))
    yield valkey
    valkey.stop()


@pytest.fixture(scope="session")
def app_engine(postgres: embedded.Postgres, database_name: str) -> Iterator[Engine]:
    engine = make_engine(embedded.database_url(postgres, embedded.APP_ROLE, database_name))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrating_engine(postgres: embedded.Postgres, database_name: str) -> Iterator[Engine]:
    engine = make_engine(embedded.database_url(postgres, embedded.OWNER_ROLE, database_name), role=None)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def emptying(postgres: embedded.Postgres, database_name: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres.dsn(embedded.SUPERUSER, database_name), autocommit=True) as connection:
        yield connection


@pytest.fixture
def database(postgres: embedded.Postgres, database_name: str, emptying: psycopg.Connection) -> str:
    """The URL of an empty database, as the application's role."""
    emptying.execute(_EMPTY)
    return embedded.database_url(postgres, embedded.APP_ROLE, database_name)


@pytest.fixture
def engine(database: str, app_engine: Engine) -> Engine:
    """An empty database as the application sees it: row-level security holds."""
    return app_engine


@pytest.fixture
def owner_engine(database: str, migrating_engine: Engine) -> Engine:
    """The same database as its owner, who runs migrations and sees every account."""
    return migrating_engine


@pytest.fixture
def redis_url(redis: Redis, valkey: embedded.Valkey) -> str:
    """Where an empty Valkey is reached."""
    return valkey.url


@pytest.fixture
def redis(valkey: embedded.Valkey) -> Iterator[Redis]:
    """A client of an empty Valkey."""
    with Redis.from_url(valkey.url) as client:
        client.flushall()
        yield client


@pytest.fixture
def settings(
    database: str, postgres: embedded.Postgres, database_name: str, redis_url: str, tmp_path: Path
) -> Settings:
    """Settings of an installation whose servers are real and empty."""
    return Settings(
        data=tmp_path,
        database_url=database,
        database_owner_url=embedded.database_url(postgres, embedded.OWNER_ROLE, database_name),
        redis_url=redis_url,
        secret="a secret that only the tests know, long enough",
        allow_callbacks_to=("127.0.0.1",),
    )
