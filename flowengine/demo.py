"""The demo account: two teams, three people, two channels and the ready-made flow, live from the first minute."""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from flowengine.core.flow import content_hash
from flowengine.crm.furnishing import furnish, furnish_demo
from flowengine.founding import new_password, put_login, token_hash
from flowengine.nodes import SCHEMAS
from flowengine.settings import Settings
from flowengine.store.due import find_account
from flowengine.store.engine import Engine
from flowengine.store.unit import Unit

FILE = "demo.json"  # in the data folder, readable by its owner alone
SLUG = "demo"
ACCOUNT = "Casa Aroeira"
WEBCHAT_KEY = "demo"
FLOW = SCHEMAS.parent / "flows" / "atendimento.json"

PEOPLE = (
    ("marina@demo.example", "Marina Couto", "administrator", {"vendas": (True, True), "suporte": (True, True)}),
    ("joana@demo.example", "Joana Tavares", "agent", {"vendas": (True, False)}),
    ("caio@demo.example", "Caio Lemos", "agent", {"suporte": (True, False)}),
)
TEAMS = (("vendas", "Vendas"), ("suporte", "Suporte"))
DEFAULT_TEAM = "suporte"
# Open day and night: whoever tries the demo on a Sunday evening is to meet people all the same.
WEEK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def read_demo(data: Path) -> dict[str, Any] | None:
    """What `seed` kept: {"logins", "http_channel", "webchat"}; None where there is no demo."""
    try:
        demo: dict[str, Any] = json.loads((data / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return demo


def seed(engine: Engine, settings: Settings, now: datetime) -> dict[str, Any]:
    """Make the demo account and keep how to get in, in the data folder.

    May be called again after it was interrupted, or for a database that has a demo already: then the account stays
    as it is and only gets new passwords and a new token.
    """
    passwords = {email: new_password() for email, *_ in PEOPLE}
    logins = {email: put_login(engine, email, name, passwords[email]) for email, name, *_ in PEOPLE}
    token = secrets.token_urlsafe(32)
    account = find_account(engine, SLUG)
    if account is None:
        account = uuid7()
        with Unit.open(engine, account, now=now) as unit:
            _build(unit, logins)
    with Unit.open(engine, account, now=now) as unit:
        http = next(channel for channel in unit.channels.all() if channel.kind == "http")
        unit.channels.change(http.id, token_hash=token_hash(token))
    demo = {
        "logins": [
            {"email": email, "password": passwords[email], "role": role, "account": SLUG}
            for email, _, role, _ in PEOPLE
        ],
        "http_channel": {"key": http.key, "token": token},
        "webchat": {"key": WEBCHAT_KEY},
    }
    _keep(settings.data / FILE, demo)
    return demo


def _build(unit: Unit, logins: dict[str, UUID]) -> None:
    unit.accounts.create(slug=SLUG, name=ACCOUNT)
    unit.hours.add("padrao", "Todo dia", timezone="America/Sao_Paulo", week=WEEK, is_account_default=True)
    teams = {slug: unit.teams.add(slug, name, is_default=slug == DEFAULT_TEAM).id for slug, name in TEAMS}
    for email, name, role, places in PEOPLE:
        member = unit.members.add(name, role, login_id=logins[email])
        for team, (agent, supervisor) in places.items():
            unit.teams.put_member(teams[team], member.id, agent=agent, supervisor=supervisor)
    furnish(unit, language="pt-BR", company=ACCOUNT)
    furnish_demo(unit)
    http = unit.channels.add("http", "HTTP", team_id=teams[DEFAULT_TEAM])
    webchat = unit.channels.add("webchat", "Chat do site", team_id=teams[DEFAULT_TEAM], key=WEBCHAT_KEY)
    document = json.loads(FLOW.read_text(encoding="utf-8"))
    digest = content_hash(document)
    flow = unit.flows.add(
        key=document["key"], name=document["name"], kind=document["kind"], document=document, hash=digest, by=None
    )
    unit.flows.publish(flow.id, revision=flow.draft_revision, document=document, hash=digest, note="", by=None)
    unit.channels.bind(flow.id, [webchat.id, http.id])


def _keep(path: Path, demo: dict[str, Any]) -> None:
    """Whole or not at all, and for the owner's eyes only."""
    draft = path.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(demo, file, indent=2, ensure_ascii=False)
    draft.replace(path)
