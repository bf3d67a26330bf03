"""`flowengine bench-fill`: an installation as years of use would leave it, for `flowengine bench` to measure."""

import time
from pathlib import Path

import click

from flowengine.bench.fill import Amount, fill
from flowengine.bench.installation import BenchFailed
from flowengine.cli._measured import running
from flowengine.core.errors import Conflict


@click.command()
@click.option("--contacts", type=click.IntRange(min=10), default=100_000, show_default=True)
@click.option("--messages", type=click.IntRange(min=60), default=1_000_000, show_default=True)
@click.option(
    "--months", type=click.IntRange(1, 120), default=12, show_default=True, help="Over which they are spread."
)
@click.option("--account", "slug", default="bench-filled", show_default=True, help="The account to make.")
@click.option("--data", type=click.Path(path_type=Path), help="The installation that runs from this folder.")
def command(contacts: int, messages: int, months: int, slug: str, data: Path | None) -> None:
    """Fill an installation that runs with an account of generated contacts and talks.

    Measure it by `flowengine bench --account bench-filled`. A million messages take about 2 GB on the disk.
    """
    begun = time.monotonic()

    def say(text: str) -> None:
        click.echo(f"{time.monotonic() - begun:7.0f} s  {text}", err=True)

    try:
        fill(running(data, None), slug, Amount(contacts, messages, months), say)
    except BenchFailed as failure:
        raise click.ClickException(str(failure)) from failure
    except Conflict as taken:
        raise click.ClickException(f"{taken}; choose another by --account") from taken
