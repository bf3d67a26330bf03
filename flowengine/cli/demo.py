"""`flowengine demo`: where the demo is and how to get in."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from flowengine.cli.supervisor.note import read_note
from flowengine.demo import read_demo
from flowengine.settings import Settings, data_folder


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The data folder.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port, where it does not run at the moment.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(data: Path | None, port: int | None, as_json: bool) -> None:
    """Print the demo's address, logins and keys."""
    folder = data.resolve() if data else data_folder()
    demo = read_demo(folder)
    if demo is None:
        raise click.ClickException(f"There is no demo in {folder}. `flowengine up` makes one the first time.")
    note = read_note(folder)
    address = f"http://127.0.0.1:{port}" if port else note.address if note else Settings.address
    facts = {"address": address, **demo}
    click.echo(json.dumps(facts, indent=2, ensure_ascii=False) if as_json else words(facts))


def words(facts: Mapping[str, Any]) -> str:
    """The same for people."""
    address = facts["address"]
    lines = [f"  {address:<36} inbox and flows", f"  {address + '/chat':<36} the web chat, as a visitor", ""]
    width = max(len(login["email"]) for login in facts["logins"])
    lines += [f"  {login['email']:<{width}}  {login['password']}  ({login['role']})" for login in facts["logins"]]
    return "\n".join(lines)
