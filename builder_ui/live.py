"""An account's live events as server-sent events: what each person may see, resumed without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from apiflask import APIBlueprint
from flask import request
from flask.typing import ResponseReturnValue

from builder_ui import sse
from builder_ui.auth import me
from builder_ui.feed import Dropped, Entry
from builder_ui.process import Process, here
from builder_ui.visibility import Told, entry, visible
from flowengine.desk.presence import come
from flowengine.jobs import presence
from flowengine.jobs.announce import announce
from flowengine.store.unit import Unit

live = APIBlueprint("live", __name__, url_prefix="/api/v1", enable_openapi=False)

MOST_MISSED = 500  # who has missed more than this reads everything anew


@live.get("/live")
def listen() -> ResponseReturnValue:
    """From now on, or from `Last-Event-ID` on. No database connection is held while nothing happens."""
    person = me()
    last = request.headers.get("Last-Event-ID", "")
    position = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
    return sse.response(Screen(here(), person.account_id, person.member.id, person.epoch, position).events())


@dataclass(frozen=True, slots=True)
class Screen:
    """One open stream. `position` is where it goes on; None: from now on. `epoch` is that of its session."""

    process: Process
    account: UUID
    member: UUID
    epoch: int
    position: int | None
    heartbeat: float = presence.BEAT_S  # more often than proxies want: it is how absence is noticed

    def events(self) -> Iterator[bytes]:
        """Ends when the screen cannot keep up, or its person may no longer listen; the browser then comes back."""
        feed = self.process.feeds.of_account(self.account)
        with suppress(Dropped), feed.listen(self.member) as listener:
            if not self._come():  # it was ended just before: its sign came too early for this listener
                return
            missed = self._missed(up_to=listener.since)
            hello = {"position": listener.since, **({"reset": True} if missed is None else {})}
            yield sse.event("hello", hello, id=listener.since if self.position is None or missed is None else None)
            for each in missed or ():
                yield _told(each)
            marked = monotonic()
            while True:
                following = listener.next(self.heartbeat)
                if monotonic() - marked >= self.heartbeat:
                    presence.mark(self.process.redis, self.account, self.member)
                    marked = monotonic()
                if following is None:
                    yield sse.COMMENT
                elif following.value.name != "session":
                    yield _told(following)
                elif not self._goes_on():
                    return

    def _come(self) -> bool:
        """Whoever has a screen open is there; marked first, so that no sweep takes them for gone meanwhile.

        Whether they may have it.
        """
        presence.mark(self.process.redis, self.account, self.member)
        with Unit.open(self.process.engine, self.account) as unit:
            if unit.members.session_epoch(self.member) != self.epoch:
                return False
            came = come(unit, [self.member])
        if came:
            announce(self.process.redis, self.account)
        return True

    def _missed(self, *, up_to: int) -> list[Entry] | None:
        """What happened since the position; None where that is too much, or no longer kept."""
        if self.position is None or self.position >= up_to:
            return []
        with Unit.open(self.process.engine, self.account) as unit:
            oldest = unit.live.oldest()
            if oldest is None or oldest > self.position + 1 or up_to - self.position > MOST_MISSED:
                return None
            entries = [entry(event) for event in unit.live.read(self.position, MOST_MISSED)]
            upto = [each for each in entries if each.position is not None and each.position <= up_to]
            return [each for each in visible(unit, self.member, upto) if each.value.name != "session"]

    def _goes_on(self) -> bool:
        """Whether its session is still one; sessions of the person have been ended."""
        with Unit.open(self.process.engine, self.account) as unit:
            return unit.members.session_epoch(self.member) == self.epoch


def _told(each: Entry) -> bytes:
    told: Told = each.value
    return sse.event(told.name, told.content, id=each.position)
