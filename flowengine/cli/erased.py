"""`flowengine erased`: who was erased, kept beside backups, and erased again where a restore brought them back."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli import _ledger
from flowengine.cli.supervisor.note import reach
from flowengine.store.engine import make_engine


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Add the ledger to this file.")
@click.option(
    "--apply", "given", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Erase again whoever stands in this file and is back.",
)  # fmt: skip
def command(out: Path | None, given: Path | None) -> None:
    """Keep the erase ledger beside backups (`backup` does it too), or erase again by one (`restore` does it too).

    It holds ids and times, nothing of the people.
    """
    if out is None and given is None:
        raise click.UsageError("Say --out FILE or --apply FILE.")
    engine = make_engine(reach().database_url)
    try:
        if given is not None:
            click.echo(f"  erased again: {_ledger.apply(engine, _ledger.read(given))}")
        if out is not None:
            click.echo(f"  {out}: {_ledger.write(out, engine)} erased")
    finally:
        engine.dispose()
