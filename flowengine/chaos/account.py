"""The account that a fault run talks to: its flows live on one HTTP channel, an administrator who also serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flowengine import founding
from flowengine.core.flow import content_hash
from flowengine.core.program import Program, compile_flow
from flowengine.nodes import NODE_TYPES, read_flow
from flowengine.store.due import find_account
from flowengine.store.engine import make_engine
from flowengine.store.unit import Unit

SLUG = "fogo"
EMAIL = "ana@fogo.example"


@dataclass(frozen=True)
class Account:
    """How to get in, as a channel's sender and as a person; the flows by their keys, compiled by the core alone."""

    id: UUID
    key: str
    token: str
    email: str
    password: str
    programs: Mapping[str, Program]


def make_account(environment: Mapping[str, str], documents: Sequence[Mapping[str, Any]]) -> Account:
    """Found it, with these flows published."""
    engine = make_engine(environment["DATABASE_URL"])
    now = datetime.now(UTC)
    try:
        founded = founding.found(
            engine,
            slug=SLUG,
            name="Fogo",
            email=EMAIL,
            person="Ana",
            language="pt-BR",
            timezone="America/Sao_Paulo",
            now=now,
        )
        id = find_account(engine, SLUG)
        assert id is not None and founded.password is not None
        with Unit.open(engine, id, now=now) as unit:
            unit.accounts.set_settings({**unit.accounts.read().settings, "reopen_hours": 0})
            for document in documents:
                _publish(unit, document)
    finally:
        engine.dispose()
    programs = {document["key"]: compile_flow(read_flow(document), NODE_TYPES) for document in documents}
    return Account(id, founded.http_key, founded.http_token, founded.email, founded.password, programs)


def _publish(unit: Unit, document: Mapping[str, Any]) -> None:
    digest = content_hash(document)
    flow = unit.flows.add(
        key=document["key"], name=document["name"], kind="chatbot", document=document, hash=digest, by=None
    )
    unit.flows.publish(flow.id, revision=flow.draft_revision, document=document, hash=digest, note="", by=None)
    http = next(channel for channel in unit.channels.all() if channel.kind == "http")
    unit.channels.bind(flow.id, [http.id])
