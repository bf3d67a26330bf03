"""A person's own password."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Body, Text
from builder_ui.auth import SignedIn, enter, me
from builder_ui.limits import limiter
from builder_ui.passwords import hashed, matches
from builder_ui.process import here
from builder_ui.units import committed, writing
from flowengine.core.errors import Invalid
from flowengine.desk.sessions import change_password
from flowengine.store import logins

password = APIBlueprint("password", __name__, tag="Session")

TRIES = "10 per 5 minutes"  # of one address: whoever found an open screen shall not guess


class NewPassword(Body):
    """The present one, and the one to be."""

    old: Text = Field(min_length=1, max_length=1024)
    new: Text = Field(min_length=12, max_length=1024)


@password.put("/session/password")
@limiter.limit(TRIES)
@password.input(NewPassword)
@password.output({}, status_code=204)
def change(json_data: NewPassword) -> Any:
    """Change it; all other sessions end. Get a new CSRF token afterwards."""
    person, engine = me(), here().engine
    login = logins.read_login(engine, person.member.login_id) if person.member.login_id else None
    if login is None or not matches(login.password_hash, json_data.old):
        raise Invalid("This is not the present password.", code="wrong_password", detail={"pointer": "/old"})
    for account in change_password(engine, login.id, hashed(json_data.new)):
        committed(account)
    with writing(person.account_id) as unit:
        unit.audit.record(person.member.id, "changed_password", object_kind="member", object_id=person.member.id)
        epoch = unit.members.session_epoch(person.member.id)
    enter(SignedIn(person.account_id, person.member, epoch or 0))
    return ""
