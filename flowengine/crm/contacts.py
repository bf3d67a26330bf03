"""Changes of a contact by people, programs and flows: read into their normal form, written, told to whoever listens."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.crm.actor import Actor, leave_traces
from flowengine.crm.details import DETAILS, read_detail
from flowengine.crm.values import Place, read_value, unique_key
from flowengine.store.contacts import Contact, Identity
from flowengine.store.facts import NewFact
from flowengine.store.fields import Field
from flowengine.store.unit import Unit

OWN = "fields."  # begins the name of a field that the account made itself


def found(unit: Unit, contact_id: UUID) -> Contact:
    """The contact, which nobody else changes until this transaction ends."""
    contact = unit.contacts.lock(contact_id)
    if contact is None:
        raise NotFound("there is no such contact")
    return contact


def create(unit: Unit, new: Mapping[str, Any], actor: Actor) -> Contact:
    """A contact that no channel has brought; `new` as in `change`. Invalid where a required field has no value."""
    lacking = [f.slug for f in unit.fields.all() if f.of == "contact" and f.required and not new.get(OWN + f.slug)]
    if lacking:
        raise Invalid(f"the field {lacking[0]!r} is required", detail={"pointer": f"/fields/{lacking[0]}"})
    contact = _written(unit, found(unit, unit.contacts.add()), new)[0]
    leave_traces(unit, contact.id, actor, "contact_created", {"fields": sorted(new)}, [("contact.created", {})])
    return contact


def met(unit: Unit, contact: Contact) -> None:
    """A contact writes for the first time: one whom the channel brought was created by that."""
    unit.facts.tell_once(contact.id, "contact.created")


def change(unit: Unit, contact: Contact, new: Mapping[str, Any], actor: Actor) -> Contact:
    """Set details (`name`, `score`, …) and fields (`fields.<slug>`); None clears one. What is as it was is no change.

    Invalid, with a pointer, for what cannot be a value there; Conflict where another contact has a unique one.
    """
    changed, facts = _written(unit, contact, new)
    if facts:
        names = sorted({str(data["field"]) for name, data in facts if name == "contact.field_changed"})
        leave_traces(unit, contact.id, actor, "contact_changed", {"fields": names}, facts)
    return changed


def identify(unit: Unit, contact: Contact, channel_key: str, external_id: str, actor: Actor) -> Identity:
    """Known by one more address on a channel; Conflict where somebody is known by it."""
    channel = unit.channels.by_key(channel_key)
    if channel is None:
        raise Invalid(f"there is no channel {channel_key!r}", detail={"pointer": "/channel"})
    identity = unit.contacts.identify(contact.id, channel.id, external_id, contact.name)
    if identity is None:
        other = unit.contacts.identity(channel.id, external_id)
        detail = {"pointer": "/external_id", "contact": None if other is None else str(other.contact_id)}
        raise Conflict("somebody is known by this already", detail=detail)
    leave_traces(unit, contact.id, actor, "identity_added", {"channel": channel_key})
    return identity


def forget_identity(unit: Unit, contact: Contact, identity_id: UUID, actor: Actor) -> None:
    """Conflict for one in which a conversation was held."""
    if all(each.id != identity_id for each in unit.contacts.identities(contact.id)):
        raise NotFound("the contact has no such identity")
    if not unit.contacts.forget_identity(contact.id, identity_id):
        raise Conflict("a conversation was held there")
    leave_traces(unit, contact.id, actor, "identity_removed", {"identity": str(identity_id)})


def _written(unit: Unit, contact: Contact, new: Mapping[str, Any]) -> tuple[Contact, list[NewFact]]:
    """The contact with what is new, and a fact for each thing that is different now."""
    details = {name: read_detail(name, value) for name, value in new.items() if not name.startswith(OWN)}
    own = {name.removeprefix(OWN): value for name, value in new.items() if name.startswith(OWN)}
    changed = contact
    if details:
        changed = unit.contacts.change(contact.id, **details) or contact
    facts = [_changed(name, getattr(contact, name), getattr(changed, name)) for name in details]
    if own:
        values = _read(unit, contact, own)
        put = [(field.slug, value) for field, value in values if _put(unit, contact, field, value)]
        fields = {slug: value for slug, value in {**changed.fields, **dict(put)}.items() if value is not None}
        changed = replace(changed, fields=fields)
        facts += [_changed(OWN + slug, contact.fields.get(slug), value) for slug, value in put]
    facts = [(name, data) for name, data in facts if data["from"] != data["to"]]
    if changed.score > contact.score:
        facts.append(("contact.score_reached", {"from": contact.score, "score": changed.score}))
    return changed, facts


def _changed(field: str, before: Any, after: Any) -> NewFact:
    return "contact.field_changed", {"field": field, "from": before, "to": after}


def _read(unit: Unit, contact: Contact, own: Mapping[str, Any]) -> Sequence[tuple[Field, Any]]:
    known = unit.fields.many("contact", list(own))
    unknown = sorted(own.keys() - known.keys())
    if unknown:
        raise Invalid(f"there is no field {unknown[0]!r}", detail={"pointer": f"/fields/{unknown[0]}"})
    account = unit.accounts.read()
    place = Place(account.language, ZoneInfo(contact.timezone or account.timezone), unit.now)
    return [(known[slug], _with_user(unit, known[slug], read_value(known[slug], own[slug], place))) for slug in own]


def _with_user(unit: Unit, field: Field, value: Any) -> Any:
    """A person as documents name them now."""
    if field.type != "user" or value is None:
        return value
    member = unit.members.by_slug(value)
    if member is None:
        raise Invalid(f"there is no user {value!r}", detail={"pointer": f"/fields/{field.slug}"})
    return member.slug


def _put(unit: Unit, contact: Contact, field: Field, value: Any) -> bool:
    if value is None and field.required and field.slug in contact.fields:
        raise Invalid(f"the field {field.slug!r} is required", detail={"pointer": f"/fields/{field.slug}"})
    key = unique_key(value) if field.is_unique and value is not None else None
    if key is not None:
        holder = unit.fields.holder(field.id, key)
        if holder not in (None, contact.id):
            detail = {"pointer": f"/fields/{field.slug}", "contact": str(holder)}
            raise Conflict(f"another contact has this {field.slug!r}", code="not_unique", detail=detail)
    return unit.fields.put(contact.id, field, value, unique_key=key)


__all__ = ["DETAILS", "OWN", "change", "create", "forget_identity", "found", "identify", "met"]
