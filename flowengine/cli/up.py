"""`flowengine up`: the whole product with one command, ended cleanly by Ctrl-C."""

import os
import sys
import time
from pathlib import Path

import click

from flowengine import embedded
from flowengine.cli import say_failure
from flowengine.cli.supervisor.apart import apart
from flowengine.cli.supervisor.child import Child
from flowengine.cli.supervisor.leftovers import end_leftovers
from flowengine.cli.supervisor.listening import address_of, listen
from flowengine.cli.supervisor.note import Note, remove_note, write_note
from flowengine.cli.supervisor.servers import Servers
from flowengine.cli.supervisor.supervisor import Supervisor
from flowengine.settings import Settings, data_folder


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder: FLOWENGINE_DATA, or ./data.")
@click.option("--workers", type=click.IntRange(1, 64), help="Workers that take turns: a core each by default.")
@click.option("--web-workers", type=click.IntRange(1, 64), help="Processes for the web: a core each, two at most.")
@click.option("--demo/--no-demo", default=None, help="Make a demo account. By default only in a database of our own.")
def command(
    port: int, host: str, data: Path | None, workers: int | None, web_workers: int | None, demo: bool | None
) -> None:
    """Start everything: PostgreSQL and Valkey where the environment names none, the web and the workers."""
    begun = time.monotonic()
    folder = data.expanduser().resolve() if data else data_folder()
    with embedded.lock(folder), listen(host, port) as listener:
        servers = Servers(folder)
        supervisor = Supervisor(folder, keep_servers=lambda: servers.keep(say), say=say)
        supervisor.listen_to_signals()
        try:
            _end_what_was_left(folder)
            servers.start(os.environ, say)
            environment = _environment(folder, address_of(listener), servers)
            settings = Settings.read(environment)
            ours = servers.postgres is not None
            greeting = _prepare(settings, with_demo=ours if demo is None else demo, home=_home(folder, ours=ours))
            write_note(folder, Note(os.getpid(), settings.address, servers.environment()))
            supervisor.web = _web(listener.fileno(), web_workers, environment)
            supervisor.workers = [_workers(workers, environment)]
            if supervisor.start(f"{address_of(listener)}/readyz"):
                _greet(greeting, time.monotonic() - begun)
                supervisor.keep()
            elif not supervisor.wishes:
                raise click.ClickException("The web did not start; its last words are above.")
        finally:
            supervisor.end()
            servers.stop()
            remove_note(folder)
            say("stopped")


def say(text: str) -> None:
    """A line for the operator, at once."""
    click.echo(f"flowengine: {text}")
    sys.stdout.flush()


def _end_what_was_left(folder: Path) -> None:
    left = end_leftovers(folder)
    if left:
        say(f"ended {left} processes that an earlier start had left behind")


def _environment(folder: Path, address: str, servers: Servers) -> dict[str, str]:
    """What every process of the installation finds: what the operator said comes first."""
    ours = {"FLOWENGINE_ADDRESS": address, **servers.environment()}
    return {**ours, **{name: value for name, value in os.environ.items() if value}, "FLOWENGINE_DATA": str(folder)}


def _prepare(settings: Settings, *, with_demo: bool, home: str | None) -> str:
    """Make the database ready; the greeting."""

    def act() -> str:
        from flowengine.cli._preparing import prepare  # 60 MB that this process has no use for

        return prepare(settings, with_demo=with_demo, home=home, say=say)

    return apart(act, say_failure)


def _home(folder: Path, *, ours: bool) -> str | None:
    """Where this database lives: our own in the data folder, another where FLOWENGINE_INSTALLATION says."""
    return embedded.home(folder) if ours else os.environ.get("FLOWENGINE_INSTALLATION") or None


def _web(listener: int, workers: int | None, environment: dict[str, str]) -> Child:
    arguments = ["web", "--bind", f"fd://{listener}"]
    if workers:
        arguments += ["--workers", str(workers)]
    return Child("the web", tuple(arguments), environment, inherited=(listener,))


def _workers(turns: int | None, environment: dict[str, str]) -> Child:
    """Turns and the outbox have processes of their own: a slow receiver delays no reply."""
    return Child("the workers", ("workers", *(("--turns", str(turns)) if turns else ())), environment)


def _greet(greeting: str, seconds: float) -> None:
    say(f"ready after {seconds:.1f} s\n")
    click.echo(greeting)
    click.echo("\n  Stop with Ctrl-C.\n")
    sys.stdout.flush()
