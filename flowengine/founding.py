"""How an account begins: somebody to administrate it, a team that takes what comes, hours, and two channels."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from argon2 import PasswordHasher
from uuid_utils.compat import uuid7

from flowengine.core.errors import Conflict
from flowengine.crm.furnishing import furnish
from flowengine.store.channels import Channel
from flowengine.store.due import find_account
from flowengine.store.engine import Engine
from flowengine.store.logins import add_login, find_login, set_password_hash
from flowengine.store.teams import Team
from flowengine.store.unit import Unit

OFFICE_WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
TEAM = {"pt-BR": "Atendimento", "en": "Reception"}
HOURS = {"pt-BR": "Horário comercial", "en": "Business hours"}
WEBCHAT = {"pt-BR": "Chat do site", "en": "Web chat"}


@dataclass(frozen=True, slots=True)
class Founded:
    """What its founder needs to know once: nobody can read `password` and `token` again. None: the login was there."""

    email: str
    password: str | None
    webchat_key: str
    http_key: str
    http_token: str


def found(
    engine: Engine, *, slug: str, name: str, email: str, person: str, language: str, timezone: str, now: datetime
) -> Founded:
    """Make an account with its first administrator; Conflict where the slug is taken.

    Who has a login here already keeps it, and enters the new account with it. No flow listens yet: what contacts
    write goes to the team.
    """
    if find_account(engine, slug) is not None:
        raise Conflict(f"there is an account {slug!r}", detail={"slug": slug})
    login, password = _administrator(engine, email, person, language)
    with Unit.open(engine, uuid7(), now=now) as unit:
        if unit.accounts.create(slug=slug, name=name, language=language, timezone=timezone) is None:
            raise Conflict(f"there is an account {slug!r}", detail={"slug": slug})
        unit.hours.add("padrao", HOURS[language], timezone=timezone, week=OFFICE_WEEK, is_account_default=True)
        team = unit.teams.add("atendimento", TEAM[language], is_default=True)
        founder = unit.members.add(person, "administrator", login_id=login)
        unit.teams.put_member(team.id, founder.id, agent=True, supervisor=True)
        furnish(unit, language=language, company=name)
        webchat = unit.channels.add("webchat", WEBCHAT[language], team_id=team.id)
        http, token = add_http_channel(unit, team)
    return Founded(email, password, webchat.key, http.key, token)


def _administrator(engine: Engine, email: str, person: str, language: str) -> tuple[UUID, str | None]:
    known = find_login(engine, email)
    if known is not None:
        return known.id, None
    password = new_password()
    return put_login(engine, email, person, password, language), password


def add_http_channel(unit: Unit, team: Team) -> tuple[Channel, str]:
    """A generic HTTP channel and its token, of which only a hash is kept."""
    token = secrets.token_urlsafe(32)
    return unit.channels.add("http", "HTTP", team_id=team.id, token_hash=token_hash(token)), token


def token_hash(token: str) -> bytes:
    """How a channel's token is kept: it is random and long, so a plain hash tells nobody anything."""
    return sha256(token.encode()).digest()


def put_login(engine: Engine, email: str, name: str, password: str, language: str = "pt-BR") -> UUID:
    """The login of this address, made or given a new password."""
    digest = PasswordHasher().hash(password)
    known = find_login(engine, email)
    if known is None:
        return add_login(engine, email=email, password_hash=digest, name=name, language=language).id
    set_password_hash(engine, known.id, digest)
    return known.id


def new_password() -> str:
    """Twelve letters and digits that are not mistaken for each other, in groups one can type: 59 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
