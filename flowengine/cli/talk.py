"""`flowengine talk`: chats with a flow in the terminal, without a server, in made-up time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from flowengine.cli._chat import Chat
from flowengine.cli._files import (
    keep_story,
    language_option,
    programs_in,
    read_json,
    read_program,
    read_stories,
    stories_of,
)
from flowengine.core.errors import InvalidFlow
from flowengine.core.stories.shape import prove_world
from flowengine.nodes import STORY_SCHEMA

INTERRUPTED = 130  # as shells count it: 128 and the signal's number


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="The contact's name; empty for none.")
@click.option("--at", help="When it begins (RFC 3339); now by default.")
@click.option("--trace", is_flag=True, help="Show the nodes passed.")
@click.option("--record", metavar="NAME", help="Keep it as a story of this name, in the file beside PATH.")
@click.option("--mocks", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: answers to calls.")
@language_option
def command(
    path: Path, name: str | None, at: str | None, trace: bool, record: str | None, mocks: Path | None, language: str
) -> None:
    """Chat with the flow in PATH. `/help` lists what else can happen.

    The world is that of the stories beside PATH, where there are any: contact, teams, constants, answers to calls.
    Flows of the same folder can be called.
    """
    program = read_program(path, language)
    common = read_stories(stories_of(path), language).get("world", {}) if stories_of(path).exists() else {}
    world = {"at": at or datetime.now(UTC).isoformat(timespec="seconds"), **_given(name, mocks, common)}
    try:
        prove_world(world, STORY_SCHEMA)
    except InvalidFlow as wrong:
        raise click.UsageError(wrong.findings[0].message[language]) from wrong
    chat = Chat(program, programs_in(path.parent), common, world, trace=trace, recording=record is not None)
    click.echo(f"{program.flow.name} · {chat.clock()} · /help")
    kept = converse(chat)
    if record and kept and chat.exchanges:
        story = {"name": record, "world": chat.world, "exchanges": chat.exchanges}
        click.echo(f"{len(chat.exchanges)} exchanges kept in {keep_story(path, program.flow.key, story)}")
    elif record:
        click.echo("nothing kept")
    sys.exit(0 if kept else INTERRUPTED)


def _given(name: str | None, mocks: Path | None, common: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the world that the call says."""
    world: dict[str, Any] = {} if name is None else {"contact": {**common.get("contact", {}), "name": name}}
    if mocks:
        try:
            world["mocks"] = read_json(mocks)
        except InvalidFlow as wrong:
            raise click.UsageError(f"{mocks} is not JSON") from wrong
    return world


def converse(chat: Chat, read: Callable[[str], str] = input) -> bool:
    """Until /quit or the end of input; False where it was broken off by a second Ctrl-C."""
    with suppress(ImportError):
        import readline  # noqa: F401 - gives `input` a history and the arrow keys, where there is one
    warned = False
    while True:
        try:
            line = read("\n› ").strip()
        except EOFError:
            return True
        except KeyboardInterrupt:
            if warned:
                click.echo()
                return False
            warned = True
            click.echo("\n  · /quit leaves; Ctrl-C again leaves and keeps nothing")
            continue
        warned = False
        if line == "/quit":
            return True
        if line:
            chat.take(line)
