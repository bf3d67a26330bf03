"""`flowengine diff`: what differs between two flows, or two versions of one."""

from __future__ import annotations

import json
import sys

import click

from flowengine.cli._account import account_option, document_of
from flowengine.cli._files import language_option
from flowengine.core.diff import diff
from flowengine.core.diff_words import lines_of
from flowengine.nodes import FLOW_SCHEMA


@click.command()
@click.argument("before")
@click.argument("after")
@account_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@language_option
def command(before: str, after: str, account: str | None, as_json: bool, language: str) -> None:
    """Say what it takes from BEFORE to AFTER: nodes, their fields, wires, settings, variables; moves apart.

    Each is a file or, with --account, KEY, KEY@draft, KEY@live or KEY@3. Exits with 0 where the two do the same
    (however they are drawn), with 1 where they do not, with 2 for a wrong call.
    """
    found = diff(document_of(before, account, language), document_of(after, account, language), FLOW_SCHEMA)
    if as_json:
        click.echo(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines_of(found, language)))
    sys.exit(0 if found.behaves_alike else 1)
