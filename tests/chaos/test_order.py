"""Several worker processes on one account: each contact's messages are taken by one of them at a time, in order."""

from __future__ import annotations

from contextlib import ExitStack
from random import Random
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine

from flowengine.chaos.flows import TEAM, notebook
from tests.chaos.workers import worker
from tests.turns.shop import Shop

WORKERS = 3
CONTACTS = [f"c{number}" for number in range(12)]
LINES = 15


@pytest.fixture
def shop(engine: Engine) -> Shop:
    """Its flow counts what a contact says: a turn that is taken beside another, or twice, miscounts."""
    shop = Shop(engine)
    with shop.unit() as unit:
        unit.teams.add(TEAM, "Atendimento")
    shop.publish(notebook())
    return shop


def write_all(shop: Shop) -> None:
    """Everybody's lines in their order, everybody at once."""
    draw = Random(1)
    left = {sender: ["caderno", *(f"{sender} {line}" for line in range(1, LINES + 1))] for sender in CONTACTS}
    while left:
        sender = draw.choice(list(left))
        shop.receive(left[sender].pop(0), sender=sender)
        left = {sender: lines for sender, lines in left.items() if lines}


def wait_until_answered(shop: Shop) -> None:
    until = monotonic() + 60
    while sum(len(shop.replies(sender)) for sender in CONTACTS) < len(CONTACTS) * (LINES + 1):
        assert monotonic() < until, {sender: shop.replies(sender)[-1:] for sender in CONTACTS}
        sleep(0.2)


def test_each_contact_is_served_in_order_by_one_worker_at_a_time(shop: Shop, database: str) -> None:
    with ExitStack() as stack:
        workers = [stack.enter_context(worker("turns", database, shop)) for _ in range(WORKERS)]
        assert {each.stdout.readline() for each in workers} == {"ready\n"}
        write_all(shop)
        wait_until_answered(shop)
        taken = [int(each.communicate()[0]) for each in workers]
    assert min(taken) > 0 and sum(taken) == len(CONTACTS) * (LINES + 1)
    for sender in CONTACTS:
        assert shop.replies(sender) == ["Pode ditar.", *(f"{line}: {sender} {line}" for line in range(1, LINES + 1))]
