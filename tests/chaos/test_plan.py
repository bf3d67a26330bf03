"""What a fault run plans: all of it drawn from its seed, over flows that are sound."""

from __future__ import annotations

import json
import socket
from itertools import islice

import pytest

from flowengine.chaos.flows import documents
from flowengine.chaos.peer import MESSAGE, PUSH, Peer, open_peer
from flowengine.chaos.plan import FAULTS, FROZEN_S, VISITS, faults, scripts
from flowengine.core.check import errors_in
from flowengine.nodes import check

FLOWS = documents("http://127.0.0.1:9")


@pytest.mark.parametrize("document", FLOWS, ids=[document["key"] for document in FLOWS])
def test_its_flows_are_sound(document) -> None:
    assert errors_in(check(document)) == []


def test_the_same_seed_plans_the_same() -> None:
    assert scripts(7, 500, tuple(VISITS)) == scripts(7, 500, tuple(VISITS))
    assert list(islice(faults(7, FAULTS), 50)) == list(islice(faults(7, FAULTS), 50))
    assert scripts(7, 500, tuple(VISITS)) != scripts(8, 500, tuple(VISITS))


def test_twenty_thousand_messages_are_those_of_some_two_thousand_contacts() -> None:
    planned = scripts(1, 20_000, tuple(VISITS))
    assert 20_000 <= sum(script.messages for script in planned) <= 20_100
    assert 1_800 <= len(planned) <= 2_200
    assert {visit for script in planned for step in script.steps for visit in step.says if visit in VISITS} == {*VISITS}


def test_every_kind_of_fault_comes_up_equally_often_and_freezes_long_enough() -> None:
    planned = list(islice(faults(3, FAULTS), 20 * len(FAULTS)))
    assert {kind: sum(fault.kind == kind for fault in planned) for kind in FAULTS} == dict.fromkeys(FAULTS, 20)
    assert all(fault.seconds > FROZEN_S.get(fault.kind, -1) for fault in planned)


def test_the_peer_acts_once_a_key_and_behaves_in_the_end() -> None:
    peer = Peer("", seed=1)
    manners = [[peer.take(f"key {number}", "/pedidos/P1", b"") for _ in range(4)] for number in range(200)]
    assert {manner for first, *_ in manners for manner in [first]} > {"well", "late", "twice", "error before"}
    assert all(later == ["well", "well"] for _, _, *later in manners)
    assert len(peer.acted) == 200
    assert peer.repeats() > 500


def test_a_request_whose_sender_dies_in_the_middle_of_it_counts_as_none() -> None:
    body = json.dumps({"id": "m1", "to": "c1"}).encode()
    head = f"POST {PUSH} HTTP/1.1\r\nhost: peer\r\n{MESSAGE}: m1\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    with open_peer(seed=1) as peer:
        host, port = peer.url.removeprefix("http://").split(":")
        for sent in (head, head + body[:5], head + body):
            with socket.create_connection((host, int(port)), timeout=10) as connection:
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(1000):
                    pass

        assert peer.broken_off == 2
        assert [message["id"] for message in peer.pushed] == [*peer.acted] == ["m1"]
