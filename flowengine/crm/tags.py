"""Tags on contacts and conversations: put on and taken off, by people and flows alike."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from flowengine.core.errors import Invalid
from flowengine.crm.actor import Actor, leave_traces
from flowengine.store.contacts import Contact
from flowengine.store.facts import NewFact
from flowengine.store.tags import Tag
from flowengine.store.unit import Unit


def change_tags(
    unit: Unit, contact: Contact, actor: Actor, *, add: Collection[str] = (), remove: Collection[str] = ()
) -> Contact:
    """What is on already is not put on again; what is both taken off and put on stays. Invalid for a tag unknown."""
    known = _known(unit, add, remove)
    on = {known[slug].id: known[slug].slug for slug in add}
    off = {known[slug].id: known[slug].slug for slug in remove if known[slug].id not in on}
    taken = unit.tags.take_off("contact", contact.id, off)
    put = unit.tags.put("contact", contact.id, on)
    if not taken and not put:
        return contact
    facts: list[NewFact] = [("contact.tag_removed", {"tag": off[id]}) for id in sorted(taken)]
    facts += [("contact.tag_added", {"tag": on[id]}) for id in sorted(put)]
    data = {"added": sorted(on[id] for id in put), "removed": sorted(off[id] for id in taken)}
    leave_traces(unit, contact.id, actor, "contact_tagged", data, facts)
    return replace(contact, tags=sorted({*contact.tags, *on.values()} - set(off.values())))


def tag_conversation(
    unit: Unit, conversation_id: UUID, actor: Actor, *, add: Collection[str] = (), remove: Collection[str] = ()
) -> bool:
    """The same of a conversation; whether anything is different now."""
    known = _known(unit, add, remove)
    on = {known[slug].id for slug in add}
    off = {known[slug].id for slug in remove} - on
    taken = unit.tags.take_off("conversation", conversation_id, off)
    put = unit.tags.put("conversation", conversation_id, on)
    if taken or put:
        actor_id = None if actor.member is None else str(actor.member)
        ref = {"id": str(conversation_id), "conversation": str(conversation_id), "actor": actor_id, "before": None}
        unit.live.tell("conversation", ref)
    return bool(taken or put)


def _known(unit: Unit, add: Collection[str], remove: Collection[str]) -> dict[str, Tag]:
    known = unit.tags.many({*add, *remove})
    for place, slugs in (("add", add), ("remove", remove)):
        for slug in slugs:
            if slug not in known:
                raise Invalid(f"there is no tag {slug!r}", detail={"pointer": f"/tags/{place}"})
    return known
