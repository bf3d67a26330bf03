"""Changing a contact by hand."""

import pytest

from flowengine.core.errors import Invalid, NotFound
from flowengine.crm import contacts
from tests.offices import Office, furnish, meet


@pytest.fixture
def office(engine) -> Office:
    return furnish(engine)


def test_a_change_is_cleaned_audited_and_told(office: Office):
    with office.at() as unit:
        contact, position = meet(unit, office).contact_id, unit.live.position()
        changed = contacts.change(
            unit, contact, by=office.ana.id, name="  João   Silva ", email="JOAO@Example.com", phone="(11) 98765-4321"
        )
        assert (changed.name, changed.email, changed.phone) == ("João Silva", "JOAO@example.com", "+5511987654321")
        assert unit.audit.latest()[0].data == {"fields": ["email", "name", "phone"]}
        assert [event.kind for event in unit.live.read(position)] == ["contact"]


def test_what_is_as_it_was_is_no_change(office: Office):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        contacts.change(unit, contact, by=office.ana.id, name="João")
        assert unit.audit.latest() == []


@pytest.mark.parametrize(
    "field", [{"email": "x"}, {"phone": "123"}, {"name": " "}, {"timezone": "Mars/Base"}, {"language": "?"}]
)
def test_what_cannot_be_is_refused_at_its_field(office: Office, field: dict):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        with pytest.raises(Invalid) as wrong:
            contacts.change(unit, contact, by=office.ana.id, **field)
    assert wrong.value.detail["pointer"] == "/" + next(iter(field))


def test_nobody_is_changed_who_is_not_there(office: Office):
    with office.at() as unit, pytest.raises(NotFound):
        contacts.change(unit, unit.new_id(), by=None, name="X")


def test_a_contact_has_an_identity_on_each_channel(office: Office):
    with office.at() as unit:
        identity = meet(unit, office)
        assert [each.external_id for each in unit.contacts.identities(identity.contact_id)] == ["5511"]
