"""`flowengine gate`: what is due behind the sending gate; hold it, or open it and say what becomes of that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from flowengine.cli.supervisor.note import reach
from flowengine.jobs import gate
from flowengine.store.engine import Engine, make_engine
from flowengine.store.installation import hold_gate, read_installation


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Show whether anything is sent, and what is due. It is held after a restore, and in a copy."""
    if context.invoked_subcommand is None:
        with _engine() as engine:
            _show(engine)


@command.command("open")
@click.option("--send", "choice", flag_value="send", help="What is due goes out now.")
@click.option("--skip", "choice", flag_value="skip", help="Orders due fail visibly; waits go on from where they stood.")
@click.option("--shift", "choice", flag_value="shift", help="All comes as much later as the installation stood still.")
def open_(choice: gate.Choice | None) -> None:
    """Let things be sent again."""
    if choice is None:
        raise click.UsageError("Say what becomes of what is due: --send, --skip or --shift.")
    with _engine() as engine:
        if read_installation(engine).gate == "open":
            raise click.ClickException("The gate is open.")
        skipped = gate.open_gate(engine, choice)
    click.echo(f"  The gate is open{f'; {skipped} orders were skipped' if skipped else ''}.")


@command.command()
def hold() -> None:
    """Let nothing be sent, and no timer fire, until it is opened."""
    with _engine() as engine:
        hold_gate(engine)
    click.echo("  The gate is held.")


@contextmanager
def _engine() -> Iterator[Engine]:
    engine = make_engine(reach().database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _show(engine: Engine) -> None:
    installation = read_installation(engine)
    if installation.gate == "held":
        click.echo(f"  held ({installation.held_why}); the installation last lived at {installation.held_since}")
    else:
        click.echo("  open")
    for each in gate.due(engine):
        click.echo(f"  due in {each.account}: {each.count} × {each.kind}, since {each.since:%Y-%m-%d %H:%M} UTC")
