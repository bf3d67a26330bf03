"""An account of the bench's own in the installation it measures: founded like any, with its flows on one channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from flowengine.bench import talks
from flowengine.bench.installation import BenchFailed
from flowengine.core.flow import content_hash
from flowengine.founding import found
from flowengine.settings import Settings
from flowengine.store.due import find_account
from flowengine.store.engine import make_engine
from flowengine.store.flows import FlowVersion
from flowengine.store.unit import Unit

TEAM = "atendimento"


@dataclass(frozen=True, slots=True)
class Account:
    """How the bench enters: as the channel's sender by `key` and `token`, as a person by `email` and `password`."""

    id: UUID
    key: str
    token: str
    email: str
    password: str
    channel: UUID
    versions: tuple[FlowVersion, ...]


def make(settings: Settings, *, flows: Sequence[Mapping[str, Any]] = ()) -> Account:
    """A new account on this installation; `flows` stand beside those of talks.py. It stays when the bench is over."""
    engine = make_engine(settings.database_url)
    slug = f"bench-{uuid7().hex[-12:]}"
    now = datetime.now(UTC)
    try:
        founded = found(
            engine,
            slug=slug,
            name="Bench",
            email=f"{slug}@bench.example",
            person="Bench",
            language="pt-BR",
            timezone="America/Sao_Paulo",
            now=now,
        )
        id = find_account(engine, slug)
        if id is None or founded.password is None:
            raise BenchFailed(f"the account {slug} was not made")
        with Unit.open(engine, id, now=now) as unit:
            unit.fields.add("contact", talks.FIELD, "Cidade", "text")
            channel = next(channel for channel in unit.channels.all() if channel.kind == "http")
            versions = [_publish(unit, document, channel.id) for document in (*talks.flows(TEAM), *flows)]
    finally:
        engine.dispose()
    return Account(id, channel.key, founded.http_token, founded.email, founded.password, channel.id, tuple(versions))


def _publish(unit: Unit, document: Mapping[str, Any], channel: UUID) -> FlowVersion:
    digest = content_hash(document)
    flow = unit.flows.add(
        key=document["key"], name=document["name"], kind=document["kind"], document=document, hash=digest, by=None
    )
    version = unit.flows.publish(
        flow.id, revision=flow.draft_revision, document=document, hash=digest, note="", by=None
    )
    if document["kind"] == "chatbot":
        unit.channels.bind(flow.id, [channel])
    return version
