"""`flowengine import`: a bundle, or a flow alone, into an account."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from flowengine.cli._account import Refused, Wrong, account_of, account_option
from flowengine.cli._files import in_a_line, language_option, read_json
from flowengine.cli.supervisor.note import reach
from flowengine.core.bundle import Bundle, Mapped
from flowengine.core.errors import InvalidFlow
from flowengine.crm import copied_files, copies
from flowengine.crm.copied_files import Shelf
from flowengine.files.folder import Folder
from flowengine.files.links import Links
from flowengine.store.unit import Unit

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # PostgreSQL: neither text nor JSONB can hold it
_FOUND = {
    "same_slug": {"pt-BR": "existe", "en": "is there"},
    "same_name": {"pt-BR": "há outro com o mesmo nome", "en": "another has the same name"},
    "lacks": {"pt-BR": "falta", "en": "is missing"},
}


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@account_option
@click.option("--use", multiple=True, metavar="KIND:SLUG=OTHER", help="Take OTHER for it; kept as an alias.")
@click.option("--create", multiple=True, metavar="KIND:SLUG", help="Create it as the bundle defines it.")
@click.option("--create-missing", is_flag=True, help="Create everything that is missing and can be created.")
@click.option("--dry-run", is_flag=True, help="Only show what the account has of it.")
@click.option("--strict", is_flag=True, help="Refuse where something would be left open.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@language_option
def command(
    path: Path,
    account: str | None,
    use: tuple[str, ...],
    create: tuple[str, ...],
    create_missing: bool,
    dry_run: bool,
    strict: bool,
    as_json: bool,
    language: str,
) -> None:
    """Add the flows of the bundle (or the flow) in PATH to an account, as drafts: all of it or nothing.

    Exits with 1 where it is refused, or with --dry-run something is missing; with 2 for a wrong call.
    """
    bundle = _bundle(path, language)
    with account_of(account) as unit:
        report = copies.look(unit, bundle)
        if dry_run:
            _say(report, _in_words(report, language), as_json)
            sys.exit(1 if any(each["found"] != "same_slug" for each in report["references"]) else 0)
        imported = copies.take_in(unit, bundle, _mapping(use, create, create_missing, report), by=None)
        _take_files(unit, bundle, report)
        if strict and imported.left:
            raise Refused(f"Nothing was added: missing are {', '.join(':'.join(key) for key in imported.left)}.")
        for flow in imported.flows:
            unit.audit.record(None, "flow_imported", object_kind="flow", object_id=flow.id, where_done="cli")
    done = {
        "flows": [flow.key for flow in imported.flows],
        "created": [f"{kind}:{slug}" for kind, slug in imported.created],
        "aliases": {f"{kind}:{slug}": target for (kind, slug), target in imported.aliases.items()},
        "left": [f"{kind}:{slug}" for kind, slug in imported.left],
    }
    _say(done, [f"  {name}: {', '.join(things) or '-'}" for name, things in done.items()], as_json)


def _take_files(unit: Unit, bundle: Bundle, report: Mapping[str, Any]) -> None:
    """Those that are missing and whose bytes lie in the bundle, or here in another account; nothing is fetched."""
    settings = reach()
    shelf = Shelf(Folder(settings.files_folder), Links(settings.address, settings.secret), settings.file_most)
    missing = [each["hash"] for each in report["files"] if not each["found"]]
    with copied_files.arriving(shelf, bundle, missing, unit.now, fetch=lambda link: None) as came:
        copied_files.keep(unit, shelf, came, by=None)


def _bundle(path: Path, language: str) -> Bundle:
    """The bundle in a file; a flow alone is a bundle of it."""
    if _NUL.search(path.read_bytes()):
        raise Refused(f"{path}: U+0000 cannot be stored.")
    try:
        bundle = copies.read(read_json(path))
    except InvalidFlow as mistake:
        lines = "\n".join(f"  {in_a_line(found, language)}" for found in mistake.findings)
        raise Refused(f"{path}\n{lines}") from mistake
    if not bundle.flows:
        raise Refused(f"{path}: nodes alone are pasted on a canvas; here only whole flows are added.")
    return bundle


def _mapping(use: tuple[str, ...], create: tuple[str, ...], missing: bool, report: Mapping[str, Any]) -> Mapped:
    mapping: dict[str, dict[str, Any]] = {}
    if missing:
        lacking = (each for each in report["references"] if each["found"] != "same_slug" and each["can_create"])
        mapping = {f"{each['kind']}:{each['slug']}": {"create": True} for each in lacking}
    mapping |= {name: {"create": True} for name in create}
    for each in use:
        name, is_one, other = each.partition("=")
        if not is_one or not other or ":" not in name:
            raise Wrong(f"--use {each}: write KIND:SLUG=OTHER.")
        mapping[name] = {"use": other}
    return mapping


def _in_words(report: Mapping[str, Any], language: str) -> list[str]:
    lines = []
    for flow in report["flows"]:
        clash = f"  ({flow['clash']['name']})" if flow["clash"] else ""
        lines.append(f"  flow {flow['key']}: {flow['name']}{clash}")
    for each in report["references"]:
        others = ", ".join(other["slug"] for other in each["candidates"])
        differs = f" ≠ {', '.join(each['differs'])}" if each["differs"] else ""
        found = _FOUND[each["found"]][language]
        lines.append(f"  {each['kind']} {each['slug']}: {found}{f' ({others})' if others else ''}{differs}")
    return lines


def _say(data: Mapping[str, Any], lines: list[str], as_json: bool) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))
