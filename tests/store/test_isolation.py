"""No account sees or changes another's, whichever way it is asked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from flowengine.core.errors import CallerError
from flowengine.store.due import find_account, find_channel, find_memberships
from flowengine.store.inbox import Sight
from flowengine.store.logins import add_login
from flowengine.store.messages import NewMessage
from flowengine.store.outbox import Owed
from flowengine.store.tables import GLOBAL, metadata
from flowengine.store.turns import TurnRecord
from flowengine.store.unit import Unit
from tests.offices import NOON, Office, start_run, talk

LEASE = timedelta(minutes=2)
OF_ACCOUNTS = [pytest.param(table.name, id=table.name) for table in metadata.sorted_tables if table not in GLOBAL]

# What one account may ask with the other's ids (`its`); each must see nothing.
LOOKS: dict[str, Callable] = {
    "bindings.of": lambda unit, its: unit.bindings.of(its.channel),
    "channels.get": lambda unit, its: unit.channels.get(its.channel),
    "channels.by_key": lambda unit, its: unit.channels.by_key(its.key),
    "channels.live_flows": lambda unit, its: unit.channels.live_flows(its.channel),
    "channels.bindings": lambda unit, its: unit.channels.bindings(its.flow),
    "consents.of": lambda unit, its: unit.consents.of(its.contact),
    "contact_notes.of": lambda unit, its: unit.contact_notes.of(its.contact),
    "contacts.get": lambda unit, its: unit.contacts.get(its.contact),
    "contacts.many": lambda unit, its: unit.contacts.many([its.contact]),
    "contacts.lock": lambda unit, its: unit.contacts.lock(its.contact),
    "contacts.page": lambda unit, its: unit.contacts.page(10),
    "contacts.identity": lambda unit, its: unit.contacts.identity(its.channel, "5511"),
    "contacts.identity_by_id": lambda unit, its: unit.contacts.identity_by_id(its.identity),
    "contacts.identities": lambda unit, its: unit.contacts.identities(its.contact),
    "conversations.get": lambda unit, its: unit.conversations.get(its.conversation),
    "conversations.lock": lambda unit, its: unit.conversations.lock(its.conversation),
    "conversations.latest": lambda unit, its: unit.conversations.latest(its.contact, its.channel),
    "conversations.unfinished": lambda unit, its: unit.conversations.unfinished([its.contact]),
    "conversations.of_contact": lambda unit, its: unit.conversations.of_contact(its.contact),
    "conversations.unfinished_of_team": lambda unit, its: unit.conversations.unfinished_of_team(its.team),
    "documents.heads": lambda unit, its: unit.documents.heads(),
    "documents.with_words": lambda unit, its: unit.documents.with_words({"nodes"}),
    "facts.since": lambda unit, its: unit.facts.since(its.contact, "link.clicked"),
    "fields.all": lambda unit, its: unit.fields.all(),
    "fields.named": lambda unit, its: unit.fields.named("contact", "cidade"),
    "fields.holder": lambda unit, its: unit.fields.holder(its.field.id, "recife"),
    "fields.held": lambda unit, its: unit.fields.held(its.field.id),
    "fields.chosen": lambda unit, its: unit.fields.chosen(its.field.id),
    "stories.get": lambda unit, its: unit.stories.get(its.flow),
    "files.get": lambda unit, its: unit.files.get(its.file),
    "folders.all": lambda unit, its: unit.folders.all(),
    "folders.get": lambda unit, its: unit.folders.get(its.folder),
    "folders.named": lambda unit, its: unit.folders.named("Recepção"),
    "folders.holds": lambda unit, its: unit.folders.holds(its.folder),
    "folders.places": lambda unit, its: unit.folders.places([its.flow]),
    "flows.get": lambda unit, its: unit.flows.get(its.flow),
    "flows.by_key": lambda unit, its: unit.flows.by_key("atendimento"),
    "flow_list.rows": lambda unit, its: unit.flow_list.rows(),
    "flows.version": lambda unit, its: unit.flows.version(its.version),
    "flows.version_by_number": lambda unit, its: unit.flows.version_by_number(its.flow, 1),
    "flows.versions": lambda unit, its: unit.flows.versions(its.flow),
    "hours.of_channel": lambda unit, its: unit.hours.of_channel(its.channel),
    "hours.get": lambda unit, its: unit.hours.get(its.hours),
    "hours.by_slug": lambda unit, its: unit.hours.by_slug("padrao"),
    "aliases.all": lambda unit, its: unit.aliases.all(),
    "aliases.of": lambda unit, its: unit.aliases.of("tag", "vip"),
    "pipelines.stages": lambda unit, its: unit.pipelines.stages(),
    "secrets.sealed": lambda unit, its: unit.secrets.sealed("erp"),
    "inbox.page": lambda unit, its: unit.inbox.page(Sight(its.member, everything=True), "all").rows,
    "inbox.find": lambda unit, its: unit.inbox.find(Sight(its.member, everything=True), its.conversation),
    "inbox.timeline": lambda unit, its: unit.inbox.timeline(its.conversation)[0],
    "intake.waiting": lambda unit, its: unit.intake.waiting([its.contact]),
    "lanes.claim": lambda unit, its: unit.lanes.claim(10),
    "lanes.lock": lambda unit, its: unit.lanes.lock([its.contact]),
    "live.read": lambda unit, its: unit.live.read(0),
    "members.get": lambda unit, its: unit.members.get(its.member),
    "messages.get": lambda unit, its: unit.messages.get(its.message),
    "messages.many": lambda unit, its: unit.messages.many([its.message]),
    "messages.latest": lambda unit, its: unit.messages.latest(its.conversation),
    "messages.latest_of_identity": lambda unit, its: unit.messages.latest_of_identity(its.identity),
    "messages.by_provider": lambda unit, its: unit.messages.by_provider(its.channel, "p1"),
    "outbox.claim": lambda unit, its: unit.outbox.claim(10, lease=LEASE),
    "outbox.fire_timers": lambda unit, its: unit.outbox.fire_timers(10),
    "outgoing.read": lambda unit, its: unit.outgoing.read(its.channel, 0),
    "portfolios.named": lambda unit, its: unit.portfolios.named("carteira"),
    "portfolios.of_contact": lambda unit, its: unit.portfolios.of_contact(its.contact),
    "runs.open_for": lambda unit, its: unit.runs.open_for([its.contact]),
    "runs.get": lambda unit, its: unit.runs.get(its.run),
    "runs.last": lambda unit, its: unit.runs.last(its.flow, its.contact),
    "runs.of_conversation": lambda unit, its: unit.runs.of_conversation(its.conversation),
    "segments.named": lambda unit, its: unit.segments.named("todos"),
    "tags.named": lambda unit, its: unit.tags.named("vip"),
    "tags.many": lambda unit, its: unit.tags.many(["vip"]),
    "tags.of_conversation": lambda unit, its: unit.tags.of_conversation(its.conversation),
    "teams.get": lambda unit, its: unit.teams.get(its.team),
    "teams.members": lambda unit, its: unit.teams.members(its.team),
    "teams.memberships": lambda unit, its: unit.teams.memberships(its.member),
    "teams.teammates": lambda unit, its: unit.teams.teammates(its.team),
    "turns.of_run": lambda unit, its: unit.turns.of_run(its.run),
}
# What it may try to change; each must leave the other's rows as they were.
DEEDS: dict[str, Callable] = {
    "bindings.set": lambda unit, its: unit.bindings.set(its.channel, []),
    "channels.archive": lambda unit, its: unit.channels.archive(its.channel),
    "channels.change": lambda unit, its: unit.channels.change(its.channel, name="x"),
    "contacts.change": lambda unit, its: unit.contacts.change(its.contact, name="x"),
    "contacts.forget_identity": lambda unit, its: unit.contacts.forget_identity(its.contact, its.identity),
    "contacts.seen": lambda unit, its: unit.contacts.seen([its.contact]),
    "conversations.said": lambda unit, its: unit.conversations.said(its.conversation, text="x", author="bot"),
    "conversations.read": lambda unit, its: unit.conversations.read(its.conversation),
    "conversations.change": lambda unit, its: unit.conversations.change(its.whole, priority="high"),
    "facts.forget": lambda unit, its: unit.facts.forget(unit.now + timedelta(days=9)),
    "fields.change": lambda unit, its: unit.fields.change(its.field.id, name="x"),
    "fields.put": lambda unit, its: unit.fields.put(its.contact, its.field, None),
    "fields.remove": lambda unit, its: unit.fields.remove(its.field.id),
    "fields.set_keys": lambda unit, its: unit.fields.set_keys(its.field.id, {its.contact: None}),
    "folders.rename": lambda unit, its: unit.folders.rename(its.folder, "x"),
    "folders.remove": lambda unit, its: unit.folders.remove(its.folder),
    "folders.move": lambda unit, its: unit.folders.move([its.flow], None),
    "folders.tag": lambda unit, its: unit.folders.tag([its.flow], added=["x"], removed=[]),
    "flows.save_draft": lambda unit, its: unit.flows.save_draft(
        its.flow, revision=1, name="x", document={}, hash="x", by=None
    ),
    "flows.publish": lambda unit, its: unit.flows.publish(
        its.flow, revision=1, document={}, hash="x", note="", by=None
    ),
    "flows.restore": lambda unit, its: unit.flows.restore(its.flow),
    "flows.archive": lambda unit, its: unit.flows.archive(its.flow),
    "stories.save": lambda unit, its: unit.stories.save(its.flow, {}, revision=1, by=None),
    "intake.done": lambda unit, its: unit.intake.done([its.event]),
    "intake.failed": lambda unit, its: unit.intake.failed(its.event),
    "intake.give_up": lambda unit, its: unit.intake.give_up(its.event, "x"),
    "lanes.settle": lambda unit, its: unit.lanes.settle([its.contact]),
    "lanes.put_off": lambda unit, its: unit.lanes.put_off(its.contact, NOON),
    "members.change": lambda unit, its: unit.members.change(its.member, name="x"),
    "members.remove": lambda unit, its: unit.members.remove(its.member),
    "messages.mark": lambda unit, its: unit.messages.mark([its.message], "read"),
    "messages.mark_up_to": lambda unit, its: unit.messages.mark_up_to(its.identity, its.message, "read"),
    "outbox.done": lambda unit, its: unit.outbox.done(its.order),
    "outbox.cancel_timers": lambda unit, its: unit.outbox.cancel_timers([its.run]),
    "outbox.cancel_older": lambda unit, its: unit.outbox.cancel_older(its.conversation, 9),
    "portfolios.put": lambda unit, its: unit.portfolios.put(its.portfolio, [its.contact]),
    "portfolios.remove": lambda unit, its: unit.portfolios.remove(its.portfolio),
    "portfolios.take_out": lambda unit, its: unit.portfolios.take_out(its.portfolio, its.contact),
    "runs.save": lambda unit, its: unit.runs.save(its.run, expected_turn=0, turn=1, state={}),
    "aliases.put": lambda unit, its: unit.aliases.put("tag", "cliente", "outra"),
    "aliases.forget": lambda unit, its: unit.aliases.forget("tag", "vip"),
    "ai.repoint": lambda unit, its: unit.ai.repoint("erp", "outro"),
    "constants.add": lambda unit, its: unit.constants.add("loja", type="text", value="x", description=""),
    "hours.make_account_default": lambda unit, its: unit.hours.make_account_default(its.hours),
    "hours.remove": lambda unit, its: unit.hours.remove(its.hours),
    "hours.rename": lambda unit, its: unit.hours.rename(its.hours, "x"),
    "pipelines.put_stages": lambda unit, its: unit.pipelines.put_stages(its.pipeline, []),
    "pipelines.remove": lambda unit, its: unit.pipelines.remove("funil"),
    "secrets.used": lambda unit, its: unit.secrets.used("erp"),
    "files.sent": lambda unit, its: unit.files.sent([its.file]),
    "files.forget": lambda unit, its: unit.files.forget(unused_for=timedelta(-1)),
    "snippets.change": lambda unit, its: unit.snippets.change("oi", text="x"),
    "teams.archive": lambda unit, its: unit.teams.archive(its.team, its.team),
    "teams.make_default": lambda unit, its: unit.teams.make_default(its.team),
    "templates.remove": lambda unit, its: unit.templates.remove("oi"),
    "segments.remove": lambda unit, its: unit.segments.remove("todos"),
    "tags.change": lambda unit, its: unit.tags.change("vip", name="x"),
    "tags.hand_over": lambda unit, its: unit.tags.hand_over(its.tag, None),
    "tags.remove": lambda unit, its: unit.tags.remove("vip"),
    "tags.take_off": lambda unit, its: unit.tags.take_off("contact", its.contact, [its.tag]),
    "teams.change": lambda unit, its: unit.teams.change(its.team, name="x"),
    "teams.take_off": lambda unit, its: unit.teams.take_off(its.team, its.member),
}


@pytest.mark.parametrize("name", LOOKS)
def test_another_accounts_ids_show_nothing(office: Office, neighbour: Office, name: str):
    its = _belongings(office)
    with neighbour.at() as unit:
        assert not LOOKS[name](unit, its)


@pytest.mark.parametrize("name", DEEDS)
def test_another_accounts_ids_change_nothing(office: Office, neighbour: Office, owner_engine: Engine, name: str):
    its = _belongings(office)
    before = _everything(owner_engine, office)
    with suppress(CallerError), neighbour.at() as unit:
        DEEDS[name](unit, its)
    assert _everything(owner_engine, office) == before


@pytest.mark.parametrize("table", OF_ACCOUNTS)
def test_a_statement_without_a_where_sees_one_account(office: Office, neighbour: Office, table: str):
    _belongings(office)
    with neighbour.engine.begin() as connection:
        Unit.on(connection, neighbour.account_id)
        accounts = connection.execute(text(f"select distinct account_id from {table}")).scalars()
        assert set(accounts) <= {neighbour.account_id}


def test_a_row_cannot_be_put_into_another_account(office: Office, neighbour: Office):
    with pytest.raises(DBAPIError, match="row-level security"), neighbour.engine.begin() as connection:
        unit = Unit.on(connection, neighbour.account_id)
        statement = text("insert into stream (account_id, key, last) values (:account, 'x', 1)")
        connection.execute(statement, {"account": office.account_id})
        assert unit


def test_without_an_account_nothing_can_be_read(office: Office):
    with pytest.raises(DBAPIError, match=r"app\.account|uuid"), office.engine.connect() as connection:
        connection.execute(text("select * from contact"))


def test_the_doors_answer_with_ids_alone(office: Office):
    login = add_login(office.engine, email="Ana@Example.com", password_hash="x", name="Ana")
    with office.at() as unit:
        member = unit.members.add("Ana de Souza", "agent", login_id=login.id)
    place = find_channel(office.engine, "http", office.channel.key)
    (membership,) = find_memberships(office.engine, login.id)
    assert (place.account_id, place.channel_id) == (office.account_id, office.channel.id)
    assert (membership.member_id, membership.slug, membership.role) == (member.id, "demo", "agent")
    assert find_account(office.engine, "demo") == office.account_id
    assert find_channel(office.engine, "webchat", office.channel.key) is None


def test_a_closed_door_leads_nowhere(office: Office):
    login = add_login(office.engine, email="ana@example.com", password_hash="x", name="Ana")
    with office.at() as unit:
        member = unit.members.add("Ana de Souza", "agent", login_id=login.id)
        unit.members.remove(member.id)
        unit.channels.archive(office.channel.id)
    assert find_memberships(office.engine, login.id) == []
    assert find_channel(office.engine, "http", office.channel.key) is None


def _belongings(office: Office) -> SimpleNamespace:
    """One of everything."""
    with office.at() as unit:
        conversation = talk(unit, office)
        run = start_run(unit, office, conversation)
        flow = unit.flows.by_key("atendimento")
        (message,) = unit.messages.add(
            [
                NewMessage(
                    conversation.id, conversation.contact_id, office.channel.id, conversation.identity_id,
                    "bot", {"text": "oi"}, provider_id="p1",
                )
            ]
        )  # fmt: skip
        unit.stories.save(flow.id, {"stories": []}, revision=0, by=None)
        tag = unit.tags.add("vip", name="VIP", color="#000000").id
        for on, thing in (("contact", conversation.contact_id), ("conversation", conversation.id)):
            unit.tags.put(on, thing, [tag])
        field = unit.fields.add("contact", "cidade", "Cidade", "text", unique=True)
        unit.fields.put(conversation.contact_id, field, "Recife", unique_key="recife")
        unit.consents.set(conversation.contact_id, ["http"], "in", source="api")
        unit.contact_notes.add(conversation.contact_id, None, "nota")
        unit.facts.tell(conversation.contact_id, [("link.clicked", {})])
        unit.segments.add("todos", name="Todos", description="", definition={"left": "contact.name", "op": "is_known"})
        portfolio = unit.portfolios.add("carteira", name="Carteira", kind="several").id
        unit.portfolios.set_teams(portfolio, [office.sales.id])
        unit.portfolios.put(portfolio, [conversation.contact_id])
        unit.outgoing.put([message])
        unit.live.tell("flow", {})
        unit.conversations.record(conversation.id, "opened", where_done="channel")
        unit.conversations.add_note(conversation.id, office.ana.id, "nota")
        unit.turns.record([TurnRecord(run, 1, {}, {}, [], [], unit.now)])
        fact = {"kind": "timer_fired", "run": str(run), "turn": 1, "name": "x"}
        unit.outbox.owe([Owed("a", "timer", fact, unit.now, lane_id=conversation.contact_id, run_id=run)])
        unit.outbox.owe(
            [Owed("b", "callback", {}, unit.now, conversation_id=conversation.id, owner_epoch=0, run_id=run)]
        )
        (event,) = unit.intake.waiting([conversation.contact_id])
        (order,) = unit.outbox.claim(1, lease=LEASE)
        hours = unit.hours.add("padrao", "Padrão", timezone="UTC", week={}, is_account_default=True)
        folder = unit.folders.add("Recepção").id
        unit.folders.move([flow.id], folder)
        unit.folders.tag([flow.id], added=["teste"], removed=[])
        pipeline = _things(unit)
        file = unit.files.put("ab" * 32, name="a.png", mime="image/png", size=1, by=office.ana.id).sha256
    return SimpleNamespace(
        channel=office.channel.id, key=office.channel.key, contact=conversation.contact_id,
        identity=conversation.identity_id, conversation=conversation.id, whole=conversation, run=run, flow=flow.id,
        version=flow.live_version_id, message=message.id, event=event.id, member=office.ana.id,
        team=office.sales.id, order=order, hours=hours.id, pipeline=pipeline.id, tag=tag, field=field,
        portfolio=portfolio, folder=folder, file=file,
    )  # fmt: skip


def _things(unit: Unit) -> Any:
    """What flows name; the pipeline among them."""
    unit.aliases.put("tag", "cliente", "vip")
    unit.ai.add("ia", name="IA", url="https://ai.example", model="m", secret="erp", max_tokens=1)
    unit.constants.add("loja", type="text", value="Casa", description="")
    unit.reasons.add("preco", name="Preço", kind="lost")
    unit.secrets.add("erp", description="", sealed=b"sealed")
    unit.snippets.add("oi", name="Oi", text="Oi", visible_to="everyone")
    unit.templates.add(
        "oi", name="Oi", language="pt-BR", category="utility", status="draft", header="", body="Oi", footer="",
        buttons=[], parameters=[],
    )  # fmt: skip
    pipeline = unit.pipelines.add("funil", name="Funil")
    unit.pipelines.put_stages(pipeline.id, [{"slug": "novo", "name": "Novo", "kind": "open", "probability": 1}])
    return pipeline


def _everything(owner_engine: Engine, office: Office) -> dict[str, list]:
    with owner_engine.connect() as connection:
        return {
            table.name: sorted(
                str(row)
                for row in connection.execute(
                    text(f"select * from {table.name} where account_id = :a"), {"a": office.account_id}
                )
            )
            for table in metadata.sorted_tables
            if table not in GLOBAL
        }
