"""Which accounts have something to do: the sweep's question, asked before any account is known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flowengine.store.due import Work, next_accounts
from flowengine.store.outbox import Owed
from tests.offices import NOON, Office

LATER = Owed(id="run:1:0", kind="timer", payload={"kind": "timer_fired"}, due_at=NOON + timedelta(minutes=5))


@pytest.mark.parametrize(("order", "queue"), [(LATER, "hot"), (replace(LATER, kind="callback"), "outbox")])
def test_what_falls_due_later_is_found_from_then_on(office: Office, order: Owed, queue: Work):
    with office.at() as unit:
        unit.outbox.owe([order])
    for minutes, found in ((4, []), (5, [office.account_id])):
        assert next_accounts(office.engine, queue, most=10, now=NOON + timedelta(minutes=minutes)) == found


def test_what_a_dead_worker_held_is_found_at_the_end_of_its_lease(office: Office):
    with office.at() as unit:
        unit.outbox.owe([replace(LATER, kind="callback", due_at=NOON)])
    with office.at() as unit:
        assert unit.outbox.claim(1, lease=timedelta(minutes=2))
    for minutes, found in ((1, []), (2, [office.account_id])):
        assert next_accounts(office.engine, "outbox", most=10, now=NOON + timedelta(minutes=minutes)) == found
