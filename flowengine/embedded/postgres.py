"""The PostgreSQL of the default installation: made, started, adopted when left over, stopped."""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from flowengine.embedded.binaries import PostgresPrograms, postgres_programs
from flowengine.embedded.errors import EmbeddedError
from flowengine.embedded.owner import run_as
from flowengine.embedded.places import Places
from flowengine.embedded.processes import end, server_of

SUPERUSER = "postgres"
PORT = 5432  # a part of the socket's name; nothing listens on the network
START_LIMIT = 120  # seconds; recovery after a crash of a big database takes its time
STOP_LIMIT = 60
ORPHANS_LIMIT = 10  # seconds that the children of a killed postmaster may take to notice and go
_BUILTIN_LOCALE_SINCE = 17

CONFIGURATION: Mapping[str, str] = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",  # solid-state disks
    "max_parallel_workers_per_gather": "0",  # two cores: a big question shall not take both from small ones
    "jit": "off",  # compiling costs more than these short statements take
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",  # a week of files, each begun anew
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %u ",
}


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL that runs."""

    places: Places
    programs: PostgresPrograms
    options: Mapping[str, str]

    def dsn(self, role: str, database: str) -> str:
        """How libpq reaches a database as a role; the socket's closed folder is what lets nobody else in."""
        return f"host={self.places.sockets} port={PORT} user={role} dbname={database}"

    def runs(self) -> bool:
        return _postmaster(self.places.cluster) is not None

    def again(self) -> "Postgres":
        """Start it again after it died."""
        return start_postgres(self.places, self.options)

    def stop(self) -> None:
        stop_postgres(self.places)


def start_postgres(places: Places, options: Mapping[str, str]) -> Postgres:
    """Start the cluster in `places`, made first if need be, or adopt the server that runs it. Raises EmbeddedError.

    `options` overrides CONFIGURATION. The caller holds the installation's lock.
    """
    written = places.cluster / "PG_VERSION"
    wanted = int(written.read_text()) if written.exists() else None
    postgres = Postgres(places, postgres_programs(places.owner, wanted), options)
    if wanted is None:
        _initdb(postgres)
    changed = _configure(postgres)
    if _postmaster(places.cluster) and (changed or not _adopt(postgres)):
        postgres.stop()
    if not postgres.runs():
        _start(postgres)
    return postgres


def stop_postgres(places: Places) -> None:
    """Roll back what is open, write what is committed, end; nothing happens where none runs."""
    process = _postmaster(places.cluster)
    if process is not None:
        # SIGINT is `pg_ctl stop -m fast`; SIGQUIT is like a loss of power, after which its log brings everything back.
        end(process, signal.SIGINT, STOP_LIMIT, harsh=signal.SIGQUIT)


def _initdb(postgres: Postgres) -> None:
    """Make the cluster under another name first, so that a death in the middle leaves nothing that looks whole."""
    places, programs = postgres.places, postgres.programs
    growing = places.servers / "postgres.new"
    shutil.rmtree(growing, ignore_errors=True)
    growing.mkdir(mode=0o700)
    if places.owner is not None:
        shutil.chown(growing, places.owner.uid, places.owner.gid)
    command = [str(programs.folder / "initdb"), "-D", str(growing), "--encoding=UTF8", f"--username={SUPERUSER}"]
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions", *_locale(programs.major)]
    if postgres.options.get("fsync") == "off":
        command.append("--no-sync")
    made = run_as(places.owner, command, cwd=growing, time_limit=START_LIMIT)
    if made.returncode != 0:
        shutil.rmtree(growing, ignore_errors=True)
        raise EmbeddedError(
            f"PostgreSQL could not make its data folder:\n{made.stdout.decode(errors='replace').strip()}"
        )
    growing.rename(places.cluster)


def _locale(major: int) -> list[str]:
    """The same order and the same idea of a letter on every machine, whatever locales it has."""
    if major >= _BUILTIN_LOCALE_SINCE:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _configure(postgres: Postgres) -> bool:
    """Write postgresql.conf where it differs; whether it did. ALTER SYSTEM stays above it, for operators."""
    wanted = {**CONFIGURATION, "unix_socket_directories": str(postgres.places.sockets), **postgres.options}
    text = "# Written at every start; change settings with ALTER SYSTEM.\n" + "".join(
        f"{name} = '{value}'\n" for name, value in wanted.items()
    )
    path = postgres.places.cluster / "postgresql.conf"
    if path.read_text() == text:
        return False
    path.write_text(text)  # keeps the owner that initdb gave it
    return True


def _postmaster(cluster: Path) -> psutil.Process | None:
    return server_of(
        cluster / "postmaster.pid",
        lambda command: bool(command) and "postgres" in Path(command[0]).name and str(cluster) in command,
    )


def _adopt(postgres: Postgres) -> bool:
    """Whether the server that runs is ours to use as it is: it answers on our socket, from our programs."""
    deadline = time.monotonic() + START_LIMIT
    while postgres.runs():
        try:
            with psycopg.connect(postgres.dsn(SUPERUSER, "postgres"), connect_timeout=5) as connection:
                return f"{connection.info.server_version // 10000}" == str(postgres.programs.major)
        except psycopg.OperationalError as error:
            if "starting up" not in str(error) or time.monotonic() > deadline:
                return False
        time.sleep(0.2)
    return False


def _start(postgres: Postgres) -> None:
    """Start; once more while children of a killed postmaster still hold the memory they shared."""
    deadline = time.monotonic() + ORPHANS_LIMIT
    while True:
        _forget_the_dead(postgres.places)
        said = _pg_ctl(postgres.places, postgres.programs, "start", "-w", "-t", str(START_LIMIT))
        if postgres.runs():
            return
        if "shared memory" not in said or time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL did not start. Its last words:\n{said}")
        time.sleep(0.3)


def _forget_the_dead(places: Places) -> None:
    """Remove what names a server that is gone: its number may be a stranger's by now and would stop ours.

    Ours to judge, since the caller holds the installation's lock and found no server of it.
    """
    socket_file = places.sockets / f".s.PGSQL.{PORT}"
    for path in (places.cluster / "postmaster.pid", socket_file, socket_file.with_name(f"{socket_file.name}.lock")):
        path.unlink(missing_ok=True)


def _pg_ctl(places: Places, programs: PostgresPrograms, *arguments: str) -> str:
    """Run pg_ctl; returns what it and the server said. A file takes it, since the server keeps what it is given."""
    begun = time.time()
    log = places.cluster / "start.log"
    command = [str(programs.folder / "pg_ctl"), "-D", str(places.cluster), *arguments]
    with log.open("wb") as file, suppress(subprocess.TimeoutExpired):
        run_as(places.owner, command, cwd=places.cluster, output=file, time_limit=START_LIMIT + 10)
    logs = [log, *(file for file in places.cluster.glob("log/*.log") if file.stat().st_mtime >= begun - 1)]
    return "\n".join(line for file in logs for line in file.read_text(errors="replace").splitlines()[-15:])
