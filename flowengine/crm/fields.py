"""Fields that an account makes itself: what a definition may say, and what a change of it does to what is held."""

from collections.abc import Sequence
from typing import Any

from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.core.slugs import free_slug, slug_of
from flowengine.crm.uses import retire
from flowengine.crm.values import MAY_BE_UNIQUE, unique_key
from flowengine.store.fields import KINDS, Field
from flowengine.store.unit import Unit

CHOOSING = ("choice", "choices")
MOST_CHOICES = 200

Choice = dict[str, str]


def create(unit: Unit, of: str, slug: str | None, *, name: str, type: str, **more: Any) -> Field:
    """A field of contacts or deals; `more`: choices, required, unique, in_form, description."""
    more["choices"] = _choices(type, more.get("choices", ()))
    if more.get("unique"):
        _may_be_unique(type)
    return unit.fields.add(of, slug or _free(unit, of, name), name, type, **more)


def change(unit: Unit, field: Field, **new: Any) -> Field:
    """Whatever but slug and type. Conflict where contacts hold what would no longer be allowed."""
    if "choices" in new:
        new["choices"] = _choices(field.type, new["choices"])
        gone = {each["slug"] for each in field.choices} - {each["slug"] for each in new["choices"]}
        held = sorted(gone & unit.fields.chosen(field.id)) if gone else []
        if held:
            raise Conflict(f"contacts have the choice {held[0]!r}", code="in_use", detail={"pointer": "/choices"})
    if "unique" in new:
        new["is_unique"] = new.pop("unique")
        if new["is_unique"] != field.is_unique:
            _set_keys(unit, field, unique=new["is_unique"])
    changed = unit.fields.change(field.id, **new) if new else field
    if changed is None:
        raise NotFound("there is no such field")
    return changed


def remove(unit: Unit, field: Field, successor: str | None) -> None:
    """With what it holds; a successor of the same type takes over what it can."""
    heir = unit.fields.named(field.of, successor) if successor else None
    if heir is not None and heir.type != field.type:
        raise Invalid("the successor is of another type", detail={"pointer": "/successor"})
    retire(unit, KINDS[field.of], field.slug, successor)
    if heir is not None:
        unit.fields.hand_over(field.id, heir.id)
        if heir.is_unique:
            _set_keys(unit, heir, unique=True)
    unit.fields.remove(field.id)


def _set_keys(unit: Unit, field: Field, *, unique: bool) -> None:
    if unique:
        _may_be_unique(field.type)
    keys = {contact: unique_key(value) if unique else None for contact, value in unit.fields.held(field.id).items()}
    seen: dict[str | None, str] = {}
    for contact, key in keys.items():
        if key is not None and key in seen:
            detail = {"pointer": "/unique", "contacts": [seen[key], str(contact)]}
            raise Conflict("two contacts have the same value", code="not_unique", detail=detail)
        seen[key] = str(contact)
    unit.fields.set_keys(field.id, keys)


def _may_be_unique(type: str) -> None:
    if type not in MAY_BE_UNIQUE:
        raise Invalid(f"a field of type {type!r} cannot be unique", detail={"pointer": "/unique"})


def _choices(type: str, choices: Sequence[Choice]) -> list[Choice]:
    """With slugs; those that have none get them from their names."""
    if type not in CHOOSING:
        if choices:
            raise Invalid(f"a field of type {type!r} has no choices", detail={"pointer": "/choices"})
        return []
    if not 0 < len(choices) <= MOST_CHOICES:
        raise Invalid(f"a field to choose in has 1 to {MOST_CHOICES} choices", detail={"pointer": "/choices"})
    taken: set[str] = {each["slug"] for each in choices if each.get("slug")}
    if len(taken) < sum(bool(each.get("slug")) for each in choices):
        raise Invalid("two choices have the same slug", detail={"pointer": "/choices"})
    named = []
    for each in choices:
        slug = each.get("slug") or free_slug(slug_of(each["name"]) or "x", taken.__contains__)
        taken.add(slug)
        named.append({"slug": slug, "name": each["name"]})
    return named


def _free(unit: Unit, of: str, name: str) -> str:
    """One that texts can read as `contact.fields.<slug>`: with underscores, beginning with a letter."""
    plain = slug_of(name).replace("-", "_")
    wanted = plain if plain[:1].isalpha() else f"f_{plain}".rstrip("_")
    free = free_slug(wanted, lambda slug: unit.fields.named(of, slug.replace("-", "_")) is not None)
    return free.replace("-", "_")
