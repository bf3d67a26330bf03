"""Aliases: what documents call a thing by another slug, such as one pasted from another account."""

from __future__ import annotations

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import note, there
from builder_ui.api.shapes import Body, Query, Shape
from builder_ui.auth import allowed, me
from builder_ui.problems import Refused
from builder_ui.units import reading, writing
from flowengine.core.errors import Conflict, Invalid
from flowengine.crm.catalogue import catalogue
from flowengine.crm.uses import named_by_alias
from flowengine.store import aliases as store

aliases = APIBlueprint("aliases", __name__, tag="Account")

Kind = Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")]
AnySlug = Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}(/[a-z0-9][a-z0-9_-]{0,63})?$")]


class Alias(Body):
    """What documents name `alias` is `target`; a stage is <pipeline>/<stage>."""

    kind: Kind
    alias: AnySlug
    target: AnySlug


class Which(Query):
    """One alias."""

    kind: Kind
    alias: AnySlug


class AliasRow(Shape):
    """An alias as it is."""

    kind: str
    alias: str
    target: str


class Aliases(Shape):
    """By kind and alias."""

    aliases: list[AliasRow]


@aliases.get("/aliases")
@allowed("see account")
@aliases.output(Aliases)
def list_aliases() -> Any:
    """All aliases of the account."""
    with reading(me().account_id) as unit:
        return {"aliases": [_shown(each) for each in unit.aliases.all()]}


@aliases.post("/aliases")
@allowed("manage account")
@aliases.input(Alias)
@aliases.output(AliasRow, status_code=201)
def create(json_data: Alias) -> Any:
    """A new alias, or another target for one; 409 where a thing has that slug itself."""
    with writing(me().account_id) as unit:
        things = catalogue(unit, {json_data.kind}).get(json_data.kind)
        if things is None:
            raise Invalid(f"There are no things of the kind {json_data.kind!r}.", detail={"pointer": "/kind"})
        own = {each["slug"] for each in things if "alias_of" not in each}
        if json_data.alias in own:
            raise Conflict("A thing has this slug itself.", detail={"pointer": "/alias"})
        if json_data.target not in {each["slug"] for each in things} or json_data.target == json_data.alias:
            raise Invalid("There is no such thing.", detail={"pointer": "/target"})
        made = unit.aliases.put(json_data.kind, json_data.alias, json_data.target)
        note(unit, "alias", f"{made.kind}:{made.alias}", "created", target=made.target)
        return _shown(made)


@aliases.delete("/aliases")
@allowed("manage account")
@aliases.input(Which, location="query")
@aliases.output({}, status_code=204)
def remove(query_data: Which) -> Any:
    """Remove one; 409 where a flow still names the thing by it."""
    kind, alias = query_data.kind, query_data.alias
    with writing(me().account_id) as unit:
        there(next((each for each in unit.aliases.all() if (each.kind, each.alias) == (kind, alias)), None))
        uses = named_by_alias(unit, kind, alias)
        if uses:
            raise Refused(409, "Flows still name it so.", code="in_use", uses=uses.as_data())
        unit.aliases.remove(kind, alias)
        note(unit, "alias", f"{kind}:{alias}", "removed")
    return ""


def _shown(alias: store.Alias) -> dict[str, Any]:
    return {"kind": alias.kind, "alias": alias.alias, "target": alias.target}
