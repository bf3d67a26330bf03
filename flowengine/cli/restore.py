"""`flowengine restore`: a backup into an empty installation, which sends nothing until its operator says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
import psycopg

from flowengine import embedded
from flowengine.cli import _ledger
from flowengine.cli._archive import About, mark_of, unpack_files, unpacked
from flowengine.cli.supervisor.servers import Servers
from flowengine.settings import data_folder, files_folder
from flowengine.store.engine import make_engine
from flowengine.store.installation import hold_gate
from flowengine.store.migrate import upgrade
from flowengine.store.order import leap


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), help="The data folder: FLOWENGINE_DATA, or ./data.")
@click.option(
    "--erased", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The ledger of who was erased; by default the one beside FILE.",
)  # fmt: skip
def command(file: Path, data: Path | None, erased: Path | None) -> None:
    """Fill an empty installation from FILE: the data folder's own database, or the one of DATABASE_OWNER_URL.

    Whoever was erased since is erased again. Its gate is held: see what is due with `flowengine gate`, then
    `flowengine gate open`.
    """
    folder = data.expanduser().resolve() if data else data_folder()
    ledger = erased or _ledger.beside(file)
    entries = _ledger.read(ledger) if ledger.exists() else {}
    with unpacked(file) as (about, dump), embedded.lock(folder), _owner_url(folder) as url:
        _must_be_empty(url)
        embedded.load_database(url, dump)
        _hold(url, datetime.fromisoformat(about.taken_at))
        upgrade(url)
        _leap(url)
        again = _erase_again(url, entries)
        files = unpack_files(file, files_folder(folder))
    click.echo(f"  Restored, as of {about.taken_at}. Nothing is sent until `flowengine gate open`.")
    click.echo(f"  {files} files of flows put into {files_folder(folder)}.")
    click.echo(f"  {_about_erased(ledger, again)}")
    click.echo(f"  {_about_secret(about, folder)}")


@contextmanager
def _owner_url(folder: Path) -> Iterator[str]:
    given = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    servers = Servers(folder)
    try:
        servers.start({"REDIS_URL": "not needed"}, lambda _: None)
        yield servers.environment()["DATABASE_OWNER_URL"]
    finally:
        servers.stop()


def _must_be_empty(url: str) -> None:
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
        tables = connection.execute(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        ).fetchone()
        if tables != (0,):
            raise click.ClickException("This database is not empty; a backup goes into a new one. Nothing was changed.")
        if connection.execute("select from pg_roles where rolname = 'flowengine_app'").fetchone() is None:
            connection.execute(
                "create role flowengine_app login nosuperuser nocreatedb nocreaterole nobypassrls"
            )  # whom the data's rights name


def _hold(url: str, since: datetime) -> None:
    engine = make_engine(url, role=None)
    try:
        hold_gate(engine, "restored", since)
    finally:
        engine.dispose()


def _leap(url: str) -> None:
    engine = make_engine(url, role=None)
    try:
        with engine.begin() as connection:
            leap(connection)
    finally:
        engine.dispose()


def _erase_again(url: str, entries: _ledger.Ledger) -> int:
    engine = make_engine(url)
    try:
        return _ledger.apply(engine, entries)
    finally:
        engine.dispose()


def _about_erased(ledger: Path, again: int) -> str:
    if not ledger.exists():
        return f"There is no ledger of who was erased since ({ledger}); `flowengine erased --apply FILE` goes by one."
    return f"{again} people erased again, by {ledger}."


def _about_secret(about: About, folder: Path) -> str:
    kept = folder / "secret"
    secret = os.environ.get("FLOWENGINE_SECRET") or (kept.read_text().strip() if kept.exists() else None)
    if secret is None:
        return f"Put the secret of the installation into {kept}, or set FLOWENGINE_SECRET, before you start it."
    if mark_of(secret) != about.secret:
        return "The secret here is another than the backup's: what accounts keep secret will not open."
    return "The secret here is the backup's."
