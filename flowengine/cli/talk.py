"""`flowengine talk`: chats with a flow in the terminal, without a server, in made-up time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from flowengine.cli._files import language_option, read_program
from flowengine.core.effects import HandOff, SendMessage, TakeBack
from flowengine.core.rehearsal import Rehearsal, Scene
from flowengine.core.surroundings import surroundings_of

HELP = """\
  what you write is what the contact says; a number or a title picks an option
  /press ID    press a button          /wait 2h     let time pass (s, m, h, d)
  /finish      a person finishes       /refuse      the channel refuses the last message
  /close       teams are closed        /open        teams are open
  /trace       show the nodes passed   /state       variables, answers, where it waits
  /quit        leave"""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ALWAYS_SHUT = {"timezone": "UTC", "week": {}}


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", default="Renata Vasques", show_default=True, help="The contact's name; empty for none.")
@click.option("--at", help="When it begins (RFC 3339); now by default.")
@click.option("--trace", is_flag=True, help="Show the nodes passed.")
@language_option
def command(path: Path, name: str, at: str | None, trace: bool, language: str) -> None:
    """Chat with the flow in PATH. `/help` lists what else can happen."""
    program = read_program(path, language)
    begin = at or datetime.now(UTC).isoformat()
    chat = _Chat(Rehearsal(program, surroundings_of({"at": begin, "contact": {"name": name}})), trace)
    click.echo(f"{program.flow.name} · {chat.clock()} · /help")
    while (line := _line()) is not None and line != "/quit":
        if line:
            chat.take(line)


def _line() -> str | None:
    try:
        return input("\n› ").strip()
    except (EOFError, KeyboardInterrupt):
        return None


class _Chat:
    """The conversation on the screen."""

    def __init__(self, rehearsal: Rehearsal, trace: bool) -> None:
        self.rehearsal = rehearsal
        self.trace = trace

    def clock(self) -> str:
        return self.rehearsal.now.astimezone(ZoneInfo(self.rehearsal.surroundings.timezone)).strftime("%d/%m %H:%M")

    def take(self, line: str) -> None:
        """One line typed: words, or a command."""
        if not line.startswith("/"):
            self._show(self.rehearsal.says(line))
            return
        word, _, rest = line[1:].partition(" ")
        commands: Mapping[str, Callable[[str], None]] = {
            "press": lambda option: self._show(self.rehearsal.presses(option)),
            "wait": self._wait,
            "finish": lambda reason: self._show(self.rehearsal.finishes(reason or None)),
            "refuse": lambda reason: self._show(self.rehearsal.refuses(reason or "refused")),
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

    def _wait(self, time: str) -> None:
        match = re.fullmatch(r"(\d{1,6}) ?([smhd])\w*", time)
        if match is None:
            click.echo("  /wait 30s, /wait 10m, /wait 2h, /wait 1d")
            return
        self._show(self.rehearsal.waits(timedelta(**{_UNITS[match[2]]: int(match[1])})))
        click.echo(f"  · {self.clock()}")

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

    def _show(self, scene: Scene) -> None:
        if self.trace:
            for step in scene.trace:
                click.echo(f"  ┊ {step.node} → {step.port or '·'}{f' ({step.why})' if step.why else ''}")
        for effect in scene.effects:
            match effect:
                case SendMessage():
                    self._say(effect)
                case HandOff():
                    self._hand_off(effect)
                case TakeBack():
                    click.echo("  · taken back from the queue")
        run = self.rehearsal.run
        if self.rehearsal.state == "finished" and run is not None and run.status != "open":
            click.echo(f"  · end: {run.outcome}")

    def _say(self, message: SendMessage) -> None:
        for file in message.attachments:
            click.echo(f"  [{file.mime}] {file.url}")
        for line in message.text.splitlines():
            click.echo(f"  {line}")
        for number, option in enumerate(message.options, start=1):
            click.echo(f"    {number}. {option.title}")

    def _hand_off(self, order: HandOff) -> None:
        click.echo(f"  · in the queue of {self.rehearsal.team}, priority {order.priority} ({order.why}); /finish")
        for line in [*order.note.splitlines(), *([order.error] if order.error else [])]:
            click.echo(f"    │ {line}")
