"""`flowengine backup`: all data as one file, while everything goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from flowengine import embedded
from flowengine.cli import _ledger
from flowengine.cli._archive import About, mark_of, pack, writing
from flowengine.cli.supervisor.note import reach, read_note
from flowengine.cli.supervisor.servers import Servers
from flowengine.settings import Settings, data_folder
from flowengine.store.engine import make_engine
from flowengine.store.installation import clock, read_installation


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write FILE. It does not hold the installation's secret: keep that elsewhere, both are needed to restore."""
    if not file.resolve().parent.is_dir():
        raise click.ClickException(f"There is no folder {file.resolve().parent}.")
    with _reached() as settings:
        engine = make_engine(settings.database_url)
        try:
            taken_at, installation = clock(engine), read_installation(engine)
            with writing(file) as dump:
                embedded.dump_database(settings.database_owner_url, dump)
                about = About(taken_at.isoformat(), str(installation.id), mark_of(settings.secret))
                files = pack(file, dump, about, files=settings.files_folder)
            erased = _ledger.write(_ledger.beside(file), engine)
        finally:
            engine.dispose()
    click.echo(
        f"  {file}: {file.stat().st_size / 1e6:.1f} MB, as of {taken_at:%Y-%m-%d %H:%M:%S} UTC; {files} files of flows"
    )
    click.echo(
        f"  {_ledger.beside(file)}: {erased} people erased so far; `restore` goes by it, keep it with the backups."
    )
    click.echo(f"  Not in it: the secret, {_where(settings)}. Without it, what accounts keep secret cannot be opened.")


@contextmanager
def _reached() -> Iterator[Settings]:
    """The installation that the environment names or that runs; else the one in the data folder, started for this."""
    folder = data_folder()
    if os.environ.get("DATABASE_URL") or read_note(folder):
        yield reach()
        return
    if not (folder / "installation").exists() and not (folder / "postgres").exists():
        raise click.ClickException(f"There is no installation in {folder}; name it by FLOWENGINE_DATA or DATABASE_URL.")
    with embedded.lock(folder):
        servers = Servers(folder)
        try:
            servers.start(os.environ, lambda _: None)
            yield Settings.read({**servers.environment(), **os.environ, "FLOWENGINE_DATA": str(folder)})
        finally:
            servers.stop()


def _where(settings: Settings) -> str:
    return "FLOWENGINE_SECRET" if os.environ.get("FLOWENGINE_SECRET") else f"the file {settings.data / 'secret'}"
