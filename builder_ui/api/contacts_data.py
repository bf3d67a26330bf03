"""What is kept of a person: handed out to them, or erased for good. For administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed, me
from builder_ui.units import writing
from flowengine.crm import erasure as rules
from flowengine.crm.actor import Actor

contacts_data = APIBlueprint("contacts_data", __name__, tag="Contacts")


class Export(Shape):
    """`profile` as the contact's page shows it; `records` by the place where they are kept, row by row."""

    profile: dict[str, Any]
    records: dict[str, list[dict[str, Any]]]


class Erased(Shape):
    """How many rows went or were emptied, by the place where they were kept."""

    erased: dict[str, int]


@contacts_data.get("/contacts/<uuid:contact_id>/export")
@allowed("manage account")
@contacts_data.output(Export)
def export(contact_id: UUID) -> Any:
    """Everything that is kept about the contact, as a file for them (LGPD, article 18)."""
    with writing(me().account_id) as unit:
        found = rules.export(unit, contact_id, Actor(me().member.id))
    return found, 200, {"Content-Disposition": f'attachment; filename="contact-{contact_id}.json"'}


@contacts_data.post("/contacts/<uuid:contact_id>/erase")
@allowed("manage account")
@contacts_data.output(Erased)
def erase(contact_id: UUID) -> Any:
    """Erase the person: what they wrote, what is known of them, what is on its way. Cannot be undone."""
    with writing(me().account_id) as unit:
        return {"erased": rules.erase(unit, contact_id, Actor(me().member.id))}
