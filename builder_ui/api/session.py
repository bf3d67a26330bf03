"""Signing in and out, and what a signed-in person may set about themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from flask import request
from flask_wtf.csrf import generate_csrf
from pydantic import Field

from builder_ui.api.shapes import Body, Language, Shape, Text
from builder_ui.auth import SignedIn, enter, leave, me
from builder_ui.limits import forgive, limiter
from builder_ui.passwords import matches
from builder_ui.problems import Refused
from builder_ui.process import here
from builder_ui.units import committed, reading, writing
from flowengine.desk.presence import choose
from flowengine.desk.presence import leave as leave_desk
from flowengine.desk.sessions import end_sessions
from flowengine.jobs import presence
from flowengine.store import due, logins
from flowengine.store.unit import Unit

session = APIBlueprint("session", __name__, tag="Session")

PER_ADDRESS = "100 per 5 minutes"  # failures only; an office has one address
PER_PERSON = "10 per 5 minutes"  # tries, counted before they are looked at: a hundred at once are a hundred


class Credentials(Body):
    """What a person types in."""

    email: Text = Field(min_length=3, max_length=320)
    password: Text = Field(min_length=1, max_length=1024)


class Settings(Body):
    """What a person may set about themselves."""

    language: Language | None = None
    presence: Literal["online", "away"] | None = None


class Token(Shape):
    """What every write must carry as X-CSRF-Token."""

    token: str


class User(Shape):
    """The person, whatever the account."""

    id: UUID
    name: str
    email: str
    language: Language


class AccountShape(Shape):
    """The account the session is in."""

    id: UUID
    slug: str
    name: str
    language: str
    timezone: str


class MembershipShape(Shape):
    """A team of the person."""

    slug: str
    name: str
    agent: bool
    supervisor: bool


class MemberShape(Shape):
    """The person in the account."""

    id: UUID
    role: str
    presence: str
    teams: list[MembershipShape]


class Webchat(Shape):
    """The account's first web chat."""

    key: str


class Session(Shape):
    """Who is signed in, and where."""

    user: User
    account: AccountShape
    member: MemberShape
    csrf: str
    webchat: Webchat | None


@session.get("/csrf")
@session.output(Token)
def token() -> Any:
    """A token for writes; belongs to the session, which begins with it."""
    return {"token": generate_csrf()}


def _email() -> str:
    body = request.get_json(silent=True)
    email = body.get("email") if isinstance(body, dict) else None
    return email.strip().lower()[:320] if isinstance(email, str) else ""


def _failed(response: Any) -> bool:
    return bool(response.status_code == 401)


@session.post("/session")
@limiter.limit(PER_ADDRESS, deduct_when=_failed)
@limiter.limit(PER_PERSON, key_func=_email)
@session.input(Credentials)
@session.output(Session)
def sign_in(json_data: Credentials) -> Any:
    """Begin a session."""
    engine = here().engine
    login = logins.find_login(engine, json_data.email)
    if not matches(login.password_hash if login else None, json_data.password) or login is None:
        raise Refused(401, "No login has this e-mail and password.", code="wrong_credentials")
    forgive(_email())
    places = due.find_memberships(engine, login.id)
    if not places:
        raise Refused(401, "This login belongs to no account any more.", code="no_account")
    with writing(places[0].account_id) as unit:
        member = choose(unit, places[0].member_id, "online")
        if member is None:
            raise Refused(401, "This login belongs to no account any more.", code="no_account")
        unit.audit.record(member.id, "signed_in", object_kind="member", object_id=member.id)
        epoch = unit.members.session_epoch(member.id) or 0
        person = SignedIn(places[0].account_id, member, epoch)
        shown = _session(unit, person, login)
    presence.mark(here().redis, person.account_id, person.member.id)
    enter(person)
    return {**shown, "csrf": generate_csrf()}


@session.get("/session")
@session.output(Session)
def present() -> Any:
    """Who is signed in."""
    person = me()
    login = _login(person)
    with reading(person.account_id) as unit:
        shown = _session(unit, person, login)
    return {**shown, "csrf": generate_csrf()}


@session.patch("/session")
@session.input(Settings)
@session.output(Session)
def change(json_data: Settings) -> Any:
    """Set the language, or whether one is at the desk."""
    person = me()
    if json_data.language and person.member.login_id:
        logins.set_language(here().engine, person.member.login_id, json_data.language)
    login = _login(person)
    with writing(person.account_id) as unit:
        if json_data.presence:
            presence.mark(here().redis, person.account_id, person.member.id)
            person = replace(person, member=choose(unit, person.member.id, json_data.presence) or person.member)
        changes = json_data.model_dump(exclude_none=True)
        unit.audit.record(
            person.member.id, "changed_own_settings", object_kind="member", object_id=person.member.id, data=changes
        )
        shown = _session(unit, person, login)
    return {**shown, "csrf": generate_csrf()}


@session.delete("/session")
@session.output({}, status_code=204)
def sign_out() -> Any:
    """End the session, and all others of the login."""
    person = me()
    for account in end_sessions(here().engine, person.member.login_id) if person.member.login_id else ():
        committed(account)
    presence.unmark(here().redis, person.account_id, person.member.id)
    with writing(person.account_id) as unit:
        leave_desk(unit, [person.member.id])
        unit.audit.record(person.member.id, "signed_out", object_kind="member", object_id=person.member.id)
    leave()
    return ""


def _login(person: SignedIn) -> logins.Login:
    login = logins.read_login(here().engine, person.member.login_id) if person.member.login_id else None
    if login is None:
        raise Refused(401, "This login is no more.")
    return login


def _session(unit: Unit, person: SignedIn, login: logins.Login) -> dict[str, Any]:
    account, member = unit.accounts.read(), person.member
    teams = unit.teams.memberships(member.id)
    chat = next((channel for channel in unit.channels.all() if channel.kind == "webchat"), None)
    return {
        "user": {"id": login.id, "name": member.name, "email": login.email, "language": login.language},
        "account": {
            "id": account.id,
            "slug": account.slug,
            "name": account.name,
            "language": account.language,
            "timezone": account.timezone,
        },
        "member": {
            "id": member.id,
            "role": member.role,
            "presence": member.presence,
            "teams": [
                {"slug": team.slug, "name": team.name, "agent": team.agent, "supervisor": team.supervisor}
                for team in teams
            ],
        },
        "webchat": {"key": chat.key} if chat else None,
    }
