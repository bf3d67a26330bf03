"""Contacts: the list, one with all that is known, changes, identities, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import contact_shapes as shapes
from builder_ui.api.account_things import given, there
from builder_ui.api.viewer import past, viewer
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.crm import contacts as rules
from flowengine.crm.actor import Actor
from flowengine.crm.consent import set_consent
from flowengine.crm.notes import add_note
from flowengine.crm.owners import set_owner
from flowengine.crm.tags import change_tags
from flowengine.store.contact_notes import ContactNote
from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit

contacts = APIBlueprint("contacts", __name__, tag="Contacts")

STANDINGS = ("tags", "consent", "owner")  # what stands beside a contact's details and fields


@contacts.get("/contacts")
@allowed("see contacts")
@contacts.input(shapes.Page, location="query")
@contacts.output(shapes.Rows)
def page(query_data: shapes.Page) -> Any:
    """The contacts of the account, newest first."""
    with reading(me().account_id) as unit:
        rows = unit.contacts.page(query_data.most + 1, below=query_data.cursor, words=query_data.q.strip())
    shown, more = rows[: query_data.most], len(rows) > query_data.most
    return {"contacts": [_row(each) for each in shown], "next": shown[-1].id if more else None}


@contacts.post("/contacts")
@allowed("edit contacts")
@contacts.input(shapes.Changed)
@contacts.output(shapes.Contact, status_code=201)
def create(json_data: shapes.Changed) -> Any:
    """Somebody whom no channel has brought."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        contact = rules.create(unit, _values(new), _actor())
        return _whole(unit, _changed(unit, contact, {name: new[name] for name in STANDINGS if name in new}))


@contacts.get("/contacts/<uuid:contact_id>")
@allowed("see contacts")
@contacts.output(shapes.Contact)
def read(contact_id: UUID) -> Any:
    """One contact with all that is known."""
    with reading(me().account_id) as unit:
        contact = there(unit.contacts.get(contact_id))
        return _whole(unit, there(None if unit.erasure.is_erased(contact_id) else contact))


@contacts.patch("/contacts/<uuid:contact_id>")
@allowed("edit contacts")
@contacts.input(shapes.Changed)
@contacts.output(shapes.Contact)
def change(contact_id: UUID, json_data: shapes.Changed) -> Any:
    """All of it or nothing; what is as it was is no change. 409 where another contact has a unique value."""
    with writing(me().account_id) as unit:
        return _whole(unit, _changed(unit, rules.found(unit, contact_id), given(json_data)))


@contacts.post("/contacts/<uuid:contact_id>/identities")
@allowed("edit contacts")
@contacts.input(shapes.NewIdentity)
@contacts.output(shapes.Contact, status_code=201)
def identify(contact_id: UUID, json_data: shapes.NewIdentity) -> Any:
    """One more address of the contact's on a channel; 409 where somebody is known by it."""
    with writing(me().account_id) as unit:
        contact = rules.found(unit, contact_id)
        rules.identify(unit, contact, json_data.channel, json_data.external_id.strip(), _actor())
        return _whole(unit, contact)


@contacts.delete("/contacts/<uuid:contact_id>/identities/<uuid:identity_id>")
@allowed("edit contacts")
@contacts.output({}, status_code=204)
def forget_identity(contact_id: UUID, identity_id: UUID) -> Any:
    """Forget an address; 409 where a conversation was held there."""
    with writing(me().account_id) as unit:
        rules.forget_identity(unit, rules.found(unit, contact_id), identity_id, _actor())
    return ""


@contacts.post("/contacts/<uuid:contact_id>/notes")
@allowed("edit contacts")
@contacts.input(shapes.NewNote)
@contacts.output(shapes.Note, status_code=201)
def note(contact_id: UUID, json_data: shapes.NewNote) -> Any:
    """A remark on the contact."""
    with writing(me().account_id) as unit:
        written = add_note(unit, rules.found(unit, contact_id), json_data.text, _actor())
        (shown,) = _notes(unit, [written])
        return shown


def _changed(unit: Unit, contact: Contact, new: dict[str, Any]) -> Contact:
    actor = _actor()
    values = _values(new)
    if values:
        contact = rules.change(unit, contact, values, actor)
    if "tags" in new:
        contact = change_tags(unit, contact, actor, **{"add": [], "remove": [], **new["tags"]})
    if "consent" in new:
        contact = set_consent(unit, contact, new["consent"], actor)
    if "owner" in new:
        contact = set_owner(unit, contact, new["owner"], actor)
    return contact


def _values(new: dict[str, Any]) -> dict[str, Any]:
    """Details and fields, as the rules name them."""
    own = {rules.OWN + slug: value for slug, value in new.get("fields", {}).items()}
    return {name: new[name] for name in rules.DETAILS if name in new} | own


def _actor() -> Actor:
    return Actor(me().member.id)


def _row(contact: Any) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name or "",
        "email": contact.email,
        "phone": contact.phone,
        "score": contact.score,
        "tags": contact.tags,
        "owner": contact.owner,
        "created_at": contact.created_at,
        "last_seen_at": contact.last_seen_at,
    }


def _whole(unit: Unit, contact: Contact) -> dict[str, Any]:
    channels = {channel.id: channel for channel in unit.channels.all()}
    people = {member.id: member.name for member in unit.members.all()}
    return {
        **_row(contact),
        "language": contact.language,
        "timezone": contact.timezone,
        "fields": contact.fields,
        "consent": contact.consent,
        "consents": [
            {
                "channel": each.channel_kind,
                "state": each.state,
                "source": each.source,
                "by": _named(people, each.member_id),
                "at": each.at,
            }
            for each in unit.consents.of(contact.id)
        ],
        "identities": [
            {
                "id": each.id,
                "channel": channels[each.channel_id].key,
                "kind": channels[each.channel_id].kind,
                "external_id": each.external_id,
                "name": each.name,
            }
            for each in unit.contacts.identities(contact.id)
            if each.channel_id in channels
        ],
        "notes": _notes(unit, unit.contact_notes.of(contact.id)),
        "portfolios": [
            {"slug": each.slug, "name": each.name, "kind": each.kind} for each in unit.portfolios.of_contact(contact.id)
        ],
        "conversations": past(unit, viewer(), contact.id),
    }


def _notes(unit: Unit, notes: Iterable[ContactNote]) -> list[dict[str, Any]]:
    people = {member.id: member.name for member in unit.members.all()}
    return [{"id": each.id, "text": each.text, "by": _named(people, each.member_id), "at": each.at} for each in notes]


def _named(people: dict[UUID, str], member: UUID | None) -> dict[str, Any] | None:
    return {"id": member, "name": people.get(member, "")} if member is not None else None
