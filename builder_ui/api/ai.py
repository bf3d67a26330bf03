"""AI endpoints: any address that speaks OpenAI's protocol, with a model, a secret and a limit of tokens."""

from __future__ import annotations

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, known, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.process import here
from builder_ui.units import reading, writing
from flowengine.crm.uses import retire
from flowengine.effects.ai_trial import Trial, ask
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import unseal
from flowengine.store import ai_endpoints as store
from flowengine.store.unit import Unit

ai = APIBlueprint("ai", __name__, tag="Account")

Url = Annotated[str, Field(pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$", max_length=2000)]
Model = Annotated[str, Field(pattern=r"^[^\s\x00][^\x00]*$", max_length=200)]
Tokens = Annotated[int, Field(ge=1, le=1_000_000)]


class NewEndpoint(Body):
    """An endpoint; `/chat/completions` is put behind its `url`. Without a slug it gets one from its name."""

    slug: NewSlug | None = None
    name: Name
    url: Url
    model: Model
    secret: str | None = Field(None, description="The name of the secret that holds its key.")
    max_tokens: Tokens = 1000


class ChangedEndpoint(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    url: Url = LEFT_OUT
    model: Model = LEFT_OUT
    secret: str | None = None
    max_tokens: Tokens = LEFT_OUT


class Endpoint(Shape):
    """An endpoint as it is."""

    slug: str
    name: str
    url: str
    model: str
    secret: str | None
    max_tokens: int


class Endpoints(Shape):
    """By name."""

    ai: list[Endpoint]


class Tried(Shape):
    """What came of asking it one question."""

    ok: bool
    status: int | None
    detail: str
    milliseconds: int


@ai.get("/ai")
@allowed("see account")
@ai.output(Endpoints)
def list_endpoints() -> Any:
    """All AI endpoints of the account."""
    with reading(me().account_id) as unit:
        return {"ai": [_shown(each) for each in unit.ai.all()]}


@ai.post("/ai")
@allowed("manage account")
@ai.input(NewEndpoint)
@ai.output(Endpoint, status_code=201)
def create(json_data: NewEndpoint) -> Any:
    """A new endpoint."""
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.ai.free)
        made = unit.ai.add(slug, **_checked(unit, json_data.model_dump(exclude={"slug"})))
        note(unit, "ai", slug, "created")
        return _shown(made)


@ai.patch("/ai/<slug>")
@allowed("manage account")
@ai.input(ChangedEndpoint)
@ai.output(Endpoint)
def change(slug: str, json_data: ChangedEndpoint) -> Any:
    """Another address, model, secret …"""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.ai.named(slug), slug)
        if not new:
            return _shown(now)
        note(unit, "ai", now.slug, "changed", new)
        return _shown(there(unit.ai.change(now.slug, **_checked(unit, new))))


@ai.delete("/ai/<slug>")
@allowed("manage account")
@ai.input(Removal, location="query")
@ai.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where it is used a successor takes its place, or it stays."""
    with writing(me().account_id) as unit:
        now = there(unit.ai.named(slug), slug)
        retire(unit, "ai", now.slug, query_data.successor)
        unit.ai.remove(now.slug)
        note(unit, "ai", now.slug, "removed", successor=query_data.successor)
    return ""


@ai.post("/ai/<slug>/try")
@allowed("manage account")
@ai.output(Tried)
def try_it(slug: str) -> Any:
    """Ask it for one word, and tell what came back; its key is never part of that."""
    with writing(me().account_id) as unit:
        endpoint = there(unit.ai.named(slug), slug)
        sealed = unit.secrets.sealed(endpoint.secret) if endpoint.secret else None
        if endpoint.secret and sealed is not None:
            unit.secrets.used(endpoint.secret)
        note(unit, "ai", endpoint.slug, "tried")
    key = None if sealed is None else unseal(sealed, here().settings.secret)
    with Outside(here().settings.allow_callbacks_to) as outside:
        trial: Trial = ask(outside, url=endpoint.url, model=endpoint.model, key=key)
    return {"ok": trial.ok, "status": trial.status, "detail": trial.detail, "milliseconds": trial.milliseconds}


def _checked(unit: Unit, endpoint: dict[str, Any]) -> dict[str, Any]:
    """422 where the secret is not there; by its own name where an alias was given."""
    name = endpoint.get("secret")
    if name is None:
        return endpoint
    return {**endpoint, "secret": known(unit.secrets.named(name), "/secret", f"secret {name!r}").slug}


def _shown(endpoint: store.AiEndpoint) -> dict[str, Any]:
    return {name: getattr(endpoint, name) for name in Endpoint.model_fields}
