"""An account of a running installation on the command line: found by its slug, its flows by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from flowengine.cli._files import in_a_line, read_json
from flowengine.cli.supervisor.note import reach
from flowengine.core.errors import CallerError, InvalidFlow
from flowengine.store.due import find_account
from flowengine.store.engine import make_engine
from flowengine.store.unit import Unit

account_option = click.option("--account", metavar="SLUG", help="An account of the installation that is reached.")


class Wrong(click.ClickException):
    """What was asked for cannot be done; `flowengine diff` and `replay` keep 1 for an answer."""

    exit_code = 2


@contextmanager
def account_of(slug: str | None) -> Iterator[Unit]:
    """A transaction in this account: kept at the end of the block, undone by a refusal, which is told in words."""
    if not slug:
        raise Wrong("Say which account: --account SLUG.")
    engine = make_engine(reach().database_url)
    try:
        account = find_account(engine, slug)
        if account is None:
            raise Wrong(f"There is no account {slug!r}.")
        with Unit.open(engine, account) as unit:
            yield unit
    except CallerError as refused:
        raise Refused(f"{refused.message.rstrip('.')}.") from refused
    finally:
        engine.dispose()


class Refused(click.ClickException):
    """The account does not take what it was given; nothing was changed."""

    exit_code = 1


def document_of(given: str, account: str | None, language: str) -> Any:
    """A flow's document: a file, or of an account KEY, KEY@draft, KEY@live, KEY@3 (a key alone: its draft)."""
    path = Path(given)
    if path.exists() or account is None:
        return _in_file(path, language)
    key, _, which = given.partition("@")
    with account_of(account) as unit:
        return version_of(unit, key, which or "draft")


def version_of(unit: Unit, key: str, which: str) -> dict[str, Any]:
    """A version of a flow of the account: draft, live, or a number."""
    flow = unit.flows.by_key(key)
    if flow is None:
        raise Wrong(f"There is no flow {key!r} in this account.")
    if which == "draft":
        return flow.draft
    if which == "live":
        found = unit.flows.version(flow.live_version_id) if flow.live_version_id else None
    else:
        found = unit.flows.version_by_number(flow.id, int(which)) if which.isdigit() and len(which) < 10 else None
    if found is None:
        raise Wrong(f"The flow {key!r} has no version {which!r}.")
    return found.document


def _in_file(path: Path, language: str) -> Any:
    if not path.is_file():
        raise Wrong(f"There is no file {str(path)!r}.")
    try:
        document = read_json(path)
    except InvalidFlow as mistake:
        raise Wrong(f"{path}: {in_a_line(mistake.findings[0], language)}") from mistake
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), list):
        raise Wrong(f"{path}: this is no flow.")
    return document
