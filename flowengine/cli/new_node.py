"""`flowengine new-node`: the three files of a new node type, ready to be filled; nothing else is touched."""

from __future__ import annotations

import json
import keyword
import re
from pathlib import Path
from typing import Any

import click

from flowengine.nodes import DEFINITIONS, SCHEMAS

GROUPS = [group["id"] for group in DEFINITIONS["x-groups"]]
DOING = "says in a line what it does"

MODULE = '''\
"""`{name}`: {doing}."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Params:
    text: Template


def read(params: Mapping[str, Any]) -> Params:
    return Params(compile_template(params["text"]))


def enter(params: Params, context: Context) -> Step:
    return Go("next", answer=render(params.text, context), why=absent(context, params.text))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
'''

CASES = """\
[
  {
    "name": "goes on", "params": {"text": "Olá, {{ contact.name }}"},
    "expect": {"go": "next", "answer": "Olá, Renata Vasques"}
  },
  {
    "name": "waits for nothing", "params": {"text": "x"}, "event": {"kind": "message_received", "text": "oi"},
    "expect": {"stay": true}
  }
]
"""


def _name(context: click.Context, option: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value) or keyword.iskeyword(value):
        raise click.BadParameter("small letters, digits and _, beginning with a letter", context, option)
    return value


@click.command()
@click.argument("name", callback=_name)
@click.option("--group", type=click.Choice(GROUPS), required=True, help="Where it stands in the palette.")
@click.option("--title", help="What people call it, in English; else made from NAME.")
@click.option("--title-pt", help="The same in Portuguese; else as in English.")
@click.option("--doing", default=DOING, help="What it does, in a line (English); the module's first line too.")
@click.option("--doing-pt", help="The same in Portuguese; else as in English.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The checkout; else the one this program runs from.",
)
def command(
    name: str, group: str, title: str | None, title_pt: str | None, doing: str, doing_pt: str | None, into: Path | None
) -> None:
    """Write module, schema and cases of a node type called NAME, which then is one: fill them in.

    Exits with 1 where there is such a type already or no checkout, with 2 for a wrong call.
    """
    title = title or name.replace("_", " ").capitalize()
    schema = _schema(group, (title_pt or title, doing_pt or doing), (title, doing))
    files = _places(into or SCHEMAS.parent, name)
    contents = (MODULE.format(name=name, doing=doing.rstrip(".")), schema, CASES)
    for file in files:
        if file.exists():
            raise click.ClickException(f"{file} is there already; nothing was written.")
    for file, content in zip(files, contents, strict=True):
        file.write_text(content, encoding="utf-8")
        click.echo(f"  {file}")
    click.echo(
        "  It is in the palette. Say what it does: params and ports in the schema, cases for each of its ways out."
    )


def _places(root: Path, name: str) -> tuple[Path, Path, Path]:
    folders = (root / "flowengine" / "nodes", root / "schemas" / "nodes", root / "tests" / "nodes")
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise click.ClickException(f"{missing[0]} is not there: a node type is written into a checkout (--into).")
    module, schema, cases = folders
    return module / f"{name}.py", schema / f"{name}.json", cases / f"{name}.json"


def _schema(group: str, portuguese: tuple[str, str], english: tuple[str, str]) -> str:
    icon = next(each["icon"] for each in DEFINITIONS["x-groups"] if each["id"] == group)
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": english[0],
        "description": english[1],
        "x-group": group,
        "x-icon": icon,
        "x-tile": "square",
        "x-summary": ["{text}"],
        "x-ports": [{"id": "next", "title": "Next", "unwired": "end", "x-i18n": {"pt-BR": {"title": "Próxima"}}}],
        "x-answers": ["next"],
        "x-i18n": {"pt-BR": {"title": portuguese[0], "description": portuguese[1]}},
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {
            "text": {
                "title": "Text",
                "type": "string",
                "minLength": 1,
                "maxLength": 4096,
                "format": "template",
                "x-widget": "template",
                "examples": ["Olá, {{ contact.name }}"],
                "x-i18n": {"pt-BR": {"title": "Texto"}},
            }
        },
        "examples": [{"text": "Olá, {{ contact.name }}"}],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
