"""An account as tests want it: a default team and another, people in them, a channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from uuid_utils.compat import uuid7

from flowengine.core.run import Run
from flowengine.desk.people import Person, person_of
from flowengine.store.channels import Channel
from flowengine.store.contacts import Identity
from flowengine.store.conversations import Conversation
from flowengine.store.intake import NewEvent
from flowengine.store.members import Member
from flowengine.store.receive import Inbound
from flowengine.store.teams import Team
from flowengine.store.unit import Unit

NOON = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday, noon in São Paulo


@dataclass(frozen=True, slots=True)
class Office:
    """`at` opens a Unit some minutes after NOON."""

    engine: Engine
    account_id: UUID
    general: Team
    sales: Team
    ana: Member  # agent of both teams
    bia: Member  # agent of sales
    caio: Member  # supervisor of sales
    dora: Member  # administrator, in no team
    channel: Channel

    @contextmanager
    def at(self, minutes: float = 0) -> Iterator[Unit]:
        with Unit.open(self.engine, self.account_id, now=NOON + timedelta(minutes=minutes)) as unit:
            yield unit

    def person(self, name: str) -> Person:
        with self.at() as unit:
            return person_of(unit, getattr(self, name))


def furnish(engine: Engine, slug: str = "demo") -> Office:
    """A new account."""
    account_id = uuid7()
    with Unit.open(engine, account_id, now=NOON) as unit:
        unit.accounts.create(slug=slug, name=slug.capitalize())
        general = unit.teams.add("geral", "Geral", is_default=True)
        sales = unit.teams.add("vendas", "Vendas")
        ana, bia = unit.members.add("Ana", "agent"), unit.members.add("Bia", "agent")
        caio, dora = unit.members.add("Caio", "supervisor"), unit.members.add("Dora", "administrator")
        unit.teams.put_member(general.id, ana.id)
        unit.teams.put_member(sales.id, ana.id)
        unit.teams.put_member(sales.id, bia.id)
        unit.teams.put_member(sales.id, caio.id, agent=False, supervisor=True)
        channel = unit.channels.add("http", "Loja", team_id=general.id)
    return Office(engine, account_id, general, sales, ana, bia, caio, dora, channel)


def inbound(office: Office, contact: str, message: str, text: str = "oi", **more: Any) -> Inbound:
    """A message as a channel brings it."""
    fact = {"kind": "message_received", "at": NOON.isoformat(), "text": text}
    return Inbound(office.channel.id, contact, message, fact, **more)


def meet(unit: Unit, office: Office, contact: str = "5511") -> Identity:
    """A contact of the office's channel."""
    (received,) = unit.intake.receive([inbound(office, contact, f"first of {contact}", name="João")])
    assert received.identity is not None
    return received.identity


def talk(unit: Unit, office: Office, contact: str = "5511", **new: Any) -> Conversation:
    """A conversation with a new contact, in `bot` unless told otherwise."""
    identity = meet(unit, office, contact)
    conversation = unit.conversations.open(
        contact_id=identity.contact_id,
        channel_id=office.channel.id,
        identity_id=identity.id,
        team_id=office.general.id,
    )
    assert conversation is not None
    return unit.conversations.change(conversation, **new) if new else conversation


def publish(unit: Unit, office: Office, key: str = "atendimento") -> tuple[UUID, UUID]:
    """A flow with a live version on the office's channel: ids of both."""
    flow = unit.flows.add(key=key, name=key, kind="chatbot", document={"nodes": []}, hash="a", by=None)
    version = unit.flows.publish(flow.id, revision=1, document=flow.draft, hash="a", note="", by=None)
    unit.channels.bind(flow.id, [office.channel.id])
    return flow.id, version.id


def publish_listener(unit: Unit, event: str, *, waits: UUID | None = None) -> UUID:
    """A live flow that names this event, with an open run of the contact who `waits`; the flow's id."""
    document = {"nodes": [{"id": "start", "type": "trigger", "params": {"event": event}}]}
    flow = unit.flows.add(
        key="ouvinte", name="Ouvinte", kind="contact_automation", document=document, hash="a", by=None
    )
    version = unit.flows.publish(flow.id, revision=1, document=document, hash="a", note="", by=None)
    if waits is not None:
        id = unit.new_id()
        state = Run(str(id)).as_data()
        unit.runs.start(
            id=id, flow_id=flow.id, version_id=version.id, contact_id=waits, conversation_id=None, state=state
        )
    return flow.id


def start_run(unit: Unit, office: Office, conversation: Conversation, key: str = "atendimento") -> UUID:
    """An open run in a conversation, at turn 0."""
    flow, version = publish(unit, office, key)
    id = unit.new_id()
    run = unit.runs.start(
        id=id,
        flow_id=flow,
        version_id=version,
        contact_id=conversation.contact_id,
        conversation_id=conversation.id,
        state=Run(str(id)).as_data(),
    )
    assert run is not None
    return id


def event(lane_id: UUID, text: str = "", **more: Any) -> NewEvent:
    """Something that happened to a contact."""
    return NewEvent(lane_id, {"kind": "message_received", "at": NOON.isoformat(), "text": text}, **more)
