"""`flowengine docs`: the manual of the flow language as static pages."""

from __future__ import annotations

import json
from pathlib import Path

import click

from flowengine.cli.manual.render import build
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs: the files written.")
def command(out: Path, as_json: bool) -> None:
    """Write the manual into the folder OUT: a page a node type, conditions, texts, events, settings, findings.

    In Portuguese and in English, made from the schemas; files of an earlier one are written over. Exits with 2 for a
    wrong call.
    """
    files = build(out, FLOW_SCHEMA, DEFINITIONS)
    if as_json:
        click.echo(json.dumps([str(file.relative_to(out)) for file in files], indent=2))
    else:
        click.echo(f"  {len(files)} files in {out}; begin at {out / 'index.html'}")
