"""What the resources of an account's things share: slugs, refusals, the record of who did what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from pydantic import Field

from builder_ui.api.shapes import Body, Text
from builder_ui.auth import me
from flowengine.core.errors import Invalid, NotFound
from flowengine.core.slugs import slug_of
from flowengine.store.unit import Unit

# As the schemas of flows have it (definitions.json): what is longer could not be named in a document.
NewSlug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
VariableName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Description = Annotated[Text, Field(max_length=2000)]

LEFT_OUT: Any = None  # the default of a field that a change may leave out; what is sent is never null

Thing = TypeVar("Thing")


def given(body: Body) -> dict[str, Any]:
    """What the client sent, without what it left out."""
    return {name: value for name, value in body.model_dump().items() if name in body.model_fields_set}


def new_slug(wanted: str | None, name: str, free: Callable[[str], str]) -> str:
    """The slug that was asked for; else one made from the name, that nobody has."""
    return wanted if wanted is not None else free(slug_of(name) or "x")


def there(thing: Thing | None, slug: str | None = None) -> Thing:
    """404 where it is not; with the `slug` that was asked for also where that is only an alias of it.

    Documents may name a thing by an alias, but who changes or removes one must mean it: a removal that is sent twice
    would else remove the successor.
    """
    if thing is None or slug is not None and getattr(thing, "slug", slug) != slug:
        raise NotFound("There is no such thing.")
    return thing


def known(thing: Thing | None, pointer: str, said: str) -> Thing:
    """422 at `pointer` where what was named is not there."""
    if thing is None:
        raise Invalid(f"There is no {said}.", detail={"pointer": pointer})
    return thing


def note(unit: Unit, kind: str, slug: str, what: str, changed: Iterable[str] = (), **data: Any) -> None:
    """Who did it, for the record and for the other screens; of what was written only which fields, never what."""
    by = me().member.id
    fields = {"fields": sorted(changed)} if changed else {}
    unit.audit.record(by, f"{kind}_{what}", object_kind=kind, object_id=slug, data={**fields, **data})
    # Screens of everybody hear it: of secrets not even the names.
    unit.live.tell("account", {"id": kind if kind == "secret" else f"{kind}:{slug}", "actor": str(by)})
