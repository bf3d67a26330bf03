"""The erase ledger as a file beside backups: ids and times of who was erased, so that no restore brings them back.

A line of JSON a person: {"account", "contact", "by", "at"}. Lines of other installations do no harm.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from flowengine.crm.erasure import erase_again
from flowengine.store.due import every_account
from flowengine.store.engine import Engine
from flowengine.store.erasure import Erased
from flowengine.store.unit import Unit

NAME = "flowengine-erased.jsonl"

Ledger = dict[UUID, list[Erased]]  # by account


def beside(backup: Path) -> Path:
    """Where the ledger of the backups in a folder lies."""
    return backup.resolve().parent / NAME


def read(file: Path) -> Ledger:
    ledger: Ledger = defaultdict(list)
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            by = None if said["by"] is None else UUID(said["by"])
            entry = Erased(UUID(said["contact"]), by, datetime.fromisoformat(said["at"]))
            ledger[UUID(said["account"])].append(entry)
    except (OSError, ValueError, TypeError, KeyError) as wrong:
        raise click.ClickException(f"{file} is no ledger of who was erased: {wrong}") from wrong
    return ledger


def write(file: Path, engine: Engine) -> int:
    """Add who was erased since; what the file has stays, whole or not at all. How many lines it has."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    known = set(lines)
    lines += [line for line in _lines(engine) if line not in known]
    growing = file.with_name(f".{file.name}")
    with open(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
    growing.replace(file)
    return len(lines)


def apply(engine: Engine, ledger: Ledger) -> int:
    """Erase again who is back; how many were."""
    accounts = set(every_account(engine))
    again = 0
    for account in ledger.keys() & accounts:
        with Unit.open(engine, account) as unit:
            again += erase_again(unit, ledger[account])
    return again


def _lines(engine: Engine) -> Iterable[str]:
    for account in every_account(engine):
        with Unit.open(engine, account) as unit:
            entries = unit.erasure.ledger()
        for entry in entries:
            by = None if entry.member_id is None else str(entry.member_id)
            said = {"account": str(account), "contact": str(entry.contact_id), "by": by, "at": entry.at.isoformat()}
            yield json.dumps(said)
