"""The conversation of `flowengine talk`: lines typed become acts, which can be taken back and are kept as a story."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from mimetypes import guess_type
from typing import Any
from zoneinfo import ZoneInfo

import click

from flowengine.cli._screen import show
from flowengine.core.errors import FlowEngineError
from flowengine.core.program import Program
from flowengine.core.stories.mocks import NoMock
from flowengine.core.stories.play import act
from flowengine.core.stories.record import recorded
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene
from flowengine.core.stories.surroundings import surroundings_of

HELP = """\
  What you write is what the contact says; a number or a title picks an option.
  /press ID      press a button               /wait 2h       let time pass (s, m, h, d)
  /send URL      send a file                  /share LAT LON share a place
  /finish        a person finishes            /refuse        the channel refuses what was said last
  /close         teams are closed             /open          teams are open
  /happen NAME   let a fact happen, e.g. /happen contact.tag_added {"tag": "vip"}
  /mock JSON     answer the call that waits, e.g. /mock {"status": 200, "body": {"total": 10}}
  /undo          take the last exchange back
  /trace         show the nodes passed        /state         variables, answers, where it waits
  /quit          leave, and write the story down if it is recorded
  //word         say /word"""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = {"s": 100_000, "m": 100_000, "h": 8_760, "d": 365}  # as a story may say it
_ALWAYS_SHUT = {"account": {"timezone": "UTC", "week": {}}}


class Chat:
    """`exchanges` is what a story keeps, `world` what differs from the world of the file's other stories."""

    def __init__(
        self,
        program: Program,
        flows: Mapping[str, Program],
        common: Mapping[str, Any],
        world: dict[str, Any],
        *,
        trace: bool,
        recording: bool,
    ) -> None:
        self.world = world
        self.exchanges: list[dict[str, Any]] = []
        self._program = program
        self._flows = flows
        self._common = common
        self._trace = trace
        self._recording = recording
        self._waiting: tuple[str, Mapping[str, Any]] | None = None  # the step whose call waits for /mock, and the act
        self._talk = self._anew()

    def clock(self) -> str:
        return self._local(self._talk.now)

    def take(self, line: str) -> None:
        """One line typed: words, or a command."""
        if not line.startswith("/") or line.startswith("//"):
            self._act({"says": line.removeprefix("/") if line.startswith("//") else line})
            return
        word, _, rest = line[1:].partition(" ")
        commands: Mapping[str, Callable[[str], None]] = {
            "press": self._press,
            "wait": self._wait,
            "happen": self._happen,
            "send": self._send,
            "share": self._share,
            "finish": lambda reason: self._act({"finished": reason or True}),
            "refuse": lambda reason: self._act({"refused": reason or "refused"}),
            "close": lambda _: self._hours(_ALWAYS_SHUT),
            "open": lambda _: self._hours({}),
            "mock": self._mock,
            "undo": lambda _: self._undo(),
            "trace": lambda _: self._switch_trace(),
            "state": lambda _: self._state(),
        }
        command = commands.get(word)
        if command is None:
            click.echo(HELP)
        else:
            command(rest.strip())

    def _act(self, exchange: Mapping[str, Any]) -> None:
        try:
            scene = act(self._talk, exchange)
        except NoMock as missing:
            self._waiting = (missing.detail["node"], exchange)
            self._go_back()
            click.echo(f"  ! the step “{missing.detail['node']}” calls the outside world; say what that answers:")
            click.echo('    /mock {"status": 200, "body": {}}     or     /mock {"reason": "timeout"}')
            return
        except FlowEngineError as fault:
            self._go_back()
            click.echo(f"  ! {fault}")
            return
        self._waiting = None
        self.exchanges.append(recorded(self._talk, scene, exchange))
        self._show(scene)

    def _show(self, scene: Scene) -> None:
        show(self._talk, scene, trace=self._trace)
        if not scene.effects and (due := self._due()) is not None:
            click.echo(f"  · nothing yet; it goes on by itself: /wait {_in_words(due - self._talk.now)}")
        elif scene == Scene():
            click.echo("  · nothing came of it")

    def _due(self) -> datetime | None:
        """When the next timer fires."""
        run = self._talk.run
        wait = run.wait if run is not None and run.status == "open" else None
        return min((timer.due for timer in wait.timers), default=None) if wait else None

    def _press(self, option: str) -> None:
        titles = {offered.id: offered.title for offered in self._talk.offered}
        if option not in titles:
            there = ", ".join(titles)
            click.echo(f"  · there is no button {option!r}; " + (f"there are: {there}" if titles else "none was shown"))
            return
        click.echo(f"  [{titles[option]}]")
        self._act({"presses": option})

    def _wait(self, time: str) -> None:
        match = re.fullmatch(r"(\d{1,6}) ?([smhd])\w*", time)
        if match is None or not 1 <= int(match[1]) <= _LONGEST[match[2]]:
            click.echo("  /wait 30s, /wait 10m, /wait 2h, /wait 1d; at most 365d at once")
            return
        self._act({"waits": {"amount": int(match[1]), "unit": _UNITS[match[2]]}})
        click.echo(f"  · {self.clock()}")

    def _happen(self, fact: str) -> None:
        name, _, text = fact.partition(" ")
        data = _json_object(text or "{}")
        if not name or data is None:
            click.echo('  /happen contact.tag_added {"tag": "vip"}')
            return
        self._act({"happens": name, "data": data})

    def _send(self, url: str) -> None:
        if not url:
            click.echo("  /send https://exemplo.com/foto.png")
            return
        self._act({"sends": [{"url": url, "mime": guess_type(url)[0] or "application/octet-stream"}]})

    def _share(self, place: str) -> None:
        try:
            latitude, longitude = map(float, place.replace(",", " ").split())
        except ValueError:
            click.echo("  /share -8.05 -34.9")
            return
        self._act({"shares": {"latitude": latitude, "longitude": longitude}})

    def _mock(self, text: str) -> None:
        answer = _json_object(text)
        if self._waiting is None or answer is None:
            click.echo("  · no call waits" if self._waiting is None else '  /mock {"status": 200, "body": {}}')
            return
        node, exchange = self._waiting
        mocks = {**self._common.get("mocks", {}), **self.world.get("mocks", {})}
        self.world["mocks"] = {**mocks, node: answer}
        self._go_back()
        self._act(exchange)

    def _hours(self, hours: Mapping[str, Any]) -> None:
        if self._recording and self.exchanges:
            click.echo("  · a story has the same hours from its beginning: say so before the first word")
            return
        self.world["hours"] = hours
        self._go_back()
        click.echo(f"  · teams are {'closed' if hours else 'open'}")

    def _undo(self) -> None:
        if not self.exchanges:
            click.echo("  · there is nothing to take back")
            return
        taken = self.exchanges.pop()
        self._go_back()
        begins = next(iter(taken.items()))
        click.echo(f"  · taken back: {begins[0]} {begins[1]}; {self.clock()}")

    def _anew(self) -> Rehearsal:
        return Rehearsal(self._program, surroundings_of({**self._common, **self.world}, self._flows))

    def _go_back(self) -> None:
        """To where the exchanges lead, from the beginning: the same acts always come to the same."""
        self._talk = self._anew()
        for place, exchange in enumerate(self.exchanges):
            try:
                act(self._talk, exchange)
            except FlowEngineError as fault:  # with other hours or answers the talk goes another way
                del self.exchanges[place:]
                click.echo(f"  ! only {place} exchanges are left: {fault}")
                return

    def _local(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self._talk.surroundings.timezone)).strftime("%d/%m/%Y %H:%M")

    def _switch_trace(self) -> None:
        self._trace = not self._trace
        click.echo(f"  · trace {'on' if self._trace else 'off'}")

    def _state(self) -> None:
        talk, run = self._talk, self._talk.run
        click.echo(f"  time:         {self.clock()}")
        click.echo(f"  conversation: {talk.state}{f' ({talk.team})' if talk.team else ''}")
        if run is None:
            return
        due = self._due()
        until = f", until {self._local(due)}" if due else ""
        click.echo(f"  run:          {run.status}{f', {run.outcome}' if run.outcome else ''}, turn {run.turn}")
        click.echo(f"  waits at:     {run.wait.node if run.wait else '-'}{until}")
        click.echo(f"  variables:    {_shown(run.variables)}")
        click.echo(f"  answers:      {_shown(run.answers)}")


def _shown(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, default=str)


def _in_words(time: timedelta) -> str:
    """As /wait takes it, rounded up."""
    seconds = math.ceil(time.total_seconds())
    for unit, length in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds % length == 0 and seconds:
            return f"{seconds // length}{unit}"
    return f"{max(seconds, 1)}s"


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None
