"""Secrets of the account: written, replaced, named in flows, and never shown to anybody again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, Description, NewSlug, given, note, there
from builder_ui.api.shapes import Body, Shape, Text
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.process import here
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid
from flowengine.crm.uses import retire
from flowengine.effects.sealing import seal
from flowengine.store import secrets as store

secrets = APIBlueprint("secrets", __name__, tag="Account")

# As it stands on the paper; "" or null: nobody knows.
ExpiresOn = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] | None
Value = Annotated[Text, Field(min_length=1, max_length=10_000, repr=False)]


class NewSecret(Body):
    """A secret under the name by which flows refer to it."""

    name: NewSlug
    value: Value
    description: Description = ""
    expires_on: ExpiresOn = None


class ChangedSecret(Body):
    """What is to be different; a new value replaces the old one from the next use on."""

    value: Value = LEFT_OUT
    description: Description = LEFT_OUT
    expires_on: ExpiresOn = LEFT_OUT


class Secret(Shape):
    """All that anybody is told of it; `refused_at`: since when whoever is called with it refuses it."""

    name: str
    description: str
    created_at: datetime
    rotated_at: datetime | None
    used_at: datetime | None
    expires_on: date | None
    refused_at: datetime | None


class Secrets(Shape):
    """By name."""

    secrets: list[Secret]


@secrets.get("/secrets")
@allowed("manage account")
@secrets.output(Secrets)
def list_secrets() -> Any:
    """All secrets of the account, without their values."""
    with reading(me().account_id) as unit:
        return {"secrets": [_shown(each) for each in unit.secrets.all()]}


@secrets.post("/secrets")
@allowed("manage account")
@secrets.input(NewSecret)
@secrets.output(Secret, status_code=201)
def create(json_data: NewSecret) -> Any:
    """A new secret, sealed before it is kept."""
    with writing(me().account_id) as unit:
        made = unit.secrets.add(
            json_data.name,
            description=json_data.description,
            sealed=_sealed(json_data.value),
            expires_on=_day(json_data.expires_on),
        )
        note(unit, "secret", made.slug, "created")
        return _shown(made)


@secrets.patch("/secrets/<slug>")
@allowed("manage account")
@secrets.input(ChangedSecret)
@secrets.output(Secret)
def change(slug: str, json_data: ChangedSecret) -> Any:
    """Replace its value, or describe it otherwise."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.secrets.named(slug), slug)
        if not new:
            return _shown(now)
        kept = {name: value for name, value in new.items() if name != "value"}
        if "value" in new:
            kept |= {"sealed": _sealed(new["value"]), "rotated_at": unit.now, "refused_at": None}
        if "expires_on" in new:
            kept["expires_on"] = _day(new["expires_on"])
        note(unit, "secret", now.slug, "changed", new)
        return _shown(there(unit.secrets.change(now.slug, **kept)))


@secrets.delete("/secrets/<slug>")
@allowed("manage account")
@secrets.input(Removal, location="query")
@secrets.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where a flow or an AI endpoint uses it a successor takes its place, or it stays."""
    with writing(me().account_id) as unit:
        now = there(unit.secrets.named(slug), slug)
        retire(unit, "secret", now.slug, query_data.successor)
        if query_data.successor is not None:
            unit.ai.repoint(now.slug, query_data.successor)
        unit.secrets.remove(now.slug)
        note(unit, "secret", now.slug, "removed", successor=query_data.successor)
    return ""


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as wrong:
        raise Invalid(f"{given} is no day", detail={"pointer": "/expires_on"}) from wrong


def _sealed(value: str) -> bytes:
    return seal(value, here().settings.secret)


def _shown(secret: store.Secret) -> dict[str, Any]:
    return {
        "name": secret.slug,
        "description": secret.description,
        "created_at": secret.created_at,
        "rotated_at": secret.rotated_at,
        "used_at": secret.used_at,
        "expires_on": secret.expires_on,
        "refused_at": secret.refused_at,
    }
