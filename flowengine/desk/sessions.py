"""Ends a login's sessions, in all its accounts and wherever they are open."""

from __future__ import annotations

from uuid import UUID

from flowengine.store import logins
from flowengine.store.due import find_memberships
from flowengine.store.engine import Engine
from flowengine.store.unit import Unit


def end_sessions(engine: Engine, login_id: UUID) -> list[UUID]:
    """Cookies of before open nothing any more; open screens are told to look. The accounts in which they are."""
    logins.end_sessions(engine, login_id)
    return _told(engine, login_id)


def change_password(engine: Engine, login_id: UUID, password_hash: str) -> list[UUID]:
    """Whoever knew the old one is out, and so is everybody else; the accounts as above."""
    logins.set_password_hash(engine, login_id, password_hash)
    return _told(engine, login_id)


def _told(engine: Engine, login_id: UUID) -> list[UUID]:
    places = find_memberships(engine, login_id)
    for place in places:
        with Unit.open(engine, place.account_id) as unit:
            unit.live.tell("session", {"id": str(place.member_id)})
    return [place.account_id for place in places]
