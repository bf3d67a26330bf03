"""An account of the bench's own in the installation it measures: founded like any, with its flows on one channel."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from uuid_utils.compat import uuid7

from flowengine.bench import talks
from flowengine.bench.counts import libpq
from flowengine.bench.installation import BenchFailed
from flowengine.core.flow import content_hash
from flowengine.founding import found, new_password, put_login, token_hash
from flowengine.settings import Settings
from flowengine.store.due import find_account
from flowengine.store.engine import make_engine
from flowengine.store.flows import FlowVersion
from flowengine.store.unit import Unit

TEAM = "atendimento"
TOKEN_KNOWN_S = 6.0  # until every process of the web has heard of a new token (builder_ui/doors.py)


@dataclass(frozen=True, slots=True)
class Account:
    """How the bench enters: as the channel's sender by `key` and `token`, as a person by `email` and `password`."""

    id: UUID
    key: str
    token: str
    email: str
    password: str
    channel: UUID
    versions: tuple[FlowVersion, ...] = ()
    people: str | None = None  # what the names of those whom `fill` made begin with


# What an earlier bench has left in the middle of a talk: it would hear the first word of the next as an answer.
_FINISH: tuple[LiteralString, ...] = (
    """update run set status = 'ended', ended_at = now() where account_id = %(account)s and status = 'open'
       and contact_id in (select contact_id from contact_identity
                          where account_id = %(account)s and external_id = any(%(names)s))""",
    """update conversation set state = 'finished', finished_at = now(), floor_run_id = null, owner_id = null
       where account_id = %(account)s and state <> 'finished'
       and contact_id in (select contact_id from contact_identity
                          where account_id = %(account)s and external_id = any(%(names)s))""",
)


def of(settings: Settings, slug: str | None, people: int) -> Account:
    """A new account, or the one of that name, where the first `people` are to write."""
    return enter(settings, slug, people) if slug else make(settings)


def enter(settings: Settings, slug: str, people: int) -> Account:
    """An account that `fill` has made, with a new token of its channel and a new password of its founder.

    What its first `people` had begun is over.
    """
    engine = make_engine(settings.database_url)
    try:
        id = find_account(engine, slug)
        if id is None:
            raise BenchFailed(f"there is no account {slug}")
        token, password = secrets.token_urlsafe(32), new_password()
        with Unit.open(engine, id) as unit:
            channel = next(channel for channel in unit.channels.all() if channel.kind == "http")
            unit.channels.change(channel.id, token_hash=token_hash(token))
        put_login(engine, _email(slug), "Bench", password)
    finally:
        engine.dispose()
    with psycopg.connect(libpq(settings, owner=True)) as connection:
        connection.execute("select set_config('app.account', %s, false)", [str(id)])
        names = [f"{talks.FILLED}-{number}" for number in range(people)]
        for statement in _FINISH:
            connection.execute(statement, {"account": id, "names": names})
    sleep(TOKEN_KNOWN_S)
    return Account(id, channel.key, token, _email(slug), password, channel.id, people=talks.FILLED)


def make(settings: Settings, *, slug: str | None = None, flows: Sequence[Mapping[str, Any]] = ()) -> Account:
    """A new account on this installation; `flows` stand beside those of talks.py. It stays when the bench is over."""
    engine = make_engine(settings.database_url)
    slug = slug or f"bench-{uuid7().hex[-12:]}"
    now = datetime.now(UTC)
    try:
        founded = found(
            engine,
            slug=slug,
            name="Bench",
            email=_email(slug),
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


def _email(slug: str) -> str:
    return f"{slug}@bench.example"
