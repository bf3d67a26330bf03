"""`flowengine draw`: a picture of a flow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from flowengine.cli._files import in_a_line, language_option, read_json
from flowengine.cli.drawing.cards import cards_of
from flowengine.cli.drawing.layout import placed
from flowengine.cli.drawing.mermaid import mermaid_of
from flowengine.cli.drawing.svg import svg_of
from flowengine.core.errors import InvalidFlow
from flowengine.core.upgrade import upgraded
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, read_flow


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "form", type=click.Choice(["svg", "mermaid"]), help="By the name of --out; else svg.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else it is printed.")
@click.option("--lay-out", is_flag=True, help="Lay the nodes out anew, whatever places the document has.")
@language_option
def command(path: Path, form: str | None, out: Path | None, lay_out: bool, language: str) -> None:
    """Draw the flow in PATH as SVG or Mermaid: where its document has it, or laid out where it has no places.

    Exits with 1 where PATH is no flow, with 2 for a wrong call.
    """
    document = _document(path, language)
    if lay_out:
        document = {**document, "nodes": [{**node, "position": None} for node in document["nodes"]]}
    cards = placed(cards_of(document, FLOW_SCHEMA, DEFINITIONS, language), document["edges"])
    form = form or ("mermaid" if out is not None and out.suffix in (".mmd", ".mermaid") else "svg")
    drawn = svg_of(document, cards) if form == "svg" else mermaid_of(document, cards)
    if out is None:
        click.echo(drawn, nl=False)
    else:
        out.write_text(drawn, encoding="utf-8")


def _document(path: Path, language: str) -> dict[str, Any]:
    """The document in a file, proved to be a flow."""
    try:
        document = read_json(path)
        read_flow(document)
    except InvalidFlow as mistake:
        lines = "\n".join(f"  {in_a_line(found, language)}" for found in mistake.findings)
        raise click.ClickException(f"{path}\n{lines}") from mistake
    today: dict[str, Any] = upgraded(document, FLOW_SCHEMA)
    return today
