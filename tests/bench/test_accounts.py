"""What the bench holds to account: who speaks, what comes back, and what is made of the figures."""

import socket
from collections import Counter
from collections.abc import Iterator
from threading import Thread

import pytest

from flowengine.bench.figures import medians, table
from flowengine.bench.installation import BenchFailed
from flowengine.bench.people import People
from flowengine.bench.tally import Tally
from flowengine.bench.wire import Wire, get


def answered(*answers: tuple[str, float]) -> Tally:
    tally = Tally()
    for place, id in enumerate(("a", "b", "c", "d")):
        tally.asked(id, 2 if id == "d" else 1, due=float(place))
    for id, at in answers:
        tally.answered(id, at)
    return tally


ALL = (("a", 0.25), ("b", 1.5), ("c", 2.125), ("d", 3.5), ("d", 4.0))


def test_a_load_whose_messages_were_all_answered_has_its_waits_told_by_the_first_answer():
    tally = answered(*ALL)
    tally.prove()
    assert (tally.open, tally.last) == (0, 4.0)
    assert (tally.wait_ms(0.5), tally.wait_ms(0.99)) == (250, 500)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (ALL[1:], "1 not answered in whole (such as a)"),
        (ALL[:-1], "1 not answered in whole (such as d)"),
        ((*ALL, ("b", 5.0)), "1 answered too often (such as b)"),
        ((*ALL, ("x", 5.0)), "1 that nobody wrote, answered (such as x)"),
    ],
)
def test_a_load_with_an_answer_that_is_missing_or_one_too_many_has_no_figures(answers: tuple, says: str):
    with pytest.raises(BenchFailed) as failed:
        answered(*answers).prove()
    assert says in str(failed.value)


def test_a_contact_says_nothing_more_until_its_message_was_taken_in():
    people = People("p", 20)
    said = people.several(20)
    assert len({each.contact for each in said}) == 20
    people.heard(said[3])
    assert people.speak().contact == said[3].contact


def test_few_contacts_write_much_and_many_write_little():
    people, wrote = People("p", 1_000), Counter[int]()
    for _ in range(5_000):
        said = people.speak()
        people.heard(said)
        wrote[said.contact] += 1
    assert wrote[0] > 5 * wrote[9] > 0
    assert len(wrote) > 300


@pytest.fixture
def slow_server() -> Iterator[str]:
    """Answers one request, a few bytes at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                for piece in (b"HTTP/1.1 202 ACC", b"EPTED\r\ncontent-LENGTH: 7\r\n\r", b'\n{"a"', b":1}"):
                    connection.sendall(piece)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_a_response_is_whole_once_its_body_is(slow_server: str):
    wire = Wire(slow_server)
    answer = wire.ask(get("/", wire.host, {}))
    wire.close()
    assert (answer.status, answer.body) == (202, b'{"a":1}')


def test_figures_are_the_medians_of_the_runs_with_as_many_places_as_are_worth_reading():
    runs = [{"per_s": 712.44, "ms": 0.012345, "of": "x"}, {"per_s": 690.0, "ms": 0.02, "of": "x"}]
    assert medians([*runs, {"per_s": 900.9, "ms": 0.01, "of": "y"}]) == {"per_s": 712, "ms": 0.0123, "of": "y"}
    assert table({"http": runs}).splitlines()[1].split() == ["per_s", "701", "690", "to", "712.44"]
