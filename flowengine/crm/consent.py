"""Consent by kind of channel: given or withdrawn, with the time and where that was said."""

from collections.abc import Mapping
from dataclasses import replace

from flowengine.core.conditions.catalogue import CHANNEL_KINDS
from flowengine.core.errors import Invalid
from flowengine.crm.actor import Actor, leave_traces
from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit


def set_consent(unit: Unit, contact: Contact, wanted: Mapping[str, str], actor: Actor) -> Contact:
    """`wanted`: "in" or "out" by kind of channel. What the contact has said already keeps its time."""
    for kind in wanted:
        if kind not in CHANNEL_KINDS:
            raise Invalid(f"there is no kind of channel {kind!r}", detail={"pointer": f"/consent/{kind}"})
    changed = {}
    for state in ("in", "out"):
        kinds = sorted(kind for kind, said in wanted.items() if said == state)
        if kinds:
            new = unit.consents.set(contact.id, kinds, state, source=actor.where, by=actor.member)
            changed.update({kind: state for kind in new})
    if not changed:
        return contact
    leave_traces(unit, contact.id, actor, "consent_changed", changed)
    return replace(contact, consent={**contact.consent, **changed})
