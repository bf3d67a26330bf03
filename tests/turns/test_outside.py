"""The client for calls outside: each answer is that of its own call."""

import socket
from collections.abc import Iterator
from threading import Thread

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


def test_what_a_peer_sends_beyond_its_answer_is_nobodys(twice: str):
    with Outside([twice]) as outside:
        answers = [outside.post(f"http://{twice}/", b"", {}).body for _ in range(3)]
    assert answers == [b"00001", b"00002", b"00003"]
