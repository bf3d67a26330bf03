"""A small account with people, channels and a live flow, and the hands to play with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Engine
from uuid_utils.compat import uuid7

from flowengine import turns
from flowengine.core.flow import content_hash
from flowengine.desk import acts
from flowengine.desk.people import person_of
from flowengine.effects.deliver import deliver
from flowengine.store.channels import Channel
from flowengine.store.conversations import Conversation
from flowengine.store.members import Member
from flowengine.store.receive import Inbound
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs


def wire(*edges: str) -> list[dict[str, str]]:
    """`"ask.answered>thanks"` → an edge."""
    split = [(*edge.split(">")[0].split("."), edge.split(">")[1]) for edge in edges]
    return [{"source": source, "port": port, "target": target} for source, port, target in split]


def say(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "type": "message", "params": {"parts": [{"kind": "text", "text": text}]}}


def flow(nodes: list[dict[str, Any]], edges: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    start = {"id": "start", "type": "trigger", "params": {"event": "message.received"}}
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": "bot",
        "name": "Bot",
        "language": "pt-BR",
        "settings": {"default_team": "geral"},
        "nodes": [start, *nodes],
        "edges": edges,
        **more,
    }


RECEPTION = flow(
    [
        say("hello", "Olá, {{ contact.name | default('você') }}!"),
        {
            "id": "ask",
            "type": "menu",
            "params": {
                "text": "Como podemos ajudar?",
                "options": [{"id": "pessoa", "title": "Falar com alguém"}, {"id": "nada", "title": "Nada"}],
            },
        },
        {"id": "people", "type": "transfer", "params": {"team": "vendas", "note": "Escolheu {{ answers.ask }}"}},
        {
            "id": "rate",
            "type": "question",
            "params": {"text": "Que nota você dá?", "answer_type": "rating", "save_to": "nota"},
        },
        say("thanks", "Obrigado pela nota {{ vars.nota }}."),
        say("bye", "Até mais."),
    ],
    wire(
        "start.next>hello",
        "hello.next>ask",
        "ask.pessoa>people",
        "ask.nada>bye",
        "people.finished>rate",
        "rate.answered>thanks",
    ),
)


@dataclass
class Shop:
    """One account. `now` moves only when told to, so that every test is exact."""

    engine: Engine
    account: UUID = field(default_factory=uuid7)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    programs: Programs = field(default_factory=Programs)
    take_waiting: ClassVar[Callable[..., int]] = staticmethod(turns.take_waiting)
    channel: Channel = field(init=False)
    ana: Member = field(init=False)
    bia: Member = field(init=False)

    def __post_init__(self) -> None:
        with self.unit() as unit:
            unit.accounts.create(slug=f"shop-{self.account.hex[-8:]}", name="Loja")
            general = unit.teams.add("geral", "Geral", is_default=True)
            sales = unit.teams.add("vendas", "Vendas")
            self.ana = unit.members.add("Ana", "agent")
            self.bia = unit.members.add("Bia", "agent")
            unit.teams.put_member(general.id, self.bia.id)
            unit.teams.put_member(sales.id, self.ana.id)
            unit.teams.put_member(sales.id, self.bia.id)
            self.channel = unit.channels.add("http", "HTTP", team_id=general.id)

    def unit(self) -> Any:
        return Unit.open(self.engine, self.account, now=self.now)

    def publish(self, document: dict[str, Any]) -> None:
        with self.unit() as unit:
            digest = content_hash(document)
            known = unit.flows.by_key(document["key"])
            stored = known or unit.flows.add(
                key=document["key"], name=document["name"], kind="chatbot", document=document, hash=digest, by=None
            )
            revision = stored.draft_revision
            unit.flows.publish(stored.id, revision=revision, document=document, hash=digest, note="", by=None)
            unit.channels.bind(stored.id, [self.channel.id])

    def receive(
        self,
        text: str = "",
        *,
        sender: str = "renata",
        id: str | None = None,
        choice: str | None = None,
        name: str = "Renata",
    ) -> UUID:
        """A message as the channel's hook takes it in; nothing is answered yet."""
        event = {"kind": "message_received", "at": self.now.isoformat(), "text": text, "choice": choice, "name": name}
        provider = id or uuid4().hex
        with self.unit() as unit:
            (received,) = unit.intake.receive(
                [Inbound(self.channel.id, sender, provider, {**event, "provider_id": provider}, name=name)]
            )
        return received.event_id

    def work(self) -> int:
        """What a worker does: take what waits until nothing is left."""
        taken = 0
        for _ in range(50):
            more = self.take_waiting(self.engine, self.account, self.programs, now=self.now)
            if not more:
                return taken
            taken += more
        raise AssertionError("the work does not end")

    def hear(self, text: str = "", **more: Any) -> list[str]:
        """Send a message, let the worker work; what was answered since."""
        before = len(self.replies(more.get("sender", "renata")))
        self.receive(text, **more)
        self.work()
        return self.replies(more.get("sender", "renata"))[before:]

    def replies(self, sender: str = "renata") -> list[str]:
        """Everything the contact was told, in the order of the channel's stream."""
        with self.unit() as unit:
            return [d.body.get("text", "") for d in unit.outgoing.read(self.channel.id, 0, 10_000) if d.to == sender]

    def talk(self, sender: str = "renata") -> Conversation:
        with self.unit() as unit:
            identity = unit.contacts.identity(self.channel.id, sender)
            return unit.conversations.latest(identity.contact_id, self.channel.id)

    def take(self, by: Member, sender: str = "renata") -> Conversation:
        talk = self.talk(sender)
        with self.unit() as unit:
            return acts.take(unit, talk.id, person_of(unit, by), version=talk.version)

    def write(self, by: Member, text: str, sender: str = "renata") -> None:
        talk = self.talk(sender)
        with self.unit() as unit:
            acts.send(unit, talk.id, person_of(unit, by), text=text, client_id=uuid4().hex, deliver=deliver)

    def finish(self, by: Member, sender: str = "renata") -> Conversation:
        talk = self.talk(sender)
        with self.unit() as unit:
            return acts.finish(unit, talk.id, person_of(unit, by), version=talk.version)

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)
