"""Notes on contacts: remarks that only the account's people see."""

from flowengine.core.errors import Invalid
from flowengine.crm.actor import Actor, leave_traces
from flowengine.store.contact_notes import ContactNote
from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit

LONGEST = 8_000


def add_note(unit: Unit, contact: Contact, words: str, actor: Actor) -> ContactNote:
    """Who wrote it is on it; a flow's has nobody's name."""
    text = words.strip()
    if not text or len(text) > LONGEST:
        raise Invalid(f"a note has 1 to {LONGEST} characters", detail={"pointer": "/text"})
    note = unit.contact_notes.add(contact.id, actor.member, text)
    leave_traces(unit, contact.id, actor, "contact_note_added", {"note": str(note.id)})
    return note
