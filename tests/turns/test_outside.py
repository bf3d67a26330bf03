"""The client for calls outside: each answer is that of its own call."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import BinaryIO

import pytest

from flowengine.effects.outside import Outside

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n%s"


@pytest.fixture
def twice() -> Iterator[str]:
    """The address of a system that answers every call twice, numbered, in one breath, and keeps the connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept = []

    def serve() -> None:
        number = 0
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            kept.append(connection)
            while connection.recv(65_536):
                number += 1
                connection.sendall(ANSWER % b"%05d" % number * 2)

    Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    for each in (listener, *kept):
        each.close()


def test_what_a_peer_sends_beyond_its_answer_is_nobodys(twice: str) -> None:
    with Outside([twice]) as outside:
        answers = [outside.post(f"http://{twice}/", b"", {}).body for _ in range(3)]
    assert answers == [b"00001", b"00002", b"00003"]


def has_head(calls: BinaryIO) -> bool:
    """Whether another call comes; what is read next is its body."""
    lines = 0
    while calls.readline() not in (b"\r\n", b""):
        lines += 1
    return lines > 0


@pytest.fixture
def stutterer() -> Iterator[str]:
    """The address of a system that answers with what it was sent, at once and a moment later again."""

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            calls = connection.makefile("rb")
            while has_head(calls):
                answer = ANSWER % calls.read(5)
                connection.sendall(answer)
                sleep(0.002)
                connection.sendall(answer)

    def listen() -> None:
        with suppress(OSError):
            while True:
                Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    listener = socket.create_server(("127.0.0.1", 0), backlog=200)
    Thread(target=listen, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def test_each_of_many_calls_at_once_has_its_own_answer(stutterer: str) -> None:
    bodies = [b"%05d" % number for number in range(1500)]
    with Outside([stutterer]) as outside, ThreadPoolExecutor(24) as hands:
        answers = list(hands.map(lambda body: outside.post(f"http://{stutterer}/", body, {}).body, bodies))
    assert [(sent, heard) for sent, heard in zip(bodies, answers, strict=True) if sent != heard] == []
