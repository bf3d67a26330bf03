"""`flowengine check`: what is wrong with flow files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from flowengine.cli._files import flow_files, in_a_line, language_option, read_json
from flowengine.core.errors import InvalidFlow
from flowengine.core.findings import Finding
from flowengine.nodes import check


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs; see above.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@language_option
def command(paths: tuple[Path, ...], as_json: bool, strict: bool, language: str) -> None:
    r"""Check flow files, or all of a folder.

    Exits with 0 if there are no errors (with --strict: no findings), with 1 if there are, with 2 for a wrong call.

    \b
    --json prints a list with an object for each file:
      file      the path
      findings  [{code, severity, node, edge: {source, port}, pointer, message: {pt-BR, en}, fix}]
    """
    found = {str(path): _findings(path) for path in flow_files(paths)}
    if as_json:
        files = [{"file": file, "findings": [each.as_data() for each in findings]} for file, findings in found.items()]
        click.echo(json.dumps(files, ensure_ascii=False, indent=2))
    else:
        for file, findings in found.items():
            click.echo(f"{file}: {_summary(findings)}")
            for each in findings:
                click.echo(f"  {in_a_line(each, language)}")
    counted = [each for findings in found.values() for each in findings if strict or each.severity == "error"]
    sys.exit(1 if counted else 0)


def _findings(path: Path) -> list[Finding]:
    try:
        return check(read_json(path))
    except InvalidFlow as mistake:
        return list(mistake.findings)


def _summary(findings: list[Finding]) -> str:
    errors = sum(each.severity == "error" for each in findings)
    warnings = len(findings) - errors
    return "ok" if not findings else f"{errors} error(s), {warnings} warning(s)"
