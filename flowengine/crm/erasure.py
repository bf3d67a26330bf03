"""A person asks what is known of them, or to be forgotten (LGPD): handed out, or erased and put into the ledger."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.crm.actor import Actor
from flowengine.store.erasure import Erased
from flowengine.store.unit import Unit


def export(unit: Unit, contact_id: UUID, actor: Actor) -> dict[str, Any]:
    """`profile` as people see the contact, and `records` by the place where they are kept."""
    contact = unit.contacts.get(contact_id)
    if contact is None or unit.erasure.is_erased(contact_id):
        raise NotFound("there is no such contact")
    unit.audit.record(
        actor.member, "contact_exported", object_kind="contact", object_id=contact_id, where_done=actor.where
    )
    return {"profile": asdict(contact), "records": unit.erasure.export(contact_id)}


def erase(unit: Unit, contact_id: UUID, actor: Actor) -> dict[str, int]:
    """Nothing of the person is left, and no restore brings it back; how many rows, by the place. Cannot be undone."""
    erased = unit.erasure.erase(contact_id)
    if erased is None:
        raise NotFound("there is no such contact")
    unit.erasure.note(contact_id, actor.member, unit.now)
    unit.audit.record(
        actor.member, "contact_erased", object_kind="contact", object_id=contact_id, where_done=actor.where
    )
    unit.live.tell("contact", {"id": str(contact_id), "actor": None if actor.member is None else str(actor.member)})
    return erased


def erase_again(unit: Unit, ledger: Iterable[Erased]) -> int:
    """After a restore: whoever is in the ledger and back is erased once more; how many were."""
    again = 0
    for entry in ledger:
        if unit.erasure.erase(entry.contact_id) is not None:
            again += 1
            unit.audit.record(
                None, "contact_erased", object_kind="contact", object_id=entry.contact_id, where_done="restore"
            )
        unit.erasure.note(entry.contact_id, entry.member_id, entry.at)
    return again
