"""`flowengine talk`: chats with a flow in the terminal, without a server, in made-up time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from flowengine.cli._files import keep_story, language_option, programs_in, read_json, read_program
from flowengine.cli._screen import show
from flowengine.core.mocks import NoMock
from flowengine.core.rehearsal import Rehearsal
from flowengine.core.story import act
from flowengine.core.story_record import recorded
from flowengine.core.surroundings import surroundings_of

HELP = """\
  what you write is what the contact says; a number or a title picks an option
  /press ID    press a button          /wait 2h     let time pass (s, m, h, d)
  /finish      a person finishes       /refuse      the channel refuses the last message
  /close       teams are closed        /open        teams are open
  /happen NAME let a fact happen, e.g. /happen contact.tag_added {"tag": "vip"}
  /send URL    send a file             /trace       show the nodes passed
  /state       variables, answers, where it waits
  /quit        leave, and write the story down if it is recorded"""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ALWAYS_SHUT = {"timezone": "UTC", "week": {}}


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", default="Renata Vasques", show_default=True, help="The contact's name; empty for none.")
@click.option("--at", help="When it begins (RFC 3339); now by default.")
@click.option("--trace", is_flag=True, help="Show the nodes passed.")
@click.option("--record", metavar="NAME", help="Keep it as a story of this name, in the file beside PATH.")
@click.option("--mocks", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: answers to calls.")
@language_option
def command(
    path: Path, name: str, at: str | None, trace: bool, record: str | None, mocks: Path | None, language: str
) -> None:
    """Chat with the flow in PATH. `/help` lists what else can happen."""
    program = read_program(path, language)
    world: dict[str, Any] = {"at": at or datetime.now(UTC).isoformat(timespec="seconds"), "contact": {"name": name}}
    if mocks:
        world["mocks"] = read_json(mocks)
    chat = _Chat(Rehearsal(program, surroundings_of(world, programs_in(path.parent))), trace)
    click.echo(f"{program.flow.name} · {chat.clock()} · /help")
    while (line := _line()) is not None and line != "/quit":
        if line:
            chat.take(line)
    if record and chat.exchanges:
        file = keep_story(path, program.flow.key, {"name": record, "world": world, "exchanges": chat.exchanges})
        click.echo(f"{len(chat.exchanges)} exchanges kept in {file}")


def _line() -> str | None:
    try:
        return input("\n› ").strip()
    except (EOFError, KeyboardInterrupt):
        return None


class _Chat:
    """The conversation on the screen; `exchanges` is the same as a story has it."""

    def __init__(self, rehearsal: Rehearsal, trace: bool) -> None:
        self.rehearsal = rehearsal
        self.trace = trace
        self.exchanges: list[dict[str, Any]] = []

    def clock(self) -> str:
        return self.rehearsal.now.astimezone(ZoneInfo(self.rehearsal.surroundings.timezone)).strftime("%d/%m %H:%M")

    def take(self, line: str) -> None:
        """One line typed: words, or a command."""
        if not line.startswith("/"):
            self._act({"says": line})
            return
        word, _, rest = line[1:].partition(" ")
        commands: Mapping[str, Callable[[str], None]] = {
            "press": lambda option: self._act({"presses": option}),
            "wait": self._wait,
            "happen": self._happen,
            "send": lambda url: self._act({"sends": [{"url": url, "mime": guess_type(url)[0] or "application/pdf"}]}),
            "finish": lambda reason: self._act({"finished": reason or True}),
            "refuse": lambda reason: self._act({"refused": reason or "refused"}),
            "close": lambda _: self._hours({"account": _ALWAYS_SHUT}),
            "open": lambda _: self._hours({}),
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
            scene = act(self.rehearsal, exchange)
        except NoMock as missing:
            click.echo(f"  ! {missing.message}")
            return
        self.exchanges.append(recorded(self.rehearsal, scene, exchange))
        show(self.rehearsal, scene, trace=self.trace)

    def _wait(self, time: str) -> None:
        match = re.fullmatch(r"(\d{1,6}) ?([smhd])\w*", time)
        if match is None:
            click.echo("  /wait 30s, /wait 10m, /wait 2h, /wait 1d")
            return
        self._act({"waits": {"amount": int(match[1]), "unit": _UNITS[match[2]]}})
        click.echo(f"  · {self.clock()}")

    def _happen(self, fact: str) -> None:
        name, _, data = fact.partition(" ")
        try:
            self._act({"happens": name, "data": json.loads(data or "{}")})
        except json.JSONDecodeError:
            click.echo('  /happen contact.tag_added {"tag": "vip"}')

    def _hours(self, hours: Mapping[str, object]) -> None:
        self.rehearsal.surroundings = replace(self.rehearsal.surroundings, hours=hours)
        click.echo(f"  · teams are {'closed' if hours else 'open'}")

    def _switch_trace(self) -> None:
        self.trace = not self.trace
        click.echo(f"  · trace {'on' if self.trace else 'off'}")

    def _state(self) -> None:
        run = self.rehearsal.run
        click.echo(
            f"  conversation: {self.rehearsal.state}{f' ({self.rehearsal.team})' if self.rehearsal.team else ''}"
        )
        if run is not None:
            click.echo(f"  run: {run.status} {run.outcome}, turn {run.turn}, at {run.wait.node if run.wait else '-'}")
            click.echo(f"  variables: {dict(run.variables)}\n  answers: {dict(run.answers)}")
