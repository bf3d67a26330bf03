"""What the checker says of a document in this account, as plain data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from threading import Lock
from typing import Any
from uuid import UUID

from flowengine.channels.declared import declared
from flowengine.core.check import Account, Channel, check
from flowengine.core.files import files_in
from flowengine.core.references import references_of
from flowengine.crm.catalogue import catalogue
from flowengine.desk.hours import hours_as_data
from flowengine.nodes import FLOW_SCHEMA, NODE_TYPES
from flowengine.store.hours import Hours
from flowengine.store.unit import Unit
from flowengine.turns.able import ABLE

MOST_FLOWS = 200  # other live flows that are looked at, those touched last
MOST_KEPT = 1000  # documents of live versions that a process keeps, some 20 kB each


def findings_of(unit: Unit, document: dict[str, Any], flow_id: UUID | None = None) -> list[dict[str, Any]]:
    """Errors and warnings, errors first; [] for a flow that may be published. Without `flow_id` its key says which."""
    account = account_of(unit, document, flow_id)
    return [finding.as_data() for finding in check(document, FLOW_SCHEMA, NODE_TYPES, account)]


def account_of(unit: Unit, document: Mapping[str, Any], flow_id: UUID | None = None) -> Account:
    """What the checker is told of the account; the document is a draft and may be wrong in any way."""
    named = references_of(document, FLOW_SCHEMA)
    teams = {each.slug for each in named if each.kind == "team"}
    known = catalogue(unit, {each.kind for each in named})
    return Account(
        references={
            **{kind: {each["slug"]: each for each in things} for kind, things in known.items()},
            "file": _files(unit, document),
        },
        channels=_channels(unit, document, flow_id),
        hours={"account": _hours(unit, unit.hours.of_account())}
        | {f"team:{team}": _hours(unit, unit.hours.of_team(team)) for team in sorted(teams)},
        flows=_other_flows(unit, document),
        able=ABLE,
        now=unit.now,
    )


def _files(unit: Unit, document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Those that the document names, by their content."""
    files = unit.files.many(files_in(document.get("nodes")))
    return {sha256: {"name": each.name, "mime": each.mime, "size": each.size} for sha256, each in files.items()}


def _channels(unit: Unit, document: Mapping[str, Any], flow_id: UUID | None) -> list[Channel]:
    """A chatbot speaks where it is bound; an automation on whichever channel its contact used last."""
    everywhere = document.get("kind") != "chatbot"
    if flow_id is None and not everywhere:
        flow = unit.flows.by_key(key) if (key := _key(document)) else None
        flow_id = flow.id if flow else None
    bound = {binding.channel_id for binding in unit.channels.bindings(flow_id)} if flow_id else set()
    return [
        declared(each.kind, each.key, each.name, bound=everywhere or each.id in bound) for each in unit.channels.all()
    ]


def _hours(unit: Unit, hours: Hours | None) -> Mapping[str, Any] | None:
    return None if hours is None else hours_as_data(hours, unit.now)


def _other_flows(unit: Unit, document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    live = unit.documents.live(MOST_FLOWS)
    own = _key(document)
    documents = _kept_documents().of(unit, live.values())
    return {key: documents[version] for key, version in live.items() if key != own and version in documents}


def _key(document: Mapping[str, Any]) -> str:
    key = document.get("key")
    return key if isinstance(key, str) and "\0" not in key else ""


class KeptDocuments:
    """Documents of versions, which never change; the oldest are forgotten. Safe for threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: dict[UUID, Mapping[str, Any]] = {}
        self._lock = Lock()

    def of(self, unit: Unit, versions: Collection[UUID]) -> dict[UUID, Mapping[str, Any]]:
        with self._lock:
            found = {version: self._kept[version] for version in versions if version in self._kept}
        read = unit.documents.of_versions(set(versions) - set(found)) if len(found) < len(versions) else {}
        with self._lock:
            self._kept.update(read)
            for version in list(self._kept)[: max(len(self._kept) - self._most, 0)]:
                del self._kept[version]
        return {**found, **read}


@cache
def _kept_documents() -> KeptDocuments:
    return KeptDocuments()
