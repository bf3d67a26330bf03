"""`flowengine demo`: where the demo is and how to get in."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from flowengine.cli.supervisor.note import reach, read_note
from flowengine.demo import read_demo, seed
from flowengine.settings import Settings, data_folder
from flowengine.store.engine import make_engine


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data folder: FLOWENGINE_DATA, or ./data.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port, where it does not run at the moment.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--make", is_flag=True, help="Make the demo account, or new passwords for it, in the database.")
def command(data: Path | None, port: int | None, as_json: bool, make: bool) -> None:
    """Print the demo's address, logins and keys."""
    folder = data.expanduser().resolve() if data else data_folder()
    demo = _made(folder) if make else read_demo(folder)
    if demo is None:
        raise click.ClickException(f"There is no demo in {folder}. `flowengine up` makes one the first time.")
    facts = {"address": _address(folder, port), **demo}
    click.echo(json.dumps(facts, indent=2, ensure_ascii=False) if as_json else words(facts))


def words(facts: Mapping[str, Any]) -> str:
    """The same for people."""
    address = facts["address"]
    lines = [f"  {address:<36} inbox and flows", f"  {address + '/chat':<36} the web chat, as a visitor", ""]
    width = max(len(login["email"]) for login in facts["logins"])
    lines += [f"  {login['email']:<{width}}  {login['password']}  ({login['role']})" for login in facts["logins"]]
    return "\n".join(lines)


def _made(folder: Path) -> dict[str, Any]:
    settings = reach(data=folder)
    engine = make_engine(settings.database_url)
    try:
        return seed(engine, settings, datetime.now(UTC))
    finally:
        engine.dispose()


def _address(folder: Path, port: int | None) -> str:
    note = read_note(folder)
    if port:
        return f"http://127.0.0.1:{port}"
    return note.address if note else Settings.address
