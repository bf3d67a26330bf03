"""`flowengine export`: flows of an account as a bundle, with what they name."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli._account import account_of, account_option
from flowengine.cli.supervisor.note import reach
from flowengine.core.bundle import bundle_text
from flowengine.crm.copied_files import Shelf
from flowengine.crm.copies import export
from flowengine.files.folder import Folder
from flowengine.files.links import Links


@click.command()
@click.argument("keys", nargs=-1)
@account_option
@click.option("--all", "everything", is_flag=True, help="Every flow of the account.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else it is printed.")
def command(keys: tuple[str, ...], account: str | None, everything: bool, out: Path | None) -> None:
    """Write the flows KEYS, as their drafts are, with the flows they call and all they name, as a bundle (JSON).

    Exits with 1 where a flow is not there or cannot be copied, with 2 for a wrong call.
    """
    if bool(keys) == everything:
        raise click.UsageError("Name flows by their keys, or say --all.")
    settings = reach()
    shelf = Shelf(Folder(settings.files_folder), Links(settings.address, settings.secret), settings.file_most)
    with account_of(account) as unit:
        wanted = [flow.key for flow in unit.flow_list.rows()] if everything else list(keys)
        text = bundle_text(export(unit, wanted, shelf=shelf, files="bytes")).decode()
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
