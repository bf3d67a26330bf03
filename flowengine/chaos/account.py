"""The account that a fault run talks to: flows that answer on two HTTP channels, an administrator who also serves.

Of one channel the messages are fetched, of the other they are pushed to an address as well.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flowengine import founding
from flowengine.core.flow import content_hash
from flowengine.core.program import Program, compile_flow
from flowengine.effects.sealing import seal
from flowengine.nodes import NODE_TYPES, read_flow
from flowengine.store.due import find_account
from flowengine.store.engine import make_engine
from flowengine.store.unit import Unit

SLUG = "fogo"
EMAIL = "ana@fogo.example"
SIGNING = "whsec_" + b64encode(b"nobody looks at the signature...").decode()


@dataclass(frozen=True)
class Channel:
    """How a sender reaches it."""

    id: UUID
    key: str
    token: str


@dataclass(frozen=True)
class Account:
    """How to get in, as a channel's sender and as a person; the flows by their keys, compiled by the core alone.

    `channels` are "fetch" and "push".
    """

    id: UUID
    channels: Mapping[str, Channel]
    email: str
    password: str
    programs: Mapping[str, Program]


def make_account(
    environment: Mapping[str, str], secret: str, documents: Sequence[Mapping[str, Any]], *, push_to: str
) -> Account:
    """Found it, with these flows published; `secret` is the installation's."""
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
            unit.hours.make_account_default(None)  # open day and night
            http = next(channel for channel in unit.channels.all() if channel.kind == "http")
            fetch = Channel(http.id, founded.http_key, founded.http_token)
            push = _push_channel(unit, push_to, secret)
            for document in documents:
                _publish(unit, document, [fetch.id, push.id])
    finally:
        engine.dispose()
    programs = {document["key"]: compile_flow(read_flow(document), NODE_TYPES) for document in documents}
    return Account(id, {"fetch": fetch, "push": push}, founded.email, founded.password, programs)


def _push_channel(unit: Unit, url: str, secret: str) -> Channel:
    (team,) = unit.teams.all()
    channel, token = founding.add_http_channel(unit, team)
    unit.channels.change(channel.id, callback_url=url, callback_secret=seal(SIGNING, secret))
    return Channel(channel.id, channel.key, token)


def _publish(unit: Unit, document: Mapping[str, Any], channels: Sequence[UUID]) -> None:
    digest = content_hash(document)
    flow = unit.flows.add(
        key=document["key"], name=document["name"], kind="chatbot", document=document, hash=digest, by=None
    )
    unit.flows.publish(flow.id, revision=flow.draft_revision, document=document, hash=digest, note="", by=None)
    unit.channels.bind(flow.id, channels)
