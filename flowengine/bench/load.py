"""Messages posted from many connections and answers read by one more, in one thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter
from types import TracebackType
from typing import Self
from urllib.parse import quote

import orjson

from flowengine.bench.account import Account
from flowengine.bench.installation import BenchFailed
from flowengine.bench.people import People, Said
from flowengine.bench.tally import Tally
from flowengine.bench.wire import Answer, Wire, get, post, with_body

PAGE = 500  # messages of ours that one request fetches
LONG_POLL_S = 20
LOOK_S = 0.25  # between two looks for answers while messages come in as fast as they are taken
MOST_OPEN = 2_000  # messages without an answer: a backlog that takes seconds to drain, not minutes
SILENCE_S = 20.0  # without a single answer, after which none is waited for any more
SETTLE_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Shape:
    """A load: how messages are posted, over how many connections, and how many in a request.

    With `waiting`, answers are fetched by long poll, so that they come at once; else by looking now and then, as
    senders do that are busy themselves.
    """

    post: Callable[[Load], None]
    connections: int
    batch: int = 1
    waiting: bool = False


class Load:
    """The sender of an account's messages: one thread, many connections."""

    def __init__(self, address: str, account: Account, people: People, shape: Shape, *, after: str = "") -> None:
        self.tally = Tally()
        self._address = address
        self._people = people
        self._batch = shape.batch
        self._waiting = shape.waiting
        self._selector = DefaultSelector()
        self._idle = deque(Wire(address) for _ in range(shape.connections))
        self._reader = Wire(address)
        for wire in (*self._idle, self._reader):
            self._selector.register(wire, EVENT_READ)
        self._authorization = {"Authorization": f"Bearer {account.token}"}
        self._path = f"/hooks/http/{account.key}"
        self._head = post(self._path, self._reader.host, self._authorization)
        self._under_way = 0
        self.cursor = after
        self._reading = False
        self._look_at = 0.0
        self._read_up(self._reader)
        self.tally = Tally()  # what was said before is not ours

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, Wire):
                self._drop(key.fileobj)
        self._selector.close()

    def saturate(self, seconds: float) -> None:
        """Post as fast as messages are taken in, unless too many of them wait for their answers."""
        until = perf_counter() + seconds
        while perf_counter() < until:
            while self._idle and self.tally.open < MOST_OPEN:
                self._post(self._people.several(self._batch), perf_counter())
            self._step(0.05)
        self._finish_posting()

    def steady(self, rate: float, seconds: float) -> None:
        """Post when messages are due, whether or not earlier ones were answered: a slow answer hides no question."""
        begun = perf_counter()
        for place in range(int(rate * seconds)):
            due = begun + place / rate
            while perf_counter() < due or not self._idle:
                self._step(max(0.0, min(0.05, due - perf_counter())))
            self._post(self._people.several(self._batch), due)
        self._finish_posting()

    def settle(self) -> None:
        """Wait for the answers that are still to come, and look once more; raises BenchFailed where they are wrong."""
        while self._idle:
            self._drop(self._idle.popleft())  # or the other side would, after a while
        posted = perf_counter()
        while self.tally.open and perf_counter() - max(posted, self.tally.last) < SILENCE_S:
            self._step(SETTLE_LOOK_S, look_every=SETTLE_LOOK_S)
        self._read_up(Wire(self._address))  # what was answered twice came later
        self.tally.prove()

    def _drop(self, wire: Wire) -> None:
        self._selector.unregister(wire)
        wire.close()

    def _finish_posting(self) -> None:
        while self._under_way:
            self._step(0.05)

    def _post(self, said: Sequence[Said], due: float) -> None:
        wire = self._idle.popleft()
        body = said[0].body if self._batch == 1 else b"[%b]" % b",".join(each.body for each in said)
        for each in said:
            self.tally.asked(each.id, each.answers, due)
        wire.load = said
        wire.send(with_body(self._head, body))
        self._under_way += 1

    def _step(self, timeout: float, *, look_every: float = LOOK_S) -> None:
        now = perf_counter()
        if not self._reading and (self._waiting or now >= self._look_at):
            self._reader.send(self._read_request(LONG_POLL_S if self._waiting else 0))
            self._reading = True
            self._look_at = now + look_every
        for key, _ in self._selector.select(timeout):
            wire = key.fileobj
            if isinstance(wire, Wire) and (answer := wire.receive()) is not None:
                self._take(wire, answer)

    def _take(self, wire: Wire, answer: Answer) -> None:
        if wire is self._reader:
            self._reading = False
            if self._turn_page(answer, perf_counter()) == PAGE:
                self._look_at = 0.0
            return
        if answer.status != 202:
            raise BenchFailed(f"a message was refused: {answer.status} {answer.body[:300]!r}")
        for each in wire.load:
            self._people.heard(each)
        self._under_way -= 1
        self._idle.append(wire)

    def _read_up(self, wire: Wire) -> None:
        """Read all there is, on a wire that nothing waits on."""
        while self._turn_page(wire.ask(self._read_request(0)), perf_counter()):
            pass

    def _read_request(self, wait: int) -> bytes:
        after = f"&after={quote(self.cursor)}" if self.cursor else ""
        return get(f"{self._path}/messages?limit={PAGE}&wait={wait}{after}", self._reader.host, self._authorization)

    def _turn_page(self, answer: Answer, at: float) -> int:
        """How many messages the page had."""
        if answer.status != 200:
            raise BenchFailed(f"answers could not be read: {answer.status} {answer.body[:300]!r}")
        page = orjson.loads(answer.body)
        self.cursor = page["next"]
        for message in page["messages"]:
            self.tally.answered(message.get("in_reply_to") or "(nobody)", at)
        return len(page["messages"])
